"""The lists of people and of words about places prove themselves on their examples, both ways."""

from typing import Any

import pytest

from dateline.lexicons.load import Entry, load_lexicons
from dateline.model import Actor, Place
from dateline.stage import Kit
from tests.lexicons.reading import BEFORE, placed, read

LISTS = load_lexicons()
# Right, and not managed yet.
NOT_YET = {
    "The source of the Nile is far south.": "the source of a river is no voice",
    "A *member* of the council said nine had gone.": "the council makes the member a local leader",
    "He asked *not to be named* for fear of arrest.": "a reason told of a pronoun reaches nobody",
    "Spin Boldak *district* fell": "the recogniser takes the name for a person and its unit does not overrule it",
    "The governor of Charikar spoke": "the recogniser takes the name for a person",
}
# What the map's reader makes of an example: a place, a place that stands for its government, or nothing.
READS = {
    "place_words.leads": {"yes": "place"},
    "place_words.units": {"yes": "place", "no": "nothing"},
    "place_words.strong_units": {"yes": "place", "no": "nothing"},
    "place_words.papers": {"yes": "nothing", "no": "place"},
    "place_words.titles": {"yes": "nothing", "no": "place"},
    "place_words.never": {"yes": "nothing", "no": "place"},
    "place_words.ordinary": {"yes": "nothing", "no": "place"},
    "place_words.retaken": {"yes": "place", "no": "nothing"},
    "place_words.captured": {"yes": "place", "no": "nothing"},
    "place_words.governments": {"yes": "government", "no": "place"},
    "place_words.speaks": {"yes": "government", "no": "place"},
    "place_words.events": {"yes": "place", "no": "place"},
    "metonym.verb": {"yes": "government", "no": "place"},
}


def cases(*stems: str, ways: tuple[str, ...] = ("yes", "no")) -> list[Any]:
    return [
        pytest.param(
            entry,
            way,
            example,
            id=f"{entry.id}: {example}"[:60],
            marks=[pytest.mark.xfail(strict=True, reason=NOT_YET[example])] if example in NOT_YET else [],
        )
        for stem in stems
        for entry in LISTS.entries[stem]
        for way in ways
        for example in getattr(entry, way)
    ]


@pytest.mark.parametrize(("entry", "way", "example"), cases("people", "modifiers"))
def test_people(entry: Entry, way: str, example: str, kit: Kit) -> None:
    """The starred words name an actor of the entry's kind; a counter-example has no such actor."""
    text, starred = placed(example)
    actors = read(text, kit, Actor).of(Actor)
    kind = entry.gives.get("unnamed")
    if way == "yes":
        met = [a for a in actors if any(m.span.meets(starred) for m in a.mentions)]
        assert any(kind in (None, a.unnamed) for a in met)
    else:
        told = [m.span.of(text).lower() for a in actors if a.unnamed == kind for m in a.mentions]
        assert not [words for words in told if any(word in words for word in entry.words)]


@pytest.mark.parametrize(("entry", "way", "example"), cases("anonymity"))
def test_anonymity(entry: Entry, way: str, example: str, kit: Kit) -> None:
    """The reason for not naming someone lies on the words that give it."""
    text, starred = placed(example)
    given = [a.anonymity for a in read(text, kit, Actor).of(Actor) if a.anonymity]
    assert any(reason.holds(starred) for reason in given) == (way == "yes")


@pytest.mark.parametrize(("entry", "way", "example"), cases("titles"))
def test_titles(entry: Entry, way: str, example: str, kit: Kit) -> None:
    """A title makes a person of the name behind it."""
    text, starred = placed(example)
    people = [a for a in read(text, kit, Actor).of(Actor) if a.kind == "person"]
    assert any(m.span.end > starred.end for a in people for m in a.mentions) == (way == "yes")


@pytest.mark.parametrize(("entry", "way", "example"), cases("place_words", "metonyms"))
def test_place_words(entry: Entry, way: str, example: str, kit: Kit) -> None:
    """A word beside a name makes it a place, a government, or no place at all."""
    if way not in READS[entry.id]:
        pytest.skip("says only that the word is not there")
    text, _ = placed(example)
    found = [p for p in read(text, kit, Place).of(Place) if any(m.start >= len(BEFORE) for m in p.mentions)]
    read_as = "nothing" if not found else "government" if found[0].associative else "place"
    assert read_as == READS[entry.id][way]
