"""HTML → the article's words with marks. trafilatura says what the article is; what it throws away (pictures'
captions and credits, the order of headings) is put back in place from our own walk over the page.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from dateline.errors import InputError
from dateline.model import BlockKind, Mark, Span
from dateline.read.metadata import Metadata, metadata
from dateline.read.walk import Bit, bits

LOOKS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(
    r"</?(?:div|p|span|h[1-6]|a|br|img|article|section|meta|title|ul|li|b|i|em|strong)\b[^<>]*>",
    re.IGNORECASE,
)
TAGS_ENOUGH = 4  # in the first 4,000 characters of a fragment without a head
WRAPPERS = re.compile(
    r"<(/?)(div|section|span|font|center|article|b|i|em|strong|small|ul|ol|li)\b[^>]*>", re.IGNORECASE
)
DEPTH = 250  # libxml2's HTML parser drops what lies deeper
REGION = 0.85  # share of the article's characters that its smallest container holds
WHOLE_LINE = 60  # shorter words are looked for as a whole line of the article, longer ones anywhere in it
HEADS = frozenset({"headline", "crosshead"})
BESIDE_TEXT = frozenset({"caption", "credit", "byline", "standfirst", "dateline", "quote", "table"})
STANDFIRST_WORDS = 10
LINKED = 0.8  # share of the letters inside links, above which words are a menu's


@dataclass(frozen=True, slots=True)
class Page:
    """An article out of a page: its text, what the markup calls each part, and what its head says."""

    text: str
    marks: tuple[Mark, ...]
    title: str | None
    head: Metadata


def is_html(text: str) -> bool:
    """True where the text begins as a page does, or is a fragment full of a page's tags."""
    return LOOKS_HTML.match(text) is not None or len(TAG.findall(text[:4000])) >= TAGS_ENOUGH


def read_html(page: str, source: str) -> Page:
    """The article of a page.

    Raises InputError, naming ``source``, where there is no article in it.
    """
    tree = _parse(page)
    if tree is None:
        raise InputError("no article text found", where=source, todo="save the whole page, or give its text")
    if max(_depths(tree)) >= DEPTH:
        page = WRAPPERS.sub(_shallow, page)
        tree = _parse(page)
    head = metadata(tree, page)
    chosen = _chosen(list(bits(tree)), _main(page), head.title)
    if not any(bit.kind in ("paragraph", "list", "quote", "table") for bit in chosen):
        raise InputError("no article text found", where=source, todo="save the whole page, or give its text")
    title = next((bit.words for bit in chosen if bit.kind == "headline"), None) or head.title
    text, marks = _joined(chosen)
    return Page(text, marks, title, head)


def _parse(page: str) -> Any:
    parser = lxml_html.HTMLParser(encoding="utf-8", recover=True, huge_tree=True)
    try:
        return lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but comments and declarations
        return None


def _depths(tree: Any) -> Iterator[int]:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        yield depth


def _shallow(tag: re.Match[str]) -> str:
    """A page nested too deep for any parser is read by its paragraphs alone."""
    return " " if tag[1] or tag[2].lower() in ("span", "font", "b", "i", "em", "strong", "small") else "<p>"


def _main(page: str) -> frozenset[str]:
    """Lines of the main text, as trafilatura sees it, or its baseline for pages that it cannot make out."""
    from trafilatura import bare_extraction, baseline

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(page, include_comments=False, include_tables=True, deduplicate=False, with_metadata=False)
    text = getattr(found, "text", None) or baseline(page)[1]
    return frozenset(" ".join(line.strip("-• ").split()) for line in (text or "").splitlines() if line.strip())


def _chosen(found: Sequence[Bit], main: frozenset[str], title: str | None) -> list[Bit]:
    """What trafilatura kept and what belongs beside it, from the headline to the article's last word."""
    whole = "\n".join(main)
    kept = [_kept(bit, main, whole) for bit in found]
    menu = [bit.outside and bit.linked > LINKED for bit in found]
    body = [i for i, bit in enumerate(found) if kept[i] and not menu[i] and bit.kind not in HEADS]
    if not body:
        return []
    region = _region([found[i] for i in body])
    inside = [i for i, bit in enumerate(found) if region is bit.element or region in bit.element.iterancestors()]
    first, last = min(inside), max(inside)
    start = _headline(found[: body[0]], title)
    out: list[Bit] = []
    for i, bit in enumerate(found[: last + 1]):
        if i >= (first if start is None else min(start, first)) and (start is None or i >= start or kept[i]):
            out += _taken(bit, kept[i], region_reached=i >= first)
    if title and not any(bit.kind == "headline" for bit in out):
        out.insert(0, Bit(title, "headline", None, False, 0.0, False, False))
    return _retold(out)


def _kept(bit: Bit, main: frozenset[str], whole: str) -> bool:
    words = " ".join(bit.words.split())
    return words in main or (len(words) >= WHOLE_LINE and words in whole)


def _region(kept: Sequence[Bit]) -> Any:
    """The smallest element that holds most of the article."""
    held: dict[Any, int] = {}
    depth: dict[Any, int] = {}
    for bit in kept:
        above = [bit.element, *bit.element.iterancestors()]
        for level, element in enumerate(above):
            held[element] = held.get(element, 0) + len(bit.words)
            depth[element] = len(above) - level
    total = sum(len(bit.words) for bit in kept)
    region = max((e for e in held if held[e] >= REGION * total), key=lambda e: depth[e])
    return region.getparent() if region.tag == "p" and region.getparent() is not None else region


def _headline(above: Sequence[Bit], title: str | None) -> int | None:
    """Index of the headline over the article: the one that the page's title names, else the last."""
    heads = [i for i, bit in enumerate(above) if bit.kind == "headline"]
    named = [i for i in heads if title and above[i].words.casefold()[:30] == title.casefold()[:30]]
    return next(reversed(named or heads), None)


def _taken(bit: Bit, kept: bool, region_reached: bool) -> Iterator[Bit]:
    if kept or (bit.kind in BESIDE_TEXT and not bit.outside) or (bit.picture and not bit.linked):
        yield bit
    elif bit.outside or bit.linked > LINKED:
        return
    elif bit.kind in HEADS:
        if region_reached or bit.kind == "headline":
            yield bit
    elif bit.element.tag == "p" or bit.words.rstrip('"”’)')[-1:] in (".", "!", "?"):
        yield bit
    else:
        yield replace(bit, kind="boilerplate")


def _retold(chosen: Sequence[Bit]) -> list[Bit]:
    """A bold line is a crosshead; a long heading right under the headline is a standfirst."""
    out: list[Bit] = []
    for bit in chosen:
        kind: BlockKind = bit.kind
        count = len(bit.words.split())
        told = any(b.kind == "paragraph" for b in out)
        if kind == "crosshead" and count >= STANDFIRST_WORDS and out and out[-1].kind == "headline":
            kind = "standfirst"
        elif kind == "standfirst" and told:
            kind = "crosshead" if count < STANDFIRST_WORDS else "paragraph"
        elif kind == "paragraph" and bit.bold and told and count <= 12 and bit.words[-1:] not in '.!?:,;"”’':
            kind = "crosshead"
        if not (out and out[-1].words == bit.words and out[-1].kind in HEADS):
            out.append(replace(bit, kind=kind))
    return out


def _joined(chosen: Sequence[Bit]) -> tuple[str, tuple[Mark, ...]]:
    """One text, a blank line between bits, and a mark over each."""
    marks, at = [], 0
    for bit in chosen:
        marks.append(Mark(Span(at, at + len(bit.words)), bit.kind))
        at += len(bit.words) + 2
    return "\n\n".join(bit.words for bit in chosen), tuple(marks)
