"""Places reckoned from other places: "20 km south of Kunduz", "northern Afghanistan", "Aleppo countryside".

Each is a point and a radius of its own, never the point of the place that it is reckoned from.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.lexicons.gazetteer import Gazetteer, Spot
from dateline.model import Span
from dateline.resolve.places_names import SIDE, Name

Precision = Literal["near", "relative"]
BEARINGS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}
NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "hundred": 100,
    "a few": 5, "several": 7, "a couple of": 2, "a dozen": 12, "a hundred": 100,
}  # fmt: skip
UNITS = {"k": 1.0, "m": 1.609}  # km in a kilometre and in a statute mile, by the unit's first letter
WAY = r"(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:[- ](?:north|south)[- ]?(?:east|west))?"
KIND = (
    r"(?:the\s+)?"
    r"(?:(?:\w+\s+)?(?:city|town|village|capital|province|district)\s+of\s+|(?:provincial\s+)?capital,?\s+)?"
)
MEASURED = re.compile(
    rf"(?P<number>\d[\d,.]*|{
        '|'.join(sorted(NUMBERS, key=len, reverse=True))
    })[\s-]*(?P<unit>km|kms|k|kilomet\w+|miles?|mi)\b"
    rf"(?:\s*\([^)]*\))?\s+(?:(?:to\s+)?(?:the\s+)?(?P<way>{WAY})\s+(?:of|from)|(?P<off>outside|from|away\s+from|off))\s+{KIND}$",
    re.IGNORECASE,
)
TOWARDS = re.compile(rf"\b(?:(?:just|to\s+the|in\s+the)\s+)*(?P<way>{WAY})\s+of\s+{KIND}$", re.IGNORECASE)
SIDED = re.compile(
    r"\b(?P<way>(?:far\s+)?(?:north|south|east|west|central)(?:[- ]?(?:east|west|central))?(?:ern)?)\s+"
    r"(?:(?:parts?|half|areas?|outskirts|countryside|suburbs|edges?|districts?)\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
EDGE = re.compile(
    r"\b(?:the\s+)?(?:outskirts|edges?|gates?|suburbs|vicinity|surroundings|countryside|approaches)\s+(?:of|to)\s+"
    + KIND
    + "$",
    re.IGNORECASE,
)
NEAR = re.compile(rf"\b(?:near|around|close\s+to|outside|nearby|just\s+outside)\s+{KIND}$", re.IGNORECASE)
COUNTRYSIDE = re.compile(
    r"^(?:['’]s)?\s+(?:(?P<way>(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?)\s+)?"
    r"(?P<what>countryside|outskirts|suburbs|hinterland)\b",
    re.IGNORECASE,
)
# one of these words stands in every phrase above; asked first, since most names have none about them
HINT = re.compile(
    r"(?:nor|sou)th|east|west|central|outskirt|edge|gates?\b|suburb|vicinity|surround|countryside|approach|hinterland|"
    r"near|around|close|outside|from|off",
    re.IGNORECASE,
)
NEAR_KM, EDGE_KM, COUNTRYSIDE_KM, WAY_KM = 15.0, 10.0, 25.0, 20.0  # radii where the words give none
SETTLED = frozenset({"settlement", "site"})


@dataclass(frozen=True, slots=True)
class Relative:
    """A place reckoned from another; ``anchor`` is the span of the name that it is reckoned from."""

    anchor: Span
    span: Span
    name: str
    of: str
    rule: str
    latitude: float
    longitude: float
    radius_km: float
    country: str | None
    admin1: str | None
    claimants: tuple[str, ...]
    precision: Precision = "relative"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words that reckon: what they span, the bearing in degrees, the distance, the rule."""

    start: int
    end: int
    rule: str
    bearing: float | None
    km: float | None = None


def relatives(text: str, named: Sequence[tuple[Name, Spot | None]], map_: Gazetteer) -> Iterator[Relative]:
    """One for each name that the words about it make the anchor of another place."""
    for name, spot in named:
        if spot is None or spot.latitude is None or name.people or name.dateline:
            continue
        if _named_so(name, spot):
            continue
        phrase = _phrase(text, name, spot)
        if phrase:
            yield _reckon(text, name, spot, phrase, map_)


def _named_so(name: Name, spot: Spot) -> bool:
    """True for "South Sudan" and "Northwest Syria", whose side is part of a name on the map."""
    return (
        bool(SIDE.match(name.words))
        and SIDE.sub("", name.words).lower() != spot.name.lower()
        and (spot.kind != "country" or spot.name.lower().startswith(name.words.lower()[:5]))
    )


def _phrase(text: str, name: Name, spot: Spot) -> Phrase | None:
    """The reckoning words about a name, the most exact first."""
    start, end = name.span.start, name.span.end
    before, after = text[max(0, start - 80) : start], text[end : end + 40]
    base = max(0, start - 80)
    if not HINT.search(before + name.words + after):
        return None
    if (m := MEASURED.search(before)) and (m["way"] or spot.kind != "country"):
        km = _km(m["number"], m["unit"])
        return Phrase(base + m.start(), end, "relative.measured", _bearing(m["way"]), km)
    if m := TOWARDS.search(before):
        return Phrase(base + m.start("way"), end, "relative.towards", _bearing(m["way"]), None)
    if m := COUNTRYSIDE.match(after):
        if m["way"]:
            return Phrase(start, end + m.end(), "relative.countryside", _bearing(m["way"]), COUNTRYSIDE_KM)
        way = SIDED.search(before)
        return Phrase(
            base + way.start("way") if way else start, end + m.end(), "relative.countryside",
            _bearing(way["way"]) if way else None, COUNTRYSIDE_KM,
        )  # fmt: skip
    if not name.level and (m := SIDE.match(name.words)):
        return Phrase(start, end, "relative.side", _bearing(m["side"]))
    # "southern Helmand province" is wire style for the province, which lies in the south of its country
    if (m := SIDED.search(before)) and not m["way"][0].isupper() and not name.level:
        return Phrase(base + m.start("way"), end, "relative.side", _bearing(m["way"]))
    if m := EDGE.search(before):
        return Phrase(base + m.start(), end, "near.edge", None, EDGE_KM)
    if spot.kind in SETTLED and (m := NEAR.search(before)):
        return Phrase(base + m.start(), end, "near.near", None, NEAR_KM)
    return None


def _km(number: str, unit: str) -> float:
    low = number.lower()
    value = float(NUMBERS[low]) if low in NUMBERS else _number(low)
    return value * UNITS[unit[0].lower()]


def _number(words: str) -> float:
    plain = words.replace(",", "").strip(".")
    return float(plain) if plain.count(".") <= 1 else float(plain.split(".")[0])


def _bearing(words: str | None) -> float | None:
    """Degrees from north, clockwise; None for "central" and where no way is named."""
    found = re.findall("north|south|east|west", (words or "").lower())
    if not found:
        return None
    x = sum(math.sin(math.radians(BEARINGS[w])) for w in found)
    y = sum(math.cos(math.radians(BEARINGS[w])) for w in found)
    return math.degrees(math.atan2(x, y)) % 360


def _reckon(text: str, name: Name, spot: Spot, phrase: Phrase, map_: Gazetteer) -> Relative:
    lat, lon, radius = _where(spot, phrase, map_)
    country, admin1 = _chain(lat, lon, spot, phrase, map_)
    span = Span(phrase.start, phrase.end)
    return Relative(
        name.span, span, " ".join(span.of(text).split()), spot.id, phrase.rule, round(lat, 4), round(lon, 4),
        round(radius, 1), country, admin1, spot.claimants,
        "near" if phrase.rule.startswith("near.") else "relative",
    )  # fmt: skip


def _where(spot: Spot, phrase: Phrase, map_: Gazetteer) -> tuple[float, float, float]:
    """Latitude, longitude and radius in km."""
    lat, lon = spot.latitude or 0.0, spot.longitude or 0.0
    own = spot.radius_km or 5.0
    if phrase.rule == "relative.measured":
        if phrase.bearing is None:
            return lat, lon, phrase.km or NEAR_KM
        km = (phrase.km or WAY_KM) + (own if spot.kind not in SETTLED else 0.0)
        return *offset(lat, lon, phrase.bearing, km), max(3.0, 0.2 * km)
    if phrase.rule == "relative.towards":
        if spot.kind not in SETTLED:
            return *offset(lat, lon, phrase.bearing or 0.0, 1.3 * own), 0.5 * own
        return *offset(lat, lon, phrase.bearing or 0.0, WAY_KM), WAY_KM
    if phrase.rule == "relative.side" and spot.kind not in SETTLED:
        return _part(spot, phrase.bearing, map_)
    if phrase.rule == "relative.side":
        return *offset(lat, lon, phrase.bearing or 0.0, 3.0), 4.0
    if phrase.rule == "relative.countryside":
        if phrase.bearing is None:
            return _country_round(spot, map_)
        return *offset(lat, lon, phrase.bearing, phrase.km or COUNTRYSIDE_KM), COUNTRYSIDE_KM
    return lat, lon, (phrase.km or NEAR_KM) + (own if spot.kind not in SETTLED else 0.0)


def _country_round(spot: Spot, map_: Gazetteer) -> tuple[float, float, float]:
    """The country round a town: its district or province, where called the same, else a wide circle."""
    for id in spot.within:
        unit = map_.spot(id) if id else None
        if unit and unit.latitude is not None and unit.longitude is not None and unit.name[:4] == spot.name[:4]:
            return unit.latitude, unit.longitude, unit.radius_km or COUNTRYSIDE_KM
    return spot.latitude or 0.0, spot.longitude or 0.0, max(COUNTRYSIDE_KM, spot.radius_km or 0.0)


def _part(spot: Spot, bearing: float | None, map_: Gazetteer) -> tuple[float, float, float]:
    """The middle and the size of one side of a country, province or region."""
    lat, lon, own = spot.latitude or 0.0, spot.longitude or 0.0, spot.radius_km or 50.0
    if bearing is None:
        return lat, lon, 0.5 * own
    points = _points(spot, map_)
    if len(points) < 6:
        return *offset(lat, lon, bearing, 0.5 * own), 0.55 * own
    x, y = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
    narrow = math.cos(math.radians(lat))
    points.sort(key=lambda p: -((p[0] - lat) * y + (p[1] - lon) * narrow * x))
    side = points[: max(2, len(points) // 3)]
    return sum(p[0] for p in side) / len(side), sum(p[1] for p in side) / len(side), 0.55 * own


def _points(spot: Spot, map_: Gazetteer) -> list[tuple[float, float]]:
    """Points spread over an area: a country's provinces, or the border of a province or district."""
    if spot.kind == "country" and spot.country:
        return [
            (p.latitude, p.longitude)
            for p in map_.provinces(spot.country)
            if p.latitude is not None and p.longitude is not None
        ]
    rings = map_.outline(spot.id)
    biggest = max(rings, key=len, default=())
    return [(lat, lon) for lon, lat in biggest]


def _chain(lat: float, lon: float, spot: Spot, phrase: Phrase, map_: Gazetteer) -> tuple[str | None, str | None]:
    """Country and province in which a reckoned point falls; neither where it falls outside the anchor's
    country.
    """
    if not spot.country:
        return None, None
    if spot.kind == "country" or (spot.kind == "region" and phrase.rule == "relative.side"):
        return spot.country, None
    own = spot.id if spot.kind == "province" else spot.within[0]
    name = spot.name if spot.kind == "province" else spot.admin1
    if phrase.rule in ("relative.side", "relative.countryside", "near.edge", "near.near"):
        return spot.country, name
    if own and (not map_.outline(own) or contains(map_.outline(own), lat, lon)):
        return spot.country, name
    for other in map_.provinces(spot.country):
        if contains(map_.outline(other.id), lat, lon):
            return spot.country, other.name
    return None, None


def offset(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point so many km from another on a bearing (great circle, Earth's mean radius 6371 km)."""
    d, b, a = km / 6371, math.radians(bearing), math.radians(lat)
    lat2 = math.asin(math.sin(a) * math.cos(d) + math.cos(a) * math.sin(d) * math.cos(b))
    turn = math.atan2(math.sin(b) * math.sin(d) * math.cos(a), math.cos(d) - math.sin(a) * math.sin(lat2))
    return math.degrees(lat2), (lon + math.degrees(turn) + 540) % 360 - 180


def contains(rings: Sequence[Sequence[tuple[float, float]]], lat: float, lon: float) -> bool:
    """True when a point lies inside one of these rings of (lon, lat) (ray casting)."""
    for ring in rings:
        inside = False
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                inside = not inside
        if inside:
            return True
    return False
