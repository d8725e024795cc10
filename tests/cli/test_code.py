"""What ``dateline code`` prints."""

import json
from pathlib import Path

import pytest

from dateline.cli import code
from dateline.stage import Kit
from tests.cli.conftest import Run

TEXT = "Gunmen kidnapped twelve students in Zamfara on Monday.\n\nThe two ministers met in Geneva on Tuesday.\n"


@pytest.fixture
def report(tmp_path: Path, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with two acts, one of which ACLED does not count."""
    monkeypatch.setattr(code, "load_kit", lambda *_: kit)
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_table_names_code_and_loss(run: Run, report: Path) -> None:
    """People read the code, the words it rests on, and what it loses."""
    ran = run("code", report, "--codebook", "acled")
    assert ran.code == 0
    assert "Abduction" in ran.out and "kidnapped" in ran.out and "loses" in ran.out
    assert "met" not in ran.out.split("loses")[0].split()


def test_json_gives_one_object_an_act(run: Run, report: Path) -> None:
    """Programs read every field; with --all the acts without a code too, and why."""
    rows = [json.loads(line) for line in run("code", report, "--codebook", "ucdp", "--json", "--all").out.splitlines()]
    assert [row["code"] for row in rows] == [None, None]
    assert all(row["loses"] for row in rows)
    assert {row["type"] for row in rows} == {"ASSAULT", "CONSULT"}


def test_no_readable_file_is_told(run: Run, tmp_path: Path) -> None:
    """A file that is not there gives a line on standard error and exit code 3."""
    ran = run("code", tmp_path / "none.txt")
    assert ran.code == 3 and "none.txt" in ran.err
