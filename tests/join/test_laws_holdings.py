"""Laws of holdings, over any claims that three sides, their voices and others could make."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dateline.across import HoldTold, Root
from dateline.join.holdings import along, history, holding
from tests.join.claims import ROOTS, TOWN, Said, claims, copied, day

DAYS = 60
SIDES = ("rebels", "army", "third")
SAID = st.builds(
    Said,
    day=st.integers(0, DAYS),
    by=st.sampled_from(sorted(ROOTS)),
    holder=st.sampled_from(SIDES),
    state=st.sampled_from(["holds", "captured", "retaken", "contested", "lost", "withdrawn", "threatened"]),
    status=st.sampled_from(["happened", "ongoing", "possible", "denied", "planned"]),
    level=st.sampled_from([None, None, None, "whole", "most", "part", "outskirts"]),
    other=st.sampled_from([None, *SIDES]),
    dated=st.booleans(),
)  # fmt: skip
RECORDS = st.lists(SAID, max_size=14)
LETTERS = {"gazette": "B"}

LAW = settings(max_examples=60, deadline=None)

type Shown = tuple[object, ...]


def shown(told: list[HoldTold], roots: dict[str, Root]) -> list[Shown]:
    """All that a holding says on each fifth day, but for which of equal claims it names."""
    days = [day(n) for n in range(0, DAYS + 40, 5)]
    return [(h.state, h.holder, h.since, h.weights, h.rule) for h in along(TOWN, told, roots, days, LETTERS)]


@LAW
@given(RECORDS, st.randoms(use_true_random=False))
def test_order_changes_nothing(said: list[Said], chance: object) -> None:
    """However the claims are shuffled, holdings and history are the same to the last weight."""
    told, roots = claims(said)
    mixed = list(told)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert list(along(TOWN, mixed, roots, [day(30)])) == list(along(TOWN, told, roots, [day(30)]))
    assert history(mixed, roots) == history(told, roots)


@LAW
@given(st.lists(SAID, min_size=1, unique_by=lambda s: s.by), st.data())
def test_a_copy_changes_nothing(said: list[Said], data: st.DataObject) -> None:
    """Any number of copies in the six days after a claim, in whatever words, led back to its origin, change nothing."""
    told, roots = claims(said)
    copies = _copies(told, data, 6)
    assert shown([*told, *copies], {**roots, **{c.id: roots[c.act or ""] for c in copies}}) == shown(told, roots)


@LAW
@given(RECORDS.filter(bool), st.data())
def test_a_reprint_changes_nothing_however_late(said: list[Said], data: st.DataObject) -> None:
    """A sentence of eight words or more, printed again from the same origin, is no news on any later day."""
    words = "The town has been in their hands since dawn on {}, they said."
    told, roots = claims([replace(s, words=words.format(n)) for n, s in enumerate(said)])
    copies = _copies(told, data, 300)
    assert shown([*told, *copies], {**roots, **{c.id: roots[c.act or ""] for c in copies}}) == shown(told, roots)


def _copies(told: list[HoldTold], data: st.DataObject, latest: int) -> list[HoldTold]:
    """A few copies, each up to so many days later, with the id of the original in ``act``."""
    which = data.draw(st.lists(st.sampled_from(told), min_size=1, max_size=6))
    return [
        replace(copied(each, f"h:copy{n}", data.draw(st.integers(0, latest))), act=each.id)
        for n, each in enumerate(which)
    ]


OWN = st.builds(
    Said, day=st.integers(0, DAYS - 1), by=st.sampled_from(["rebel spokesman", "rebel radio"]),
    holder=st.just("rebels"), state=st.sampled_from(["holds", "captured", "retaken"]),
    status=st.sampled_from(["happened", "ongoing", "possible"]),
)  # fmt: skip
ADMISSIONS = st.sampled_from([
    Said(DAYS, "rebel spokesman", "army", "captured"), Said(DAYS, "rebel radio", "army", "holds"),
    Said(DAYS, "rebel radio", None, "withdrawn", other="rebels"),
    Said(DAYS, "rebel spokesman", "rebels", status="denied"),
    Said(DAYS, "rebel spokesman", "army", "lost", other="rebels"), Said(DAYS, "rebel radio", "army", status="possible"),
])  # fmt: skip


@LAW
@given(st.lists(OWN, max_size=12), ADMISSIONS, st.lists(SAID.filter(lambda s: s.holder == "army"), max_size=3))
def test_no_claim_of_a_sides_own_outweighs_its_later_admission(
    own: list[Said], admission: Said, others: list[Said]
) -> None:
    """After a side has admitted the contrary, nothing that it said for itself before speaks for it any more."""
    others = [s for s in others if s.state in ("holds", "captured") and s.by in ("resident", "minutes")]
    told, roots = claims([*own, *others, admission])
    found = holding(TOWN, told, roots, day(DAYS))
    assert found.holder != "rebels"
    assert dict(found.weights).get("rebels", 0) == 0


ADMITTED = Said(0, "army governor", "rebels", "holds")
SAID_AGAIN = [*[ADMITTED] * 6, replace(ADMITTED, day=7), replace(ADMITTED, day=7, state="threatened")]


@pytest.mark.xfail(strict=True, reason="an origin that denies and then says the same again weighs more than without")
@LAW
@example(SAID_AGAIN, "rebels", "army governor", 1)
@given(RECORDS, st.sampled_from(SIDES), st.sampled_from(sorted(ROOTS)), st.integers(0, DAYS))
def test_a_denial_never_helps_what_it_denies(said: list[Said], side: str, by: str, when: int) -> None:
    """With a denial that a side took the place, that side is holder on no day on which it was not without."""
    denied(said, side, by, when)


@LAW
@given(RECORDS, st.sampled_from(SIDES), st.sampled_from(sorted(ROOTS)), st.integers(0, DAYS))
def test_a_denial_by_someone_else_never_helps_what_it_denies(said: list[Said], side: str, by: str, when: int) -> None:
    """The same where the origin that denies says nothing else of the place."""
    assume(by not in {each.by for each in said})
    denied(said, side, by, when)


def denied(said: list[Said], side: str, by: str, when: int) -> None:
    told, roots = claims(said)
    denial, root = claims([Said(when, by, side, "captured", "denied")], start=900)
    days = [day(n) for n in range(DAYS + 30)]
    without = along(TOWN, told, roots, days)
    for before, after in zip(without, along(TOWN, [*told, *denial], {**roots, **root}, days), strict=True):
        assert after.holder != side or before.holder == side
        assert dict(after.weights).get(side, 0) <= dict(before.weights).get(side, 0) + 0.001


@LAW
@given(RECORDS)
def test_history_and_holdings_agree(said: list[Said]) -> None:
    """On every day the last change of the history is the state and the holder that are shown."""
    told, roots = claims(said)
    last = day(DAYS + 90)
    changes = history(told, roots, until=last)
    for found in along(TOWN, told, roots, [day(0) + timedelta(n) for n in range(0, DAYS + 90, 3)]):
        past = [c for c in changes if c.day <= found.day]
        state, holder = (past[-1].state, past[-1].holder) if past else ("unknown", None)
        assert (found.state, found.holder) == (state, holder)
