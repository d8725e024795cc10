"""Rows that people corrected are found by what they were corrected to, and the others by what they say."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Row

from dateline.store import tables as t
from dateline.store.asked import VOICE, Asked, claims_named, known_by, last_day
from dateline.store.context import Context
from dateline.store.keys import LAST_DAY, number
from dateline.store.picking import names_of
from dateline.store.ruled import ACCEPTED, REJECTED, Answer, Ruled, keys_of
from dateline.store.verdicts import VIEW_OF
from dateline.store.whereabouts import Atlas, called, calling, lying

TYPE_COLUMN = {"statements": "stance", "events": "type", "holds": "state", "figures": "counts"}
WHOM = ("actors", "recipients", "holder", "other", "side", "speaker")
DAYS = frozenset({"earliest", "latest"})

type Place = tuple[int, int, int]  # in the order of answers: at, report, key
type AnswerOf = Callable[[Row[Any], Context], Answer]


def among(column: ColumnElement[Any], keys: Sequence[int]) -> ColumnElement[bool]:
    """True of rows with one of these keys, which may be more than a database takes as parameters."""
    return column.in_(sa.bindparam("keys", list(keys), expanding=True, literal_execute=True, unique=True))


def let_through(kind: str, rows: sa.Table, key: ColumnElement[Any], asked: Asked, ruled: Ruled) -> list[Any]:
    """Conditions on rows by what people ruled of them and of their reports; ``key`` is that of ``kind``."""
    which = asked.rulings or "applied"
    if which in ("all", "none"):
        return []
    rejected, accepted = ruled.standing(kind, REJECTED), ruled.standing(kind, ACCEPTED)
    reports = ruled.standing("r", REJECTED)
    if which == "rejected":
        return [sa.or_(among(key, rejected), among(rows.c.report, reports))]
    out = [among(key, accepted)] if which == "accepted" else []
    if which == "open":
        rejected += accepted
    out += [~among(rows.c.report, reports)] if reports else []
    return [*out, ~among(key, rejected)] if rejected else out


def changed(connection: Connection, kind: str, asked: Asked, ruled: Ruled) -> list[int]:
    """Keys of the rows that the filters, or the order by days, must see as corrected."""
    table, seen = t.CLAIMS[kind], _fields_seen(kind, asked)
    own = keys_of(kind, (id for id, edits in ruled.edits.items() if not seen.isdisjoint(edits)))
    reports: list[int] = []
    if asked.place is not None or asked.within is not None:
        own += keys_of(kind, ruled.pins)
        reports = keys_of("r", ruled.pins)
    told = keys_of("s", (id for id, edits in ruled.edits.items() if "speaker" in edits))
    if asked.voice is None or kind == "s":
        told = []
    found = [among(table.c.key, own)] if own else []
    found += [among(table.c.report, reports)] if reports else []
    found += [among(table.c.statement, told)] if told else []
    return list(connection.scalars(sa.select(table.c.key).where(sa.or_(*found)))) if found else []


def _fields_seen(kind: str, asked: Asked) -> set[str]:
    seen = {*DAYS}
    if asked.type is not None:
        seen.add(TYPE_COLUMN[VIEW_OF[kind]])
    if asked.actor is not None:
        seen.update(WHOM)
    if asked.voice is not None:
        seen.add("speaker")
    return seen


@dataclass(frozen=True, slots=True)
class Corrected:
    """Finds rows of one kind among those that were corrected."""

    connection: Connection
    kind: str
    asked: Asked
    atlas: Atlas
    ruled: Ruled

    def found(self, keys: Sequence[int], answer_of: AnswerOf, *more: ColumnElement[bool]) -> list[tuple[Place, Answer]]:
        """Those of these rows that are let through, newest first by their corrected days."""
        table = t.CLAIMS[self.kind]
        flags = self._flags()
        wanted = sa.select(table, *(flag.label(f"is_{name}") for name, flag in flags.items()))
        wanted = wanted.where(among(table.c.key, keys), *known_by(table, self.asked), *more)
        rows = self.connection.execute(wanted).all()
        x = Context(self.connection, sorted({row.report for row in rows}))
        placed = [(self._place(row, answer, x), answer) for row, answer in self._passing(rows, answer_of, x)]
        return sorted(placed, key=lambda one: one[0], reverse=True)

    def _flags(self) -> dict[str, ColumnElement[bool]]:
        """What the rows say to each filter, uncorrected."""
        asked = self.asked
        named = claims_named(self.connection, self.atlas, self.kind, asked)
        flags = {name: one.probe for name, one in named.items()}
        if asked.actor is not None and self.kind == "s":  # whoever is named in the words, whoever speaks them
            whom = sa.select(t.names.c.who).where(called(self.connection, self.atlas, asked.actor))
            flags["named"] = names_of("s", whom, t.ties.c.role.not_in(VOICE)).probe
        return flags

    def _passing(self, rows: Sequence[Row[Any]], answer_of: AnswerOf, x: Context) -> Iterator[tuple[Row[Any], Answer]]:
        for row in rows:
            answer = self.ruled.claim(self.kind, answer_of(row, x), row, x)
            if self._on_time(row, answer, x) and self._typed(answer) and self._named(row, answer, x):
                yield row, answer

    def _place(self, row: Row[Any], answer: Answer, x: Context) -> Place:
        return self._days(row, answer, x)[0], row.report, row.key

    def _days(self, row: Row[Any], answer: Answer, x: Context) -> tuple[int, int]:
        """(at, ends), as when rows are derived."""
        first, last, printed = number(answer["earliest"]), number(answer["latest"]), int(x.pages[row.report].at)
        return first or last or printed, last or (LAST_DAY if first else printed)

    def _on_time(self, row: Row[Any], answer: Answer, x: Context) -> bool:
        at, ends = self._days(row, answer, x)
        since, last = number(self.asked.since), last_day(self.asked)
        return (since is None or ends >= since) and (last is None or 1 <= at <= last)

    def _typed(self, answer: Answer) -> bool:
        return self.asked.type is None or answer[TYPE_COLUMN[VIEW_OF[self.kind]]] == self.asked.type

    def _named(self, row: Row[Any], answer: Answer, x: Context) -> bool:
        asked, tests = self.asked, []
        for name, place in (("place", asked.place), ("within", asked.within)):
            if place is not None:
                tests.append(self._lies(name, place, row, x))
        if asked.actor is not None:
            tests.append(self._acts(asked.actor, row, answer))
        if asked.voice is not None:
            tests.append(self._says(asked.voice, row, answer))
        return all(tests)

    def _lies(self, name: str, place: str, row: Row[Any], x: Context) -> bool:
        if not self.ruled.pins_of(self.kind, row, x):
            return bool(getattr(row, f"is_{name}"))
        lies = lying(self.atlas, place, within=name == "within")
        return any(lies(spot) for spot in self.ruled.places_of(self.kind, row, x))

    def _acts(self, actor: str, row: Row[Any], answer: Answer) -> bool:
        if not self._edits(answer["id"], *WHOM):
            return bool(row.is_actor)
        goes = calling(self.atlas, actor)
        names = [name for role in WHOM if role in answer for name in _listed(answer[role])]
        return any(map(goes, names)) or (self.kind == "s" and bool(row.is_named))

    def _says(self, voice: str, row: Row[Any], answer: Answer) -> bool:
        told = answer["id"] if self.kind == "s" else answer["statement"]
        if not self._edits(told, "speaker"):
            return bool(row.is_voice)
        return any(map(calling(self.atlas, voice), filter(None, answer["chain"])))

    def _edits(self, id: str | None, *fields: str) -> bool:
        return not set(fields).isdisjoint(self.ruled.edits.get(id or "", ()))


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
