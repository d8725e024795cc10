"""Comparisons: whose numbers, by whose word, for which day; series that never mix claimants or kinds of count."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dateline.across import Amount, FigureTold, Hop, Who
from dateline.join.comparisons import Beside, Point, Side, compared
from tests.join.telling import (
    AGENCY,
    BARE_MINISTRY,
    DOCTOR,
    MINISTRY,
    REBELS,
    TOWN,
    act,
    amount,
    carried,
    copied,
    day,
    figure,
    said,
    unit,
)

SOLDIERS = Who("~soldiers|SS", "soldiers", "people", "SS", ("state.ss",))
NOBODYS = Who("~300 fighters|", "300 fighters", "people")
GROUP = Who("group|", "group", "armed_group")
STATE, FRONT = Side("South Sudan", frozenset({"state.ss"})), Side("White Front", frozenset({"white-front"}))
BOTH = (STATE, FRONT)
TANKS: dict[str, Any] = {"counts": "tanks", "scope": "since", "side": MINISTRY}


def words(points: list[Point]) -> list[tuple[str | None, str, float | None]]:
    return [(point.side, point.word, point.number) for point in points]


def test_an_enemys_claim_stands_beside_the_sides_own_admission() -> None:
    """Each number keeps its claimant, and says whether it is the side's own word, its enemy's or somebody else's."""
    told = [
        figure("a", 200, said(MINISTRY), side=REBELS),
        figure("b", 7, said(REBELS), on=1, side=REBELS),
        figure("c", 40, said(DOCTOR), on=2, side=REBELS),
    ]
    assert words(compared(told, BOTH)) == [
        ("White Front", "enemy", 200), ("White Front", "own", 7), ("White Front", "other", 40)
    ]  # fmt: skip


def test_nobodys_enemy_without_two_sides() -> None:
    """Where one side is looked at alone, its enemy is not known, and another's word is another's."""
    assert [p.word for p in compared([figure("a", 200, said(MINISTRY), side=REBELS)], (FRONT,))] == ["other"]


def test_figures_of_neither_side_are_left_out() -> None:
    """Nor are those of whom no name tells taken for a side's."""
    told = [figure("a", 3, side=AGENCY), figure("b", 4, side=NOBODYS), figure("c", 5), figure("d", 6, side=SOLDIERS)]
    assert words(compared(told, BOTH)) == [("South Sudan", "other", 6)]


def test_the_groups_own_men_are_the_speakers() -> None:
    """ "Seven of the group's men", where the group says so."""
    assert words(compared([figure("a", 7, said(REBELS), side=GROUP)], BOTH)) == [("White Front", "own", 7)]
    assert compared([figure("a", 7, said(DOCTOR), side=GROUP)], BOTH) == []


def test_one_claimant_repeated_on_one_day_is_one_point() -> None:
    """However many pass it on, and with all their ids; another number, day or claimant is another point."""
    first = figure("a", 200, said(MINISTRY), side=REBELS)
    again = figure("b", 200, (*said(MINISTRY), *carried(AGENCY)), side=REBELS)
    (point,) = compared([first, again], BOTH)
    assert (point.reports, point.tellings) == (2, ("a", "b"))
    others = [
        replace(again, amount=Amount(210, 210, 210)),
        figure("b", 200, said(MINISTRY), on=1, side=REBELS),
        figure("b", 200, said(DOCTOR), side=REBELS),
    ]
    assert [len(compared([first, other], BOTH)) for other in others] == [2, 2, 2]


def test_a_reprint_is_of_the_day_of_its_model() -> None:
    """What is printed again in the same words a week later was said once."""
    first = figure("a", 200, said(MINISTRY), side=REBELS)
    (point,) = compared([first, copied(first, "b", 7)], BOTH, Beside(models={"b": "a"}))
    assert (point.day, point.reports) == (day(0), 2)


def test_a_ministry_without_a_country_is_that_of_the_land() -> None:
    """Where another report names it, and the claim is about one country."""
    told = [
        figure("a", 200, said(MINISTRY), side=REBELS, places=(TOWN,)),
        figure("b", 210, said(BARE_MINISTRY), on=1, side=REBELS, places=(TOWN,)),
    ]
    assert [point.word for point in compared(told, BOTH)] == ["enemy", "enemy"]
    elsewhere = replace(MINISTRY, key="gov.ke.defence", country="KE", owners=("state.ke",))
    told[0] = figure("a", 200, said(elsewhere), side=REBELS, places=(TOWN,))
    assert [point.word for point in compared(told, BOTH)] == ["other", "other"]


# --- days ------------------------------------------------------------------------------------------------------------


def test_the_day_is_that_of_the_words_else_of_the_saying() -> None:
    """And it says which; a day of publication is used last and named as that."""
    dated = figure("a", 1, said(DOCTOR), on=5, side=REBELS, earliest=day(1), latest=day(2))
    spoken = figure("b", 2, said(DOCTOR), on=5, side=REBELS, statement="s:1")
    printed = figure("c", 3, said(DOCTOR), on=5, side=REBELS)
    undated = replace(printed, id="d", report="rd", published=None)
    points = {
        p.id: (p.day, p.basis) for p in compared([dated, spoken, printed, undated], BOTH, Beside(said={"s:1": day(4)}))
    }
    assert points == {
        "a": (day(2), "words"), "b": (day(4), "said"), "c": (day(5), "published"), "d": (None, None)
    }  # fmt: skip


def test_a_running_count_is_for_the_day_on_which_it_is_given() -> None:
    """ "1,300 since February", said in May, is a number of May."""
    told = figure("a", 1300, said(MINISTRY), on=90, earliest=day(0), latest=day(30), **TANKS)
    assert [point.day for point in compared([told], BOTH)] == [day(90)]


# --- series ----------------------------------------------------------------------------------------------------------


def test_updates_form_a_series_by_claimant() -> None:
    """A running count says how much it rose, or fell, against the same claimant's number before."""
    lost = {**TANKS, **unit(1, "tank")}
    told = [
        figure(str(n), value, said(who), on=n, **{**lost, "amount": Amount(value, value, value, "tank")})
        for n, (who, value) in enumerate([(REBELS, 100), (MINISTRY, 10), (REBELS, 120), (REBELS, 115), (MINISTRY, 12)])
    ]
    assert [point.change for point in compared(told, BOTH)] == [None, None, 20, -5, 2]


def test_counts_of_a_day_and_running_counts_are_apart() -> None:
    """Nor is what is planned a part of what happened."""
    told = [
        figure("a", 100, said(MINISTRY), side=REBELS, scope="since"),
        figure("b", 5, said(MINISTRY), on=1, side=REBELS, scope="day"),
        figure("c", 7, said(MINISTRY), on=2, side=REBELS, scope="day"),
        figure("d", 110, said(MINISTRY), on=3, side=REBELS, scope="since"),
        figure("e", 500, said(MINISTRY), on=4, side=REBELS, scope="since", status="predicted"),
    ]
    points = compared(told, BOTH)
    assert [point.change for point in points] == [None, None, None, 10, None]
    assert len({point.series for point in points}) == 3


def test_tolls_of_two_deeds_are_no_update() -> None:
    """54 killed in one strike after 303 in another does not mean that fewer are dead."""
    told = [figure(n, v, said(MINISTRY), on=d, side=REBELS, scope="event") for n, v, d in (("a", 303, 0), ("b", 54, 3))]
    assert [point.change for point in compared(told, BOTH)] == [None, None]


def test_families_are_not_people() -> None:
    """Displaced families and displaced people are two series, as are those of two places."""
    gone = {"counts": "displaced", "scope": "since"}
    told = [
        figure("a", 1, said(DOCTOR), **{**gone, **unit(4000, "family")}),
        figure("b", 1, said(DOCTOR), on=1, **{**gone, **unit(21000, "people")}),
        figure("c", 1, said(DOCTOR), on=2, **{**gone, **unit(22000, "resident")}),
        figure("d", 1, said(DOCTOR), on=3, places=(TOWN,), **{**gone, **unit(900, "people")}),
    ]
    assert [(p.about, p.change) for p in compared(told)] == [
        ("people", None), ("people", None), ("people", 1000), ("people", None)
    ]  # fmt: skip


def test_civilians_are_not_soldiers_and_jets_are_not_drones() -> None:
    """Running counts of different people, or of different arms, are different series."""
    nouns = [("killed", "soldier"), ("killed", "civilian"), ("aircraft", "jet"), ("aircraft", "drone")]
    told = [
        figure(str(n), 1, said(MINISTRY), on=n, counts=counts, scope="since", side=REBELS, **unit(10 + n, noun))
        for n, (counts, noun) in enumerate(nouns)
    ]
    assert len({point.series for point in compared(told, BOTH)}) == 4


ORDERS = st.permutations(range(6))


@given(ORDERS)
def test_order_changes_nothing(order: list[int]) -> None:
    """Points are a function of the set of claims."""
    told: list[FigureTold] = [
        figure("a", 200, said(MINISTRY), side=REBELS),
        figure("b", 200, said(MINISTRY), side=REBELS),
        figure("c", 7, said(REBELS), side=REBELS),
        figure("d", 7, side=REBELS, report="rc"),
        figure("e", 90, said(REBELS), on=1, scope="since", side=SOLDIERS),
        figure("f", 95, said(REBELS), on=2, scope="since", side=SOLDIERS),
    ]
    assert compared([told[n] for n in order], BOTH) == compared(told, BOTH)


# --- what an amount is about -----------------------------------------------------------------------------------------


def test_arms_owned_and_arms_lost() -> None:
    """Tanks that were destroyed, or that the words call lost, are losses; the others are strength."""
    arms = {"counts": "tanks", "side": REBELS, **unit(9, "tank")}
    hit = act("e:1", mode="destroy", lemma="destroy")
    told = [
        figure("a", 9, **arms),
        figure("b", 9, on=1, act="e:1", **arms),
        figure("c", 9, on=2, sentence="The front has lost 9 tanks since May.", **arms),
        figure("d", 9, on=3, sentence="9 tanks of the front have been destroyed.", **arms),
    ]
    points = compared(told, BOTH, Beside(acts={"e:1": hit}))
    assert [point.about for point in points] == ["strength", "losses", "losses", "losses"]


def test_arms_are_whose_the_word_before_them_says() -> None:
    """ "14 Russian tanks" are Russia's, and tanks that a Russian army destroyed are not."""
    sides, beside = (
        (Side("Chad", frozenset({"state.td"})),),
        Beside(adjectives={"Chadian": Who("state.td", "Chad", "state")}),
    )
    told = [
        figure(id, 14, sentence=sentence, counts="tanks", **unit(14, "tank"))
        for id, sentence in [("a", "They hit 14 Chadian battle tanks."), ("b", "Chadian troops hit 14 tanks.")]
    ]
    assert [point.id for point in compared(told, sides, beside)] == ["a"]


def test_a_delivery_is_a_row_from_one_to_another() -> None:
    """Who gives and who receives, for either side's asking."""
    gives = act("e:1", type="AID", lemma="deliver", actors=(AGENCY,), recipients=(SOLDIERS,))
    told = figure("a", 12, counts="deliveries", side=AGENCY, act="e:1", **unit(12, "drone"))
    for sides in ((), (STATE,)):
        (point,) = compared([told], sides, Beside(acts={"e:1": gives}))
        assert (point.about, point.counts, point.side, point.number) == ("deliveries", "drone", "Interfax", 12)
    assert point.to == ("South Sudan",)
    assert compared([told], (FRONT,), Beside(acts={"e:1": gives})) == []


def test_a_drill_is_a_row_with_those_who_take_part() -> None:
    """With its number of troops, once: from the act, or from the figure that hangs on it."""
    drill = act("e:1", type="COOPERATE", lemma="exercise", actors=(SOLDIERS,), recipients=(AGENCY,), amounts=(
        Amount(20, 20, 20, "km"), Amount(2500, 2500, 2500, "soldier")))  # fmt: skip
    (point,) = compared([drill], (STATE,))
    assert (point.about, point.side, point.to, point.number) == ("drills", "South Sudan", ("Interfax",), 2500)
    troops = figure("a", 2500, counts="troops", act="e:1", **unit(2500, "soldier"))
    (point,) = compared([drill, troops], (STATE,), Beside(acts={"e:1": drill}))
    assert (point.id, point.about, point.counts) == ("a", "drills", "troops")


def test_places_taken_are_no_prisoners() -> None:
    """Three captured capitals are not captured soldiers."""
    assert [p.about for p in compared([figure("a", 3, counts="captured", side=REBELS, **unit(3, "capital"))])] == [
        "other"
    ]


def test_a_headlines_number_without_a_side_gives_way_to_its_text() -> None:
    """The same number in the same report, with a side and a voice, is the fuller one."""
    head = figure("a", 303, report="r", side=NOBODYS)
    body = figure("b", 303, said(MINISTRY), report="r", side=REBELS)
    assert [point.id for point in compared([head, body])] == ["b"]
    assert [point.id for point in compared([head])] == ["a"]


def test_a_bounded_number_is_drawn_in_its_middle() -> None:
    """A range by its middle, a bound by what is known of it, nothing by nothing."""
    told = [figure("a", None, side=REBELS, **amount(10, 30)), figure("b", None, on=1, side=REBELS, **amount(10, None))]
    assert [point.number for point in compared(told)] == [20, 10]
    assert compared([figure("c", None, side=REBELS)])[0].number is None


def test_a_denied_number_says_so() -> None:
    """It stands on record as denied, in no series of what happened."""
    told = [figure("a", 5, said(REBELS), side=REBELS, stance="denies"), figure("b", 5, said(REBELS), side=REBELS)]
    assert {(p.id, p.status) for p in compared(told, BOTH)} == {("a", "denied"), ("b", "happened")}


def test_carriers_do_not_speak() -> None:
    """A number that an agency passes on without a speaker is no side's own word."""
    chain = (Hop("carrier", AGENCY, "Interfax"),)
    assert [p.word for p in compared([figure("a", 5, chain, side=REBELS)], BOTH)] == ["other"]
