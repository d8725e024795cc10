"""What changed since a day, and versions frozen under a name."""

import os
import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.errors import StoreError, UsageError
from dateline.store import tables as t
from dateline.store import write
from dateline.store.connect import Database, connect
from dateline.store.keys import report_key
from dateline.store.migrate import prepare

AT_ONCE = 500  # rows, some of which hold a whole page
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
READ_ONLY = 0o444


def changed_since(connection: Connection, day: date) -> Iterator[dict[str, str]]:
    """Ids that are new, made anew or gone since the beginning of a day, UTC: ``change``, ``id``, ``report``, ``at``.

    Each id once, by the last thing that befell it; what came and went again within the time is told as gone.
    """
    lines = connection.execute(sa.select(t.log).where(t.log.c.at >= day.isoformat()).order_by(t.log.c.n))
    last: dict[str, dict[str, str]] = {}
    for line in lines.all():
        if line.report is None:
            continue
        gone = msgspec.json.decode(line.gone, type=list[str]) if line.gone else []
        for id in gone:
            last[id] = {"change": "gone", "id": id, "report": line.report, "at": line.at}
        if line.what in ("added", "changed"):
            for id in [line.report, *write.public_ids(connection, report_key(line.report))]:
                if _there(connection, line.report):
                    last[id] = {"change": line.what, "id": id, "report": line.report, "at": line.at}
    yield from sorted(last.values(), key=lambda row: (row["at"], row["report"], row["id"]))


def _there(connection: Connection, report: str) -> bool:
    return connection.execute(sa.select(t.reports.c.id).where(t.reports.c.id == report)).first() is not None


def release_path(database: Database, name: str, into: Path | None = None) -> Path:
    """Where a release of this record lies: in a folder, by default beside the record.

    Raises UsageError for a name that is no file name, and for a record in PostgreSQL where no folder is named.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot name a release", todo="use letters, digits, dots, dashes")
    if into is None and database.path is None:
        raise UsageError("a release is a file", where=database.where, todo="name the folder that it shall lie in")
    folder = into or database.path.with_name(f"{database.path.name}.releases")  # type: ignore[union-attr]
    return folder / f"{name}.sqlite"


def release(database: Database, name: str, into: Path | None = None) -> Path:
    """Freeze the record as it is: a file that is never written to, so it answers the same for ever.

    Raises UsageError, and StoreError where the name is taken or there is no room; then nothing is left behind.
    """
    path = release_path(database, name, into)
    if path.exists():
        raise StoreError("is there already, and releases do not change", where=str(path), todo="take another name")
    half = path.with_suffix(f".{os.getpid()}.half")
    try:
        path.parent.mkdir(exist_ok=True, parents=True)
        half.unlink(missing_ok=True)
        with database.faults():
            (_copy if database.sqlite else _move)(database, half)
        with half.open("rb") as file:
            os.fsync(file.fileno())
        half.chmod(READ_ONLY)
        os.link(half, path)  # unlike a renaming, never over another's
    except FileExistsError as error:
        raise StoreError("is there already", where=str(path), todo="take another name") from error
    except OSError as error:
        raise StoreError(f"cannot be written ({error.strerror})", where=str(path), todo="check the folder") from error
    finally:
        for left in ("", "-wal", "-shm"):
            half.with_name(half.name + left).unlink(missing_ok=True)
    return path


def _copy(database: Database, to: Path) -> None:
    """A file's copy, by SQLite itself."""
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("VACUUM INTO ?", (str(to),))


def _move(database: Database, to: Path) -> None:
    """The rows of a record in PostgreSQL, as they are at one moment, in a file."""
    file = connect(to)
    prepare(file, "0")
    try:
        with database.reading() as source, file.writing() as target:
            target.execute(t.about.delete())
            for table in (*t.KEPT.sorted_tables, *t.DERIVED.sorted_tables):
                rows = sa.select(table).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
                for part in source.execute(rows).partitions(AT_ONCE):
                    write.insert(target, table, [tuple(row) for row in part])
            for pages in target.execute(sa.select(t.pages)).partitions(AT_ONCE):
                write.index(target, [tuple(row) for row in pages], ())
            write.index(target, (), [tuple(row) for row in target.execute(sa.select(t.spots))])
        with file.engine.connect() as settled:
            settled.exec_driver_sql("ROLLBACK")
            settled.exec_driver_sql("PRAGMA journal_mode = DELETE")  # the file alone holds all of it
    finally:
        file.close()
