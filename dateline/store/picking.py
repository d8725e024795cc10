"""Which rows are looked at first. A rare name leads straight to its rows; a common one is looked for along the days.

Measured on 100,000 reports: naming each row of a common name takes a second, walking back from the newest day until
fifty rows are found a few milliseconds; with a rare name it is the other way round.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched, islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Row, Select, Table

from dateline.store import tables as t

RARE = 20_000  # rows that name it
FEW = 1_000  # so rare that nothing rarer need be looked for
AT_ONCE = 250  # rows fetched by their keys in one statement


type Keys = list[int] | Select[Any]  # of names or spots


@dataclass(frozen=True, slots=True)
class Named:
    """Rows that name something: all of them, and a test of a single row."""

    listed: "Select[Any]"
    probe: ColumnElement[bool]


def names_of(kind: str, whom: Keys, role: ColumnElement[bool], until: int | None = None) -> Named:
    """Rows of one kind that name any of these actors in such a role, on days up to ``until``."""
    return _named(kind, t.ties, t.actors, whom, until, role)


def spots_of(kind: str, where: Keys, until: int | None = None) -> Named:
    """Rows of one kind that name any of these places."""
    return _named(kind, t.sites, t.places, where, until)


def originals() -> Named:
    """Acts in words of their own: not those of an earlier report."""
    g, e = t.grouped.c, t.events.c
    listed = sa.select(e.at, e.report, e.key).join(t.grouped, g.key == e.key)
    return Named(listed, sa.select(g.key).where(g.key == e.key).correlate(t.events).exists())


def _named(kind: str, links: Table, local: Table, wanted: Keys, until: int | None, *more: ColumnElement[bool]) -> Named:
    key, rows = next(iter(links.primary_key.columns)).name, t.CLAIMS[kind]
    c, mine = links.c, local.c[key]
    listed = sa.select(c.at, c.report, c.key).where(c.kind == kind, c[key].in_(wanted), *more)
    if until is not None:
        listed = listed.where(c.at <= until)
    same = (c.kind == kind, c.at == rows.c.at, c.report == rows.c.report, c.key == rows.c.key)
    probe = sa.select(c.key).select_from(local).join(links, sa.and_(c[key] == mine, *same))
    probe = probe.where(local.c.report == rows.c.report, mine.in_(wanted), *more)
    return Named(listed, probe.correlate(rows).exists())


def rare(connection: Connection, named: Named) -> bool:
    """True where few enough rows name it to list them all."""
    return _many(connection, named) <= RARE


def picked(
    connection: Connection,
    table: Table,
    named: Sequence[Named],
    conditions: Sequence[ColumnElement[bool]],
    limit: int | None,
) -> Iterator[Sequence[Row[Any]]]:
    """Rows that meet all conditions, in parts, newest first: by ``at``, then by keys."""
    c = table.c
    base = sa.select(table).where(*conditions)
    counts: dict[int, int] = {}
    for n, one in reversed(list(enumerate(named))) if limit is not None else ():
        counts[n] = _many(connection, one)
        if counts[n] <= FEW:
            break
    rarest = min(counts, key=lambda n: counts[n], default=None)
    if limit is not None and rarest is not None and counts[rarest] <= RARE:
        others = [one.probe for n, one in enumerate(named) if n != rarest]
        yield from _by_keys(connection, base.where(*others), table, named[rarest], limit)
        return
    for one in named:
        keys = one.listed.with_only_columns(*one.listed.selected_columns[1:])
        base = base.where(sa.tuple_(c.report, c.key).in_(keys) if limit is None else one.probe)
    ordered = base.order_by(c.at.desc(), c.report.desc(), c.key.desc()).limit(limit)
    yield from connection.execute(ordered.execution_options(yield_per=AT_ONCE)).partitions(AT_ONCE)


def _many(connection: Connection, named: Named) -> int:
    some = named.listed.limit(RARE + 1).subquery()
    return connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()


def _by_keys(
    connection: Connection, base: "Select[Any]", table: Table, named: Named, limit: int
) -> Iterator[Sequence[Row[Any]]]:
    keys = sorted({tuple(row) for row in connection.execute(named.listed)}, reverse=True)
    left = limit
    for part in batched(keys, AT_ONCE):
        found = connection.execute(base.where(table.c.key.in_([key for _, _, key in part])))
        rows = sorted(found, key=lambda row: (row.at, row.report, row.key), reverse=True)
        yield [*islice(rows, left)]
        left -= len(rows)
        if left <= 0:
            return
