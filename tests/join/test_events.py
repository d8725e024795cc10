"""Events: which acts of which reports tell of one thing, and what forbids it."""

from dataclasses import replace
from typing import Any

import pytest

from dateline.across import ActTold, Amount, Spot, Who
from dateline.join import events
from dateline.join.events import CELLS, cells, event_of, grouped, linked, vetoed
from tests.join.telling import ELSEWHERE, MINISTRY, REBELS, TOWN, act, day

SOLDIERS = Who("~soldiers|", "soldiers", "military")
ARMY = Who("army.ss", "Army", "military", "SS", ("state.ss",))
QUARTER = Spot("quarter", "Rubkona", "site", "SS", "Unity", latitude=9.28, longitude=29.79)
PROVINCE = Spot("unity", "Unity", "province", "SS", "Unity")
OTHER_PROVINCE = Spot("jonglei", "Jonglei", "province", "SS", "Jonglei")
COUNTRY = Spot("ss", "South Sudan", "country", "SS")
NEXT_TOWN = Spot("next", "Nhialdiu", "settlement", "SS", "Unity", latitude=9.1, longitude=29.55)


def killed(many: float, unit: str = "soldier") -> tuple[Amount, ...]:
    return (Amount(many, many, many, unit),)


def on(number: int) -> dict[str, Any]:
    """The words give this day."""
    return {"earliest": day(number), "latest": day(number)}


PLACELESS: dict[str, Any] = {"places": ()}
VAGUE: dict[str, Any] = {"places": (), "actors": (REBELS,)}

ONE: tuple[tuple[str, ActTold, ActTold, str], ...] = (
    ("same verb, same town, told on one day and the next", act("a"), act("b", on=1), "event/ground-and-day"),
    (
        "a day of the words that fits the day of print of the other",
        act("a", on=2, **on(1)),
        act("b", on=2, lemma="raid"),
        "event/ground-and-day",
    ),
    (
        "another verb, but the words give the same town and day",
        act("a", **on(0)),
        act("b", on=3, lemma="withdraw", **on(0)),
        "event/ground-and-stated-day",
    ),
    ("a quarter of the town", act("a"), act("b", places=(QUARTER,)), "event/ground-and-day"),
    (
        "a town once taken is told of for days",
        act("a", lemma="capture", **on(0)),
        act("b", on=9, lemma="fall"),
        "event/taken-once",
    ),
    (
        "the dead of one day and country",
        act("a", lemma="kill", amounts=killed(3), places=(COUNTRY,)),
        act("b", lemma="kill", amounts=killed(3), places=(TOWN,)),
        "event/toll-and-day",
    ),
    (
        "so many dead that the number is a name",
        act("a", lemma="kill", amounts=killed(49), **PLACELESS),
        act("b", lemma="kill", on=1, amounts=killed(49), **PLACELESS),
        "event/toll-and-day",
    ),
    (
        "the same two sides on the same day of the words",
        act("a", actors=(REBELS,), recipients=(ARMY,), **PLACELESS, **on(0)),
        act("b", on=2, actors=(REBELS,), recipients=(ARMY,), **PLACELESS, **on(0)),
        "event/parties-and-day",
    ),
    (
        "the attack of a day, in a report about the town",
        act("a", lemma="capture", on=1, **on(0)),
        act("b", on=3, scene=TOWN, **PLACELESS, **on(0)),
        "event/scene-and-day",
    ),
    ("said again in one report", act("a", report="r"), act("b", report="r", same_as="a"), "event/told-again"),
)

TWO: tuple[tuple[str, ActTold, ActTold, str | None], ...] = (
    ("two towns, though near", act("a"), act("b", places=(NEXT_TOWN,)), "veto/places"),
    ("two provinces", act("a", places=(PROVINCE,)), act("b", places=(OTHER_PROVINCE,)), "veto/places"),
    ("a town and a province that it is not in", act("a"), act("b", places=(OTHER_PROVINCE,)), "veto/places"),
    ("two days of the words", act("a", **on(0)), act("b", on=3, **on(3)), "veto/days"),
    ("weeks between two that give no day", act("a"), act("b", on=20), "veto/days"),
    ("what is planned and what was done", act("a"), act("b", status="planned"), "veto/not-yet"),
    ("other doers", act("a", actors=(REBELS,)), act("b", actors=(MINISTRY,)), "veto/actors"),
    ("an abduction and an attack", act("a", mode="abduct"), act("b", mode="firearms"), "veto/mode"),
    (
        "a later count that is lower",
        act("a", lemma="kill", amounts=killed(9)),
        act("b", lemma="kill", on=1, amounts=killed(2)),
        "veto/toll",
    ),
    (
        "soldiers here, civilians somewhere in the province",
        act("a", lemma="kill", amounts=killed(2)),
        act("b", lemma="kill", amounts=killed(2, "civilian"), places=(PROVINCE,)),
        "veto/victims",
    ),
    ("an act without place, day or number", act("a"), act("b", **PLACELESS), None),
    ("two such acts of the same side", act("a", **VAGUE), act("b", **VAGUE), None),
    (
        "a deed of its own kind, in a report about the town",
        act("a", lemma="capture", **on(0)),
        act("b", lemma="kill", scene=TOWN, **PLACELESS, **on(0)),
        None,
    ),
    (
        "an attack of no day, in a report about the town",
        act("a"),
        act("b", scene=TOWN, **PLACELESS),
        None,
    ),
    ("only the province in common", act("a"), act("b", places=(PROVINCE,)), None),
    (
        "one death each, in one country, told a day apart",
        act("a", lemma="kill", amounts=killed(1), places=(COUNTRY,)),
        act("b", lemma="kill", on=1, amounts=killed(1), places=(COUNTRY,)),
        None,
    ),
    (
        "two nights of shelling, a week apart in print",
        act("a", lemma="shell"),
        act("b", lemma="shell", on=7),
        None,
    ),
    (
        "a fall foretold and a fall told of, both undated and far apart",
        act("a", lemma="take"),
        act("b", lemma="fall", on=8),
        None,
    ),
    ("what may be and what was denied", act("a", status="possible"), act("b", status="denied"), None),
    (
        "a denial, the day before the deed is told",
        act("a", lemma="fall", status="denied"),
        act("b", lemma="fall", on=1),
        None,
    ),
    ("two acts of one report", act("a", report="r"), act("b", report="r"), None),
)


@pytest.mark.parametrize(("a", "b", "rule"), [row[1:] for row in ONE], ids=[row[0] for row in ONE])
def test_one_event(a: ActTold, b: ActTold, rule: str) -> None:
    """Acts whose slots agree are one event, by the rule that names what agrees."""
    assert linked(a, b) == linked(b, a) == rule
    assert len(grouped([a, b])) == 1


@pytest.mark.parametrize(("a", "b", "veto"), [row[1:] for row in TWO], ids=[row[0] for row in TWO])
def test_two_events(a: ActTold, b: ActTold, veto: str | None) -> None:
    """Acts whose slots clash, or that share nothing to hold on to, stay two; the veto names what clashes."""
    assert vetoed(a, b) == vetoed(b, a) == veto
    assert linked(a, b) is None
    assert len(grouped([a, b])) == 2


def test_an_unnamed_doer_is_nobody_else() -> None:
    """ "Gunmen" in one report and the group by its name in another do not speak against each other."""
    gunmen = Who("~gunmen|", "gunmen", "armed_group")
    assert linked(act("a", actors=(gunmen,)), act("b", actors=(REBELS,))) == "event/ground-and-day"


def test_a_toll_may_grow_where_the_town_is_the_same() -> None:
    """A later, higher count is an update; the event stays one."""
    first = act("a", lemma="kill", amounts=killed(4))
    assert linked(first, act("b", lemma="kill", on=1, amounts=killed(7)))


def test_a_placeless_act_joins_one_town_and_ties_no_two() -> None:
    """Three dead without a place fit either town; the towns stay apart all the same."""
    here = act("a", lemma="kill", amounts=killed(3))
    there = act("b", lemma="kill", amounts=killed(3), places=(ELSEWHERE,))
    nowhere = act("c", lemma="kill", amounts=killed(3), places=(COUNTRY,))
    assert [[x.id for x in event] for event in grouped([here, there, nowhere])] == [["a", "c"], ["b"]]


def test_people_rule_over_rules() -> None:
    """Acts that people put together or took apart are so, whatever the slots say."""
    a, b, far = act("a"), act("b"), act("c", on=90, places=(ELSEWHERE,))
    assert len(grouped([a, b], apart=frozenset({frozenset("ab")}))) == 2
    assert len(grouped([a, far], same=frozenset({frozenset("ac")}))) == 1


def test_nothing_to_go_by_means_no_cells() -> None:
    """An act that no rule could ever link is filed nowhere; one without any date least of all."""
    assert not cells(act("a", **PLACELESS))
    assert not cells(replace(act("a"), published=None))


def test_few_cells() -> None:
    """However much an act names, it is filed under eight numbers at most."""
    rich = act("a", places=(TOWN, ELSEWHERE, PROVINCE), actors=(REBELS, ARMY), recipients=(ARMY, REBELS))
    assert 0 < len(cells(replace(rich, amounts=(*killed(3), *killed(5))))) <= CELLS


def test_what_an_event_says() -> None:
    """Its day is what all dated tellings allow, its place the narrowest, its id that of the first telling."""
    week = act("b", on=4, earliest=day(0), latest=day(4), places=(PROVINCE,), actors=(REBELS,))
    one = event_of([week, act("a", on=3, **on(2))])
    assert (one.id, one.tellings, one.place, one.actors) == ("a", ("a", "b"), TOWN, (REBELS,))
    assert (one.earliest, one.latest) == (day(2), day(2))


def test_a_long_week_costs_no_more_than_its_neighbourhoods(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand acts at one place in one week are held against a few score each, not all against all."""
    calls: list[int] = []
    monkeypatch.setattr(events, "link", lambda a, b: calls.append(1))
    grouped([act(f"{n:04}", on=n % 7) for n in range(1000)])
    assert 0 < len(calls) <= 1000 * events.MEETING * 2
