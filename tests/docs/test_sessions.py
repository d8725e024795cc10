"""What the documents show of a terminal is what the terminal shows."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import dateline.cli.add as adding
import dateline.cli.read as reading
from dateline.cli import dateline
from dateline.lexicons.load import load_lexicons
from dateline.stage import Kit
from tests.docs.pages import PAGES, ROOT, fences, sessions, shows

TOLD = [page for page in PAGES if any(fence.language == "console" for fence in fences(page))]


@pytest.fixture
def run(
    kit: Kit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[[str], list[str]]:
    """Runs one command line in this process, with the parser that is loaded already; gives the printed lines."""

    def load(model: str = "md", lexicons: tuple[Path, ...] = (), *rest: object) -> Kit:
        return replace(kit, lexicons=load_lexicons(*lexicons))

    def called(line: str) -> list[str]:
        program, *words = shlex.split(line)
        assert program == "dateline"
        dateline.main(words, prog_name=program, standalone_mode=False)
        return capsys.readouterr().out.splitlines()

    for module in (adding, reading):
        monkeypatch.setattr(module, "load_kit", load)
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setenv("DATELINE_RECORD", str(tmp_path / "record.sqlite"))
    monkeypatch.setenv("DATELINE_BY", "the desk")
    return called


@pytest.mark.parametrize("page", TOLD, ids=lambda page: page.stem)
def test_sessions_print_what_the_page_shows(
    page: Path, run: Callable[[str], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the page's own files in place, each of its commands prints the lines below it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    for fence in fences(page):
        if fence.title:
            path = tmp_path / fence.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence.words, encoding="utf-8")
        if fence.language == "console":
            for command, wanted in sessions(fence.words):
                printed = run(command)
                assert shows(wanted, printed), "\n".join(printed)


def test_there_is_something_to_run() -> None:
    """README and the worked examples show a terminal."""
    assert {"README", "add-a-rule", "rule"} <= {page.stem for page in TOLD}


@pytest.mark.parametrize(
    ("wanted", "same"),
    [
        (["a", "b"], True),
        (["a", "[…]", "d"], True),
        (["a", "c"], False),
        (["[…]", "d", "b"], False),
        (["e"], False),
        (["a"], True),
    ],
)
def test_shown_lines_are_compared(wanted: list[str], same: bool) -> None:
    """Lines come in order and without gaps save where a gap is shown."""
    assert shows(wanted, ["a", "  b", "c", "d"]) is same
