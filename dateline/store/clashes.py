"""Claims that cannot both hold, or that parties put differently: answers of the view ``tensions``."""

from collections.abc import Iterator, Sequence
from datetime import date
from heapq import merge
from itertools import batched, islice
from typing import Any

from dateline.across import HoldTold, Root, Tension, Told
from dateline.join.origins import roots
from dateline.join.tensions import holder_tensions
from dateline.store.joined import Joined
from dateline.store.keys import public
from dateline.store.lifting import Scope, by_place

TOGETHER = 50  # events weighed at once

type Answer = dict[str, Any]


def tensions(scope: Scope, joined: Joined) -> Iterator[Answer]:
    """A row a pair of claims, about newest first; ``type`` of the filters is the field that they clash on."""
    wider = scope.but(type=None, limit=None)
    wanted = scope.asked.type
    both = merge(_of_events(wider, joined), _of_places(wider), key=_day, reverse=True)
    yield from islice((row for row in _once(both) if wanted in (None, row["on"])), scope.asked.limit)


def _once(rows: Iterator[Answer]) -> Iterator[Answer]:
    met: set[str] = set()
    for row in rows:
        if row["id"] not in met:
            met.add(row["id"])
            yield row


def _of_events(scope: Scope, joined: Joined) -> Iterator[Answer]:
    met: set[int] = set()
    acts = (row.key for part in scope.rows("e") for row in part)
    for part in batched(acts, TOGETHER):
        events = [event for event in dict.fromkeys(joined.events_of(part).values()) if event not in met]
        met.update(events)
        for event, weighed in joined.weighed(events).items():
            told = {claim.id: claim for claim in weighed.claims}
            where = weighed.event.place.name if weighed.event.place else None
            yield from (_answer(x, told, weighed.roots, where, public("e", event)) for x in weighed.tensions)


def _of_places(scope: Scope) -> Iterator[Answer]:
    found = [row for claims in by_place(scope.holds()).values() for row in _holders(claims)]
    yield from sorted(found, key=_day, reverse=True)


def _holders(claims: Sequence[HoldTold]) -> Iterator[Answer]:
    root = roots(claims, {}, frozenset(w.side for c in claims for w in (c.holder, c.other) if w is not None))
    told: dict[str, Told] = {claim.id: claim for claim in claims}
    for tension in holder_tensions(claims, root):
        yield _answer(tension, told, root, claims[0].place.name, None)


def _answer(
    x: Tension, told: dict[str, Told], root: "dict[str, Root] | Any", where: str | None, event: str | None
) -> Answer:
    a, b = told[x.a], told[x.b]
    days = [day for claim in (a, b) for day in (claim.earliest or claim.published, claim.latest) if day]
    return {
        "id": f"tension:{x.a}~{x.b}~{x.on}",
        "on": x.on,
        "verdict": x.verdict,
        "place": where,
        "earliest": min(days, default=None),
        "latest": max(days, default=None),
        "a_voice": root[x.a].name,
        "a_words": a.sentence,
        "a_published": a.published,
        "a_report": a.report,
        "b_voice": root[x.b].name,
        "b_words": b.sentence,
        "b_published": b.published,
        "b_report": b.report,
        "a": x.a,
        "b": x.b,
        "event": event,
        "by": x.rule,
    }


def _day(row: Answer) -> date:
    day: date | None = row["latest"]
    return day or date.min
