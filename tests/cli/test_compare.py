"""``dateline compare``: two sides' figures out of the samples, side by side, in every output."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dateline.cli import bars
from dateline.cli.samples import samples
from dateline.record import Page, Record
from dateline.stage import Kit
from tests.cli.conftest import Ran, Run

READ = ("04", "15", "16", "22", "23", "24", "28", "29", "31", "32")  # samples with figures in them
AFGHAN = ("Afghan government", "Taliban")


@pytest.fixture(scope="module")
def place(kit: Kit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of these samples."""
    path = tmp_path_factory.mktemp("compare") / "record.sqlite"
    with Record.open(path, kit) as record:
        list(record.add_all(Page(s.raw, s.name, s.published, s.outlet) for s in samples() if s.name[:2] in READ))
    return path


@pytest.fixture
def compare(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``compare("A", "B")`` on that record."""
    monkeypatch.setenv("DATELINE_RECORD", str(place))

    def compared(*words: object) -> Ran:
        return run("compare", *words)

    return compared


def rows(ran: Ran) -> list[dict[str, Any]]:
    assert (ran.code, ran.err) == (0, "")
    return [json.loads(line) for line in ran.out.splitlines()]


def test_what_a_ministry_claims_stands_beside_what_the_enemy_admits(compare: Run) -> None:
    """The ministry's dead Taliban and the Taliban's own, each by whose word; the report that repeats the first is no
    second claim."""
    found = [row for row in rows(compare(*AFGHAN, "--json")) if row["counts"] == "killed"]
    told = {(row["word"], row["value"], row["side"]) for row in found}
    assert told >= {("enemy", 303, "Taliban"), ("enemy", 54, "Taliban"), ("own", 7, "Taliban")}
    assert [row["reports"] for row in found if row["value"] == 303] == [2]
    assert not any(row["earliest"] for row in found if row["basis"] != "words")


def test_the_names_may_change_places(compare: Run) -> None:
    """The same rows, whichever side is named first."""
    assert compare(*AFGHAN, "--json").out == compare(*reversed(AFGHAN), "--json").out


def test_a_delivery_and_a_drill_are_rows(compare: Run) -> None:
    """From, to, what, how many, when: twelve vehicles for Tajikistan, and 2,500 soldiers on a range."""
    found = rows(compare("Russia", "Tajikistan", "--json"))
    gifts = [row for row in found if row["about"] == "deliveries" and row["to"]]
    assert [(row["side"], row["to"], row["value"], row["counts"]) for row in gifts] == [
        ("Russia", ["Tajikistan"], 12, "vehicle")
    ]
    drills = [(row["day"], row["value"], row["place"]) for row in found if row["about"] == "drills"]
    assert ("2021-08-05", 2500, "Harb-Maidon") in drills


def test_people_by_claimant(compare: Run) -> None:
    """Without sides, --type picks what is counted: families and people apart, each by its claimant."""
    found = rows(compare("--type", "displaced", "--json"))
    told = {(row["voice"], row["value"], row["unit"]) for row in found}
    assert ("the provincial refugees directorate", 35000, "family") in told
    assert any(value == 40000 and unit == "people" for _, value, unit in told)
    assert len({row["series"] for row in found}) == len(found)


def test_strengths_on_paper(compare: Run) -> None:
    """The numbers of the two armies stand there as the paper gives them."""
    values = {row["value"] for row in rows(compare("--type", "troops", "--json"))}
    assert {300000, 75000} <= values


def test_filters_and_clocks_are_those_of_every_view(compare: Run) -> None:
    """By day, by voice, by what was known, newest first, and so many at most."""
    every = rows(compare(*AFGHAN, "--json"))
    assert [row["day"] for row in every] == sorted((row["day"] for row in every), reverse=True)
    assert rows(compare(*AFGHAN, "--json", "--limit", "2")) == every[:2]
    assert rows(compare(*AFGHAN, "--json", "--until", "2021-08-06"))[0]["day"] <= "2021-08-06"
    assert {row["word"] for row in rows(compare(*AFGHAN, "--json", "--voice", "Taliban"))} == {"own"}
    assert compare(*AFGHAN, "--known", "2001-01-01").out == "nothing found\n"


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_table_and_its_chart_fit_the_terminal(compare: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Bars of two sides stand back to back, ids are whole, and no line is too long."""
    monkeypatch.setattr("dateline.cli.screen.WIDTH_PIPED", width)
    ran = compare(*AFGHAN)
    lines = ran.out.splitlines()
    assert ran.code == 0 and max(map(len, lines)) <= width
    (admitted,) = [line for line in lines if "█ 7" in line]
    (claimed,) = [line for line in lines if "▒ 303" in line]
    assert admitted.index("│") == claimed.index("│")
    assert claimed.count("▒") > admitted.count("█") == 1
    assert all(row["id"] in ran.out for row in rows(compare(*AFGHAN, "--json")))


def test_csv_has_the_rows(compare: Run) -> None:
    """The same rows as JSON, with lists set apart by bars."""
    ran = compare("Russia", "Tajikistan", "--csv")
    found = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["id"] for row in found] == [row["id"] for row in rows(compare("Russia", "Tajikistan", "--json"))]


def test_a_chart_as_svg(compare: Run, tmp_path: Path) -> None:
    """A panel for each thing counted, a mark for each number, which names its claimant and row; the same each time."""
    path = tmp_path / "chart.svg"
    ran = compare(*AFGHAN, "--svg", path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"{path} written\n")
    written = path.read_bytes()
    marks = [mark.text or "" for mark in ET.fromstring(written).iterfind(".//{*}circle/{*}title")]
    found = [row for row in rows(compare(*AFGHAN, "--json")) if row["about"] in ("losses", "strength", "people")]
    assert sorted(mark.split()[-1] for mark in marks) == sorted(row["id"] for row in found if row["value"])
    assert any("Taliban: 7 killed" in mark for mark in marks)
    compare(*AFGHAN, "--svg", path)
    assert path.read_bytes() == written


def test_a_chart_of_nothing_says_so(compare: Run, tmp_path: Path) -> None:
    """A file all the same, which says that there is nothing to draw."""
    assert compare(*AFGHAN, "--known", "2001-01-01", "--svg", tmp_path / "none.svg").code == 0
    assert "nothing to draw" in (tmp_path / "none.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Talibann", "Russia"), "did you mean Taliban"),
        (("Taliban", "taliban"), "are one side"),
        (("Taliban", "Taleban"), "are one side"),
        (("Taliban", "--actor", "Russia"), "no actor beside them"),
        (("Taliban", "--since", "yesterday"), "is no day"),
        (("Taliban", "--svg", "/nowhere/at/all.svg"), "cannot be written"),
    ],
)
def test_mistakes_are_told_in_one_line(compare: Run, words: tuple[str, ...], told: str) -> None:
    """No traceback, and an exit code that is not 0."""
    ran = compare(*words)
    assert ran.code != 0 and ran.out == ""
    assert told in ran.err and ran.err.count("\n") == 1


def test_in_python(kit: Kit, place: Path) -> None:
    """``Record.compare`` gives the same as a Polars frame."""
    with Record.open(place, kit) as record:
        found = record.compare(*AFGHAN)
        assert found.filter(pl.col("word") == "own")["value"].to_list() == [7]
        assert record.compare(*AFGHAN, until="2001-01-01").schema == found.schema


def test_rulings_are_heeded(kit: Kit, tmp_path: Path) -> None:
    """A rejected figure is gone; a corrected one stands with its new number, day and side, and is marked."""
    with Record.open(tmp_path / "record.sqlite", kit) as record:
        list(
            record.add_all(Page(s.raw, s.name, s.published, s.outlet) for s in samples() if s.name[:2] in ("16", "32"))
        )
        before = {row["value"]: row["id"] for row in record.compare(*AFGHAN).to_dicts()}
        record.rule(before[7], "reject", by="ann")
        record.rule(before[303], "edit", by="ann", field="value", value="330")
        (row,) = record.compare(*AFGHAN).to_dicts()
        assert (row["value"], row["id"]) == (330, before[303])
        assert row["edited"] == ["value: 303"]
        record.rule(before[303], "edit", by="ann", field="side", value="Afghan Defence Ministry")
        (row,) = record.compare(*AFGHAN).to_dicts()
        assert (row["side"], row["word"]) == ("Afghan government", "own")


def test_a_long_series_is_thinned_and_keeps_each_ones_last() -> None:
    """A chart takes so many bars and no more; the newest number of every claimant is among them."""
    many = [{"series": "a" if n % 10 else "b", "n": n} for n in range(300)]
    shown = bars.thinned(many)
    assert len(shown) == bars.MOST and shown == sorted(shown, key=lambda row: row["n"])
    assert {"series": "a", "n": 299} in shown and {"series": "b", "n": 290} in shown
    assert bars.thinned(many[:5]) == many[:5]
    assert len(bars.thinned([{"series": str(n)} for n in range(300)])) == bars.MOST
