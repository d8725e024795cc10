"""What a starred amount counts, its bounds, and whether it is a part, a day's count or a running total."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Actor, Figure, Quantity
from dateline.stage import Kit
from tests.claim.reading import read, starred

CASES = Path(__file__).parents[1] / "cases/claim"
PEOPLE = frozenset({"killed", "wounded", "captured", "missing", "displaced", "casualties", "troops"})


def _rows(name: str) -> Iterator[Any]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    for line in [x for x in lines if x and not x.startswith("#")][1:]:
        counts, low, high, scope, text = line.split("\t")
        yield pytest.param(counts, low, high, scope, text, id=f"{counts}-{text[:60]}")


@pytest.mark.parametrize(("counts", "low", "high", "scope", "text"), list(_rows("figures.tsv")))
def test_figures(counts: str, low: str, high: str, scope: str, text: str, kit: Kit) -> None:
    """The starred amount counts what the case says, within its bounds and scope; or it counts no people."""
    plain, (star,) = starred(text)
    doc = read(plain, kit)
    amounts = {q.id: q for q in doc.of(Quantity)}
    found = [f for f in doc.of(Figure) if f.span.meets(star)]
    if counts == "none":
        assert not [f for f in found if f.counts in PEOPLE]
        return
    assert [f.counts for f in found] == [counts]
    amount = amounts[found[0].quantity]
    ends = tuple("" if end is None else f"{end:g}" for end in (amount.low, amount.high))
    assert (*ends, found[0].scope or "") == (low, high, scope)


SIDES = (
    ("The Taliban have lost *300* fighters since May.", "Taliban"),
    ("The ministry said *54* Taliban fighters had been killed.", "Taliban"),
    ("The ministry said the army killed *200* Ukrainian soldiers.", "Ukraine"),
    ("Russia has massed *100,000* troops near the border.", "Russia"),
    ("The United States delivered *12* armoured vehicles to Tajikistan.", "United States"),
    ("Tajikistan received *12* helicopters from Russia.", "Russia"),
)


@pytest.mark.parametrize(("text", "side"), SIDES, ids=[text[:50] for text, _ in SIDES])
def test_sides(text: str, side: str, kit: Kit) -> None:
    """A figure is the side's whose dead, troops or arms it counts."""
    plain, (star,) = starred(text)
    doc = read(plain, kit)
    figure = next(f for f in doc.of(Figure) if f.span.meets(star))
    assert side in next(a.name for a in doc.of(Actor) if a.id == figure.side)
