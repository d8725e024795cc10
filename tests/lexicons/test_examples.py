"""The lists of voices prove themselves: each example is read, and found or left alone as it says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from dateline.lexicons.load import Entry, load_lexicons
from dateline.model import Attribution, Holder
from dateline.stage import Doc, Kit
from tests.lexicons.reading import BEFORE, placed, read

LISTS = load_lexicons()
BODY = BEFORE.split("\n\n")[1]
NOUNS = frozenset({"relay.document", "relay.media", "relay.media_name"})  # these name a carrier, and do not lead to one
# Examples that are right and that the rules do not manage yet; strict, so that a cure shows.
NOT_YET: dict[str, str] = {
    example: reason
    for reason, found in {
        "the object is a thing, and only a thing said can be said": [
            "They added two checkpoints to the road.",
            "Smoke signalled the start of the day.",
            "The beams were stressed by the weight.",
            "Police cited two drivers for speeding.",
            "She is expecting a child in May.",
            "The crowd pressed against the gate.",
            "The road described a wide arc.",
            "Police questioned two drivers.",
            "Rebels attacked the base with rockets.",
            "Fighters defended the bridge with mortars.",
            "Pillars supported the roof.",
        ],
        "the cue is a noun inside another cue's content": ["The minister brushed aside a *question* about the toll."],
        "who was told in an interview is not taken for a carrier": [
            "The governor said in an *interview* with the radio that he would stay."
        ],
    }.items()
    for example in found
}
TWICE = {"cues": "ask, attest, consider, observe, recognise", "relays": "pass, post, record, report, source"}


def examples(*lists: tuple[str, str]) -> list[Any]:
    return [case for stem, way in lists for case in _cases(stem, way)]


def _cases(stem: str, way: str) -> Iterator[Any]:
    for entry in LISTS.entries[stem]:
        for example in getattr(entry, way):
            reason = NOT_YET.get(example)
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(entry, example, id=f"{entry.id}: {example}"[:60], marks=marks)


def cued_by(entry: Entry, doc: Doc) -> list[Attribution]:
    return [a for a in doc.of(Attribution) if a.rule.split("/")[0] == entry.id]


def relayed(doc: Doc) -> list[Holder]:
    return [h for a in doc.of(Attribution) for h in a.holders if h.rule.startswith("relay.")]


@pytest.mark.parametrize(
    "stem",
    [
        pytest.param(s, marks=[pytest.mark.xfail(strict=True, reason=TWICE[s])] if s in TWICE else [])
        for s in ("cues", "cue_nouns", "relays", "line_labels")
    ],
)
def test_a_word_leads_to_one_entry(stem: str) -> None:
    """These lists are asked word by word, so a word in two entries would silently mean the later one."""
    words = [word for entry in LISTS.entries[stem] for word in entry.words]
    assert not sorted({word for word in words if words.count(word) > 1})


@pytest.mark.parametrize(("entry", "example"), examples(("cues", "yes"), ("cue_nouns", "yes")))
def test_a_cue_is_found(entry: Entry, example: str, kit: Kit) -> None:
    """The starred words are the cue of an attribution which that entry made."""
    text, starred = placed(example)
    assert any(a.cue and a.cue.meets(starred) for a in cued_by(entry, read(text, kit, Attribution)))


@pytest.mark.parametrize(("entry", "example"), examples(("cues", "no"), ("cue_nouns", "no")))
def test_no_cue_is_found(entry: Entry, example: str, kit: Kit) -> None:
    """The entry makes nothing of its counter-example."""
    assert not cued_by(entry, read(placed(example)[0], kit, Attribution))


@pytest.mark.parametrize(("entry", "example"), examples(("relays", "yes")))
def test_a_relay_is_followed(entry: Entry, example: str, kit: Kit) -> None:
    """Somebody carries the words of the example; a word for a carrier is at least known as that."""
    text, starred = placed(example)
    if entry.id in NOUNS:
        assert kit.lexicons.word("relays", starred.of(text).lower()) == entry
    else:
        assert relayed(read(text, kit, Attribution))


@pytest.mark.parametrize(("entry", "example"), examples(("relays", "no")))
def test_no_relay_is_followed(entry: Entry, example: str, kit: Kit) -> None:
    """Nobody carries anything in the counter-example."""
    assert not relayed(read(placed(example)[0], kit, Attribution))


@pytest.mark.parametrize(("entry", "example"), examples(("line_labels", "yes")))
def test_a_label_is_nobodys_voice(entry: Entry, example: str, kit: Kit) -> None:
    """What stands before the colon of a headline is no speaker where the list says so."""
    label = re.findall(r"\*(.+?)\*", example)[0]
    doc = read(f"{example.replace('*', '')}\n\n{BODY}", kit, Attribution)
    voices = [h.span.of(doc.report.text) for a in doc.of(Attribution) for h in a.holders if h.span]
    assert label not in voices


@pytest.mark.parametrize(("entry", "example"), examples(("line_labels", "no")))
def test_a_name_before_a_colon_is_a_voice(entry: Entry, example: str, kit: Kit) -> None:
    """A name that is no label speaks the rest of the headline."""
    doc = read(f"{example}\n\n{BODY}", kit, Attribution)
    assert any(a.rule.startswith("line.") for a in doc.of(Attribution))
