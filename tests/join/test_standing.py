"""How well a thing stands, and what facts an event has."""

from collections.abc import Sequence
from typing import Any

import pytest

from dateline.across import Event, Root, Standing, Told
from dateline.join.facts import Weighing, facts, spread, weighed
from dateline.join.numbers import verdict
from dateline.join.standing import standing
from dateline.join.tensions import tensions
from tests.join.telling import MINISTRY, REBELS, TOWN, act, figure, hold, root, said

ARMY = root("gov.ss.defence", "party", "state.ss")
GENERAL = root("general|", "party", "state.ss")
MOVEMENT = root("white-front", "party", "white-front")
DOCTOR, PRIEST, NOBODY = root("doctor|"), root("priest|"), root("unnamed", "unnamed")


def stands(told: Sequence[Told], *origins: Root, **more: Any) -> Standing:
    return standing(told, {t.id: origin for t, origin in zip(told, origins, strict=True)}, **more)[0]


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ((DOCTOR,), "single"),
        ((NOBODY, NOBODY), "single"),
        ((DOCTOR, DOCTOR), "single"),
        ((ARMY, GENERAL), "reported"),
        ((DOCTOR, PRIEST), "corroborated"),
        ((ARMY, DOCTOR), "corroborated"),
        ((ARMY, MOVEMENT), "confirmed"),
    ],
)
def test_by_origins(origins: tuple[Root, ...], expected: Standing) -> None:
    """Standing follows from how many origins say so, whose they are and nothing else."""
    assert stands([act(f"a{n}") for n in range(len(origins))], *origins) == expected


def test_admitted_and_seen() -> None:
    """What a party admits against itself, and somebody else saw, is confirmed."""
    loss = hold("a", None, state="withdrawn", other=MINISTRY)
    assert stands([loss, hold("b", None, state="withdrawn", other=MINISTRY)], ARMY, DOCTOR) == "confirmed"


def test_denied() -> None:
    """A single claim that a party denies is contested; what more deny than say is doubtful."""
    yes, no, also = act("a"), act("b", stance="denies"), act("c", status="denied")
    assert stands([yes, no], DOCTOR, ARMY) == "contested"
    assert stands([yes, no, also], ARMY, DOCTOR, PRIEST) == "doubtful"
    assert stands([no], ARMY) == "doubtful"


def test_a_later_admission_counts() -> None:
    """Who denied and then admitted says so in the end; who claimed and then denied does not."""
    assert stands([act("a", status="denied"), act("b", on=3), act("c")], ARMY, ARMY, DOCTOR) == "corroborated"
    assert stands([act("a"), act("b", on=3, status="denied")], ARMY, ARMY) == "doubtful"


def test_clash() -> None:
    """A fact whose claims clash is contested."""
    told = [figure("a", 5), figure("b", 18)]
    roots = {"a": ARMY, "b": MOVEMENT}
    assert standing(told[:1], roots, tensions([], told, [], roots))[0] == "contested"


def test_letters() -> None:
    """A reliable single origin makes a fact possible, an unreliable one makes it doubtful."""
    roots = {"a": DOCTOR}
    assert standing([act("a")], roots, reliability={"doctor|": "B"})[:2] == ("single", 3)
    assert standing([act("a")], roots, reliability={"doctor|": "E"})[:2] == ("doubtful", 5)
    assert standing([act("a")], roots)[:2] == ("single", 6)


def test_planned_says_nothing() -> None:
    """What nobody says happened stands on nothing."""
    assert standing([act("a", status="planned")], {"a": DOCTOR}) == ("single", 6, "standing.nobody_says_so")


# --- facts ------------------------------------------------------------------------------------------------------------

EVENT = Event("e", "ASSAULT", ("e", "e2"), None, None, TOWN, (), (), "event")


def test_facts_of_an_event() -> None:
    """An event has the facts that it happened, each amount of it, and who holds the place after it, each counted."""
    acts = [act("e", said(MINISTRY)), act("e2", said(REBELS)), act("other")]
    figures = [
        figure("f", 5, act="e", side=None), figure("g", 18, act="e2"), figure("h", 3, act="e", counts="wounded"),
        figure("i", 99, act="other"),
    ]  # fmt: skip
    holds = [hold("k", REBELS, act="e2")]
    roots = {"e": ARMY, "e2": MOVEMENT, "f": ARMY, "g": MOVEMENT, "h": ARMY, "k": MOVEMENT}
    found = facts(EVENT, acts, figures, holds, roots, {}, "acled")
    assert [f.id for f in found] == ["e/happened", "e/amount/killed", "e/amount/wounded", "e/holder/town/white-front"]
    assert [f.standing for f in found] == ["confirmed", "contested", "single", "single"]
    killed = found[1]
    assert (killed.low, killed.high, killed.best) == (5, 18, 5)
    assert (killed.weighed.reports, killed.weighed.origins, killed.weighed.parties) == (2, 2, 2)


def test_policies() -> None:
    """ACLED's rule takes the lowest of what origins said last, UCDP's the most reliable, then the latest."""
    told = [figure("a", 5), figure("b", 9, on=2), figure("c", 18, on=1), figure("d", 7)]
    roots = {"a": ARMY, "b": ARMY, "c": MOVEMENT, "d": DOCTOR}
    assert verdict(told[0], told[1], roots)[0] == "update"
    assert spread(told, roots, "acled") == (7, 18, 7, "facts.acled_lowest")
    assert spread(told, roots, "ucdp") == (7, 18, 7, "facts.ucdp_most_reliable")
    assert spread(told, roots, "ucdp", {"white-front": "A"})[2] == 18


def test_no_number() -> None:
    """Where no figure has a number nothing is made up."""
    assert spread([], {}, "acled") == (None, None, None, "facts.no_number")


def test_reliability_reaches_facts() -> None:
    """Letters given with the weighing reach the standing of each fact."""
    w = Weighing({"e": DOCTOR}, {}, reliability={"doctor|": "E"})
    assert [f.standing for f in weighed(EVENT, [act("e")], w)] == ["doubtful"]
