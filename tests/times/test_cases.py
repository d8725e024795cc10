"""Cases as data: tests/cases/times/*.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Warning
from tests.times.reading import found, read

FOLDER = Path(__file__).parent.parent / "cases" / "times"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file: text, day, and the times as [words, value, earliest, latest, basis]."""
    loaded: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return loaded


def rows(case: dict[str, Any]) -> list[list[str]]:
    """What was read, in the shape in which cases are written; an empty string is None."""
    return [
        [words, t.value or "", str(t.when.earliest or ""), str(t.when.latest or ""), t.when.basis]
        for words, t in found(case["text"], case.get("day"))
    ]


@pytest.mark.parametrize("case", [*cases("synthetic"), *cases("wild")], ids=lambda case: case["text"][:50])
def test_read_as_written(case: dict[str, Any]) -> None:
    """A time is found to the character, with its value, its interval and what that rests on."""
    assert rows(case) == case["times"]


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["text"][:50])
def test_no_time_here(case: dict[str, Any]) -> None:
    """Words that only look like a time are left alone; a time that cannot be gives a warning and no time."""
    doc = read(case["text"], case.get("day"))
    assert not rows(case)
    assert [w.message.split("'")[1] for w in doc.of(Warning)] == case.get("warns", [])


@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda case: case["text"][:50])
@pytest.mark.xfail(strict=True, raises=AssertionError)
def test_known_failures(case: dict[str, Any]) -> None:
    """What we know that we read wrongly, until we do not."""
    assert rows(case) == case["times"]
