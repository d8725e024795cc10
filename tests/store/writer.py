"""A process that adds the samples one by one and says so, to be killed: ``python -m tests.store.writer RECORD PARSES``.

PARSES is what the parser gave for them, so that the process begins within a second.
"""

import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.cli.samples import samples
from dateline.kit import load_gazetteer
from dateline.lexicons.load import load_lexicons
from dateline.record import Page, Record
from dateline.stage import Kit
from tests.store.pages import Clock, Remembering


@dataclass
class Mute:
    """Stands for a parser that has parsed all there is."""

    name: str
    version: str
    digest: str

    def parse(self, passages: Any) -> Any:
        assert not passages, "every parse is known"
        return []


def pages() -> list[Page]:
    """The samples, as published."""
    return [Page(s.raw, s.name, s.published, s.outlet) for s in samples()[:20]]


def main(place: str, parses: Path) -> None:
    """Add each page, telling of each when it is kept."""
    name, known, filters = pickle.loads(parses.read_bytes())
    words = load_lexicons()
    kit = Kit(Remembering(Mute(*name), known), words, load_gazetteer(words), filters)
    print("ready", flush=True)
    sys.stdin.readline()
    with Record.open(place, kit, Clock()) as record:
        for page in pages():
            added = record.add(page.raw, page.source, page.published, page.outlet)
            print(added.id, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
