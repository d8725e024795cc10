"""The pace of events against what was read, and what voices say of it beside what was counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.tempo import COVERAGES, score
from dateline.across import Event, Hop, Spot, StatementTold, Who
from dateline.join.assessments import Assessment, assessments, beside, by_week
from dateline.join.ratio import beta_below, beta_quantile, ratio
from dateline.join.tempo import RULES, monday, tempo, tempos, week_of
from dateline.lexicons.load import Entry, load_lexicons
from dateline.model import Stance

UNTIL = date(2021, 8, 15)  # a Sunday
LAW = settings(max_examples=60, deadline=None)
LISTS = load_lexicons()
COUNTS = st.lists(st.integers(0, 60), min_size=6, max_size=6)
READ = st.lists(st.integers(20, 400), min_size=6, max_size=6)


def phase(weeks: list[int], read: list[int] | None = None) -> str:
    return tempo("rebels", "Kunduz", UNTIL, weeks, read or [100] * len(weeks)).phase


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([5, 4, 6, 5, 4, 6, 10, 12, 9, 14, 11, 12], "speeding up"),
        ([10, 12, 9, 14, 11, 12, 5, 4, 3, 5, 4, 6], "slowing"),
        ([5, 4, 6, 5, 4, 6, 5, 6, 4, 5, 5, 5], "steady"),
        ([5, 4, 6, 5, 4, 6, 5, 6, 4, 5, 0, 0], "paused"),
        ([0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0], "too little to tell"),
        ([0] * 12, "too little to tell"),
        ([5, 5, 5, 5], "too little to tell"),
    ],
)
def test_phases(weeks: list[int], expected: str) -> None:
    """Six weeks against the six before: faster, slower, as fast, suddenly quiet, or too few events to say."""
    found = tempo("rebels", "Kunduz", UNTIL, weeks, [100] * len(weeks))
    assert found.phase == expected
    assert found.rule in RULES


def test_nothing_read_tells_nothing() -> None:
    """Weeks in which no report was read are no quiet weeks."""
    found = tempo("rebels", "Kunduz", UNTIL, [5] * 6 + [0] * 6, [100] * 6 + [0] * 6)
    assert (found.phase, found.ratio) == ("too little to tell", None)


def test_more_found_by_more_reading_is_steady() -> None:
    """Twice the events in twice the reports is no change of pace; the same events in as many reports as before are."""
    assert phase([6] * 6 + [12] * 6, [100] * 6 + [200] * 6) == "steady"
    assert phase([6] * 6 + [12] * 6, [100] * 12) == "speeding up"


def test_the_same_found_in_twice_the_reports_is_not_slowing() -> None:
    """Where every event was found before, reading each in two copies halves events a report and changes no pace."""
    assert phase([9] * 12, [100] * 6 + [200] * 6) == "steady"


@LAW
@given(COUNTS, READ, st.floats(1, 5), st.data())
def test_coverage_alone_never_speeds_up(weeks: list[int], read: list[int], more: float, data: st.DataObject) -> None:
    """Weeks as before, read so many times as closely, with at most as many times the events: never speeding up."""
    found = [data.draw(st.integers(0, int(n * more))) for n in weeks]
    assert phase([*weeks, *found], [*read, *(round(r * more + 0.5) for r in read)]) != "speeding up"


@LAW
@given(COUNTS, COUNTS, st.integers(20, 400), st.integers(2, 4))
def test_doubled_coverage_adds_no_speed_to_any_weeks(old: list[int], new: list[int], read: int, more: int) -> None:
    """Whatever two spans are told apart by, reading the later one more closely makes neither faster nor surer."""
    before = phase([*old, *new], [read] * 12)
    after = phase([*old, *(n * more for n in new)], [read] * 6 + [read * more] * 6)
    assert after != "speeding up" or before == "speeding up"


# --- the ratio --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("a", "b", "x"), [(1, 1, 0.3), (3, 5, 0.2), (20, 7, 0.8), (300, 200, 0.58), (2, 900, 0.001)])
def test_beta_is_a_binomial_tail(a: int, b: int, x: float) -> None:
    """For whole numbers the part of a beta distribution below x is a sum of binomial chances."""
    n = a + b - 1
    tail = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert beta_below(a, b, x) == pytest.approx(tail, rel=1e-9)
    assert beta_quantile(a, b, tail) == pytest.approx(x, rel=1e-6)


@LAW
@given(st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0.01, 0.99))
def test_the_ratio_turned_round(recent: int, earlier: int, part: float) -> None:
    """The chance that one pace is so much faster is the chance that the other is so much slower."""
    assert ratio(recent, earlier, 1, part) * ratio(earlier, recent, 1, 1 - part) == pytest.approx(1, rel=1e-4)


# --- many at once -----------------------------------------------------------------------------------------------

REBELS, ARMY = Who("rebels", "Rebels", "armed_group"), Who("army", "Army", "military", owners=("state",))


def event(name: str, first: date | None, last: date | None, *actors: Who) -> Event:
    place = Spot("town", "Kunduz", "settlement", "AF", "Kunduz")
    return Event(name, "ASSAULT", (name,), first, last, place, actors, (), "test")


def test_events_are_counted_by_side_area_and_week() -> None:
    """Each side of an event has it in the week in which it happened; events of no one week count for nobody."""
    monday_9 = date(2021, 8, 9)
    events = [
        event("e1", monday_9, monday_9, REBELS, ARMY),
        event("e2", monday_9, UNTIL, REBELS, REBELS),
        event("e3", date(2021, 8, 8), monday_9, REBELS),
        event("e4", None, monday_9, REBELS),
        event("e5", date(2020, 8, 3), date(2020, 8, 3), REBELS),
    ]
    found = tempos(events, {monday_9: 40}, UNTIL, lambda spot: spot.admin1)
    assert [(t.side, t.area, t.weeks[-1], sum(t.weeks), t.read[-1]) for t in found] == [
        ("rebels", "Kunduz", 2, 2, 40),
        ("state", "Kunduz", 1, 1, 40),
    ]
    assert found == tempos(reversed(events), {monday_9: 40}, UNTIL, lambda spot: spot.admin1)
    assert tempos(events, {}, UNTIL, lambda spot: None) == ()
    assert week_of(events[2]) is None


def test_floor_on_made_up_weeks() -> None:
    """With a third to most of the reports read, seven in ten weeks or more have the phase of the full counts."""
    paces = [2] * 12 + [9] * 14 + [4] * 14 + [0] * 10 + [6] * 10
    weeks = {monday(UNTIL) + timedelta(7 * n): [1 + (n + k) % 3 for k in range(pace)] for n, pace in enumerate(paces)}
    for name in COVERAGES:
        pairs = score({"made up": weeks}, name, [1])
        assert sum(n for (gold, ours), n in pairs.items() if gold == ours) / sum(pairs.values()) >= 0.7


# --- what is said -----------------------------------------------------------------------------------------------


def said(words: str, stance: Stance = "asserts", **others: Any) -> StatementTold:
    official = Who("gov.ru.foreign", "Russian Foreign Ministry", "government")
    told = StatementTold(
        id="s:1", report="sha256:1", outlet=None, country=None, published=date(2021, 8, 5), start=0, end=0,
        sentence=words, statement=None, chain=(Hop("speaker", official, "an official"),), stance=stance,
        status="happened", earliest=None, latest=None, lemma="say", words=words, within=None, negated=False, places=(),
    )  # fmt: skip
    return replace(told, **others)


def one(words: str, stance: Stance = "asserts", **others: Any) -> Assessment:
    (found,) = assessments([said(words, stance, **others)], LISTS)
    return found


def _examples(way: str) -> Iterator[Any]:
    for entry in LISTS.entries["assessments"]:
        for example in getattr(entry, way):
            yield pytest.param(entry, example, id=f"{entry.id}: {example}"[:60])


@pytest.mark.parametrize(("entry", "example"), list(_examples("yes")))
def test_yes_examples_are_found(entry: Entry, example: str) -> None:
    """The starred words are a phrase of their entry, or, of the list of subjects, what another phrase is said of."""
    hit = example.split("*")[1]
    found = assessments([said(example.replace("*", ""))], LISTS)
    assert any(entry.gives.get("subject") or (a.rule == entry.id and a.words == hit) for a in found)


@pytest.mark.parametrize(("entry", "example"), list(_examples("no")))
def test_no_examples_are_not_found(entry: Entry, example: str) -> None:
    """Nothing is found where the words are said of trains, markets or talks."""
    assert assessments([said(example)], LISTS) == ()


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("The Taliban offensive in Afghanistan is gradually running out of steam", "taliban"),
        ("an offensive by the Taliban against Afghan forces has stalled", "taliban"),
        ("Taliban losing momentum", "taliban"),
        ("A Taliban advance that has reached the gates of Afghan cities is losing momentum", "taliban"),
        ("The advance is losing momentum", None),
        ("the drive on the Afghan capital is losing momentum", None),
    ],
)
def test_whose_pace_is_told(words: str, side: str | None) -> None:
    """The side is the one whose name stands beside the noun; no name there, no side."""
    assert one(words).side == side


def test_who_said_it_and_when() -> None:
    """An assessment has its speaker, its day, the phrase as said and where it points."""
    found = one("The rebel advance is losing its momentum")
    assert found.speaker is not None and found.speaker.key == "gov.ru.foreign"
    assert (found.day, found.words, found.direction) == (date(2021, 8, 5), "losing its momentum", "slowing")
    assert one("The advance has stalled", earliest=date(2021, 8, 3), latest=date(2021, 8, 3)).day == date(2021, 8, 3)


@pytest.mark.parametrize(
    ("words", "stance"),
    [("The offensive is not running out of steam", "asserts"), ("The offensive has stalled", "denies"),
     ("There is no sign of the advance losing momentum", "asserts"), ("The army isn't losing ground", "asserts")],
)  # fmt: skip
def test_what_is_denied_is_marked(words: str, stance: Stance) -> None:
    """A voice that says it is not so has said something, and not the contrary."""
    assert one(words, stance).denied


def test_the_innermost_voice_says_it() -> None:
    """A statement about a statement does not say its words a second time."""
    outer = said("The advance is losing momentum, the ministry says")
    inner = said("The advance is losing momentum", id="s:2", within="s:1")
    assert [a.statement for a in assessments([outer, inner], LISTS)] == ["s:2"]
    assert assessments([inner, outer], LISTS) == assessments([outer, inner], LISTS)


def test_said_beside_counted() -> None:
    """Around the week of an assessment stand the counts; a week that nobody counted is None, and no zero."""
    counted = tempo("taliban", "AF", UNTIL, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [100] * 12)
    found = beside(one("The Taliban advance is losing momentum"), by_week(counted), span=2)
    assert found is not None
    assert (found.week, found.before, found.during, found.after) == (date(2021, 8, 2), (9, 10), 11, (12, None))
    assert beside(one("The advance has stalled", published=None), by_week(counted)) is None
