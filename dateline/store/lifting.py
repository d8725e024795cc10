"""Claims that filters let through, as joiners see them; those in another report's words are left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from dateline.across import HoldTold, StatementTold, Told
from dateline.store import tables as t
from dateline.store.asked import Asked, claims_days, claims_named, last_day
from dateline.store.context import Context
from dateline.store.corrected import TYPE_COLUMN, let_through
from dateline.store.keys import day_of
from dateline.store.picking import picked
from dateline.store.ruled import REJECTED, Ruled
from dateline.store.telling import Lifter
from dateline.store.whereabouts import Atlas

VIEW = {"s": "statements", "e": "events", "h": "holds", "f": "figures"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked of many reports together, and of what."""

    connection: Connection
    asked: Asked
    atlas: Atlas
    ruled: Ruled

    def but(self, **other: Any) -> "Scope":
        """The same with other filters."""
        return replace(self, asked=replace(self.asked, **other))

    @property
    def rejected(self) -> tuple[str, ...]:
        """Ids that people rejected, unless that is not to count."""
        return () if self.asked.rulings in ("all", "none") else self.ruled.ids(REJECTED)

    @property
    def day(self) -> date:
        """The last day asked for, else the last on which anything known was published."""
        asked = day_of(last_day(self.asked))
        p = t.pages.c
        last = sa.select(sa.func.max(p.at)).join(t.reports, t.reports.c.report == p.report).where(known_by(self.asked))
        return asked or day_of(self.connection.scalar(last)) or date.max

    def rows(self, kind: str) -> Iterator[Sequence[Row[Any]]]:
        """Rows of one kind, newest first, in parts."""
        table = t.CLAIMS[kind]
        conditions = [*claims_days(table, self.asked), *let_through(kind, table, table.c.key, self.asked, self.ruled)]
        if self.asked.type is not None:
            conditions.append(table.c[TYPE_COLUMN[VIEW[kind]]] == self.asked.type)
        named = [*claims_named(self.connection, self.atlas, kind, self.asked).values()]
        yield from picked(self.connection, table, named, conditions, self.asked.limit)

    def told(self, kind: str) -> Iterator[Told]:
        """The same lifted out of their reports, once for each text."""
        for part in self.rows(kind):
            again = self._again([row.key for row in part])
            rows = [row for row in part if row.key not in again]
            lifter = Lifter(Context(self.connection, sorted({row.report for row in rows})), self.atlas.lexicons)
            yield from lifter.lifted(kind, rows)

    def holds(self) -> list[HoldTold]:
        return [told for told in self.told("h") if isinstance(told, HoldTold)]

    def statements(self) -> list[StatementTold]:
        return [told for told in self.told("s") if isinstance(told, StatementTold)]

    def _again(self, keys: Sequence[int]) -> set[int]:
        """Claims in the words of a report that was known then."""
        x = t.lifted.c
        asked = sa.select(x.key).join(t.reports, t.reports.c.report == x.model_report)
        return set(self.connection.scalars(asked.where(x.key.in_(keys), known_by(self.asked))))


def known_by(asked: Asked) -> sa.ColumnElement[bool]:
    """True of reports that had been added by the day asked for."""
    return t.reports.c.added_at < f"{asked.known}T99" if asked.known else sa.true()


def by_place(claims: Iterable[HoldTold]) -> dict[str, list[HoldTold]]:
    """Claims by the key of their place."""
    found: dict[str, list[HoldTold]] = {}
    for claim in claims:
        found.setdefault(claim.place.key, []).append(claim)
    return found
