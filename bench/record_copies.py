"""Copies that are made for the purpose out of what others have written: cut, re-led, mixed, three sentences lifted.

Each text of one story is reprinted in four ways and compared with the one it came from; and each with the independent
texts of its story, which are no copies. Nothing is drawn: what is cut and what is mixed in follows from the text.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from dateline.across import Copy
from dateline.join.copies import compared
from dateline.join.prints import Print, print_of

SENTENCES = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[A-Z\"“])")
SHORTEST = 8  # sentences of a text that is worth reprinting
LONG = 20  # sentences of a text of which three are a small part
DAY = date(2000, 1, 1)
GOAL = {"cut": 0.99, "re-led": 0.99, "mixed": 0.99, "lifted": 0.90}


@dataclass(slots=True)
class Found:
    """How many reprints of each kind are recognised, and how many independent pairs are taken for copies."""

    made: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    pairs: int = 0
    alarms: list[tuple[str, str, Copy]] = field(default_factory=list)


def texts(data: Path) -> dict[str, dict[str, str]]:
    """Story → id → text, of the ECB+ texts. Raises FileNotFoundError where they are not there."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with (data / "record" / "ecbplus_topics_1-35.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found[str(row["subtopic"])][str(row["doc"])] = str(row["text"])
    return dict(found)


def score(stories: Mapping[str, Mapping[str, str]]) -> Found:
    """Reprint each long enough text, and compare every pair of each story."""
    out = Found()
    everybody = sorted((id, text) for story in stories.values() for id, text in story.items())
    for story in stories.values():
        for a, b in combinations(sorted(story), 2):
            out.pairs += 1
            copy = compared(printed(b, story[b], 1), printed(a, story[a], 0))
            if copy is not None:
                out.alarms.append((a, b, copy))
        for id, text in sorted(story.items()):
            other = _stranger(id, everybody, story)
            for kind, made in reprints(text, other):
                out.made[kind] += 1
                out.seen[kind] += compared(printed("copy", made, 1), printed(id, text, 0)) is not None
    return out


def reprints(text: str, other: str) -> Iterator[tuple[str, str]]:
    """A text cut to its first third, with a lead of its own, mixed half and half, and three of its sentences lifted."""
    own, strange = sentences(text), sentences(other)
    if len(own) < SHORTEST or len(strange) < SHORTEST:
        return
    third, half = max(3, len(own) // 3), len(own) // 2
    yield "cut", " ".join(own[:third])
    yield "re-led", " ".join([strange[0], *own[1:]])
    yield "mixed", " ".join([*own[:half], *strange[: len(strange) // 2]])
    if len(own) >= LONG:
        a, b, c = own[len(own) // 4], own[len(own) // 2], own[3 * len(own) // 4]
        yield "lifted", " ".join([*strange[:3], a, *strange[3:6], b, *strange[6:], c])


def sentences(text: str) -> list[str]:
    """A text cut at its full stops."""
    return [s.strip() for s in SENTENCES.split(" ".join(text.split())) if s.strip()]


def printed(id: str, text: str, later: int) -> Print:
    """The print of a text, one paragraph of it all."""
    return print_of(id, DAY + timedelta(later), [text])


def _stranger(id: str, everybody: Sequence[tuple[str, str]], story: Mapping[str, str]) -> str:
    """The next long enough text of another story."""
    start = next(n for n, (other, _) in enumerate(everybody) if other == id)
    around = (*everybody[start + 1 :], *everybody[:start])
    return next((text for other, text in around if other not in story and len(sentences(text)) >= LONG), "")
