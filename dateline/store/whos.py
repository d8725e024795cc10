"""Actors across reports: rows of ``names`` that are one, by their entry in the word lists, else by name, country, sort.

Nothing else is taken for one: who may be whom is shown by ``namesakes``, and settled in a word list of the user's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Row, Select

from dateline.store import tables as t
from dateline.store.keys import day_of, public

NEWEST = 100  # reports of each actor that are looked through for its names and roles

type Answer = dict[str, Any]


def one_of(names: sa.Table = t.names) -> ColumnElement[str]:
    """What rows of ``names`` that are one actor have in common."""
    n = names.c
    parts = (n.folded, sa.func.coalesce(n.country, ""), sa.func.coalesce(n.unnamed, ""))
    plain = parts[0] + "|" + parts[1] + "|" + parts[2]
    return sa.case((n.lexicon.is_not(None), n.lexicon), else_=plain)


@dataclass(frozen=True, slots=True)
class Person:
    """One actor: its rows of ``names``, the most named first, with how many reports name each, and when."""

    rows: tuple[Row[Any], ...]

    @property
    def keys(self) -> list[int]:
        return [row.who for row in self.rows]

    def answer(self, connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> Answer:
        """Its row of the view, counting what meets these conditions on rows of ``actors``."""
        first, a = self.rows[0], t.actors.c
        plain = {name: getattr(first, name) for name in ("name", "kind", "country", "lexicon", "unnamed")}
        reports = first.reports
        if len(self.rows) > 1:  # one report may name it in two ways
            counted = sa.select(sa.func.count(a.report.distinct())).where(a.who.in_(self.keys), *conditions)
            reports = connection.scalar(counted)
        days = [row.first for row in self.rows if row.first], [row.last for row in self.rows if row.last]
        return {
            "id": public("a", first.who),
            **plain,
            **self.named(connection, conditions, NEWEST),
            "reports": reports,
            "first": day_of(min(days[0], default=None)),
            "last": day_of(max(days[1], default=None)),
        }

    def named(self, connection: Connection, conditions: Sequence[ColumnElement[bool]], newest: int | None) -> Answer:
        """How it is called and what it is said to be, in its newest reports or all."""
        a = t.actors.c
        rows: list[Row[Any]] = []
        for who in self.keys:
            wanted = sa.select(a.at, a.role, a.called).where(a.who == who, *conditions)
            rows.extend(connection.execute(wanted.order_by(a.at.desc(), a.report.desc()).limit(newest)))
        aliases = dict.fromkeys(words for row in rows for words in msgspec.json.decode(row.called, type=list[str]))
        days: dict[str, list[int]] = {}
        for row in rows:
            if row.role:
                days.setdefault(row.role, []).extend([row.at] if row.at else [])
        name = self.rows[0].name
        return {
            "aliases": sorted(words for words in aliases if words != name),
            "roles": [f"{role}{_span(on)}" for role, on in sorted(days.items())],
        }


def persons(
    connection: Connection, counted: "Select[Any]", own: Sequence[ColumnElement[bool]], limit: int | None
) -> Iterator[Person]:
    """The most named first. ``counted`` has ``who``, ``reports``, ``first`` and ``last`` of each row of ``names``."""
    n, one = t.names.c, one_of()
    if own:
        counted = counted.where(counted.selected_columns[0].in_(sa.select(n.who).where(*own)))
    c = counted.cte("counted")
    total = sa.func.sum(c.c.reports).label("total")
    most = sa.select(one.label("one"), total).select_from(t.names.join(c, c.c.who == n.who)).group_by(one)
    most_named = most.order_by(sa.desc("total"), sa.asc("one")).limit(limit).subquery()
    joined = t.names.join(c, c.c.who == n.who).join(most_named, most_named.c.one == one)
    wanted = sa.select(t.names, c.c.reports, c.c.first, c.c.last, most_named.c.one).select_from(joined)
    order = (most_named.c.total.desc(), most_named.c.one, c.c.reports.desc(), n.who)
    for _, rows in groupby(connection.execute(wanted.order_by(*order)).all(), key=lambda row: row.one):
        yield Person(tuple(rows))


def _span(days: Sequence[int]) -> str:
    """ " 2021-08-04 to 2021-08-09"; nothing where no day is known."""
    ends = dict.fromkeys(day_of(day) for day in (min(days), max(days))) if days else {}
    return f" {' to '.join(map(str, ends))}" if ends else ""
