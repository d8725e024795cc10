"""Whether a record is whole: hashes over what lies in it, compared with what they were when it was written."""

import hashlib
import zlib
from collections.abc import Iterator, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.store import tables as t
from dateline.store import write
from dateline.store.codec import Rows, unpack
from dateline.store.codec import digest as rows_digest
from dateline.store.keys import REPORT

AT_ONCE = 200  # reports looked at together


def digest(connection: Connection) -> str:
    """A hash over every derived row, reports in the order of their keys, then what many reports name."""
    sha = hashlib.sha256()
    for key, rows in _all(connection):
        sha.update(f"{key}:{_recomputed(rows)}\n".encode())
    for table in (*t.NAMED, *t.JOINED):
        for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)):
            sha.update(msgspec.json.encode(tuple(row)))
    return sha.hexdigest()


def rows_differ(before: Rows, after: Rows) -> bool:
    """True unless both are the same rows, whichever engine made them."""
    return any(before[table] != after[table] for table in t.OF_A_REPORT if table is not t.pages) or not _same_page(
        before[t.pages], after[t.pages]
    )


def problems(connection: Connection) -> Iterator[str]:
    """What is wrong, one line each."""
    yield from _broken_pages(connection)
    yield from _changed_bytes(connection)
    for key, rows in _all(connection):
        if not rows[t.pages]:
            yield f"report {key} has no derived rows; run: dateline rebuild"
        elif rows[t.pages][0][-1] != _recomputed(rows):
            yield f"rows of report {key} are not those that were written; run: dateline rebuild"
    engines = list(connection.scalars(sa.select(t.pages.c.engine).distinct().order_by(t.pages.c.engine)))
    if len(engines) > 1:
        yield f"rows of {len(engines)} engines ({', '.join(engines)}); run: dateline rebuild"


def _all(connection: Connection) -> Iterator[tuple[int, Rows]]:
    keys = list(connection.scalars(sa.select(t.reports.c.report).order_by(t.reports.c.report)))
    for start in range(0, len(keys), AT_ONCE):
        yield from write.stored(connection, keys[start : start + AT_ONCE])


def _recomputed(rows: Rows) -> str | None:
    try:
        return rows_digest(rows, rows[t.pages][0][:-1]) if rows[t.pages] else None
    except (zlib.error, UnicodeDecodeError):
        return None


def _same_page(before: Sequence[Sequence[object]], after: Sequence[Sequence[object]]) -> bool:
    """Pages less engine and digest."""
    return [[*row[:1], *row[2:-1]] for row in before] == [[*row[:1], *row[2:-1]] for row in after]


def _broken_pages(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
            if line != "ok":
                yield f"the file is damaged: {line}"


def _changed_bytes(connection: Connection) -> Iterator[str]:
    kept = sa.select(t.reports.c.id, t.raw.c.bytes).outerjoin(t.raw).order_by(t.reports.c.id)
    for id, packed in connection.execute(kept.execution_options(yield_per=AT_ONCE)):
        try:
            sound = packed is not None and REPORT + hashlib.sha256(unpack(packed)).hexdigest() == id
        except zlib.error:
            sound = False
        if not sound:
            yield f"the bytes of {id} are not those that were added"
