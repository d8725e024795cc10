"""What may befall a record: killed writers, other files, full disks, damage. Nothing acknowledged is lost."""

import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dateline.errors import InputError, StoreError, UsageError
from dateline.record import Page, Record
from dateline.stage import Kit
from dateline.store import connect, tables
from dateline.store.keys import report_key
from tests.store.pages import PAGES, Clock, Desk, Remembering, answers
from tests.store.writer import pages as sample_pages

ROOT = Path(__file__).parents[2]


def whole(place: str) -> bytes | list[str]:
    """A file's bytes; the facts about a record in PostgreSQL."""
    if "://" not in place:
        return Path(place).read_bytes()
    database = connect.connect(place)
    with database.reading() as connection:
        told = sorted(map(str, connection.execute(sa.select(tables.about))))
    database.close()
    return told


# --- killed and crowded -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def parses(quick: Kit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the parser gives for the samples, in a file."""
    folder = tmp_path_factory.mktemp("parses")
    with Record.open(folder / "once.sqlite", quick, Clock()) as record:
        list(record.add_all(sample_pages()))
    assert isinstance(quick.parser, Remembering)
    p = quick.parser
    path = folder / "parses.pickle"
    path.write_bytes(pickle.dumps(((p.name, p.version, p.digest), p.known, quick.filters)))
    return path


def writer(place: str, parses: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", place, str(parses)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


def go(process: subprocess.Popen[str]) -> Iterator[str]:
    """Lets it begin, then gives the ids that it acknowledges."""
    assert process.stdin is not None and process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    return (line.strip() for line in process.stdout)


def test_a_killed_writer_leaves_nothing_half_there(desk: Desk, parses: Path) -> None:
    """Killed at any moment, the record is whole and holds what was acknowledged; adding again goes on to the end."""
    place, chance, kept = desk.place(), random.Random(5), set[str]()
    for _ in range(3):
        process = writer(place, parses)
        acknowledged = go(process)
        for _ in range(chance.randint(1, 5)):
            kept.add(next(acknowledged))
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        kept |= {line for line in acknowledged if len(line) == len(next(iter(kept)))}
        process.wait()
        with Record.open(place, desk.kit, Clock()) as record:
            there = {row["id"] for row in answers(record)["reports"]}
            assert kept <= there and len(there) <= len(kept) + 1
            assert not record.verify()
            kept = there
    with Record.open(place, desk.kit, Clock()) as record, desk.holding(sample_pages()) as clean:
        list(record.add_all(sample_pages()))
        assert record.digest() == clean.digest()
        assert answers(record) == answers(clean)


def test_a_writer_killed_before_it_began_leaves_a_record(filed: Desk, parses: Path) -> None:
    """Killed while the tables are made, the file can be opened and added to all the same."""
    place = filed.place()
    process = writer(place, parses)
    assert process.stdin is not None and process.stdout is not None
    process.stdout.readline()
    process.stdin.write("go\n")
    process.stdin.flush()
    while not Path(place).exists():
        time.sleep(0.001)
    process.kill()
    process.wait()
    with Record.open(place, filed.kit, Clock()) as record:
        assert record.add(PAGES[0].raw, "x").state in ("added", "known")
        assert not record.verify()


def test_two_writers_at_once_take_turns(desk: Desk) -> None:
    """Two that add at once, some pages the same, leave what one alone would have left."""
    place, errors = desk.place(), list[BaseException]()

    def add(pages: list[Page]) -> None:
        try:
            with Record.open(place, desk.kit, Clock()) as record:
                for page in pages:
                    record.add(page.raw, page.source, page.published, page.outlet)
        except StoreError as error:
            errors.append(error)

    crowd = [threading.Thread(target=add, args=(part,)) for part in (PAGES[:4], PAGES[1:], PAGES[::-1])]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert not errors
    with Record.open(place, desk.kit, Clock()) as record, desk.holding(PAGES) as clean:
        assert record.digest() == clean.digest()
        assert not record.verify()


def test_one_who_never_lets_go_is_told_of(filed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process holds the record for too long, adding gives up with a clear error."""
    monkeypatch.setattr(connect, "BUSY_MS", 50)
    with filed.open() as record, sqlite3.connect(record.database.where, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process"):
            record.add(PAGES[0].raw, "x")
        other.execute("ROLLBACK")
        assert record.add(PAGES[0].raw, "x").state == "added"


# --- disks --------------------------------------------------------------------------------------------------------


def test_a_full_disk_keeps_what_was_acknowledged(filed: Desk) -> None:
    """Without room for one more report, adding says so, and the record is as it was."""
    with filed.holding(PAGES[:2]) as record:
        before = record.digest()
        with record.database.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="disk is full"):
            list(record.add_all(sample_pages()))
        assert record.digest() == before
        assert not record.verify()


def test_a_read_only_record_can_be_asked(filed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that may not be written to, asking works and adding says why not."""
    with filed.holding(PAGES) as record:
        place, told = record.database.where, answers(record)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Record.open(place, filed.kit, Clock()) as record:
        assert answers(record) == told
        with pytest.raises(StoreError, match="frozen"):
            record.add(b"The town fell on Monday.", "x")


@pytest.mark.parametrize("place", ["/proc/record.sqlite", f"{__file__}/record.sqlite", "ftp://somewhere/record"])
def test_where_no_record_can_be(place: str, quick: Kit) -> None:
    """A folder that takes no file, a file in place of a folder, an address that is no database's."""
    with pytest.raises((StoreError, UsageError), match="record"):
        Record.open(place, quick)


def test_an_empty_file_is_no_record_yet(tmp_path: Path, quick: Kit) -> None:
    """To ask of it is a mistake, and it stays empty; to add to it makes a record."""
    path = tmp_path / "empty"
    path.touch()
    with pytest.raises(StoreError, match="no record yet"):
        Record.open(path, quick, make=False)
    assert path.stat().st_size == 0
    with Record.open(path, quick) as record:
        assert record.add(PAGES[0].raw, "x").state == "added"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"host": "127.0.0.1", "port": 1}, "cannot be reached"),
        ({"password": "wrong"}, "refuses this user"),
        ({"database": "nowhere"}, "no such database"),
    ],
)
def test_a_server_that_lets_nobody_in(change: dict[str, Any], told: str, desk: Desk) -> None:
    """No server there, a wrong password, a database that is not there: told apart, and no password is shown."""
    place = desk.place()
    if "://" not in place:
        pytest.skip("a file has no server")
    url = sa.make_url(place)
    with pytest.raises(StoreError, match=told) as raised:
        Record.open(url.set(**change).render_as_string(hide_password=False), desk.kit)
    assert str(url.password) not in str(raised.value)


def test_a_server_that_goes_away(desk: Desk) -> None:
    """A connection that is cut gives a clear error; the next question finds its way again."""
    with desk.holding(PAGES[:1]) as record:
        if record.database.path:
            pytest.skip("a file has no server")
        with pytest.raises(StoreError, match="server stopped"), record.database.writing() as connection:
            cut = "SELECT pg_terminate_backend(pg_backend_pid())"
            connection.exec_driver_sql(cut)
        assert record.reports().height == 1
        assert record.add(PAGES[1].raw, "x").state == "added"


# --- other files and other engines ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["text", "sqlite", "folder"])
def test_what_is_no_record_is_left_untouched(kind: str, tmp_path: Path, quick: Kit) -> None:
    """A text file, another program's database, a folder: refused, and not a byte is changed."""
    path = tmp_path / "x"
    if kind == "text":
        path.write_text("Dear diary")
    elif kind == "sqlite":
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE a (b)")
    else:
        path.mkdir()
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError):
        Record.open(path, quick)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE about SET value = '99.0' WHERE key = 'dateline'",
        "UPDATE about SET value = '99' WHERE key = 'derived_format'",
        "UPDATE alembic_version SET version_num = 'k9999'",
    ],
)
def test_a_record_of_a_newer_dateline_is_refused(desk: Desk, change: str) -> None:
    """Whatever tells that a newer one wrote there, the record is refused and left untouched."""
    place = desk.place()
    with Record.open(place, desk.kit, Clock()) as record:
        record.add(PAGES[0].raw, "x")
        with record.database.writing() as connection:
            connection.exec_driver_sql(change)
    before = whole(place)
    with pytest.raises(StoreError, match="later one"):
        Record.open(place, desk.kit)
    assert whole(place) == before


def test_rows_of_an_older_form_are_made_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the form of the derived tables has changed, asking says so and a rebuild makes them."""
    with desk.holding(PAGES) as record:
        before = record.digest()
        monkeypatch.setattr(tables, "FORMAT", tables.FORMAT + 1)
        with pytest.raises(StoreError, match="rebuild"):
            record.events()
        record.rebuild()
        assert record.digest() == before
        assert record.events().height


def test_another_engine_may_not_add_before_a_rebuild(desk: Desk) -> None:
    """A record holds rows of one engine; another must rebuild first, and then the log tells what changed."""
    with desk.holding(PAGES) as record:
        record.kit.filters["another"] = Another()
        try:
            with pytest.raises(StoreError, match="rebuild"):
                record.add(b"The town fell on Monday, the police said.", "x")
            record.rebuild()
            assert set(record.reports()["engine"]) == set(record.events()["engine"])
            assert record.add(b"The town fell on Monday, the police said.", "x").state == "added"
            assert not record.verify()
        finally:
            del record.kit.filters["another"]


class Another:
    """A fitted model that was not there before; nothing asks it."""

    version = "another-1"

    def score(self, features: object) -> float:
        return 0.0


def test_a_rebuild_cut_short_goes_on(desk: Desk) -> None:
    """Where derived rows are missing, answers would lack reports: asking says so, and a rebuild ends it."""
    with desk.holding(PAGES) as record:
        before = record.digest()

        def stop(done: int, whole: int) -> None:
            raise KeyboardInterrupt

        with record.database.writing() as connection:
            connection.exec_driver_sql("UPDATE about SET value = '0' WHERE key = 'derived_format'")
        with pytest.raises(KeyboardInterrupt):
            record.rebuild(stop)
        with pytest.raises(StoreError, match="rebuild"):
            record.events()
        record.rebuild()
        assert record.digest() == before
        assert record.events().height


# --- damage -----------------------------------------------------------------------------------------------------------


def test_a_corrupt_page_is_told_of(filed: Desk) -> None:
    """Overwritten in the middle, the file gives a clear error or is told of by the check; never a traceback."""
    with filed.holding(sample_pages()) as record:
        place = record.database.where
    with Path(place).open("r+b") as file:
        size = file.seek(0, 2)
        for start in range(size // 4 // 4096 * 4096, size, 16 * 4096):
            file.seek(start)
            file.write(os.urandom(4096))
    try:
        with Record.open(place, filed.kit) as record:
            assert record.verify()
    except StoreError as error:
        assert "damaged" in str(error)


def test_changed_bytes_are_told_of(desk: Desk) -> None:
    """The check knows kept bytes that are not those that were added, and a report without derived rows."""
    with desk.holding(PAGES) as record:
        first = answers(record)["reports"][0]["id"]
        with record.database.writing() as connection:
            connection.execute(tables.raw.update().where(tables.raw.c.report == report_key(first)).values(bytes=b"x"))
            connection.execute(tables.pages.delete().where(tables.pages.c.report == report_key(first)))
        told = record.verify()
        assert any("not those that were added" in line for line in told)
        assert any("has no derived rows" in line for line in told)


# --- pages ----------------------------------------------------------------------------------------------------------


def test_a_report_dated_in_the_future_is_taken_and_told_of(desk: Desk) -> None:
    """It is kept as printed, with a remark."""
    with desk.open() as record:
        added = record.add(PAGES[0].raw, "x", "2031-01-01")
        assert added.state == "added" and added.note and "yet to come" in added.note
        assert record.reports()["published"].to_list() == ["2031-01-01"]


def test_a_page_that_cannot_be_read_does_not_stop_the_others(desk: Desk) -> None:
    """Each page is told of, the others are kept; alone it is an error."""
    with desk.open() as record:
        told = list(record.add_all([PAGES[0], Page(b"", "empty.txt"), PAGES[1]]))
        assert sorted(added.state for added in told) == ["added", "added", "failed"]
        with pytest.raises(InputError):
            record.add(b"", "empty.txt")
        with pytest.raises(UsageError):
            record.add(PAGES[2].raw, "x", "the other day")
        assert record.reports().height == 2


def test_a_long_report_is_one_report(desk: Desk) -> None:
    """A page of many thousand words is kept, found and removed like any other."""
    words = "The Taliban captured Kunduz on Sunday, the police said. "
    with desk.open() as record:
        id = record.add((words * 500).encode(), "long.txt", "2021-08-08").id
        assert record.reports()["words"].to_list() == [4_500]
        assert record.search("captured kunduz")["hits"].to_list() == [1_000]
        assert id is not None
        record.remove(id)
        assert record.reports().is_empty() and record.places().is_empty()


def test_removing_what_is_not_there(desk: Desk) -> None:
    """An id of no report, and one of something else, are told of; nothing is removed."""
    with desk.holding(PAGES[:1]) as record:
        for id in ("sha256:" + "0" * 64, "e:" + "0" * 16, "x"):
            with pytest.raises(UsageError):
                record.remove(id)
        assert record.reports().height == 1
