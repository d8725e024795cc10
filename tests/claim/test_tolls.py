"""How many died in all: from short reports, from the samples, and the arithmetic alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.claim.tolls import Group, Side, Telling, Total, toll
from dateline.claim.victims import tellings
from dateline.model import Place, Toll
from dateline.stage import Kit
from tests.claim.reading import read

ROOT = Path(__file__).parents[2]
LISTED = ROOT / "tests/cases/claim/tolls.tsv"


def _rows() -> Iterator[Any]:
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    for line in [x for x in lines if x and not x.startswith("#")][1:]:
        side, low, high, text = line.split("\t")
        yield pytest.param(side, low, high, text, id=f"{side}-{text[:60]}")


def _written(total: Total | None) -> tuple[str, str]:
    ends = (total.low, total.high) if total else (None, None)
    return ("" if ends[0] is None else f"{ends[0]:g}", "" if ends[1] is None else f"{ends[1]:g}")


@pytest.mark.parametrize(("side", "low", "high", "text"), list(_rows()))
def test_toll(side: Side, low: str, high: str, text: str, kit: Kit) -> None:
    """A report's toll has the ends that its words give, civilians and fighters apart."""
    assert _written(toll(tellings(read(text, kit), kit), side)) == (low, high)


@pytest.mark.parametrize(
    ("sample", "civilians", "fighters"),
    [
        ("23-lashkar-gah-strike-two-tolls.txt", (14, 14), (54, 54)),
        ("24-herald-strike-toll-rises.txt", (20, 20), (54, 54)),
    ],
)
def test_samples(sample: str, civilians: tuple[int, int], fighters: tuple[int, int], kit: Kit) -> None:
    """The two reports of the strike on the clinic give both tolls, each side's own."""
    told = tellings(read((ROOT / "samples" / sample).read_text(encoding="utf-8"), kit), kit)
    assert toll(told, "civilian") == Total(*civilians)
    assert toll(told, "fighter") == Total(*fighters)


counts = st.integers(2, 500).map(float)


@given(st.lists(counts, min_size=1, max_size=6))
def test_groups_of_one_telling_add_up(sizes: list[float]) -> None:
    """Groups told apart add up, unless the first is the sum of the others."""
    total = toll([Telling(tuple(Group(n, n) for n in sizes))])
    whole = sizes[0] if len(sizes) > 1 and sizes[0] == sum(sizes[1:]) else sum(sizes)
    assert total == Total(whole, whole)


@given(counts, counts)
def test_a_part_is_not_added(whole: float, part: float) -> None:
    """What stands after "including" leaves the toll alone."""
    told = Telling((Group(whole, whole), Group(part, part, part=True)))
    assert toll([told]) == Total(whole, whole)


@given(st.lists(counts, min_size=1, max_size=6))
def test_a_repeated_telling_changes_nothing(sizes: list[float]) -> None:
    """The same toll told again is not added."""
    told = Telling(tuple(Group(n, n) for n in sizes))
    once = toll([told])
    assert once is not None
    again = toll([told, Telling((Group(once.low, once.high),))])
    assert again == once


def test_nobody_dead_is_no_toll() -> None:
    """Without a telling there is no toll, not a toll of nought."""
    assert toll([]) is None


RECORDED: tuple[tuple[str, list[tuple[str, str | None, int, int, str | None]]], ...] = (
    ("Fourteen civilians were killed and 25 wounded in an air strike on Kunduz on Sunday.",
     [("killed", "civilian", 14, 14, "Kunduz"), ("wounded", "civilian", 25, 25, "Kunduz")]),
    ("An air strike killed 12 people in Kunduz on Sunday. A doctor in Kunduz said that 15 people had been killed.",
     [("killed", None, 12, 15, "Kunduz")]),
    ("A bomb killed three people in Kunduz on Sunday. Rebels killed nine people in Kandahar on Monday.",
     [("killed", None, 3, 3, "Kunduz"), ("killed", None, 9, 9, "Kandahar")]),
    ("The army killed 54 Taliban fighters in Kunduz. Ten women died.",
     [("killed", None, 10, 10, "Kunduz"), ("killed", "fighter", 54, 54, "Kunduz")]),
    ("The army denied that civilians had been killed.", []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), RECORDED, ids=[text[:50] for text, _ in RECORDED])
def test_recorded(text: str, wanted: list[tuple[str, str | None, int, int, str]], kit: Kit) -> None:
    """The record holds one toll for each deed, kind and side, with its place."""
    doc = read(text, kit)
    names = {p.id: p.name for p in doc.of(Place)}
    found = [(x.counts, x.who, x.low, x.high, names.get(x.place or "")) for x in doc.of(Toll)]
    assert found == wanted
    assert all(x.tellings and x.rule for x in doc.of(Toll))
