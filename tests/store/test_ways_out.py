"""Ways out of the record: files with sidecars, reasons, changes, releases, marked words."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dateline.errors import InputError, StoreError, UsageError
from dateline.explain import explain
from dateline.exports.files import FORMATS, write_file
from dateline.record import Record
from dateline.store.asked import Asked
from dateline.store.reasons import Reason
from dateline.store.views import VIEWS
from tests.store.pages import CLASHING, PAGES, Clock, Desk, answers

ABOUT: dict[str, Any] = {"asked": {"within": "Kunduz"}, "day": "2021-08-20", "dateline": "x"}


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_holds_the_rows_and_says_what_they_are(record: Record, format: str, tmp_path: Path) -> None:
    """Each format gives back as many rows as were asked for, and its sidecar names query, day, version, columns."""
    path = tmp_path / f"x.{format}"
    rows = list(record.ask("events", Asked(within="Kunduz")))
    write_file(path, format, "events", rows, ABOUT)
    raw = path.read_bytes()
    counts = {
        "jsonl": lambda: len(raw.splitlines()),
        "csv": lambda: len(list(csv.DictReader(io.StringIO(raw.decode())))),
        "parquet": lambda: pl.read_parquet(path).height,
        "geojson": lambda: len(json.loads(raw)["features"]),
    }
    assert counts[format]() == len(rows) > 0
    told = json.loads((tmp_path / f"x.{format}.meta.json").read_bytes())
    assert told["asked"] == ABOUT["asked"] and told["day"] == ABOUT["day"] and told["view"] == "events"
    assert [c["name"] for c in told["columns"]] == [c.name for c in VIEWS["events"]] == list(rows[0])
    assert all(c["about"] for c in told["columns"])
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name, f"{path.name}.meta.json"]


def test_points_of_geojson_are_longitude_first(record: Record) -> None:
    """A feature's point is [longitude, latitude]; a row without one has no geometry."""
    made = json.loads(b"".join(FORMATS["geojson"]("events", list(record.ask("events", Asked())))))
    points = [f["geometry"]["coordinates"] for f in made["features"] if f["geometry"]]
    assert points and all(55 < lon < 75 and 25 < lat < 40 for lon, lat in points)
    assert any(f["geometry"] is None for f in made["features"])


def test_no_file_where_none_can_be(record: Record, tmp_path: Path) -> None:
    """A view without places is no GeoJSON, and a folder is no file; nothing is left behind."""
    with pytest.raises(UsageError, match="no point"):
        write_file(tmp_path / "x", "geojson", "statements", [], ABOUT)
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_file(tmp_path / "folder", "csv", "events", [], ABOUT)
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


# --- reasons -------------------------------------------------------------------------------------------------------


def every(reason: Reason) -> list[Reason]:
    return [reason, *(r for below in reason.because for r in every(below))]


WHOLE = [view for view, columns in VIEWS.items() if columns[0].name == "id" and view not in ("search", "tensions")]


@pytest.mark.parametrize("view", WHOLE)
def test_every_row_can_be_asked_why(record: Record, view: str) -> None:
    """Each row of each view leads to words and to a report; claims name their rule and where it is written."""
    asked_why(record, view)


def test_a_clash_can_be_asked_why(desk: Desk) -> None:
    """A row of tensions leads to both claims and their reports."""
    with desk.holding(CLASHING) as record:
        asked_why(record, "tensions")


def asked_why(record: Record, view: str) -> None:
    rows = list(record.ask(view, Asked()))
    assert rows
    for row in rows:
        reason = explain(record.database, record.atlas, row["id"])
        assert reason.words
        assert any(part.what.startswith("report sha256:") for part in every(reason))
        if "rule" in row:
            facts = dict(reason.facts)
            assert facts["rule"] == row["rule"]
            assert ":" in facts.get("word list", facts.get("written in", ""))


def test_the_line_of_the_word_list_is_the_entry(record: Record) -> None:
    """The file and line that are named hold the entry of the rule."""
    (row, *_) = record.ask("holds", Asked(place="Kunduz"))
    where = dict(explain(record.database, record.atlas, row["id"]).facts)["word list"]
    file, line = where.split(": ")[0].split(":")
    written = (Path(__file__).parents[2] / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert written == f'id = "{row["rule"]}"'


@pytest.mark.parametrize(
    "id", ["e:" + "0" * 16, "sha256:" + "0" * 64, "p:" + "0" * 16, "a:" + "0" * 16, "x", "e:12", ""]
)
def test_why_of_nothing(record: Record, id: str) -> None:
    """An id that is not there, or is none, is told of."""
    with pytest.raises(UsageError, match="id"):
        explain(record.database, record.atlas, id)


# --- changes and releases --------------------------------------------------------------------------------------------


def test_what_changed_since_a_day(desk: Desk) -> None:
    """New ids since a day, and gone ones; each once, by the last that befell it."""
    clock = Clock(datetime(2021, 8, 20, tzinfo=UTC))
    with desk.open(clock) as record:
        first, second = (record.add(p.raw, p.source, p.published).id for p in PAGES[:2])
        clock.at = datetime(2021, 8, 22, tzinfo=UTC)
        third = record.add(PAGES[2].raw, "x").id
        assert first and second and third
        record.remove(first)
        told = record.changed_since("2021-08-22")
        now = {row["id"] for rows in answers(record).values() for row in rows}
        new = {row["id"] for row in told if row["change"] == "added"}
        gone = {row["id"] for row in told if row["change"] == "gone"}
        assert third in new and second not in new and new <= now
        assert first in gone and not gone & now and len(gone) > 1
        assert {row["id"] for row in record.changed_since("2021-08-20")} >= {second}
        record.add(PAGES[0].raw, "x", PAGES[0].published)
        assert first in {row["id"] for row in record.changed_since("2021-08-22") if row["change"] == "added"}
        assert not record.changed_since("2021-08-23")


def test_a_release_answers_the_same_for_ever(desk: Desk, tmp_path: Path) -> None:
    """Frozen, it stays as it was while the record goes on; it cannot be written to, nor its name be taken again."""
    with desk.holding(PAGES[:3]) as record:
        told, found, whole = answers(record), record.search("taliban").to_dicts(), record.digest()
        path = record.release("v1", tmp_path / "frozen")
        list(record.add_all(PAGES))
        with Record.open(path, desk.kit) as frozen:
            assert answers(frozen) == told != answers(record)
            assert (frozen.search("taliban").to_dicts(), frozen.digest(), frozen.verify()) == (found, whole, [])
            assert frozen.places(within="60 km of Herat").height == record.places(within="60 km of Herat").height
            with pytest.raises(StoreError, match="frozen"):
                frozen.remove(told["reports"][0]["id"])
        with pytest.raises(StoreError, match="already"):
            record.release("v1", tmp_path / "frozen")
        for name in ("", "../x", "a/b", "."):
            with pytest.raises(UsageError, match="name a release"):
                record.release(name)
        assert [p.name for p in path.parent.iterdir()] == ["v1.sqlite"]


def test_where_a_release_lies(desk: Desk) -> None:
    """Beside the record's file; of a record that is no file, only where the folder is named."""
    with desk.holding(PAGES[:1]) as record:
        if record.database.path:
            assert record.release("v1").parent.name == f"{record.database.path.name}.releases"
        else:
            with pytest.raises(UsageError, match="folder"):
                record.release("v1")


# --- marked words -----------------------------------------------------------------------------------------------------


def test_a_report_shows_itself(record: Record) -> None:
    """In a notebook every word of the text is there once, escaped, with marks that close."""
    for row in record.ask("reports", Asked()):
        shown = record.report(row["id"])._repr_html_()
        assert shown.count("<span") == shown.count("</span>") > 0
        assert "<script" not in shown
    with pytest.raises(UsageError):
        record.report("sha256:" + "0" * 64)


def test_marks_do_not_break_the_page(desk: Desk) -> None:
    """Signs of HTML in a report are shown as they were printed."""
    with desk.open() as record:
        id = record.add(b'Army & rebels\n\nThe army said "a < b" and that <b>Kunduz</b> fell on Sunday.', "x.txt").id
        assert id is not None
        assert "&amp; rebels" in record.report(id).show()
