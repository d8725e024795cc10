"""Blocks → stories: does the page carry one story under thematic cross-headings, or several?

Told by form alone. A page is a *roundup*, each crosshead of which opens a story, when it has at least two
crossheads, they are not mostly themes ("Background", "What next?"), and one of these holds:

- nothing is told before the first crosshead: no paragraph stands between the headline and it;
- two sections or more carry a dateline or byline of their own;
- the headline says so ("World in brief", "As it happened").

On any other page a crosshead opens a story only where a dateline or byline stands right under it. A second
headline always does. What stands above the first story (headline, day, picture) goes with it; a clock or day
line right above a crosshead goes with that crosshead.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dateline.model import Block, Story
from dateline.read.datelines import is_day_line
from dateline.read.words import Words
from dateline.stage import Doc, Kit, stage

HEADS = frozenset({"headline", "crosshead"})
TELLS = frozenset({"paragraph", "quote", "list", "table"})
OPENS = frozenset({"dateline", "byline"})
THEMES = 0.5  # share of crossheads; a roundup may have one that sounds like a theme


@stage(needs=(Block,), gives=Story)
def stories(doc: Doc, kit: Kit) -> Iterator[Story]:
    """The stories of a page, in order; each block that is not boilerplate belongs to exactly one."""
    found = [block for block in doc.of(Block) if block.kind != "boilerplate"]
    text = doc.report.text
    heads: list[int | None] = list(_openings(found, text, Words.of(kit.lexicons)))
    starts = [_with_day_line(found, i, text) for i in heads if i is not None]
    if found and not (starts and _untold(found[: starts[0]])):
        heads.insert(0, next((i for i, block in enumerate(found) if block.kind == "headline"), None))
        starts.insert(0, 0)
    edges = [0, *starts[1:], len(found)]
    for number, (head, (start, stop)) in enumerate(zip(heads, pairwise(edges), strict=False)):
        headline = found[head].id if head is not None and head < stop else None
        yield Story(f"s{number}", headline, tuple(block.id for block in found[start:stop]))


def _openings(found: Sequence[Block], text: str, words: Words) -> Iterator[int]:
    """Indices of the headings below the page's own that open a story."""
    first = next((i for i, block in enumerate(found) if block.kind == "headline"), -1)
    heads = [i for i, block in enumerate(found) if block.kind in HEADS and i > first]
    sections = {i: found[i:stop] for i, stop in pairwise([*heads, len(found)])}
    told = {i: section for i, section in sections.items() if not _untold(section)}
    roundup = _roundup(list(told.values()), found[: heads[0]] if heads else (), text, words)
    for i, section in told.items():
        if roundup or section[0].kind == "headline" or section[1].kind in OPENS:
            yield i


def _roundup(sections: Sequence[Sequence[Block]], above: Sequence[Block], text: str, words: Words) -> bool:
    """True when every section is a story; each begins with its heading, ``above`` stands over the first."""
    titles = [section[0].span.of(text).lower() for section in sections]
    themes = sum(title.startswith(words.theme) or title.endswith("?") for title in titles)
    if len(titles) < 2 or themes > THEMES * len(titles):
        return False
    own = sum(any(block.kind in OPENS for block in section) for section in sections)
    headline = next((block.span.of(text).lower() for block in above if block.kind == "headline"), "")
    return _untold(above) or own >= 2 or any(word in headline for word in words.roundup)


def _untold(section: Sequence[Block]) -> bool:
    """True when nothing is told in these blocks: headings, pictures and datelines only."""
    return not any(block.kind in TELLS for block in section)


def _with_day_line(found: Sequence[Block], head: int, text: str) -> int:
    """Where the story of this heading starts: at the clock or day line right above it, if there is one."""
    above = found[head - 1] if head else None
    day = above is not None and above.kind == "dateline" and is_day_line(above.span.of(text))
    return head - 1 if day else head
