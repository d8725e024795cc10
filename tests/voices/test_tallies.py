"""Numbers that somebody is said to give without a verb of saying; the list's own examples."""

import re

import pytest

from dateline.lexicons.load import load_lexicons
from dateline.model import Attribution
from dateline.stage import Kit
from tests.lexicons.reading import placed, read

ENTRIES = load_lexicons().entries["tallies"]
TOLD = (
    ("*Police* put the toll at 12.", "the toll at 12"),
    ("*The hospital* gives the dead as nine.", "the dead as nine"),
    ("*The mayor* raised the number of dead to nine.", "the number of dead to nine"),
    ("*The ministry*'s tally is 23 soldiers.", "23 soldiers"),
    ("*The committee* has counted 104.", "104"),
    ("*The office* had a figure of 392.", "a figure of 392"),
)
DEEDS = (
    "The army raised the number of troops in the valley to 900.",
    "The raid claimed nine lives.",
    "Two boys counted 40 lorries.",
    "Its tally is 23.",
)


def voices(text: str, kit: Kit) -> list[tuple[str, str]]:
    """Speaker and first words of every statement."""
    doc = read(text, kit, Attribution)
    whole = doc.report.text
    return [
        (a.holders[0].span.of(whole) if a.holders[0].span else "", a.content[0].of(whole)) for a in doc.of(Attribution)
    ]


@pytest.mark.parametrize(("text", "content"), TOLD)
def test_a_number_is_given(text: str, content: str, kit: Kit) -> None:
    """The starred voice gives the number."""
    speaker = re.findall(r"\*(.+?)\*", text)[0]
    assert (speaker, content) in voices(placed(text)[0], kit)


@pytest.mark.parametrize("text", DEEDS)
def test_a_deed_is_no_telling(text: str, kit: Kit) -> None:
    """Raising troops, taking lives and counting lorries are deeds, and "its" is no voice of its own."""
    assert voices(placed(text)[0], kit) == []


@pytest.mark.parametrize("example", [x for e in ENTRIES for x in e.yes])
def test_a_tally_is_found(example: str, kit: Kit) -> None:
    """Somebody speaks in the example."""
    assert voices(placed(example)[0], kit)


@pytest.mark.parametrize("example", [x for e in ENTRIES for x in e.no])
def test_no_tally_is_found(example: str, kit: Kit) -> None:
    """Nobody speaks in the counter-example."""
    assert not voices(placed(example)[0], kit)
