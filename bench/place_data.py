"""Reads the place corpora that bench/places.py scores on: LGL, TR-News, HumSet and event_location."""

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Gold:
    """A place name as annotators marked it; point and id None where they gave none."""

    start: int
    end: int
    latitude: float | None = None
    longitude: float | None = None
    geonames: str | None = None
    associative: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One document of a corpus."""

    id: str
    text: str
    outlet: str | None
    published: str | None
    gold: tuple[Gold, ...]


def articles(path: Path) -> list[Page]:
    """LGL or TR-News: names without a point are left out, as in the guide to geoparsing evaluation."""
    pages = []
    # LGL's half here has a stray closing tag, so each article is read by itself
    for source in re.findall(r"<article docid=.*?</article>", path.read_text(encoding="utf-8"), re.DOTALL):
        article = ET.fromstring(source)
        text = article.findtext("text") or ""
        marks = [g for t in article.iter("toponym") if (g := _toponym(t, text)) is not None]
        day = (article.findtext("dltime") or "").strip()[:10] or None
        outlet = (article.findtext("domain") or "").strip() or None
        if text:
            pages.append(Page(article.get("docid") or "", text, outlet, day, tuple(marks)))
    return pages


def _toponym(mark: Any, text: str) -> Gold | None:
    tag = mark.find("gaztag")
    if tag is None or tag.findtext("lat") is None:
        return None
    phrase, start = mark.findtext("phrase"), int(mark.findtext("start"))
    if not text.startswith(phrase, start):  # some of TR-News's offsets have slipped by a line end or two
        near = [m.start() for m in re.finditer(re.escape(phrase), text)]
        if not near:
            return None
        start = min(near, key=lambda at: abs(at - start))
    point = float(tag.findtext("lat")), float(tag.findtext("lon"))
    return Gold(start, start + len(phrase), *point, tag.get("geonameid"))


def humset(folder: Path) -> list[Page]:
    """HumSet: every place span, literal and associative, with GeoNames ids where a lead's name has one."""
    ids: dict[tuple[str, str], str] = {}
    with (folder / "humset_even_geocodes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ids[row["lead_id"], row["toponym"].lower()] = row["geonameid"]
    pages = []
    for lead in json.loads((folder / "humset_even.json").read_text(encoding="utf-8")):
        marks = []
        for mark in lead["annotations"]:
            code = ids.get((str(lead["lead_id"]), mark["text"].lower()))
            kind = str(mark.get("label") or mark.get("type") or "")
            marks.append(Gold(mark["start"], mark["end"], geonames=code, associative=kind == "AST"))
        pages.append(Page(str(lead["lead_id"]), lead["text"], None, None, tuple(marks)))
    return pages


@dataclass(frozen=True, slots=True)
class EventPlace:
    """A sentence, its marked verb, and where that happened; offsets from token ids, since the spans' own are
    off.
    """

    text: str
    verb: tuple[int, int]
    places: tuple[tuple[int, int], ...]


def event_places(path: Path) -> Iterator[EventPlace]:
    """Rows of event_location that have a verb."""
    for line in path.read_text(encoding="utf-8").splitlines():
        loaded = json.loads(line)
        for row in loaded if isinstance(loaded, list) else [loaded]:
            tokens = {t["id"]: t for t in row.get("tokens", ())}
            found: dict[str, list[tuple[int, int]]] = {"VERB": [], "LOCATION": []}
            for span in row.get("spans", ()):
                first, last = tokens.get(span.get("token_start")), tokens.get(span.get("token_end"))
                if first and last and span["label"] in found:
                    found[span["label"]].append((first["start"], last["end"]))
            if found["VERB"]:
                yield EventPlace(row["text"], found["VERB"][-1], tuple(found["LOCATION"]))
