"""What the rows of some reports point to, read once for all of them: names, places, voices, times, the text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection, Row

from dateline.store import tables as t
from dateline.store.along import Along
from dateline.store.codec import unpack
from dateline.store.keys import public

SENTENCE_END = re.compile(r"(?<![A-Z])[.!?…][\"”’')\]]*\s+(?=[^a-z])|\n\s*\n|\n(?=[^a-z])")  # not after "U.S."
LONGEST = 400  # characters of a sentence that are shown
OWNERS = 4
TOWNS = ("settlement", "district", "site")

type Local = tuple[int, str | None]  # report, id in it


@dataclass(frozen=True, slots=True)
class Voice:
    """A statement as its claims see it."""

    chain: tuple[str, ...]
    stance: str

    @property
    def speaker(self) -> str | None:
        return self.chain[0] or None if self.chain else None


class Context:
    """Looks up what rows of these reports point to; each kind is read when it is first asked for."""

    def __init__(self, connection: Connection, reports: Sequence[int]) -> None:
        self._connection, self._reports = connection, reports

    @cached_property
    def pages(self) -> dict[int, Row[Any]]:
        return {row.report: row for row in self._connection.execute(_pages(self._reports))}

    @cached_property
    def texts(self) -> dict[int, str]:
        return {key: unpack(row.text).decode() for key, row in self.pages.items()}

    @cached_property
    def actors(self) -> dict[Local, Row[Any]]:
        return {(r.report, r.local): r for r in self._connection.execute(_actors(self._reports))}

    @cached_property
    def places(self) -> dict[Local, Row[Any]]:
        return {(r.report, r.local): r for r in self._connection.execute(_places(self._reports))}

    @cached_property
    def hops(self) -> dict[int, list[Row[Any]]]:
        """The chain of each statement, speaker first."""
        found: dict[int, list[Row[Any]]] = {}
        for row in self._connection.execute(_hops(self._reports)):
            found.setdefault(row.statement, []).append(row)
        return found

    @cached_property
    def voices(self) -> dict[int, Voice]:
        told = self._connection.execute(_stances(self._reports))
        return {row.key: Voice(tuple(map(self._hop, self.hops.get(row.key, ()))), row.stance) for row in told}

    @cached_property
    def settled(self) -> dict[int, str]:
        """JSON of the places of each event."""
        return {row.key: row.places for row in self._connection.execute(_settled(self._reports))}

    @cached_property
    def _of_report(self) -> dict[int, list[Row[Any]]]:
        found: dict[int, list[Row[Any]]] = {}
        for (report, _), row in sorted(self.places.items()):
            found.setdefault(report, []).append(row)
        return found

    @cached_property
    def _named(self) -> dict[int, Along[str]]:
        return _along(self.places.values())

    def name(self, report: int, local: str | None) -> str | None:
        """What an actor is called."""
        row = self.actors.get((report, local))
        return str(row.name) if row is not None else None

    def names(self, report: int, locals: str) -> list[str]:
        """The same for a JSON list of ids, each once."""
        return [*dict.fromkeys(filter(None, (self.name(report, local) for local in msgspec.json.decode(locals))))]

    def spots(self, report: int, locals: Iterable[str]) -> list[Row[Any]]:
        return [self.places[report, local] for local in locals if (report, local) in self.places]

    def places_of_event(self, event: int | None) -> list[str]:
        """Local ids of the places of an event."""
        return msgspec.json.decode(self.settled[event], type=list[str]) if event in self.settled else []

    def named_in(self, report: int, start: int, end: int) -> list[str]:
        """Places with a mention between these offsets."""
        return [*dict.fromkeys(spot.name for spot in self.spots(report, self.places_between(report, start, end)))]

    def places_between(self, report: int, start: int, end: int) -> list[str]:
        """Their local ids."""
        along = self._named.get(report)
        return [*dict.fromkeys(along.between(start, end))] if along else []

    def locals_of(self, kind: str, row: Row[Any]) -> list[str]:
        """Local ids of the places that a statement, event, hold or figure names."""
        match kind:
            case "s":
                told = row.start is not None and row.content != "[]"
                return self.places_between(row.report, row.start, row.end) if told else []
            case "e":
                return msgspec.json.decode(row.places, type=list[str])
            case "h":
                return [row.place]
            case _:
                return self.places_of_event(row.event)

    def towns(self, report: int) -> list[tuple[int, str]]:
        """How often each town is named, and its local id, most first."""
        rows = [row for row in self._of_report.get(report, ()) if row.kind in TOWNS]
        return sorted(
            ((len(msgspec.json.decode(row.mentions)), row.local) for row in rows), key=lambda n: (-n[0], n[1])
        )

    def mentioned(self, report: int, local: str) -> list[str]:
        """How a place is called in its report, and its name."""
        row = self.places.get((report, local))
        if row is None:
            return []
        spans = msgspec.json.decode(row.mentions, type=list[tuple[int, int]])
        return [*dict.fromkeys([*(self.words(report, *span) for span in spans), str(row.name)])]

    def words(self, report: int, start: int | None, end: int | None) -> str:
        """The words themselves, on one line."""
        return "" if start is None else " ".join(self.texts[report][start:end].split())

    def sentence(self, report: int, start: int, end: int) -> str:
        """The sentence that holds these words, or as much of it as is shown."""
        return sentence_in(self.texts[report], start, end)

    def _hop(self, x: Row[Any]) -> str:
        return self.name(x.report, x.actor) or self.words(x.report, x.start, x.end)


def sentence_in(text: str, start: int, end: int) -> str:
    """The sentence that holds the words between two offsets, on one line, or as much of it as is shown."""
    first, last = max(0, start - LONGEST // 2), min(len(text), end + LONGEST // 2)
    before = [m.end() for m in SENTENCE_END.finditer(text, first, start + 1) if m.end() <= start]
    after = SENTENCE_END.search(text, end, last)
    return " ".join(text[before[-1] if before else first : after.end() if after else last].split())


def optional(kind: str, key: int | None) -> str | None:
    """The public id of what may be missing."""
    return None if key is None else public(kind, key)


def _along(places: Iterable[Row[Any]]) -> dict[int, Along[str]]:
    """Local ids of places by report and by where they are mentioned."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    for row in places:
        mentions = msgspec.json.decode(row.mentions, type=list[tuple[int, int]])
        found.setdefault(row.report, []).extend((start, end, row.local) for start, end in mentions)
    return {report: Along(named) for report, named in found.items()}


def _pages(reports: Sequence[int]) -> "sa.Select[Any]":
    kept = t.reports.c
    columns = (t.pages, kept.id, kept.source, kept.added_at)
    return (
        sa.select(*columns).join(t.reports, t.reports.c.report == t.pages.c.report).where(t.pages.c.report.in_(reports))
    )


def _actors(reports: Sequence[int]) -> "sa.Select[Any]":
    a = t.actors.c
    rows = sa.select(a.report, a.local, a.who, a.role, a.of, *_named_by())
    return rows.join(t.names, t.names.c.who == a.who).where(a.report.in_(reports))


def _named_by() -> "list[sa.Column[Any]]":
    return [t.names.c[name] for name in ("name", "kind", "country", "lexicon", "unnamed", "folded")]


def _hops(reports: Sequence[int]) -> "sa.Select[Any]":
    h = t.hops
    return sa.select(h).where(h.c.report.in_(reports)).order_by(h.c.report, h.c.n)


def _stances(reports: Sequence[int]) -> "sa.Select[tuple[int, str]]":
    return sa.select(t.statements.c.key, t.statements.c.stance).where(t.statements.c.report.in_(reports))


def _settled(reports: Sequence[int]) -> "sa.Select[tuple[int, str]]":
    return sa.select(t.events.c.key, t.events.c.places).where(t.events.c.report.in_(reports))


def _places(reports: Sequence[int]) -> "sa.Select[Any]":
    p = t.places.c
    spot = [c for c in t.spots.columns if c.name not in ("spot", "folded")]
    rows = sa.select(p.report, p.local, p.spot, p.mentions, *spot).join(t.spots, t.spots.c.spot == p.spot)
    return rows.where(p.report.in_(reports)).order_by(p.report, sa.func.length(p.local), p.local)
