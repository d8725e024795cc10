"""What a starred amount counts, its bounds, and whether it is a part, a day's count or a running total."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Actor, Figure, Quantity
from dateline.stage import Kit
from tests.claim.reading import read, starred

CASES = Path(__file__).parents[1] / "cases/claim"
PEOPLE = frozenset({"killed", "wounded", "captured", "missing", "displaced", "casualties", "troops", "people"})


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
    ("The United States has provided 31 tanks and *90* Stryker vehicles to Ukraine.", "United States"),
    ("Washington approved *$725 million* in military aid for Ukraine.", "United States"),
    ("About *1,800* Russian and 500 Uzbek troops joined the drills.", "Russia"),
    ("The Taliban, about *75,000* strong, control half of the country.", "Taliban"),
    ("Russia and Ukraine fight on. Russia said it had destroyed *14* Ukrainian tanks.", "Ukraine"),
    ("The Taliban have lost many. Taliban losses have risen to *1,100* killed.", "Taliban"),
)


NOBODYS = (
    "The strike killed *14* people.",
    "The alliance of old has *9,592* troops in Afghanistan.",
    "*Hundreds* of people fled.",
)


@pytest.mark.parametrize("text", NOBODYS)
def test_no_side(text: str, kit: Kit) -> None:
    """Somebody whom no name tells is no side, and troops in a country are not that country's."""
    plain, (star,) = starred(text)
    doc = read(plain, kit)
    named = {a.id for a in doc.of(Actor) if a.lexicon}
    assert not [f for f in doc.of(Figure) if f.span.meets(star) and f.side in named]


@pytest.mark.parametrize(("text", "side"), SIDES, ids=[text[:50] for text, _ in SIDES])
def test_sides(text: str, side: str, kit: Kit) -> None:
    """A figure is the side's whose dead, troops or arms it counts."""
    plain, (star,) = starred(text)
    doc = read(plain, kit)
    figure = next(f for f in doc.of(Figure) if f.span.meets(star))
    assert side in next(a.name for a in doc.of(Actor) if a.id == figure.side)
