"""Each entry of the lexicons of claims proves itself on its own examples, both ways."""

from collections.abc import Iterator
from typing import Any

import pytest

from dateline.claim.status import operators, status_of
from dateline.lexicons.load import Entry, load_lexicons
from dateline.model import Act, Figure, Hold, Quantity
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit
from tests.claim.reading import read, starred

LISTS = load_lexicons()
FRAMES = ("acts", "acts_verbal", "acts_wider", "holds", "figures", "quantities")


def _cases(stems: tuple[str, ...], way: str) -> Iterator[Any]:
    for stem in stems:
        for entry in LISTS.entries[stem]:
            for example in getattr(entry, way):
                yield pytest.param(stem, entry, example, id=f"{entry.id}-{example[:30]}")


def found_at(stem: str, entry: Entry, doc: Doc) -> list[tuple[int, int]]:
    """Where notes of this entry's rule stand."""
    if stem == "holds":
        return [(h.span.start, h.span.end) for h in doc.of(Hold) if h.rule == entry.id]
    if stem == "figures":
        return [(f.span.start, f.span.end) for f in doc.of(Figure) if f.rule == entry.id]
    if stem == "quantities":
        return [(q.span.start, q.span.end) for q in doc.of(Quantity) if _gives(entry, q)]
    return [(a.trigger.start, a.trigger.end) for a in doc.of(Act) if a.rule == entry.id]


def _gives(entry: Entry, quantity: Quantity) -> bool:
    if "bound" in entry.gives:
        return quantity.rule == f"quantities.{entry.gives['bound']}"
    return (quantity.low, quantity.high) == (entry.gives["low"], entry.gives["high"])


@pytest.mark.parametrize(("stem", "entry", "example"), list(_cases(FRAMES, "yes")))
def test_yes_examples_fire(stem: str, entry: Entry, example: str, kit: Kit) -> None:
    """Every yes example gives a note of its entry on the starred words."""
    text, spans = starred(example)
    got = found_at(stem, entry, read(text, kit))
    assert any(start <= spans[0].start < end for start, end in got)


@pytest.mark.parametrize(("stem", "entry", "example"), list(_cases(FRAMES, "no")))
def test_no_examples_do_not_fire(stem: str, entry: Entry, example: str, kit: Kit) -> None:
    """No counter-example gives a note of its entry on the starred words."""
    text, spans = starred(example)
    got = found_at(stem, entry, read(text, kit))
    assert not any(start <= spans[0].start < end for start, end in got)


@pytest.mark.parametrize("way", ["yes", "no"])
@pytest.mark.parametrize("entry", LISTS.entries["status"], ids=lambda e: e.id)
def test_status_examples(entry: Entry, way: str, kit: Kit) -> None:
    """An entry of status.toml gives its status to the starred word of its examples, and to no counter-example."""
    words = operators(kit.lexicons)
    for example in getattr(entry, way):
        text, spans = starred(example)
        sentence: Sentence = kit.parser.parse([("b0", 0, text)])[0][0]
        token = sentence.tokens_in(spans[0])[0]
        same = status_of(sentence, token, words) == entry.gives["status"]
        assert same == (way == "yes"), example


@pytest.mark.parametrize("way", ["yes", "no"])
@pytest.mark.parametrize("entry", LISTS.entries["contexts"], ids=lambda e: e.id)
def test_context_examples(entry: Entry, way: str, kit: Kit) -> None:
    """Acts of an example are about what its entry names; acts of a counter-example are not."""
    for example in getattr(entry, way):
        acts = read(starred(example)[0], kit).of(Act)
        assert acts, example
        assert any(entry.gives["context"] in a.context for a in acts) == (way == "yes"), example


REAL = frozenset({"happened", "ongoing"})
LETS = frozenset({"ground", "politics"})  # what these find lets an act stand


def _told(example: str, kit: Kit) -> bool:
    """Is an act, not one of long ago, told where the star stands, or anywhere?"""
    doc = read(starred(example)[0], kit)
    return any("historical" not in a.context and a.status in REAL for a in doc.of(Act))


@pytest.mark.parametrize("entry", LISTS.entries["not_acts"], ids=lambda e: e.id)
def test_not_acts_examples(entry: Entry, kit: Kit) -> None:
    """What an entry silences tells no act of these days, and its counter-example does; "ground" works the other way."""
    for example in entry.yes:
        assert _told(example, kit) == (entry.scope in LETS), example
    for example in entry.no:
        assert _told(example, kit) != (entry.scope in LETS), example
