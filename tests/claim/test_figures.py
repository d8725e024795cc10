"""What a starred amount counts, its bounds, and whether it is a part, a day's count or a running total."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Figure, Quantity
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
