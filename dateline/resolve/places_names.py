"""A place name as it stands in the text, and the spots that it may mean before its neighbours are heard."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.lexicons.gazetteer import Gazetteer, Hit, Spot
from dateline.model import Span

# words after or before a name that say what sort of unit it is → levels: 1 province, 2 district, 3 settlement
LEVELS = {
    "province": 1, "provinces": 1, "state": 1, "states": 1, "oblast": 1, "oblasts": 1, "governorate": 1,
    "governorates": 1, "prefecture": 1, "krai": 1, "gov": 1, "region": 1, "regions": 1, "department": 1,
    "district": 2, "districts": 2, "county": 2, "counties": 2, "parish": 2, "raion": 2, "municipality": 2,
    "municipalities": 2, "commune": 2, "subdistrict": 2, "woreda": 2, "locality": 2, "lga": 2, "upazila": 2,
    "cercle": 2, "borough": 2, "city": 3, "town": 3, "village": 3, "villages": 3, "cities": 3, "towns": 3,
    "suburb": 3,
}  # fmt: skip
UNIT = "|".join(sorted(LEVELS, key=len, reverse=True))
WORD = r"[A-Z][\w'’‘-]*"  # blanks must stand between two, or a list in capitals can be cut in endless ways
AFTER = re.compile(rf"(?:\s*(?:,|and|or|&)\s+{WORD}(?:\s+{WORD}){{0,2}}){{0,8}}\s+(?P<unit>{UNIT})\b")
ALL_OF = "province|provinces|state|states|governorate|governorates|district|county|city|cities|town|village|parish"
BEFORE = re.compile(rf"\b(?P<unit>{ALL_OF})\s+of\s+(?:the\s+)?(?:[A-Z][\w'’-]*(?:,|\s+and|\s+or)?\s+){{0,6}}$")
TAIL = re.compile(rf"\s+(?P<unit>{UNIT})$", re.IGNORECASE)
HEAD = re.compile(rf"^(?P<unit>{UNIT})\s+of\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?$")
SIDE = re.compile(
    r"^(?P<side>(?:north|south|east|west|central|upper|lower|inner|greater|downtown|mid|rural|metro|far|extreme)"
    r"(?:[- ]?(?:east|west|central))?(?:ern)?)[- ]+(?=[A-Z])",
    re.IGNORECASE,
)
COMMA = re.compile(r"[,(]\s*$")
USUAL = 0.9
MOST = 40  # candidates kept for one name
# how much a unit word or a usual name weighs against population, in powers of ten; read off errors on LGL,
# TR-News
NAME, WANTED, UNWANTED, WHOLE = 2.0, 4.0, -1.0, 1.0


@dataclass(frozen=True, slots=True)
class Name:
    """One place name where it stands. ``level`` is what its unit word asks for (0 nothing)."""

    span: Span
    words: str
    level: int
    people: bool
    comma: bool
    dateline: bool = False

    @property
    def key(self) -> tuple[str, int, bool]:
        """Names with the same key mean the same place throughout a report."""
        return self.words, self.level, self.people


@dataclass(slots=True)
class Candidate:
    """A spot that a name may mean; ``score`` in powers of ten of people."""

    spot: Spot
    score: float
    level: int
    province: str | None
    district: str | None
    reasons: tuple[str, ...]
    weight: float  # how much this is the spot's usual name, 0–1


def read(text: str, span: Span, people: bool = False, dateline: bool = False) -> Name:
    """The name at ``span`` with what stands about it: unit words, a comma before it."""
    words = " ".join(POSSESSIVE.sub("", span.of(text)).split())
    before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 120]
    tail, head = TAIL.search(words), HEAD.match(words)
    follows, leads = AFTER.match(after), BEFORE.search(before) if " of " in before else None
    found = tail or head or follows or leads
    level = LEVELS[found["unit"].lower()] if found else 0
    if words.isupper() and len(words) > 4:
        words = words.title()
    return Name(span, words, level, people, bool(COMMA.search(before)), dateline)


def level_of(spot: Spot) -> int:
    """0 country, 1 province, 2 district, 3 settlement, 4 all else."""
    return {"country": 0, "province": 1, "district": 2, "settlement": 3}.get(spot.kind, 4)


def bare(name: Name) -> str:
    """The name without its unit word and without the side of it that is meant."""
    return SIDE.sub("", HEAD.sub("", TAIL.sub("", name.words)))


def side(name: Name) -> str:
    """The side of a place that the name asks for: "northern", "rural", or nothing."""
    found = SIDE.match(name.words)
    return found["side"].lower() if found else ""


def candidates(
    name: Name, map_: Gazetteer, countries: frozenset[str] = frozenset(), day: str | None = None
) -> list[Candidate]:
    """What the name may mean, likeliest first. ``countries`` allows rough sounding within them, where all
    else fails.
    """
    found: dict[str, Candidate] = {}
    for hits, bonus in _asked(name, map_):
        for hit in hits:
            if _allowed(hit, name) and _then(hit, day) and hit.spot.id not in found:
                found[hit.spot.id] = _weighed(hit, name, bonus)
    if not found and countries and len(name.words) > 4:
        for hit in map_.sounding(bare(name), countries):
            found[hit.spot.id] = _weighed(hit, name, -0.5, "sound")
    out = list(found.values())
    _prefer_seats(out, name)
    out.sort(key=lambda c: -c.score)
    return out[:MOST]


def _asked(name: Name, map_: Gazetteer) -> list[tuple[Sequence[Hit], float]]:
    """The forms under which a name is looked up, whole first, and what each form is worth."""
    forms = [(map_.hits(name.words), WHOLE)]
    short = HEAD.sub("", TAIL.sub("", name.words))
    if short != name.words:
        forms.append((map_.hits(short), 0.0))
    if not any(hits for hits, _ in forms):
        sided = SIDE.sub("", short)
        forms = [(map_.hits(sided), 0.0)] if sided != short else []
    if not any(hits for hits, _ in forms) and name.words.endswith("s"):
        forms.append(([h for h in map_.hits(name.words[:-1]) if h.spot.kind == "country"], -1.0))
    return forms


def _then(hit: Hit, day: str | None) -> bool:
    """Whether the place went by this name on the day of publication (ISO; dates may be cut to a year)."""
    if not day:
        return True
    begun = not hit.since or day[: len(hit.since)] >= hit.since
    return begun and (not hit.until or day[: len(hit.until)] <= hit.until)


def _allowed(hit: Hit, name: Name) -> bool:
    """Whether the guard of this hit's name lets it count here."""
    if hit.guard == "case":
        return name.words.replace(".", "").isupper() or not name.words.isalpha()
    if hit.guard == "comma":
        return name.comma or "." in name.words
    if hit.guard == "people":
        return True
    if name.people:
        return hit.spot.kind in ("country", "region", "province")
    return True


def _weighed(hit: Hit, name: Name, bonus: float, how: str = "name") -> Candidate:
    spot, level = hit.spot, level_of(hit.spot)
    score = spot.known + NAME * hit.weight + bonus
    reasons = [how if hit.weight >= 0.9 or how != "name" else "alias"]
    if hit.guard == "comma":
        score += 6.0
        reasons.append("abbreviation")
    elif hit.guard in ("case", "people"):
        score += 3.0
    if name.level:
        wanted = level == name.level or (name.level == 3 and level == 4)
        score += WANTED if wanted else UNWANTED
        if wanted:
            reasons.append(f"unit:{('', 'province', 'district', 'settlement')[name.level]}")
    province = spot.id if level == 1 else spot.within[0]
    district = spot.id if level == 2 else spot.within[1]
    return Candidate(spot, score, level, province, district, tuple(reasons), hit.weight)


STATES_FIRST = frozenset({"US"})  # "New York" is the state as often as the city, in our reading of LGL and TR-News
SEAT_SHARE = 0.2  # of the people of its province: Herat is the city, Quebec the province
SEAT_LEAD = 1.5  # how far a seat is put before the province or district of its name


def _prefer_seats(found: list[Candidate], name: Name) -> None:
    """A bare name that a unit shares with its city means the city, where much of the unit lives there."""
    if name.level:
        return
    seats = [c for c in found if c.level == 3 and c.weight >= USUAL]
    for unit in found:
        if unit.level not in (1, 2) or unit.spot.country in STATES_FIRST:
            continue
        for seat in seats:
            share = seat.spot.population / max(unit.spot.population, 1)
            great = share >= SEAT_SHARE or seat.spot.feature == "PPLC"
            if great and unit.spot.id in seat.spot.within:
                seat.score = max(seat.score, unit.score)
                unit.score = min(unit.score, seat.score - SEAT_LEAD)
                seat.reasons = (*seat.reasons, "seat")
