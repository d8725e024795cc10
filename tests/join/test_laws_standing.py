"""What holds of origins, verdicts, standing and tensions whatever is told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.across import ActTold, FigureTold, Root, Told
from dateline.join.facts import spread
from dateline.join.numbers import current, verdict
from dateline.join.origins import counts, roots
from dateline.join.standing import standing
from dateline.join.tensions import tensions
from tests.join.telling import (
    BARE_MINISTRY,
    DOCTOR,
    MINISTRY,
    REBELS,
    RESIDENTS,
    SOURCE,
    SPOKESMAN,
    act,
    copied,
    figure,
    hold,
    said,
)

VOICES = (MINISTRY, BARE_MINISTRY, SPOKESMAN, REBELS, DOCTOR, RESIDENTS, SOURCE, None)
KNOWN = (
    Root("gov.ss.defence", "party", "army", "state.ss", "t"), Root("general|", "party", "general", "state.ss", "t"),
    Root("white-front", "party", "rebels", "white-front", "t"), Root("doctor|", "witness", "doctor", None, "t"),
    Root("priest|", "witness", "priest", None, "t"), Root("unnamed", "unnamed", "", None, "t"),
)  # fmt: skip


@st.composite
def figures(draw: st.DrawFn) -> list[FigureTold]:
    """Up to six figures in anybody's voice, or in nobody's."""
    out = []
    for n in range(draw(st.integers(1, 6))):
        who = draw(st.sampled_from(VOICES))
        chain = said(who) if who is not None else ()
        value = float(draw(st.integers(1, 12)))
        out.append(figure(f"f{n}", value, chain, on=draw(st.integers(0, 5)), report=f"r{draw(st.integers(0, 3))}"))
    return out


@st.composite
def acts(draw: st.DrawFn) -> list[tuple[ActTold, Root]]:
    """Up to six claims or denials that something happened, with their origins."""
    out = []
    for n in range(draw(st.integers(1, 6))):
        status = draw(st.sampled_from(("happened", "happened", "denied", "planned")))
        told = act(f"e{n}", on=draw(st.integers(0, 5)), report=f"r{n}", status=status)
        out.append((told, draw(st.sampled_from(KNOWN))))
    return out


def weighed(pairs: Sequence[tuple[ActTold, Root]]) -> tuple[object, ...]:
    found = {told.id: root for told, root in pairs}
    return standing([told for told, _ in pairs], found)


@given(figures(), st.randoms(use_true_random=False))
def test_order_decides_no_root(told: list[FigureTold], random: st.DataObject) -> None:
    """The order in which claims are given changes no root, count, amount or tension."""
    mixed = [*told]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    found, other = roots(told, {}), roots(mixed, {})
    assert found == other
    assert counts(told, found, {}) == counts(mixed, other, {})
    assert spread(told, found, "ucdp") == spread(mixed, other, "ucdp")
    assert tensions([], told, [], found) == tensions([], mixed, [], other)


@given(figures(), st.integers(0, 5), st.integers(0, 30))
def test_a_copy_is_no_evidence(told: list[FigureTold], which: int, later: int) -> None:
    """A reprint changes no root but its own, no origin, no amount and no tension; it adds a report and no text."""
    model = told[which % len(told)]
    reprint = copied(model, "zz", later)
    before = roots(told, {})
    after = roots([*told, reprint], {"zz": model.id})
    assert after == {**before, "zz": before[model.id]}
    texts = {t.id: t.id for t in told} | {"zz": model.id}
    one, two = counts(told, before, texts), counts([*told, reprint], after, texts)
    assert (two.texts, two.origins, two.parties, two.reports) == (one.texts, one.origins, one.parties, one.reports + 1)
    assert spread([*told, reprint], after, "acled") == spread(told, before, "acled")
    assert tensions([], [*told, reprint], [], after) == tensions([], told, [], before)


@given(acts(), st.integers(0, 5), st.integers(0, 30))
def test_a_copy_changes_no_standing(pairs: list[tuple[ActTold, Root]], which: int, later: int) -> None:
    """A reprint, early or late, leaves the standing of what it tells where it was."""
    told, root = pairs[which % len(pairs)]
    assert weighed([*pairs, (copied(told, "zz", later), root)]) == weighed(pairs)


@given(acts(), st.randoms(use_true_random=False))
def test_order_changes_no_standing(pairs: list[tuple[ActTold, Root]], random: st.DataObject) -> None:
    """The order in which claims are given changes no standing and no tension."""
    mixed = [*pairs]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert weighed(mixed) == weighed(pairs)
    found = {told.id: root for told, root in pairs}
    assert tensions([t for t, _ in mixed], [], [], found) == tensions([t for t, _ in pairs], [], [], found)


@given(st.integers(1, 8), st.integers(0, 5), st.integers(1, 5))
def test_an_admission_outweighs_its_own_claims(many: int, first: int, after: int) -> None:
    """However often a side said that it holds a place, its later word that it has lost it settles its own mind."""
    army = KNOWN[0]
    claims = [hold(f"c{n}", None, on=first, state="lost", other=MINISTRY, status="denied") for n in range(many)]
    admission = hold("z", None, on=first + after, state="lost", other=MINISTRY)
    found: Mapping[str, Root] = {t.id: army for t in [*claims, admission]}
    assert standing([*claims, admission], found) == standing([admission], found)


@given(acts())
def test_removing_is_never_having_had(pairs: list[tuple[ActTold, Root]]) -> None:
    """What is left after a claim is taken away stands as if the claim had never been: nothing is remembered."""
    before = weighed(pairs[1:]) if len(pairs) > 1 else None
    weighed(pairs)
    assert before is None or weighed(pairs[1:]) == before


@given(figures())
def test_verdicts_do_not_depend_on_who_is_first(told: list[FigureTold]) -> None:
    """Two amounts stand to each other the same either way round, and each to itself as the same."""
    found = roots(told, {})
    for a in told:
        assert verdict(a, a, found)[0] == "same"
        assert all(verdict(a, b, found) == verdict(b, a, found) for b in told)


@given(figures())
def test_somebody_is_always_current(told: list[FigureTold]) -> None:
    """Of figures that anybody gave at least one is left that nothing replaces, and low is never above high."""
    found = roots(told, {})
    assert current(told, found)
    low, high, best, _ = spread(told, found, "ucdp")
    assert low is not None and high is not None and best is not None and low <= best <= high


@settings(max_examples=20)
@given(st.integers(2, 60))
def test_ten_thousand_copies(many: int) -> None:
    """Any number of reprints of one text is one origin, and makes its clash with another claim one row."""
    first, other = figure("a", 5, said(MINISTRY)), figure("b", 18, said(REBELS))
    reprints: list[Told] = [replace(copied(first, f"c{n}", n), outlet=f"outlet {n}") for n in range(many)]
    models = {t.id: "a" for t in reprints}
    told: list[Told] = [first, other, *reprints]
    found = roots(told, models)
    assert counts(told, found, {t.id: models.get(t.id, t.id) for t in told}).origins == 2
    assert len(tensions([], [t for t in told if isinstance(t, FigureTold)], [], found)) == 1
