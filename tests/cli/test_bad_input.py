"""Pages that are no pages: one line on standard error or a warning in the record, never a traceback."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "cli" / "bad_input.toml").read_text(encoding="utf-8")
)["case"]
GOOD = "ZARANJ, Aug 6 — Officials said on Friday that the town had not fallen.\n"


def write(folder: Path, case: dict[str, Any]) -> Path:
    path = folder / str(case.get("file", "page.txt"))
    if "hex" in case:
        path.write_bytes(bytes.fromhex(case["hex"]) * case.get("repeat", 1))
    else:
        text = case.get("before", "") + case["text"] * case.get("repeat", 1) + case.get("after", "")
        path.write_bytes(text.encode(case.get("encoding", "utf-8")))
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_bad_page_is_refused_in_one_line_or_read_with_a_warning(
    case: dict[str, Any], run: Run, tmp_path: Path
) -> None:
    """The exit code, the line on standard error and the record's warnings are those that the case names; a good page
    beside it is read all the same."""
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    ran = run("read", "--json", write(tmp_path, case), good)
    refused = case["code"] != 0
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == (1 if refused else 0)
    assert len(records) == (1 if refused else 2)
    assert records[-1]["report"]["source"] == str(good)
    assert records[-1]["statements"]
    assert case.get("stderr", "") in ran.err
    assert len(ran.err.splitlines()) == (1 if refused else 0)
    if "warns" in case:
        assert any(case["warns"] in warning["message"] for warning in records[0]["warnings"])


@pytest.mark.parametrize("case", [c for c in CASES if c["code"]], ids=lambda case: case["id"])
def test_a_page_that_is_refused_alone_gives_code_3(case: dict[str, Any], run: Run, tmp_path: Path) -> None:
    """No report could be read: nothing on standard output, exit code 3."""
    ran = run("read", write(tmp_path, case))
    assert (ran.code, ran.out) == (3, "")


def test_a_missing_file_and_a_folder_are_named(run: Run, tmp_path: Path) -> None:
    """Each gets its line, and the good page is read."""
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    ran = run("read", "--json", tmp_path / "none.txt", tmp_path, good)
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 1
    assert "none.txt: cannot be read (No such file or directory)" in ran.err
    assert "is a folder" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["read"], 2, "Missing argument"),
        (["read", "--published", "05/08/2021", "x.txt"], 2, "no full date"),
        (["read", "--published", "0001-01-01", "x.txt"], 2, "no news was printed"),
        (["read", "--colour", "x.txt"], 2, "No such option"),
        (["reed"], 2, "No such command"),
        (["read", "--voices", "all", "x.txt"], 2, "Invalid value"),
    ],
)
def test_words_that_are_off_give_code_2(run: Run, words: list[str], code: int, said: str) -> None:
    """A command line that cannot be meant is refused in one line before anything is read."""
    ran = run(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


def test_relative_days_stay_open_without_a_publication_date(run: Run, tmp_path: Path) -> None:
    """ "Yesterday" on an undated page has no value and no bounds, and the record says why."""
    page = tmp_path / "page.txt"
    page.write_text("Officials said the town fell yesterday.", encoding="utf-8")
    record = json.loads(run("read", "--json", page).out)
    assert record["report"]["published"] is None
    assert [(t["value"], t["earliest"], t["latest"]) for t in record["times"]] == [(None, None, None)]
    assert "no publication date: relative days stay open" in [w["message"] for w in record["warnings"]]
