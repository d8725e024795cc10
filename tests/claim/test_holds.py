"""Who holds a place, at what level and how surely, sentence by sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Actor, Hold, Place
from dateline.stage import Doc, Kit
from tests.claim.reading import read

CASES = Path(__file__).parents[1] / "cases/claim"


def _rows() -> Iterator[Any]:
    lines = (CASES / "holds.tsv").read_text(encoding="utf-8").splitlines()
    for line in [x for x in lines if x and not x.startswith("#")][1:]:
        *expected, text = line.split("\t")
        yield pytest.param(expected, text.replace("\\n", "\n"), id=text[-60:])


def _named(doc: Doc, hold: Hold, field: str, actor: str | None) -> str:
    """The actor's name, and the words it rests on."""
    words = " ".join(span.of(doc.report.text) for f, span in hold.evidence if f == field)
    return " ".join([a.name for a in doc.of(Actor) if a.id == actor] + [words])


@pytest.mark.parametrize(("expected", "text"), list(_rows()))
def test_last_hold(expected: list[str], text: str, kit: Kit) -> None:
    """The last hold that a text tells has the place, holder, state, level and status of the case."""
    doc = read(text, kit)
    found = doc.of(Hold)
    if expected[0] == "-":
        assert not found
        return
    place, holder, other, *rest = expected
    hold = found[-1]
    assert place in next(p.name for p in doc.of(Place) if p.id == hold.place)
    assert holder == "-" or holder in _named(doc, hold, "holder", hold.holder)
    assert other == "-" or other in _named(doc, hold, "other", hold.other)
    assert [hold.state, hold.level or "-", hold.status] == rest
