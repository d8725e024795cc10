"""HTML tree → bits: each stretch of words that stands by itself on the page, with what its markup calls it.

The walk is flat (no recursion), so that a page nested ten thousand deep costs no more than its tags.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml import etree

from dateline.model import BlockKind

TAGS: dict[str, BlockKind] = {
    "h1": "headline", "h2": "crosshead", "h3": "crosshead", "h4": "crosshead", "h5": "crosshead",
    "h6": "crosshead", "figcaption": "caption", "blockquote": "quote", "li": "list", "dt": "list",
    "dd": "list", "p": "paragraph", "pre": "paragraph",
}  # fmt: skip
# words in class, id, itemprop or rel → kind; what publishers' own style sheets call these parts
NAMED: dict[BlockKind, frozenset[str]] = {
    "credit": frozenset(
        {"credit", "credits", "copyright", "photocredit", "attribution", "copyrightholder", "photographer"}
    ),
    "caption": frozenset({"caption", "captions", "cutline"}),
    "byline": frozenset({"byline", "by", "author", "authors", "bylines"}),
    "standfirst": frozenset(
        {"standfirst", "subtitle", "subhead", "subheadline", "subheading", "dek", "deck", "sell", "teaser",
         "alternativeheadline"}
    ),
    "dateline": frozenset({"dateline", "timestamp", "dateposted", "publishdate", "pubdate"}),
    "quote": frozenset({"pullquote", "tweet"}),
    "boilerplate": frozenset(
        {"share", "sharing", "social", "related", "newsletter", "subscribe", "promo", "advertisement", "ad",
         "ads", "disclaimer", "comments", "breadcrumb", "breadcrumbs", "recommended", "tags", "foot"}
    ),
}  # fmt: skip
BY_NAME = {word: kind for kind, words in NAMED.items() for word in words}
WITHIN_PICTURE = frozenset({"figure", "figcaption"})
OUTSIDE = frozenset({"nav", "footer", "aside", "form", "menu", "dialog"})
OUTSIDE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "banner", "search", "menu", "dialog"})
DROPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "button", "select", "head", "title",
     "textarea", "object", "embed", "audio", "video", "canvas", "map", "math", "datalist", "applet"}
)  # fmt: skip
BLOCKS = frozenset(
    {*TAGS, *OUTSIDE, "div", "section", "article", "main", "header", "body", "html", "figure", "ul", "ol",
     "dl", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "address", "hr", "center",
     "details", "summary", "fieldset"}
)  # fmt: skip
INLINE = frozenset({"span", "a", "b", "em", "i", "strong"})
SPACE = re.compile(r"[\s\u00a0]+")
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
CELL_LENGTH = 300  # characters; a table whose cells hold more lays out the page


@dataclass(slots=True)
class Bit:
    """Words that stand by themselves.

    ``outside``: inside a menu, footer or aside; ``linked``: share of them inside links; ``bold``: all of
    them; ``picture``: inside a figure or caption.
    """

    words: str
    kind: BlockKind
    element: Any
    outside: bool
    linked: float
    bold: bool
    picture: bool


@dataclass(slots=True)
class _Frame:
    """What an open element passes down to the words in it."""

    element: Any
    kind: BlockKind
    block: bool
    outside: bool
    link: bool
    bold: bool
    picture: bool


@dataclass(slots=True)
class _Buffer:
    words: list[str] = field(default_factory=list)
    linked: int = 0
    plain: int = 0  # letters that are neither bold nor strong
    total: int = 0

    def add(self, words: str | None, frame: _Frame) -> None:
        """Words as the page shows them: line ends of its source are spaces."""
        if words:
            self.words.append(UNSEEN.sub("", SPACE.sub(" ", words)))
            letters = len(words.strip())
            self.total += letters
            self.linked += letters if frame.link else 0
            self.plain += 0 if frame.bold else letters


def bits(root: Any) -> Iterator[Bit]:
    """All bits of a page, in the order of its source."""
    bottom = _Frame(root, "paragraph", True, False, False, False, False)
    frames, buffer = [bottom], _Buffer()
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        top = frames[-1]
        if event in ("comment", "pi") or not isinstance(element.tag, str):
            if element is not root:
                buffer.add(element.tail, top)
            continue
        tag = element.tag.lower()
        if event == "start":
            frame = _frame(element, tag, top)
            if frame.block:
                yield from _flush(buffer, top)
                buffer = _Buffer()
            frames.append(frame)
            table = _data_table(element) if tag == "table" else None
            if table is not None:
                yield Bit(table, "table", element, frame.outside, 0.0, False, False)
            if tag in DROPPED or table is not None:
                walker.skip_subtree()
            elif tag == "br":
                buffer.words.append("\n")
            else:
                buffer.add(element.text, frame)
            continue
        frame = frames.pop()
        if frame.block:
            yield from _flush(buffer, frame)
            buffer = _Buffer()
        if element is not root:
            buffer.add(element.tail, frames[-1])
    yield from _flush(buffer, bottom)


def _frame(element: Any, tag: str, above: _Frame) -> _Frame:
    named = _named(element)
    picture = above.picture or tag in WITHIN_PICTURE or named == "caption"
    kind = TAGS.get(tag, above.kind if tag not in BLOCKS else _passed_down(above.kind))
    if tag == "p" and above.kind in (
        "quote",
        "caption",
        "credit",
        "boilerplate",
        "list",
        "standfirst",
        "byline",
    ):
        kind = above.kind
    if named and (named != "byline" or tag not in INLINE):
        kind = named if not (named == "boilerplate" and tag in ("body", "html", "article", "main")) else kind
    if picture and tag in ("small", "cite"):
        kind = "credit"
    return _Frame(
        element,
        kind,
        block=tag in BLOCKS or (picture and kind != above.kind and kind in ("credit", "caption")),
        outside=above.outside or tag in OUTSIDE or element.get("role", "").lower() in OUTSIDE_ROLES,
        link=above.link or tag == "a",
        bold=above.bold or tag in ("b", "strong"),
        picture=picture,
    )


def _passed_down(kind: BlockKind) -> BlockKind:
    """A division inside a heading or paragraph starts afresh; inside a quote or a notice it does not."""
    return (
        kind if kind in ("quote", "caption", "credit", "boilerplate", "list", "standfirst", "byline") else "paragraph"
    )


def _named(element: Any) -> BlockKind | None:
    names = " ".join(element.get(key, "") for key in ("class", "id", "itemprop", "rel")).lower()
    if not names or len(names) > 500:
        return None
    words = re.split(r"[^a-z]+", names)
    pairs = [one + two for one, two in pairwise(words)]
    found = [BY_NAME[word] for word in (*words, *pairs) if word in BY_NAME]
    return found[0] if found else None


def _flush(buffer: _Buffer, frame: _Frame) -> Iterator[Bit]:
    """One bit for each paragraph of the buffer: two line breaks in a row part paragraphs."""
    total = max(1, buffer.total)
    for part in re.split(r"\n[^\S\n]*\n", "".join(buffer.words)):
        words = "\n".join(filter(None, (re.sub(" +", " ", line).strip() for line in part.split("\n"))))
        if words:
            linked = buffer.linked / total
            yield Bit(words, frame.kind, frame.element, frame.outside, linked, buffer.plain == 0, frame.picture)


def _data_table(table: Any) -> str | None:
    """Rows of a table that holds data, cells parted by bars; None for one that lays out the page."""
    rows = [
        [SPACE.sub(" ", "".join(cell.itertext())).strip() for cell in row.iter("td", "th")] for row in table.iter("tr")
    ]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2 or any(len(cell) > CELL_LENGTH for cell in cells):
        return None
    if next(table.iter("p", "h1", "h2", "article", "figure"), None) is not None or table.find(".//table") is not None:
        return None
    return "\n".join(" | ".join(filter(None, row)) for row in rows if any(row)) or None
