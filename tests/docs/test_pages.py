"""The documents hold: links lead somewhere, commands exist, and what is generated or named is as the program has it."""

import inspect
import re
from pathlib import Path

import click
import pytest

from dateline import cli, errors
from dateline.cli import dateline
from dateline.pipeline import STAGES
from tests.docs.pages import PAGES, ROOT, dead, fences
from tools import docs

NAMES = [p.relative_to(ROOT).as_posix() for p in PAGES]
SOURCES = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "dateline").rglob("*.py"))
FLOW = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link into the repository names a file, and a heading where it names one."""
    assert not dead(page)


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    """Files and headings that are not there are told, links in code are not."""
    page = tmp_path / "page.md"
    page.write_text("# A head\n[a](page.md#a-head) [b](none.md) [c](#none) `[d](none)` [e](https://f.example)")
    assert dead(page) == ["none.md", "#none"]


# --- what is generated --------------------------------------------------------------------------------------


def test_generated_parts_are_current() -> None:
    """Commands, nouns, stages, lists and exit codes stand in docs/ as the program has them; else run make docs."""
    assert docs.behind() == []


def test_a_part_that_is_behind_is_seen() -> None:
    """A generated part with old words in it is written anew, and the text around it is left alone."""
    page = "Before.\n<!-- begin stages -->\nstale\n<!-- end stages -->\nAfter.\n"
    fresh = docs.written(page)
    assert "stale" not in fresh
    assert fresh.startswith("Before.\n") and fresh.endswith("\nAfter.\n")
    assert f"`{STAGES[0].__name__}`" in fresh
    assert docs.written(fresh) == fresh


@pytest.mark.parametrize("part", docs.PARTS)
def test_every_generated_part_is_shown_somewhere(part: str) -> None:
    """No generator writes for nobody."""
    assert any(f"<!-- begin {part} -->" in page.read_text(encoding="utf-8") for page in PAGES)


# --- what is named ------------------------------------------------------------------------------------------


def test_flow_opens_with_the_one_rule() -> None:
    """The first thing after the title is the rule that everything follows from."""
    opening = " ".join(FLOW.split("\n\n")[1].replace("*", "").split())
    assert opening.startswith(
        "The one rule. The record is a pure function of the reports kept, the rulings people made"
    )


def test_flow_names_every_stage_in_order() -> None:
    """The prose follows the pipeline, stage by stage, each under the verb it belongs to."""
    told = re.sub(r"<!-- begin .*?<!-- end \w+ -->", "", FLOW, flags=re.S)
    places = [told.find(f"`{stage.__name__}`") for stage in STAGES]
    assert -1 not in places
    assert places == sorted(places)
    for stage, place in zip(STAGES, places, strict=True):
        verb = stage.__module__.split(".")[1]
        assert re.findall(r"^## (\w+):", told[:place], re.M)[-1] == verb, stage.__name__


def test_exit_codes_are_distinct_and_told() -> None:
    """Each kind of error has a code of its own, which the command line's docstring names."""
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.DatelineError)]
    codes = [kind.code for kind in kinds]
    assert len(codes) == len(set(codes))
    assert set(map(str, codes)) <= set(re.findall(r"\d+", inspect.getdoc(cli) or ""))


def test_messages_of_troubleshooting_are_real() -> None:
    """Each message that the page explains is one that the program gives."""
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    messages = re.findall(r"^\| `([^`]+)` \|", page, re.M)
    assert len(messages) > 5
    assert not [m for m in messages if m not in SOURCES]


def command_lines(page: Path, program: str) -> list[str]:
    """Lines of the page's code blocks, and bits of code in its text, that call ``program``."""
    lines = [line for fence in fences(page) if fence.language in ("sh", "console") for line in fence.words.splitlines()]
    called = [re.split(r" {2,}#|[>|]", line.removeprefix("$ "))[-1 if "|" in line else 0].strip() for line in lines]
    inline = re.findall(rf"`({program} [^`]+)`", page.read_text(encoding="utf-8"))
    return [line for line in (*called, *inline) if line.startswith(f"{program} ")]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_make_targets_exist(page: Path) -> None:
    """Whatever a page tells to make is in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {word for line in command_lines(page, "make") for word in re.findall(r"[a-z]+", line.split("  ")[0])[1:]}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_and_options_exist(page: Path) -> None:
    """Whatever a page calls is a command of dateline, with the options it is given."""
    for line in command_lines(page, "dateline"):
        words = line.split()[1:]
        command: click.Command | None = dateline
        context = click.Context(dateline)
        while isinstance(command, click.Group) and words and words[0].isalpha():
            command = command.get_command(context, words.pop(0))
            assert command is not None, line
        assert command is not None
        known = {name for param in command.get_params(context) for name in param.opts}
        assert {word.split("=")[0] for word in words if word.startswith("--")} <= known, line


def test_the_readme_begins_with_the_two_commands() -> None:
    """The first screen says how to see it work and how to test it."""
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:15]
    assert any(line.startswith("make demo") for line in first)
    assert any(line.startswith("make test") for line in first)


def test_decisions_are_short() -> None:
    """A decision is told in 25 lines."""
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert files
    assert not [f.name for f in files if len(f.read_text(encoding="utf-8").splitlines()) > 25]
