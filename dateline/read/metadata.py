"""What a page's head says of it: title, publisher, authors, language, and its own dates of publication."""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# Most trusted first; names as schema.org, OpenGraph, Dublin Core and the common publishing systems have them
DATE_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date",
    "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "parsely-pub-date",
    "sailthru.date", "article.published", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
ARTICLE = re.compile(r"Article|Posting|Report|Review|Live", re.IGNORECASE)
SITE = re.compile(r"(?P<headline>.{10,}\S)\s+(?:\||-|–|—|::|»)\s+(?P<site>[^|–—:»]{3,40})$")
DEEPEST = 200  # nodes of a JSON-LD block that are looked into


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    language: str | None
    dates: tuple[str, ...]  # as written, most trusted first


def metadata(tree: Any, page: str) -> Metadata:
    """Read the head of a page; trafilatura finds title, site and authors, our own code the dates.

    Its dates are left alone: they are guessed from addresses and modification times where nothing is stated.
    """
    from trafilatura import extract_metadata

    logging.getLogger("trafilatura").setLevel(logging.ERROR)
    found = extract_metadata(page, date_config={"extensive_search": False, "original_date": True})
    authors = tuple(a.strip() for a in (found.author or "").split(";") if a.strip()) if found else ()
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
    return Metadata(
        (found and found.title) or None,
        (found and found.sitename) or _publisher(tree, (found and found.title) or ""),
        authors,
        language or None,
        tuple(dict.fromkeys(_dates(tree))),
    )


def _publisher(tree: Any, title: str) -> str | None:
    """Dublin Core's publisher, or what stands behind the headline in the window's title."""
    for element in tree.iter("meta"):
        if (element.get("name") or "").lower() in ("dc.publisher", "publisher"):
            return element.get("content") or None
    window = "".join(next((element.itertext() for element in tree.iter("title")), ()))
    found = SITE.match(window.strip())
    return found["site"] if found and title and found["headline"].startswith(title[:30]) else None


def _dates(tree: Any) -> Iterator[str]:
    yield from _linked_data(tree)
    stated: dict[str, list[str]] = {}
    for element in tree.iter("meta", "time", "span", "div"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = element.get("content") or element.get("datetime")
        if value and name:
            stated.setdefault(name.strip().lower(), []).append(value.strip())
    for name in DATE_NAMES:
        yield from stated.get(name, [])[:1]
    yield from _times(tree)


def _times(tree: Any) -> Iterator[str]:
    """``<time>`` where it marks publication, or where all of a page's times fall on one day."""
    times = [e for e in tree.iter("time") if e.get("datetime")]
    marked = [e for e in times if e.get("pubdate") is not None or "publish" in (e.get("class") or "").lower()]
    if marked:
        yield marked[0].get("datetime").strip()
    elif len({e.get("datetime").strip()[:10] for e in times}) == 1:
        yield times[0].get("datetime").strip()


def _linked_data(tree: Any) -> Iterator[str]:
    """``datePublished`` of the articles in a page's JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json") and script.text:
            try:
                todo = [json.loads(script.text)]
            except (ValueError, RecursionError):
                continue
            for _ in range(DEEPEST):
                if not todo:
                    break
                node = todo.pop(0)
                if isinstance(node, dict):
                    value = node.get("datePublished")
                    if isinstance(value, str) and ARTICLE.search(str(node.get("@type", "Article"))):
                        yield value
                    todo += [v for v in node.values() if isinstance(v, dict | list)]
                elif isinstance(node, list):
                    todo += node
