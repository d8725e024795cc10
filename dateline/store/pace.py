"""How fast each side acts in each area, and beside it what voices say of that: answers of the view ``tempo``.

What is counted and what is said never mix: an assessment changes no count, and stands with the weeks before and after.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from dateline.across import Event, Spot, Tempo
from dateline.join.assessments import Assessment, assessments, beside, by_week
from dateline.join.tempo import WEEKS, monday, tempos, week_of
from dateline.store import tables as t
from dateline.store.asked import reports_filter
from dateline.store.joined import Joined
from dateline.store.keys import day_of
from dateline.store.lifting import Scope
from dateline.store.whereabouts import called, calling

AFTER = 6  # weeks after something was said that are counted too, where they are there

type Answer = dict[str, Any]


def tempo(scope: Scope, joined: Joined) -> Iterator[Answer]:
    """A row a side and area, the busiest first, over the twelve weeks that end with the day asked for."""
    asked, until = scope.asked, scope.day
    first = monday(until) - timedelta(7 * (WEEKS - 1))
    window = scope.but(type=asked.type or "ASSAULT", since=first, until=until, as_of=None, actor=None, limit=None)
    keys = dict.fromkeys(joined.events_of(row.key for part in window.rows("e") for row in part).values())
    events = list(joined.events(list(keys)).values())
    found = tempos(events, _read(window, first, until), until, _area(scope))
    said = assessments(window.but(type=None).statements(), scope.atlas.lexicons)
    names = {who.side: who.name for event in events for who in event.actors if who.side == who.key}
    if asked.actor is not None:
        called(scope.connection, scope.atlas, asked.actor)  # which raises where nobody is called so
    wanted = calling(scope.atlas, asked.actor) if asked.actor is not None else None
    rows = [_answer(one, said, names, _counted(one, events)) for one in found]
    rows = [row for row in rows if wanted is None or wanted(row["side"])]
    rows.sort(key=lambda row: (-sum(map(int, row["weeks"])), row["side"], row["area"]))
    yield from rows[: asked.limit]


def _area(scope: Scope) -> Callable[[Spot], str | None]:
    """The place asked for, else countries."""
    within = scope.asked.within or scope.asked.place
    return (lambda spot: within) if within else (lambda spot: spot.country)


def _read(scope: Scope, first: date, until: date) -> Mapping[date, int]:
    """How many reports of the area were published in each week, by its Monday."""
    asked = scope.but(type=None, since=first, until=until).asked
    conditions = reports_filter(scope.connection, scope.atlas, asked, t.pages)
    counted = sa.select(t.pages.c.at, sa.func.count()).where(*conditions).group_by(t.pages.c.at)
    weeks: Counter[date] = Counter()
    for at, many in scope.connection.execute(counted):
        day = day_of(at)
        if day is not None:
            weeks[monday(day)] += many
    return weeks


def _counted(one: Tempo, events: Iterable[Event]) -> list[str]:
    """Ids of the events of a side that lie in the weeks counted, the latest first."""
    mine = [(week, e.id) for e in events if (week := week_of(e)) and one.side in {who.side for who in e.actors}]
    return [id for _, id in sorted(mine, reverse=True)]


def _answer(one: Tempo, said: Sequence[Assessment], names: Mapping[str, str], counted: Sequence[str]) -> Answer:
    mine = [each for each in said if each.side == one.side]
    return {
        "id": f"tempo:{one.side}@{one.area}@{one.until}",
        "side": names.get(one.side, one.side),
        "area": one.area,
        "until": one.until,
        "phase": one.phase,
        "weeks": [str(many) for many in one.weeks],
        "read": [str(many) for many in one.read],
        "ratio": one.ratio,
        "low": one.low,
        "high": one.high,
        "said": [_said(each, one) for each in mine],
        "statements": [each.statement for each in mine],
        "events": list(counted),
        "by": one.rule,
    }


def _said(said: Assessment, one: Tempo) -> str:
    """ "2021-08-05 the official: “running out of steam” (slowing); events a week before 3 4 5, then 6, after 9 …"."""
    who = said.speaker.name if said.speaker is not None else "the report itself"
    words = f"{said.day or 'no day'} {who}: “{said.words}” ({'denies ' * said.denied}{said.direction})"
    counts = beside(said, by_week(one), AFTER)
    if counts is None:
        return words
    before, after = (" ".join(str(n) for n in part if n is not None) or "–" for part in (counts.before, counts.after))
    return f"{words}; events a week before {before}, then {counts.during or 0}, after {after}"
