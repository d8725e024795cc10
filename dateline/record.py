"""The record: reports kept, everything else derived from them. ``Record.open(path)`` and go on from there."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partialmethod
from pathlib import Path
from typing import Any, Literal, Self

import msgspec
import polars as pl
import sqlalchemy as sa
from sqlalchemy import Connection

from dateline import __version__
from dateline.errors import InputError, StoreError, UsageError
from dateline.kit import load_gazetteer, load_kit
from dateline.lexicons.load import load_lexicons
from dateline.model import Report
from dateline.pipeline import TOGETHER, extract_all
from dateline.read.outlets import with_outlet
from dateline.read.page import read_report
from dateline.stage import Doc, Kit
from dateline.store import ask, check, history, joining, write
from dateline.store import tables as t
from dateline.store.asked import Asked
from dateline.store.codec import Rows, rows_of, unpack
from dateline.store.connect import Database, connect
from dateline.store.decisions import Decisions
from dateline.store.frames import asked_for, day_given, frame_of
from dateline.store.keys import report_key, report_of
from dateline.store.marked import MarkedReport, marked
from dateline.store.migrate import DERIVED_FORMAT, lay_derived, prepare, say
from dateline.store.whereabouts import Atlas
from dateline.store.write import Kept

ENGINE, REBUILDING = "engine", "rebuilding"  # keys in ``about``
BATCH = 64  # reports a transaction, or fewer long ones

type State = Literal["added", "known", "failed"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be added: its bytes, where it came from, and what is known of it beside."""

    raw: bytes
    source: str
    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one page. ``note`` says why it failed, or what should be looked at."""

    id: str | None
    source: str
    state: State
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that could be read, on its way into the record."""

    page: Page
    report: Report


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class Record(Decisions):
    """Reports and what is derived from them, in one database. Open it with ``Record.open``.

    ``kit`` is parser, word lists and map, or what loads them when they are first needed. ``now`` tells when a
    report is added; nothing derived depends on it. ``lexicons`` are folders of word lists to ask with, where no report
    is read and so no kit is needed.
    """

    def __init__(
        self,
        database: Database,
        kit: Kit | Callable[[], Kit] = load_kit,
        now: Callable[[], datetime] = utc_now,
        lexicons: tuple[Path, ...] = (),
    ) -> None:
        self.database, self.now, self.lexicons = database, now, lexicons
        self._load = load_kit if isinstance(kit, Kit) else kit
        self._kit = kit if isinstance(kit, Kit) else None
        self._atlas: Atlas | None = None

    @classmethod
    def open(
        cls,
        place: str | Path,
        kit: Kit | Callable[[], Kit] = load_kit,
        now: Callable[[], datetime] = utc_now,
        make: bool = True,
        lexicons: tuple[Path, ...] = (),
    ) -> Self:
        """The record at a path or PostgreSQL URL; an empty one where there is none yet, if it may be made.

        Raises StoreError for what is no record, is damaged, or was written by a newer dateline: left untouched.
        """
        database = connect(place, make)
        prepare(database, __version__)
        return cls(database, kit, now, lexicons)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def kit(self) -> Kit:
        """Parser, word lists and map."""
        if self._kit is None:
            self._kit = self._load()
        return self._kit

    # --- adding -------------------------------------------------------------------------------------------------

    def add(self, raw: bytes, source: str, published: str | None = None, outlet: str | None = None) -> Added:
        """Keep one page and derive its rows, both or neither. A page of the same bytes changes nothing.

        Raises InputError where it cannot be read, UsageError for a ``published`` that is no date, StoreError.
        """
        read = self._read(Page(raw, source, published, outlet))
        added = next(iter(self._add_batch([read])))
        self.join()
        return added

    def add_all(self, pages: Iterable[Page]) -> Iterator[Added]:
        """The same for many, some dozens a transaction; each is told of when it is kept for good.

        A page that cannot be read is told of as failed and the others go on.
        """
        batch: list[_Read] = []
        for page in pages:
            try:
                batch.append(self._read(page))
            except InputError as error:
                yield Added(None, page.source, "failed", str(error))
            if len(batch) >= BATCH or sum(len(r.report.text) for r in batch) >= TOGETHER:
                yield from self._add_batch(batch)
                batch = []
        yield from self._add_batch(batch)
        self.join()

    def add_docs(self, read: Sequence[tuple[Page, Doc]]) -> list[Added]:
        """Add pages that were read elsewhere with the same kit, in one transaction: for many cores or machines."""
        engine = engine_stamp(self.kit)
        fresh = {doc.report.id: _Read(page, doc.report) for page, doc in read}
        rows = {doc.report.id: rows_of(doc, engine) for _, doc in read}
        with self.database.writing() as connection:
            added = self._write(connection, fresh, rows)
        return self._told([*fresh.values()], added)

    def _read(self, page: Page) -> _Read:
        return _Read(page, read_report(page.raw, page.source, page.published))

    def _add_batch(self, batch: list[_Read]) -> list[Added]:
        """Extract what is not there yet, then write it in one transaction."""
        with self.database.reading() as connection:
            there = write.there(connection, [r.report.id for r in batch])
        fresh = {r.report.id: r for r in reversed(batch) if r.report.id not in there}
        rows = self._derived(list(fresh.values()))
        added: set[str] = set()
        if rows:
            with self.database.writing() as connection:
                added = self._write(connection, fresh, rows)
        return self._told(batch, added)

    def _told(self, batch: Sequence[_Read], added: set[str]) -> list[Added]:
        """What became of each; of two with the same bytes the first was added."""
        left, out = {*added}, []
        with self.database.reading() as connection:
            kept = write.kept_as(connection, [r.report.id for r in batch])
        for r in batch:
            state: State = "added" if r.report.id in left else "known"
            left.discard(r.report.id)
            first = kept.get(r.report.id) if state == "known" else None
            out.append(Added(r.report.id, r.page.source, state, self._remark(r.report) or _as_before(r.page, first)))
        return out

    def _write(self, connection: Connection, fresh: dict[str, _Read], rows: dict[str, Rows]) -> set[str]:
        self._claim_engine(connection)
        at = stamp(self.now())
        kept = (Kept(id, r.page.source, r.page.published, r.page.outlet, at, r.page.raw) for id, r in fresh.items())
        new = write.keep(connection, kept)
        write.derive(connection, [rows[id] for id in new])
        joining.enqueue(connection, map(report_key, new))
        write.note(connection, at, "added", [{"report": id} for id in new])
        return set(new)

    def _derived(self, reads: list[_Read]) -> dict[str, Rows]:
        """Rows of reports by their ids."""
        engine = engine_stamp(self.kit) if reads else ""
        reports = [with_outlet(r.report, r.page.outlet, self.kit) for r in reads]
        return {doc.report.id: rows_of(doc, engine) for doc in extract_all(reports, self.kit)} if reads else {}

    def _claim_engine(self, connection: Connection) -> None:
        """A record holds rows of one engine; the first report settles which."""
        mine, known = engine_stamp(self.kit), self._about(connection).get(ENGINE)
        if known is None:
            say(connection, ENGINE, mine)
        elif known != mine:
            raise StoreError(
                f"was derived by {known}, and this is {mine}", where=self.database.where, todo="run: dateline rebuild"
            )

    def _remark(self, report: Report) -> str | None:
        ahead = report.day is not None and report.day > self.now().date()
        return f"is dated {report.day}, which is yet to come" if ahead else None

    def join(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Work off what is yet to be joined: done after every adding, and here where that was cut short."""
        joining.join(self.database, self.atlas.lexicons, progress)

    # --- removing, deriving anew ----------------------------------------------------------------------------------

    def remove(self, *ids: str) -> None:
        """Take reports out, as if they had never been there; only the log says that they were. Raises UsageError."""
        asked = {report_of(id): id for id in ids}
        with self.database.writing() as connection:
            c = t.reports.c
            found = connection.execute(sa.select(c.report, c.id).where(c.report.in_(list(asked))))
            there = {row.report: row.id for row in found}
            missing = [id for key, id in asked.items() if key not in there]
            if missing:
                raise UsageError(f"no report {missing[0]} in the record", todo="take an id from: dateline reports")
            keys = list(there)
            gone = [{"report": id, "gone": [id, *write.public_ids(connection, key)]} for key, id in there.items()]
            write.note(connection, stamp(self.now()), "removed", gone)
            joining.withdraw(connection, keys, self.atlas.lexicons)
            write.undo(connection, keys)
            write.drop(connection, keys)
        self.join()

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Make everything derived anew from the kept reports. If it is cut short, the next one goes on.

        ``progress`` is told how many reports are done, and of how many.
        """
        mine = engine_stamp(self.kit)
        with self.database.writing() as connection:
            if self._about(connection).get(DERIVED_FORMAT) != str(t.FORMAT):
                lay_derived(connection)
                say(connection, DERIVED_FORMAT, str(t.FORMAT))
                say(connection, REBUILDING, mine)  # until it is done, answers would lack reports
            say(connection, ENGINE, mine)
            todo = write.stale(connection, mine) or list(connection.scalars(sa.select(t.reports.c.report)))
        for start in range(0, len(todo), BATCH):
            self._rebuild_batch(todo[start : start + BATCH])
            if progress:
                progress(min(start + BATCH, len(todo)), len(todo))
        self.join()
        with self.database.writing() as connection:
            say(connection, REBUILDING, None)
            write.note(connection, stamp(self.now()), "rebuilt", [{"note": mine}])

    def _rebuild_batch(self, keys: list[int]) -> None:
        with self.database.reading() as connection:
            reads = [self._read(page) for page in kept_pages(connection, keys)]
        rows = self._derived(reads)
        with self.database.writing() as connection:
            self._claim_engine(connection)
            still = write.there(connection, list(rows))  # one may have been removed meanwhile
            rows = {id: made for id, made in rows.items() if id in still}
            before = dict(write.stored(connection, [report_key(id) for id in rows]))
            gone = {id: write.gone(before[report_key(id)], made) for id, made in rows.items()}
            changed = [id for id, made in rows.items() if check.rows_differ(before[report_key(id)], made)]
            again = [report_key(id) for id in rows]
            joining.withdraw(connection, again, self.kit.lexicons)
            write.undo(connection, again)
            write.derive(connection, list(rows.values()))
            joining.enqueue(connection, again)
            write.note(connection, stamp(self.now()), "changed", [{"report": id, "gone": gone[id]} for id in changed])

    # --- asking ---------------------------------------------------------------------------------------------------

    @property
    def atlas(self) -> Atlas:
        """Word lists and map, without the parser, which asking does not need."""
        if self._atlas is None and self._kit is not None:
            self._atlas = Atlas(self._kit.gazetteer, self._kit.lexicons)
        elif self._atlas is None:
            words = load_lexicons(*self.lexicons)
            self._atlas = Atlas(load_gazetteer(words), words)
        return self._atlas

    def ask(self, view: str, asked: Asked) -> Iterator[dict[str, Any]]:
        """Rows of a view (see ``dateline.store.views``), newest first. Raises UsageError, StoreError."""
        return ask.rows(self.database, view, asked, self.atlas)

    def frame(self, view: str, **filters: Any) -> pl.DataFrame:
        """Rows of a view as a Polars frame. Days may be dates or ISO 8601 text. Raises UsageError, StoreError."""
        return frame_of(view, self.ask(view, asked_for(filters)))

    reports = partialmethod(frame, "reports")
    threads = partialmethod(frame, "threads")
    statements = partialmethod(frame, "statements")
    events = partialmethod(frame, "events")
    holds = partialmethod(frame, "holds")
    figures = partialmethod(frame, "figures")
    holdings = partialmethod(frame, "holdings")
    tempo = partialmethod(frame, "tempo")
    tensions = partialmethod(frame, "tensions")
    places = partialmethod(frame, "places")
    actors = partialmethod(frame, "actors")

    def search(self, words: str, **filters: Any) -> pl.DataFrame:
        """Reports with these words: all of them, ``"in this order"``, ``begin*``, ``-without``."""
        return self.frame("search", words=words, **filters)

    def compare(self, a: str | None = None, b: str | None = None, **filters: Any) -> pl.DataFrame:
        """Two sides' figures by whose word and day; of one side, or of all where none is named. Raises UsageError."""
        return self.frame("compare", side=a, other=b, **filters)

    def report(self, id: str) -> MarkedReport:
        """One report with what was found in it; in a notebook it shows itself. Raises UsageError."""
        with self.database.reading() as connection:
            return marked(connection, report_of(id))

    # --- looking after it -------------------------------------------------------------------------------------------

    def digest(self) -> str:
        """A hash over every derived row as it lies in the record, in an order that no arrival decides."""
        with self.database.reading() as connection:
            return check.digest(connection)

    def verify(self) -> list[str]:
        """What is wrong with the record, one line each; empty when it is whole."""
        with self.database.reading() as connection:
            return [*check.problems(connection)]

    def changed_since(self, day: date | str) -> list[dict[str, str]]:
        """Ids that are new, made anew or gone since the beginning of a day, UTC. Raises UsageError."""
        with self.database.reading() as connection:
            return [*history.changed_since(connection, day_given(day))]

    def release(self, name: str, into: str | Path | None = None) -> Path:
        """Freeze the record as it is under a name; where the file lies. Raises UsageError, StoreError.

        ``into`` is the folder, by default one beside the record's file; a record in PostgreSQL needs it.
        """
        path = history.release(self.database, name, Path(into) if into else None)
        with self.database.writing() as connection:
            engine = self._about(connection).get(ENGINE)
            write.note(connection, stamp(self.now()), "released", [{"note": f"{name} {engine}"}])
        return path

    @staticmethod
    def _about(connection: Connection) -> dict[str, str]:
        return {row.key: row.value for row in connection.execute(sa.select(t.about))}


def stamp(at: datetime) -> str:
    """A moment in UTC as text that sorts."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def engine_stamp(kit: Kit) -> str:
    """Which dateline, parser, word lists, map and fitted models: the version, and a hash of them all."""
    p = kit.parser
    parts = [__version__, p.name, p.version, p.digest, kit.lexicons.version, kit.gazetteer and kit.gazetteer.version]
    parts += [f"{name} {model.version}" for name, model in sorted(kit.filters.items())]
    return f"{__version__}+{hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:12]}"


def kept_pages(connection: Connection, keys: list[int]) -> Iterator[Page]:
    """Reports as they were given."""
    kept = sa.select(t.reports, t.raw.c.bytes).join(t.raw).where(t.reports.c.report.in_(keys))
    for row in connection.execute(kept):
        yield Page(unpack(row.bytes), row.source, row.published, row.outlet)


def _as_before(page: Page, kept: tuple[str, str | None, str | None] | None) -> str | None:
    """What stays of a page that was there under another name, day or outlet; None where it was not."""
    given = (page.source, page.published, page.outlet)
    if kept is None or all(now in (None, then) for now, then in zip(given, kept, strict=True)):
        return None
    source, published, outlet = kept
    told = ", ".join(filter(None, (source, published, outlet and f"of {outlet}")))
    return f"is there already as {told}, and stays so; to change that, remove it and add it again"
