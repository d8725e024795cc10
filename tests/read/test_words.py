"""The word lists of blocks prove themselves: each starred passage becomes a block of the entry's kind."""

import re

import pytest

from dateline.lexicons.load import Entry, load_lexicons
from dateline.model import Block

from .test_blocks import read

ENTRIES = [e for e in load_lexicons().entries["blocks"] if "kind" in e.gives or "within" in e.gives]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_examples(entry: Entry) -> None:
    """A starred passage is found as what the entry gives; in the counter-examples nothing is."""
    kind = entry.gives.get("kind", "credit")
    assert entry.yes and entry.no
    for example in entry.yes:
        hit = re.search(r"\*(.+?)\*", example)
        assert hit
        text = example.replace("*", "").replace(" / ", "\n\n")
        found = [b.span.of(text) for b in read(text).of(Block) if b.kind == kind]
        assert any(hit[1].startswith(words) or words == hit[1] for words in found), (example, found)
    for example in entry.no:
        text = example.replace(" / ", "\n\n")
        assert not [b for b in read(text).of(Block) if b.kind == kind], example
