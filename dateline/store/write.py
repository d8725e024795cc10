"""Writing to a record, inside a transaction that the caller holds: kept rows, derived rows, the log."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection, Table

from dateline.store import search
from dateline.store import tables as t
from dateline.store.codec import Row, Rows, ids_of, in_order, pack, unpack
from dateline.store.keys import public, report_key

MANY = 400  # keys named in one statement


class Kept(NamedTuple):
    """A report as people gave it."""

    id: str
    source: str
    published: str | None
    outlet: str | None
    added_at: str
    raw: bytes


def keep(connection: Connection, given: Iterable[Kept]) -> list[str]:
    """Keep reports that are not there yet; their ids, in order. A report is known by its bytes alone."""
    fresh: list[Kept] = []
    given = list(given)
    known = there(connection, [k.id for k in given])
    for one in given:
        if one.id not in known:
            known.add(one.id)
            fresh.append(one)
    rows: list[Row] = [(report_key(k.id), k.id, k.source, k.published, k.outlet, k.added_at) for k in fresh]
    insert(connection, t.reports, rows)
    insert(connection, t.raw, [(report_key(k.id), pack(k.raw)) for k in fresh])
    return [k.id for k in fresh]


def there(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of these ids whose reports are kept."""
    return set(kept_as(connection, ids))


def kept_as(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, str | None, str | None]]:
    """Source, day and outlet, as first given, of those of these reports that are kept."""
    c = t.reports.c
    rows = sa.select(c.id, c.source, c.published, c.outlet)
    found = (row for part in _parts(ids) for row in connection.execute(rows.where(c.id.in_(part))))
    return {row.id: (row.source, row.published, row.outlet) for row in found}


def stale(connection: Connection, engine: str) -> list[int]:
    """Reports whose rows another engine made, or which have none."""
    rows = sa.select(t.reports.c.report).outerjoin(t.pages, t.pages.c.report == t.reports.c.report)
    return list(connection.scalars(rows.where(t.pages.c.engine.is_distinct_from(engine))))


def derive(connection: Connection, many: Sequence[Rows]) -> None:
    """Write the derived rows of reports that have none."""
    for table in t.OF_A_REPORT:
        insert(connection, table, [row for rows in many for row in rows[table]])
    for table in t.NAMED:
        insert(connection, table, list({row[0]: row for rows in many for row in rows[table]}.values()), known=True)
    spots = {row[0]: row for rows in many for row in rows[t.spots]}.values()
    index(connection, [page for rows in many for page in rows[t.pages]], spots)


def index(connection: Connection, pages: Iterable[Row], spots: Iterable[Row]) -> None:
    """Take the words of pages and the points of spots into the indexes that are no tables of the schema."""
    if connection.dialect.name == "sqlite":
        _map(connection, spots)
    search.index(connection, [(page[0], unpack(page[-3]).decode()) for page in pages])


def undo(connection: Connection, reports: Sequence[int]) -> None:
    """Take out the derived rows of these reports, and what no other report names."""
    for part in _parts(reports):
        texts = connection.execute(sa.select(t.pages.c.report, t.pages.c.text).where(t.pages.c.report.in_(part)))
        search.forget(connection, [(report, unpack(text).decode()) for report, text in texts])
        orphans = {table: _named_by(connection, table, part) for table in t.NAMED}
        for table in (t.ties, t.sites):  # before the rows by which they are found
            delete(connection, table, list(filed_under(connection, table, part)))
        for table in t.OF_A_REPORT:
            if table not in (t.ties, t.sites):
                connection.execute(table.delete().where(table.c.report.in_(part)))
        for table, keys in orphans.items():
            _forget_unnamed(connection, table, keys)


def drop(connection: Connection, reports: Sequence[int]) -> None:
    """Take out what was kept of these reports, after ``undo``."""
    for part in _parts(reports):
        for table in (t.raw, t.reports):
            connection.execute(table.delete().where(table.c.report.in_(part)))


def note(connection: Connection, at: str, what: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write lines into the log: ``report``, ``gone`` (a list of ids) and ``note``, each where it has any."""
    lines = [
        {
            "at": at, "what": what, "report": row.get("report"), "note": row.get("note"),
            "gone": msgspec.json.encode(row["gone"]).decode() if row.get("gone") else None,
        }
        for row in rows
    ]  # fmt: skip
    if lines:
        connection.execute(t.log.insert(), lines)


def stored(connection: Connection, reports: Sequence[int]) -> Iterator[tuple[int, Rows]]:
    """The derived rows of these reports as they lie in the record, in the order of ``reports``."""
    for part in _parts(reports):
        found: dict[int, Rows] = {key: {table: [] for table in t.OF_A_REPORT} for key in part}
        for table in t.OF_A_REPORT:
            whole = sa.select(table).where(table.c.report.in_(part))
            apart = table in (t.ties, t.sites)
            for row in filed_under(connection, table, part) if apart else connection.execute(whole):
                found[row.report][table].append(tuple(row))
        for key, rows in found.items():
            for table, listed in rows.items():
                in_order(table, listed)
            yield key, rows


def filed_under(connection: Connection, table: Table, reports: Sequence[int]) -> "Iterator[sa.Row[Any]]":
    """Rows of ``ties`` or ``sites`` of these reports: those of their actors or places, on the days of their claims."""
    named, key = (t.actors, "who") if table is t.ties else (t.places, "spot")
    days = sa.union(
        *(
            sa.select(claims.c.report, sa.literal(kind).label("kind"), claims.c.at).where(claims.c.report.in_(reports))
            for kind, claims in t.CLAIMS.items()
        )
    ).subquery()
    c = table.c
    mine = sa.and_(c[key] == named.c[key], c.kind == days.c.kind, c.at == days.c.at, c.report == days.c.report)
    wanted = sa.select(table).select_from(days).join(named, named.c.report == days.c.report).join(table, mine)
    yield from connection.execute(wanted.distinct())


def public_ids(connection: Connection, report: int) -> list[str]:
    """Ids of the statements, events, holds and figures of one report."""
    return [
        public(kind, key)
        for kind, table in t.CLAIMS.items()
        for key in connection.scalars(sa.select(table.c.key).where(table.c.report == report))
    ]


def gone(before: Rows, after: Rows) -> list[str]:
    """Ids that were there and are there no more."""
    return sorted(set(ids_of(before)) - set(ids_of(after)))


def insert(connection: Connection, table: Table, rows: list[Row], known: bool = False) -> None:
    """Many rows at once, as they are; ``known`` rows may be there already."""
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        columns = ", ".join(f'"{c.name}"' for c in table.columns)
        marks = ", ".join(mark for _ in table.columns)
        tail = " ON CONFLICT DO NOTHING" if known else ""
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({marks}){tail}", rows)


def delete(connection: Connection, table: Table, rows: "Sequence[Row | sa.Row[Any]]") -> None:
    """Many rows at once, each by all its columns."""
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        same = " AND ".join(f'"{c.name}" = {mark}' for c in table.columns)
        connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE {same}", [tuple(row) for row in rows])


def _map(connection: Connection, spots: Iterable[Row]) -> None:
    c = [column.name for column in t.spots.columns]
    lat, lon = c.index("latitude"), c.index("longitude")
    points = [(s[0], s[lat], s[lat], s[lon], s[lon]) for s in spots if s[lat] is not None and s[lon] is not None]
    if points:
        connection.exec_driver_sql("INSERT OR REPLACE INTO map VALUES (?, ?, ?, ?, ?)", points)


def _named_by(connection: Connection, table: Table, reports: Sequence[int]) -> list[int]:
    key, rows = _whose(table)
    return list(connection.scalars(sa.select(rows.c[key]).where(rows.c.report.in_(reports)).distinct()))


def _forget_unnamed(connection: Connection, table: Table, keys: Sequence[int]) -> None:
    key, rows = _whose(table)
    for part in _parts(keys):
        still = set(connection.scalars(sa.select(rows.c[key]).where(rows.c[key].in_(part)).distinct()))
        orphans = [k for k in part if k not in still]
        connection.execute(table.delete().where(table.c[key].in_(orphans)))
        if table is t.spots and connection.dialect.name == "sqlite" and orphans:
            connection.exec_driver_sql("DELETE FROM map WHERE spot = ?", [(k,) for k in orphans])


def _whose(table: Table) -> tuple[str, Table]:
    return ("who", t.actors) if table is t.names else ("spot", t.places)


def _parts[T](keys: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(keys), MANY):
        yield keys[start : start + MANY]
