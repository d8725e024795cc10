"""Who holds a place, by what was said of it."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.holdings import LETTERS, METHODS, changes, matched, simulate, war, weighed
from bench.holdings_world import World, made_up
from dateline.across import Holding, Spot, Who
from dateline.join.holdings import Change, history, holding, rolled_up
from dateline.join.scales import RULES
from dateline.join.takers import with_takers
from tests.join.claims import FIRST, REBELS, ROOTS, TOWN, Said, claims, day


def on(number: int, *said: Said) -> Holding:
    told, roots = claims(said)
    return holding(TOWN, told, roots, day(number))


def test_nothing_said_is_unknown() -> None:
    """A place of which nobody spoke is unknown, without weights, and says what would settle it."""
    found = on(3)
    assert (found.state, found.holder, found.weights, found.pro) == ("unknown", None, (), ())
    assert found.turns == "One independent claim of who holds it would settle it."


def test_one_independent_claim_makes_a_holder() -> None:
    """Where nothing was known, a resident's word is enough, from its day on."""
    found = on(2, Said(1, "resident", "rebels"))
    assert (found.state, found.holder, found.since, found.pro) == ("held", "rebels", day(1), ("h:0000",))
    assert on(0, Said(1, "resident", "rebels")).state == "unknown"


def test_a_sides_own_claim_alone_is_not_enough() -> None:
    """What only the side itself says leaves the place unknown, and one independent claim would settle it."""
    found = on(2, Said(1, "rebel spokesman", "rebels"))
    assert found.state == "unknown"
    assert dict(found.weights) == {"rebels": pytest.approx(0.464, abs=0.001)}
    assert found.turns == "One independent claim that it is held by Rebels would settle it."


def test_news_of_a_capture_turns_a_place() -> None:
    """One independent report of a capture outweighs one that the other side held the town three days before."""
    found = on(4, Said(1, "gazette", "army", "holds"), Said(4, "herald", "rebels", "captured"))
    assert (found.holder, found.since, found.rule) == ("rebels", day(4), "holdings.outweighs")
    assert (found.pro, found.contra) == (("h:0001",), ("h:0000",))


def test_an_admission_turns_a_place_that_the_others_claim_did_not() -> None:
    """The army's own word that it has left does what the rebels' word that they took the town cannot."""
    before = (Said(0, "gazette", "army", "holds"), Said(5, "rebel spokesman", "rebels"))
    assert on(6, *before).holder == "army"
    admitted = Said(6, "army spokesman", None, "withdrawn", other="army")
    assert on(6, *before, admitted).holder == "rebels"


def test_what_one_side_lost_is_nobodys_where_no_other_is_known() -> None:
    """A withdrawal with nobody named to follow leaves the place unknown."""
    left = Said(3, "army spokesman", None, "withdrawn", other="army")
    assert on(3, Said(0, "army spokesman", "army", "holds"), Said(0, "resident", "army", "holds"), left).holder is None


def test_a_denial_counts() -> None:
    """The army's word that the town has not fallen keeps a lone report of its fall from turning it."""
    fell = (Said(0, "gazette", "army", "holds"), Said(3, "herald", "rebels"))
    denied = Said(3, "army spokesman", "rebels", status="denied")
    assert on(3, *fell).holder == "rebels"
    assert on(3, *fell, denied).holder == "army"


def test_copies_in_days_weigh_next_to_nothing() -> None:
    """Outlets without a letter that follow within four days do not make a claim surer than its first telling did."""
    first = (Said(0, "resident", "army", "holds"), Said(0, "doctor", "army", "holds"), Said(2, "nobody", "rebels"))
    echoes = (Said(3, "gazette", "rebels"), Said(4, "herald", "rebels"))
    assert on(5, *first, *echoes).holder == "army"
    apart = (Said(3, "resident", "rebels"), Said(4, "doctor", "rebels"))
    assert on(5, *first, *apart).holder == "rebels"


def test_an_outlet_with_a_letter_is_no_echo() -> None:
    """The same two claims weigh in full where their outlets are known to be reliable."""
    said = (Said(0, "minutes", "army", "holds"), Said(0, "resident", "army", "holds"),
            Said(1, "doctor", "army", "holds"), Said(2, "gazette", "rebels"), Said(3, "herald", "rebels"))  # fmt: skip
    told, roots = claims(said)
    assert holding(TOWN, told, roots, day(3)).holder == "army"
    assert holding(TOWN, told, roots, day(3), {"gazette": "A", "herald": "A"}).holder == "rebels"


def test_part_of_a_place_is_contested() -> None:
    """Whoever has taken the centre, or some districts, has not taken the town."""
    found = on(3, Said(0, "gazette", "army", "holds"), Said(3, "herald", "rebels", level="districts"))
    assert (found.state, found.holder) == ("contested", None)


def test_at_the_gates_is_not_inside() -> None:
    """A siege, or fighters on the outskirts, leave a town with its holder, and speak against the besieger."""
    for siege in (Said(3, "herald", "rebels", "threatened"), Said(3, "herald", "rebels", level="outskirts")):
        found = on(4, Said(0, "gazette", "army", "holds"), siege)
        assert (found.holder, found.pro) == ("army", ("h:0000", "h:0001"))


def test_two_who_differ_about_one_day_are_contested() -> None:
    """Independent claims each way about the same state of things, none much stronger, leave the place contested."""
    said = (Said(0, "resident", "army", "holds"), Said(4, "doctor", "rebels", "holds"),
            Said(8, "minutes", "rebels", "holds"), Said(8, "resident", "army", "holds"))  # fmt: skip
    found = on(8, *said)
    assert found.state == "contested"
    assert found.rule == "holdings.close"


@pytest.mark.parametrize("status", ["planned", "predicted", "demanded", "hypothetical"])
def test_what_is_not_said_to_be_so_says_nothing(status: str) -> None:
    """Plans, fears and conditions are no evidence of who holds a place."""
    assert on(3, replace(Said(1, "resident", "rebels"), status=status)).state == "unknown"  # type: ignore[arg-type]


def test_silence_grows_stale() -> None:
    """After seventy days without a word a holding is only the last one known, and anything fresh would renew it."""
    assert on(69, Said(0, "resident", "army", "holds")).state == "held"
    found = on(70, Said(0, "resident", "army", "holds"))
    assert (found.state, found.holder, found.rule) == ("stale", "army", "holdings.stale")


def test_history_has_each_change_once() -> None:
    """The course of a town is its changes in order, growing stale among them."""
    told, roots = claims([Said(0, "resident", "army", "holds"), Said(1, "doctor", "army", "holds"),
                          Said(9, "minutes", "rebels"), Said(10, "doctor", "rebels")])  # fmt: skip
    found = history(told, roots, until=day(200))
    assert found[0] == Change(FIRST, "held", "army")
    assert found[1].holder == "rebels" and found[1].day in (day(9), day(10))
    assert found[2].state == "stale" and found[2].holder == "rebels"
    assert len(found) == 3


def test_a_change_counts_on_its_own_day_and_not_when_told() -> None:
    """A claim that states a day counts on that day; one of which only the year is known counts on none."""
    told, roots = claims([Said(40, "resident", "rebels")])
    dated = replace(told[0], earliest=day(5), latest=day(6))
    assert history([dated], roots)[0].day == day(6)
    assert history([replace(told[0], earliest=date(2021, 1, 1), latest=date(2021, 12, 31))], roots) == ()


@pytest.mark.parametrize(("voices", "words"), [(1, "One independent claim"), (2, "Two independent claims")])
def test_turns_is_true(voices: int, words: str) -> None:
    """As many independent claims as a holding says would turn it do turn it, and one fewer does not."""
    base = [Said(0, by, "army", "holds") for by in ("doctor", "minutes")[:voices]]
    base.append(Said(1, "rebel spokesman", "rebels"))
    fresh = [Said(1, by, "rebels", "holds") for by in ("resident", "nobody")]
    assert on(1, *base).turns.startswith(f"{words} that it is held by Rebels")
    assert on(1, *base, *fresh[: voices - 1]).holder == "army"


def test_an_admission_is_asked_for_where_it_would_do() -> None:
    """Where the holder's own word would turn a place, the sentence says so; the rival need not be known."""
    found = on(1, Said(0, "gazette", "army", "holds"))
    assert found.turns.endswith("held by another side or an admission by Army would turn it.")


def test_a_denial_from_afar_weighs_less_than_one_from_the_place() -> None:
    """A party that nobody says held, took or lost the town denies its fall at half the weight of one that does."""
    fell = (Said(3, "resident", "rebels"), Said(3, "army spokesman", "rebels", status="denied"))
    assert on(3, *fell).holder == "rebels"
    told, roots = claims([*fell, Said(0, "doctor", "army", "holds")])
    assert holding(TOWN, told, roots, day(3)).holder == "army"


def test_news_of_a_capture_is_not_undone_by_a_denial_of_a_week_before() -> None:
    """What was denied in one week can happen in the next."""
    denied = [Said(0, by, "rebels", status="denied") for by in ("resident", "doctor", "minutes")]
    assert on(5, *denied, Said(5, "gazette", "rebels")).holder is None
    assert on(9, *denied, Said(9, "gazette", "rebels")).holder == "rebels"


def test_those_who_can_hold_nothing_are_no_holders() -> None:
    """A lawmaker holds no town, and "fighters" of no name are nobody's; an army's brigade stands for its state."""
    told, roots = claims([Said(1, "resident", "rebels")])
    person, fighters = Who("p", "A lawmaker", "person"), Who("f", "fighters", "armed_group", unnamed="fighter")
    brigade = Who("b", "3rd Brigade", "military", owners=("army", "state"))
    found = [holding(TOWN, [replace(told[0], holder=who)], roots, day(2)).holder for who in (person, fighters, brigade)]
    assert found == [None, None, "state"]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(sorted(ROOTS)), max_size=8), st.integers(0, 90))
def test_every_rule_is_told_in_words(voices: list[str], when: int) -> None:
    """Whatever rule a holding is given by, there is a sentence for it."""
    said = [Said(n, by, ("army", "rebels")[n % 2], "holds") for n, by in enumerate(voices)]
    assert on(when, *said).rule in RULES


# --- who took what fell -----------------------------------------------------------------------------------------


def test_a_town_fell_to_the_side_that_takes_towns() -> None:
    """Where one side is told to take nearly all towns of a country, a town that fell to nobody named fell to it."""
    taken, _ = claims([Said(n, "gazette", "rebels") for n in range(3)])
    taken = [replace(c, place=replace(TOWN, key=f"t{n}")) for n, c in enumerate(taken)]
    (fell,), _ = claims([Said(4, "herald", None)], start=50)
    assert {c.id: c for c in with_takers([*taken, fell])}["h:0050"].holder == REBELS
    assert with_takers([*reversed(taken), fell]) == with_takers([fell, *taken])
    late = replace(fell, published=day(200))
    abroad = replace(fell, place=replace(TOWN, country="IQ"))
    own = replace(fell, other=REBELS)
    assert [with_takers([*taken, c])[-1].holder for c in (late, abroad, own)] == [None, None, None]


def test_no_taker_is_filled_in_where_two_sides_take_towns() -> None:
    """With as many towns taken by the other side, or only one in all, who took the town is not known."""
    sides = ("rebels", "army", "rebels", "army", "rebels")
    taken, _ = claims([Said(n, "gazette", side) for n, side in enumerate(sides)])
    taken = [replace(c, place=replace(TOWN, key=f"t{n}")) for n, c in enumerate(taken)]
    (fell,), _ = claims([Said(4, "herald", None)], start=50)
    assert with_takers([*taken, fell])[-1].holder is None
    assert with_takers([taken[0], fell])[-1].holder is None


# --- many places ------------------------------------------------------------------------------------------------


def test_capitals_are_counted_by_side() -> None:
    """Of all capitals of a country, told of or not, each side's are counted, and the rest by state."""
    spots = [Spot(f"p{n}", f"P{n}", "settlement", "AF") for n in range(5)]
    held = [replace(on(2, Said(1, "resident", "rebels")), place=spot) for spot in spots[:2]]
    stale = replace(on(99, Said(1, "resident", "army", "holds")), place=spots[2])
    (tally,) = rolled_up([*held, stale], lambda spot: spot.country, spots)
    assert (tally.area, tally.total, tally.held) == ("AF", 5, (("rebels", 2), ("army", 1)))
    assert (tally.contested, tally.stale, tally.unknown) == (0, 1, 2)
    assert rolled_up([*held, stale], lambda spot: None, spots) == ()


# --- the simulated war ------------------------------------------------------------------------------------------


def test_floor_in_a_simulated_war() -> None:
    """Changes of hands in a made-up war are found at F1 .90 or better, well above the last report."""
    towns = war(made_up(random.Random(7), towns=30, days=240), World(), 7)
    assert simulate(towns, weighed).f1 >= 0.90
    assert simulate(towns, METHODS["last report wins"]).f1 < 0.75
    assert set(LETTERS.values()) == {"B"}


def test_the_scorer_uses_each_change_once() -> None:
    """One change of ours cannot find two, and one to another value or too late finds none."""
    assert changes([(0, "A"), (3, "A"), (4, "B"), (4, "C")]) == [(4, "C")]
    assert matched([(5, "A"), (6, "A")], [(6, "A")], 3, 7) == 1
    assert matched([(5, "A")], [(5, "B"), (13, "A"), (1, "A")], 3, 7) == 0
