"""One row an event: what is told of it by many reports, and how well it is borne out."""

from collections.abc import Callable, Iterator, Sequence
from itertools import batched, islice
from typing import Any

from sqlalchemy import Row

from dateline.across import Fact
from dateline.store.asked import Asked
from dateline.store.joined import Joined, Weighed
from dateline.store.keys import parse_id, public

TOGETHER = 50  # events weighed at once
WIDER = (4, 32)  # tellings looked at for each event asked for, before all are

type Answer = dict[str, Any]


class Firsts:
    """Of rows of acts in words of their own the first of each event to be met; no more than are asked for."""

    def __init__(self, joined: Joined, asked: Asked) -> None:
        self._joined = joined
        self._most = asked.limit if asked.standing is None else None
        self._met: set[int] = set()
        self.seen = 0  # rows

    def __call__(self, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
        self.seen += len(rows)
        own = self._joined.own([row.key for row in rows])
        event = self._joined.events_of(own)
        found = []
        for row in (row for row in rows if row.key in own):
            if event[row.key] not in self._met and (self._most is None or len(self._met) < self._most):
                self._met.add(event[row.key])
                found.append(row)
        return found


def one_an_event(
    tellings: Callable[[int | None, Firsts], Iterator[Answer]], asked: Asked, joined: Joined
) -> Iterator[Answer]:
    """The first telling of each event, in the order of ``tellings``, with what all tellings together weigh.

    ``tellings`` gives acts as asked for, out of so many at most, those that ``Firsts`` lets through.
    """
    if asked.limit is None:
        yield from _events(tellings(None, Firsts(joined, asked)), asked, joined)
        return
    for wider in (*WIDER, None):
        many, firsts = None if wider is None else asked.limit * wider, Firsts(joined, asked)
        found = list(islice(_events(tellings(many, firsts), asked, joined), asked.limit))
        if many is None or len(found) == asked.limit or firsts.seen < many:
            yield from found
            return


def with_event(tellings: Iterator[Answer], joined: Joined) -> Iterator[Answer]:
    """Every telling, with the event that it is of."""
    for part in batched(tellings, TOGETHER):
        event = joined.events_of([_key(answer) for answer in part])
        yield from ({**answer, "event": public("e", event[_key(answer)]), **EMPTY} for answer in part)


def _events(tellings: Iterator[Answer], asked: Asked, joined: Joined) -> Iterator[Answer]:
    met: set[int] = set()
    for part in batched(tellings, TOGETHER):
        of = joined.events_of([_key(answer) for answer in part])
        first: dict[int, Answer] = {}
        for answer in part:
            first.setdefault(of[_key(answer)], answer)
        fresh = {event: answer for event, answer in first.items() if event not in met}
        met |= fresh.keys()
        weighed = joined.weighed(list(fresh))
        for event, answer in fresh.items():
            told = _told(weighed[event]) if event in weighed else EMPTY
            row = {**answer, "event": public("e", event), **told}
            if asked.standing is None or row["standing"] == asked.standing:
                yield row


def _told(event: Weighed) -> Answer:
    fact = event.happened
    names = {root.key: f"{root.name} ({root.kind})" for root in event.roots.values()}
    return {
        "reports": event.reports,
        "texts": fact.weighed.texts,
        "origins": fact.weighed.origins,
        "parties": fact.weighed.parties,
        "standing": fact.standing,
        "credibility": fact.credibility,
        "roots": sorted(names.values()),
        "counted": [_counted(fact) for fact in event.facts if fact.about == "amount"],
        "clashes": sorted({f"{x.on}: {x.verdict.replace('_', ' ')}" for x in event.tensions}),
        "by": fact.rule,
    }


def _counted(fact: Fact) -> str:
    """ "killed 12–17, best 17, contested"."""
    low, high, best = ("…" if n is None else f"{n:,.10g}" for n in (fact.low, fact.high, fact.best))
    return f"{fact.counts} {low if low == high else f'{low}–{high}, best {best}'}, {fact.standing}"


def _key(answer: Answer) -> int:
    return parse_id(answer["id"])[1]


EMPTY: Answer = {
    "reports": None, "texts": None, "origins": None, "parties": None, "standing": None, "credibility": None,
    "roots": [], "counted": [], "clashes": [], "by": None,
}  # fmt: skip
