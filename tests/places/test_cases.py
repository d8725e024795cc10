"""Places as data: what each made-up sentence must give, and what it must not."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Place
from dateline.stage import Kit
from tests.places.reading import lines, read

CASES = Path(__file__).parent.parent / "cases" / "places"


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return loaded


@pytest.mark.parametrize("case", [*cases("synthetic"), *cases("wild")], ids=lambda c: c["text"][:40])
def test_case(case: dict[str, Any], kit: Kit) -> None:
    """Each place stands where the case says, with its kind, country, province and precision."""
    found = lines(read(case["text"], kit, case.get("published")))
    assert [e for e in case["expect"] if e not in found] == [], found


@pytest.mark.parametrize("case", cases("negative"), ids=lambda c: c["text"][:40])
def test_negative(case: dict[str, Any], kit: Kit) -> None:
    """Words that only look like places are none, and a name that stands for a government is marked so."""
    doc = read(case["text"], kit)
    text = doc.report.text
    words = {span.of(text) for p in doc.of(Place) for span in p.mentions}
    assert not words & set(case["no"])
    loose = {span.of(text) for p in doc.of(Place) for span in p.associative}
    assert set(case.get("stands", [])) <= loose


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda c: c["text"][:40])
def test_known_failure(case: dict[str, Any], kit: Kit) -> None:
    """A known failure still fails; when it passes, move it to wild or synthetic."""
    found = lines(read(case["text"], kit))
    assert [e for e in case["expect"] if e not in found] == []
