"""Sport, fiction, figures of speech, nature, history, questions, conditions and denials hold no act that happened."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Act, Hold
from dateline.stage import Kit
from tests.claim.reading import read

CASES = Path(__file__).parents[1] / "cases/claim"
MATERIAL = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE", "RETREAT"})
REAL = frozenset({"happened", "ongoing"})


def _rows(name: str) -> Iterator[Any]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    for line in [x for x in lines if x and not x.startswith("#")][1:]:
        kind, expect, text = line.split("\t")
        yield pytest.param(expect, text, id=f"{kind}-{text[:40]}")


def silent(expect: str, text: str, kit: Kit) -> bool:
    """True when nothing is claimed that the case forbids."""
    doc = read(text, kit)
    acts, holds = doc.of(Act), doc.of(Hold)
    if expect == "none":
        return not acts and not holds
    acts = tuple(a for a in acts if a.type in MATERIAL and a.status in REAL and "historical" not in a.context)
    return not acts and (expect == "past" or not any(h.status in REAL for h in holds))


@pytest.mark.parametrize(("expect", "text"), list(_rows("negative.tsv")))
def test_nothing_is_claimed(expect: str, text: str, kit: Kit) -> None:
    """A sentence that tells of no act gives none; one that only supposes, denies or asks gives none that happened."""
    assert silent(expect, text, kit)


@pytest.mark.xfail(strict=True, reason="known failures")
@pytest.mark.parametrize(("expect", "text"), list(_rows("known_failures.tsv")))
def test_known_failures(expect: str, text: str, kit: Kit) -> None:
    """These are still claimed and should not be."""
    assert silent(expect, text, kit)


FAILING = frozenset(row.values[1] for row in _rows("known_failures.tsv"))
FRESH = [r for name in ("negative_fresh.tsv", "negative_fresh2.tsv") for r in _rows(name) if r.values[1] not in FAILING]


@pytest.mark.parametrize(("expect", "text"), FRESH)
def test_fresh_sentences(expect: str, text: str, kit: Kit) -> None:
    """Sentences written before the guard was looked at hold nothing either, save those among the known failures."""
    assert silent(expect, text, kit)
