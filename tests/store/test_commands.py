"""The record on the command line: adding, asking, looking after it, and mistakes in one line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dateline import cli
from dateline.cli import add, keep
from dateline.stage import Kit
from tests.store.pages import PAGES

type Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five tiny reports as files."""
    folder = tmp_path_factory.mktemp("pages")
    for page in PAGES:
        (folder / page.source).write_bytes(page.raw)
    return folder


@pytest.fixture
def run(quick: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process on a record of its own; gives exit code, output and errors."""

    def load(*_: Any) -> Kit:
        return quick

    def called(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["dateline", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capfd.readouterr()
        return int(stopped.value.code or 0), out, err

    monkeypatch.setattr(add, "load_kit", load)
    monkeypatch.setattr(keep, "load_kit", load)
    monkeypatch.setenv("DATELINE_RECORD", str(tmp_path / "record.sqlite"))
    return called


@pytest.fixture
def filled(run: Run, folder: Path) -> Run:
    """The same, with the five reports added."""
    code, out, err = run("add", folder, "--published", "2021-08-08", "--outlet", "Northgate")
    assert (code, out, err) == (0, "5 added, 0 known already, 0 failed\n", "")
    return run


def test_adding_again_and_adding_what_is_not_there(filled: Run, folder: Path) -> None:
    """Known pages are told as known; what cannot be read is named, and the exit code says so."""
    code, out, err = filled("add", folder / "2021-08-04.txt", folder / "none.txt")
    assert (code, out) == (1, "0 added, 1 known already, 1 failed\n")
    assert "none.txt" in err and err.count("\n") == 1
    assert filled("add", folder / "none.txt")[0] == 3
    lines = filled("add", folder, "--json")[1].splitlines()
    assert {json.loads(line)["state"] for line in lines} == {"known"}


@pytest.mark.parametrize("view", ["reports", "statements", "events", "holds", "figures", "places", "actors"])
def test_a_view_as_table_json_and_csv(filled: Run, view: str) -> None:
    """Each output has the same rows; the table fits the terminal."""
    code, table, _ = filled(view)
    rows = [json.loads(line) for line in filled(view, "--json")[1].splitlines()]
    assert code == 0 and rows
    assert filled(view, "--csv")[1].count(rows[0]["id"]) >= 1
    assert rows[0]["id"][:18] in table
    assert all(len(line) <= 100 for line in table.splitlines())


def test_filters_on_the_command_line(filled: Run) -> None:
    """Filters and clocks do what they do in Python."""
    assert len(filled("events", "--within", "Kunduz", "--json")[1].splitlines()) >= 2
    assert filled("events", "--known", "2001-01-01")[1] == "nothing found\n"
    assert len(filled("statements", "--limit", 1, "--json")[1].splitlines()) == 1
    assert "[momentum]" in filled("search", "momentum")[1]


def test_files_beside_the_terminal(filled: Run, tmp_path: Path) -> None:
    """--parquet, --geojson and export write a file and its sidecar."""
    code, out, err = filled("events", "--parquet", tmp_path / "e.parquet", "--geojson", tmp_path / "e.geojson")
    assert (code, out) == (0, "") and "written" in err
    assert filled("export", "csv", "holds", tmp_path / "h.csv", "--within", "Afghanistan")[0] == 0
    assert pl.read_parquet(tmp_path / "e.parquet").height and pl.read_csv(tmp_path / "h.csv").height
    assert json.loads((tmp_path / "h.csv.meta.json").read_text())["asked"] == {"within": "Afghanistan"}


def test_looking_after_the_record(filled: Run) -> None:
    """why, changed, remove, rebuild, verify and release, one after another."""
    row = json.loads(filled("holds", "--json", "--limit", 1)[1].splitlines()[0])
    assert row["rule"] in filled("why", row["id"])[1]
    assert json.loads(filled("why", row["id"], "--json")[1])["facts"]
    assert row["id"] in filled("changed", "2001-01-01", "--json")[1]
    before = filled("rebuild")[1]
    assert filled("rebuild")[1] == before
    assert filled("verify")[1] == "the record is whole\n"
    assert Path(filled("release", "v1")[1].strip()).is_file()
    assert filled("remove", row["report"][:23])[1] == "1 removed\n"
    assert len(filled("reports", "--json")[1].splitlines()) == 4


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("events", "--place", "Kunduzz"), 2, "did you mean Kunduz"),
        (("events", "--type", "SNOW"), 2, "ASSAULT"),
        (("events", "--since", "soon"), 2, "2021-08-15"),
        (("events", "--standing", "sure"), 2, "standing"),
        (("events", "--limit", "0"), 2, "limit"),
        (("events", "--limit", "-3"), 2, "limit"),
        (("why", "x"), 2, "is no id"),
        (("remove", "sha256:0000000000000000"), 2, "no report"),
        (("changed", "soon"), 2, "is no day"),
        (("release", "a/b"), 2, "name a release"),
        (("events", "--record", "/nowhere/at/all"), 6, "no record yet"),
        (("events", "--record", __file__), 6, "no record of dateline"),
    ],
)
def test_a_mistake_is_one_line(filled: Run, words: tuple[str, ...], code: int, told: str) -> None:
    """A mistake gives one line on standard error, nothing on standard output, and its exit code."""
    given, out, err = filled(*words)
    assert (given, out) == (code, "")
    assert told in err and err.count("\n") == 1


# --- rulings ------------------------------------------------------------------------------------------------------


def first(run: Run, view: str, **like: Any) -> str:
    """The id of the first row of a view with these values."""
    rows = map(json.loads, run(view, "--rulings", "all", "--json")[1].splitlines())
    return str(next(row["id"] for row in rows if all(row[name] == value for name, value in like.items())))


def test_a_row_is_ruled_on_listed_and_undone(filled: Run) -> None:
    """Each in one line; the view leaves it out, shows it with --rulings, and has it back when it is undone."""
    event = first(filled, "events", place="Zaranj")
    told = filled("rule", event, "reject", "--by", "the desk", "--why", "a drill")
    assert told == (0, f"ruling 1: reject {event}\n", "")
    assert event not in filled("events", "--json")[1]
    assert '"ruled":"rejected"' in filled("events", "--rulings", "rejected", "--json")[1]
    code, out, _ = filled("rulings", "list")
    assert code == 0 and all(words in out for words in ("the desk", "reject", event, "a drill", "holds"))
    assert filled("rulings", "undo", 1, "--by", "another")[1].startswith("ruling 2: undo u:")
    assert event in filled("events", "--json")[1]
    assert "undone" in filled("rulings", "list")[1]


def test_several_fields_are_set_at_once(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a ruling of its own, by the name in DATELINE_BY; a mistake is one line and exit code 2."""
    monkeypatch.setenv("DATELINE_BY", "the night desk")
    event = first(filled, "events", place="Zaranj")
    code, out, _ = filled("rule", event, "edit", "--set", "status=planned", "--set", "recipients=")
    assert code == 0 and out.splitlines()[1] == f"ruling 2: edit {event}, recipients = not known"
    assert filled("rulings", "list")[1].count("the night desk") == 2
    for words in (
        ("edit", "--set", "status"),
        ("edit", "--set", "status=done"),
        ("rejekt",),
        ("copy", "--with", "none"),
    ):
        code, out, err = filled("rule", event, *words)
        assert (code, out, err.count("\n")) == (2, "", 1)


def test_rulings_are_carried_to_another_record(
    filled: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exported and replayed, twice as once; what is about nothing there is named on standard error and kept."""
    event, file = first(filled, "events", place="Zaranj"), tmp_path / "rulings.jsonl"
    filled("rule", event, "accept", "--by", "the desk")
    assert filled("rulings", "export", file) == (0, "", "")
    assert filled("rulings", "export")[1] == file.read_text() == filled("rulings", "list", "--json")[1]
    monkeypatch.setenv("DATELINE_RECORD", str(tmp_path / "other.sqlite"))
    filled("add", folder / "2021-08-04.txt")
    code, out, err = filled("rulings", "replay", file)
    assert (code, out) == (0, "1 taken over, 0 known already, 1 about nothing now\n") and event in err
    assert filled("rulings", "replay", file)[1].startswith("0 taken over, 1 known")
    assert "about nothing now" in " ".join(filled("rulings", "list")[1].split())
    file.write_text("{}\n")
    assert filled("rulings", "replay", file)[::2] == (2, "dateline: line 1: has other fields than a ruling\n")


def test_namesakes_are_shown(filled: Run) -> None:
    """Actors with their reports and places with their chain, as words and as JSON; nobody is told of in one line."""
    assert "armed_group" in filled("namesakes", "Taliban")[1]
    code, out, _ = filled("namesakes", "Herat", "--json")
    assert code == 0 and {place["reports"] for place in json.loads(out)["places"]} >= {0}
    assert filled("namesakes", "Qqqqq")[0] == 2
