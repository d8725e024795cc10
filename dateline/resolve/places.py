"""Place mentions → places: each a point or an area on the map, with its chain in words and the reasons."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.lexicons.gazetteer import Gazetteer, Spot
from dateline.model import Block, Mention, Place, Span, Warning
from dateline.resolve.places_choice import NOTHING, Choice, choose
from dateline.resolve.places_names import Name, read
from dateline.resolve.places_relative import Relative, relatives
from dateline.resolve.places_stand_ins import stand_ins
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

SEAM = re.compile(r",\s+|\s+and\s+|\s*\n\s*|\s+[-–—]\s+")
FLOOR = 0.4
PRECISION = {
    "country": "country", "region": "province", "province": "province", "district": "district",
    "settlement": "exact", "site": "exact", "water": "province", "relief": "province",
}  # fmt: skip
KEPT = frozenset({"GPE"})  # recogniser's labels whose names stay in the record though the map does not know them


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its reading and the choice made for it."""

    name: Name
    choice: Choice
    rule: str


@stage(needs=(Block, Sentence, Mention), gives=Place)
def places(doc: Doc, kit: Kit) -> Iterator[Place | Warning]:
    """Every place that the report names, once, with all its mentions; a Warning for each not settled."""
    assert kit.gazetteer is not None
    text = doc.report.text
    lists = {key: frozenset(e.words) for e in kit.lexicons.entries["place_words"] for key in e.gives}
    mentions = [
        m for m in pick_mentions(doc, kit.gazetteer) if m.span.of(text).lower().strip(".") not in lists["never"]
    ]
    names = [
        read(text, m.span, people=_people(m, text, kit.gazetteer), dateline=m.rule == "places.dateline")
        for m in mentions
    ]
    outlet = doc.report.outlet
    home = {outlet.country: 1.0} if outlet and outlet.country else {}
    day = doc.report.published[:10] if doc.report.published else None
    choices = choose(text, names, kit.gazetteer, home, day)
    named = [Named(n, c, m.rule) for n, c, m in zip(names, choices, mentions, strict=True)]
    loose = stand_ins(doc.of(Sentence), [(n.name, n.choice.spot) for n in named], lists["speaks"], lists["government"])
    loose |= {n.name.span for n in named if n.rule == "places.inside"}
    yield from _notes(text, named, loose, kit.gazetteer, day)


def pick_mentions(doc: Doc, map_: Gazetteer) -> list[Mention]:
    """Mentions that may be places, none overlapping: the map's own finds win, then the longer."""
    text = doc.report.text
    wanted = [part for m in doc.of(Mention) for part in _parts(m, text, map_) if _may_be(part, text, map_)]
    wanted.sort(key=lambda m: (not m.rule.startswith("places."), -len(m.span), m.span.start))
    taken: list[Mention] = []
    starts: list[int] = []
    for mention in wanted:
        at = bisect_right(starts, mention.span.start)
        before = at > 0 and taken[at - 1].span.end > mention.span.start
        after = at < len(taken) and taken[at].span.start < mention.span.end
        if not before and not after:
            taken.insert(at, mention)
            starts.insert(at, mention.span.start)
    return taken


def _parts(mention: Mention, text: str, map_: Gazetteer) -> Iterator[Mention]:
    """A mention, or its parts where the recogniser ran two places together: "Huntsville, Texas"."""
    words = mention.span.of(text)
    if mention.kind != "place" or not SEAM.search(words) or map_.hits(words):
        yield mention
        return
    at = 0
    for seam in [*SEAM.finditer(words), None]:
        end = seam.start() if seam else len(words)
        if end > at:
            yield Mention(Span(mention.span.start + at, mention.span.start + end), mention.kind, mention.rule)
        at = seam.end() if seam else end


def _may_be(mention: Mention, text: str, map_: Gazetteer) -> bool:
    words = mention.span.of(text)
    if mention.kind == "place":
        # an unknown short name all in capitals is a body's more often than a place's
        return not (words.isupper() and len(words) <= 6) or bool(map_.hits(words))
    if mention.kind != "people":
        return False
    kinds = ("country", "province", "region")
    return any(h.guard == "people" or h.spot.kind in kinds for h in map_.hits(words)[:3])


def _people(mention: Mention, text: str, map_: Gazetteer) -> bool:
    """True for "Afghan" and "Palestinians", whichever the recogniser called them."""
    hits = map_.hits(mention.span.of(text))
    return hits[0].guard == "people" if hits else mention.kind == "people"


def _notes(
    text: str, named: Sequence[Named], loose: frozenset[Span], map_: Gazetteer, day: str | None
) -> Iterator[Place | Warning]:
    """One Place for each spot, relative place or unknown name, in the order of first mention."""
    groups: dict[str, list[Named]] = defaultdict(list)
    relative = {r.anchor: r for r in relatives(text, [(n.name, n.choice.spot) for n in named], map_)}
    for n in named:
        groups[_group(text, n, relative.get(n.name.span))].append(n)
    for number, members in enumerate(groups.values()):
        first = members[0]
        moved = relative.get(first.name.span)
        spot = first.choice.spot
        if moved:
            yield _relative(number, members, moved, relative)
        elif spot is None or first.choice.confidence < FLOOR:
            yield _unknown(text, number, members)
            why = "no such place on the map" if spot is None else "several places go by this name, none likelier"
            yield Warning(f"place not settled: {first.name.words}: {why}", first.name.span)
        else:
            yield _place(number, members, spot, loose, day)


def _group(text: str, n: Named, moved: Relative | None) -> str:
    if moved:
        return f"relative {moved.name.lower()} {moved.of}"
    return n.choice.spot.id if n.choice.spot else f"unknown {n.name.words.lower()}"


def _place(number: int, members: Sequence[Named], spot: Spot, loose: frozenset[Span], day: str | None) -> Place:
    best = max(members, key=lambda m: m.choice.confidence)
    reasons = list(dict.fromkeys(reason for m in members for reason in m.choice.reasons))
    if day and ((spot.until and day > spot.until) or (spot.since and day < spot.since)):
        reasons.append("dated")
    spans = tuple(m.name.span for m in members)
    return Place(
        id=f"p{number}", name=spot.name, kind=spot.kind, country=spot.country,
        admin1=spot.admin1 if spot.kind != "province" else spot.name,
        admin2=spot.admin2 if spot.kind != "district" else spot.name,
        latitude=spot.latitude, longitude=spot.longitude, gazetteer=spot.id,
        confidence=best.choice.confidence, mentions=spans,
        precision=PRECISION[spot.kind],  # type: ignore[arg-type]
        radius_km=spot.radius_km, reasons=tuple(reasons), claimants=spot.claimants,
        associative=tuple(s for s in spans if s in loose),
    )  # fmt: skip


def _relative(number: int, members: Sequence[Named], moved: Relative, all_: dict[Span, Relative]) -> Place:
    """A place reckoned from another: never the other's own point."""
    best = max(members, key=lambda m: m.choice.confidence)
    return Place(
        id=f"p{number}", name=moved.name, kind="region", country=moved.country, admin1=moved.admin1,
        admin2=None, latitude=moved.latitude, longitude=moved.longitude, gazetteer=None,
        confidence=best.choice.confidence, mentions=tuple(all_[m.name.span].span for m in members),
        precision=moved.precision, radius_km=moved.radius_km, reasons=(*best.choice.reasons, moved.rule,
        f"of:{moved.of}"), claimants=moved.claimants,
    )  # fmt: skip


def _unknown(text: str, number: int, members: Sequence[Named]) -> Place:
    name = members[0].name
    return Place(
        id=f"p{number}", name=name.span.of(text), kind=("region", "province", "district",
        "settlement")[name.level], country=None, admin1=None, admin2=None, latitude=None, longitude=None,
        gazetteer=None, confidence=NOTHING.confidence, mentions=tuple(m.name.span for m in members),
        precision="none",
    )  # fmt: skip
