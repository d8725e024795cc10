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
