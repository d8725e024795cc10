"""Opening the database of a record: SQLite in one file, or PostgreSQL by URL; and its faults in plain words."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError

from dateline.errors import StoreError, UsageError

APPLICATION = 0x444C4E45  # "DLNE": SQLite's application_id, at offset 68 of the file
MAGIC = b"SQLite format 3\0"
BUSY_MS = 60_000  # how long one process waits for another that is adding
LOCK = 0x646C6E65  # PostgreSQL's advisory lock for writers of a record
WRITING = "dateline_writing"
LOG_PAGES = 16_000  # 64 MB of new pages are gathered before the file is touched: a third less is written than by 4 MB
POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")

# SQLite's name of a fault → what it means, and what to do
FAULTS = {
    "SQLITE_FULL": ("the disk is full; nothing was left half done", "make room and run the command again"),
    "SQLITE_READONLY": ("the record cannot be written to", "check who owns the file and its folder"),
    "SQLITE_CANTOPEN": ("the record cannot be opened", "check that its folder is there and may be written to"),
    "SQLITE_BUSY": ("another process has been writing to the record for too long", "try again when it has ended"),
    "SQLITE_LOCKED": ("another process has been writing to the record for too long", "try again when it has ended"),
    "SQLITE_CORRUPT": ("the record is damaged", "take it from a copy, or add the reports to a new record"),
    "SQLITE_NOTADB": ("is no record", "name another file"),
    "SQLITE_IOERR": ("the disk gave an error", "check the disk; what was acknowledged before is kept"),
    "SQLITE_TOOBIG": ("the report is too large to be kept", "leave it out"),
    # PostgreSQL's classes of SQLSTATE
    "53": ("the database server is out of room or memory", "make room and run the command again"),
    "25": ("the record cannot be written to", "ask for the right to write"),
    "42": ("the database has no such table, or gives no right to it", "check the URL and the user's rights"),
    "28": ("the database server refuses this user", "check the user and password of the URL"),
    "3D": ("there is no such database", "create it first"),
    "55": ("another process has been writing to the record for too long", "try again when it has ended"),
    "XX": ("the record is damaged", "take it from a copy"),
    "08": ("the database server cannot be reached", "check that it runs, and the URL"),
    "57": ("the database server stopped", "try again when it runs; what was acknowledged before is kept"),
}
# words of a refusal to connect, which comes without a SQLSTATE → the class that it would have
REFUSED = (("authentication failed", "28"), ("no password", "28"), ("role ", "28"), ("does not exist", "3D"))
UNKNOWN = ("the database gave an error", "see the message")


@dataclass(frozen=True, slots=True)
class Database:
    """Where a record lies. ``where`` is fit to be shown: a path, or a URL without its password."""

    engine: Engine
    where: str
    path: Path | None  # of SQLite's file
    frozen: bool = False  # a release: opened to be read only

    @property
    def sqlite(self) -> bool:
        return self.path is not None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of the record; raises StoreError for every fault of the database."""
        with self.faults(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, kept whole or not at all; writers take turns. Raises StoreError."""
        if self.frozen:
            raise StoreError("is frozen", where=self.where, todo="write to the record that it was made from")
        with (
            self.faults(),
            self.engine.connect().execution_options(**self._writer()) as connection,
            connection.begin(),
        ):
            if not self.sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            yield connection

    def _writer(self) -> dict[str, Any]:
        """A writer must see what the one before it wrote, though it may have waited for it."""
        return {WRITING: True} if self.sqlite else {"isolation_level": "READ COMMITTED"}

    @contextmanager
    def faults(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._plain(error.orig) from error
        except sqlite3.DatabaseError as error:
            raise self._plain(error) from error

    def _plain(self, error: BaseException | None) -> StoreError:
        name = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or ""
        if not self.sqlite and not name:
            name = next((state for words, state in REFUSED if words in str(error)), "08")
        told = next((told for start, told in FAULTS.items() if name.startswith(start)), UNKNOWN)
        return StoreError(f"{told[0]} ({' '.join(str(error).split())[:200]})", where=self.where, todo=told[1])

    def close(self) -> None:
        self.engine.dispose()


def connect(place: str | Path, make: bool = True) -> Database:
    """The database at a path or PostgreSQL URL; a SQLite file is made where there is none, unless not to.

    Raises StoreError where the file is no record of ours (it is left untouched) or cannot be opened.
    """
    if str(place).startswith(POSTGRES):
        return _postgres(str(place))
    if "://" in str(place):
        raise UsageError("a record is a file, or a PostgreSQL URL", where=str(place))
    path = Path(place).expanduser()
    if not make and not (path.exists() and (path.is_dir() or path.stat().st_size)):
        raise StoreError("there is no record yet", where=str(path), todo="run: dateline add SOURCE…")
    return _sqlite(path)


def _postgres(url: str) -> Database:
    plain = "postgresql+psycopg://" + url.partition("://")[2]
    shown = url.rpartition("@")[2]  # no password
    try:
        engine = sa.create_engine(plain, pool_size=2, isolation_level="REPEATABLE READ")
    except ModuleNotFoundError as error:
        raise StoreError("PostgreSQL needs psycopg", where=shown, todo="pip install dateline[postgres]") from error
    except ArgumentError as error:
        raise UsageError(f"is no PostgreSQL URL ({error})", where=shown) from error
    return Database(engine, engine.url.render_as_string(hide_password=True), None)


def _sqlite(path: Path) -> Database:
    fresh = _look(path)
    frozen = not fresh and not _writable(path)
    mode = "?mode=ro&immutable=1" if frozen else ""
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            f"{path.absolute().as_uri()}{mode}", uri=True, timeout=BUSY_MS / 1000, check_same_thread=False
        ),
        poolclass=sa.QueuePool,
    )
    event.listen(engine, "connect", _settle_frozen if frozen else _settle)
    event.listen(engine, "begin", _begin)
    return Database(engine, str(path), path, frozen)


def _look(path: Path) -> bool:
    """True where there is no file yet. Raises StoreError for a file that is no record, which is only read."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            return True
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise StoreError(f"cannot be opened ({error.strerror})", where=str(path), todo="name another file") from error
    if head and (head[:16] != MAGIC or int.from_bytes(head[68:72], "big") != APPLICATION):
        raise StoreError("is no record of dateline", where=str(path), todo="name another file; it was left untouched")
    return not head


def _writable(path: Path) -> bool:
    """False for a release and for what lies on a read-only disk or in another's folder."""
    free = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if free and path.stat().st_mode & 0o222:  # root may write to anything; a frozen file stays as it is
        return True
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise StoreError(
            "was not closed when its folder became read-only, so its last reports cannot be read",
            where=str(path),
            todo="open it once where it may be written to",
        )
    return False


def _settle(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by ``_begin``, schema changes among them
    (marked,) = connection.execute("PRAGMA application_id").fetchone()
    if marked != APPLICATION:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    _use_wal(connection)
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    connection.execute("PRAGMA synchronous = FULL")  # what is acknowledged outlives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    _cache(connection)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Readers and a writer at once. SQLite does not wait by itself while another opens the same new file."""
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname not in ("SQLITE_BUSY", "SQLITE_LOCKED") or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _settle_frozen(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None
    _cache(connection)


def _cache(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA cache_size = -65536")  # KiB
    connection.execute("PRAGMA mmap_size = 268435456")
    connection.execute("PRAGMA temp_store = MEMORY")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
