"""Which spot each name means, all names of a report heard together.

Every candidate starts with what is known of it (population, kind, how usual the name is). Then, three times
over, each hears the others: names that contain it or that it contains ("Guzara district of Herat province"),
the countries and provinces that the report speaks of, the outlet's home. The weights were set by reading
errors on LGL and TR-News; none is fitted.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.lexicons.gazetteer import Gazetteer, Spot
from dateline.resolve.places_names import USUAL, Candidate, Name, candidates

ROUNDS = 3
COUNTRY, PROVINCE, DISTRICT = 4.5, 3.5, 2.0  # all the report's mass in one's own country, province, district
NEIGHBOUR = 1.2  # for each of at most two other names with a likely spot nearby
DEGREE, WIDE = 0.9, 1.2  # degrees of latitude and longitude that count as nearby: about 100 km
COMMA, CONTAINED, CONTAINS = 7.0, 2.5, 2.0
DATELINE = 2.0  # a dateline's name speaks for two
NEAR_KM = 100.0  # candidates this near to the best count as the same answer when confidence is reckoned

STRONG = re.compile(r"^(?:['’]s)?\s?[,(]\s*$")
WITHIN = re.compile(
    r"^(?:['’]s)?,?\s*(?:\w+\s){0,2}?(?:the\s)?(?:[\w-]+\s){0,3}(?:in|of|,)\s*(?:the\s|\w+ern\s|central\s)*$"
)
OWNER = re.compile(r"^['’]s?\s+(?:[\w-]+\s+){0,3}$")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name means, how surely (0–1), and why; ``spot`` is None where the map does not know the name."""

    spot: Spot | None
    confidence: float
    reasons: tuple[str, ...]


NOTHING = Choice(None, 0.0, ())
Key = tuple[str, int, bool]
Mass = defaultdict[str, float]  # ISO code, province or district id → how much the report speaks of it


def choose(
    text: str,
    names: Sequence[Name],
    map_: Gazetteer,
    home: Mapping[str, float] | None = None,
    day: str | None = None,
) -> list[Choice]:
    """One choice a name, in order. ``home`` gives weight to ISO codes and province ids: the outlet's own ground.

    ``day`` is the day of publication (ISO), for names that came and went.
    """
    groups: dict[Key, list[Name]] = defaultdict(list)
    for name in names:
        groups[name.key].append(name)
    found = {key: candidates(members[0], map_, day=day) for key, members in groups.items()}
    focus = frozenset(_countries(found))
    for key, members in groups.items():
        if not found[key] and focus:
            found[key] = candidates(members[0], map_, focus, day)
    pairs = _pairs(text, names)
    heard = _Hearing(groups, found, pairs, dict(home or {}))
    shares = {key: _shares([c.score for c in cs]) for key, cs in found.items()}
    for _ in range(ROUNDS):
        shares = heard.again(shares)
    picked = {key: heard.pick(key, shares[key]) for key in groups}
    return [picked[name.key] for name in names]


def _countries(found: Mapping[Key, list[Candidate]]) -> list[str]:
    """Countries that at least a tenth of the report's names, and two of them, most likely lie in."""
    tops = Counter(cs[0].spot.country for cs in found.values() if cs and cs[0].spot.country)
    least = max(2, 0.1 * sum(tops.values()))
    return [country for country, n in tops.items() if country and n >= least]


def _pairs(text: str, names: Sequence[Name]) -> dict[Key, dict[Key, float]]:
    """For each name, those that the words about it make its container, and how strongly."""
    pairs: dict[Key, dict[Key, float]] = defaultdict(dict)
    order = sorted(names, key=lambda n: n.span.start)
    for left, right in pairwise(order):
        gap = text[left.span.end : right.span.start]
        if len(gap) > 40 or left.key == right.key:
            continue
        if STRONG.match(gap):
            pairs[left.key][right.key] = COMMA
        elif WITHIN.match(gap):
            pairs[left.key].setdefault(right.key, CONTAINED)
        elif OWNER.match(gap):
            pairs[right.key].setdefault(left.key, CONTAINED)
    return pairs


def _shares(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]


def inside(inner: Candidate, outer: Candidate) -> bool:
    """True when the map's chain puts the one inside the other."""
    a, b = inner.spot, outer.spot
    if a.id == b.id:
        return False
    if outer.level == 0:
        return a.country == b.country and inner.level > 0
    return b.id in a.within


class _Hearing:
    """The rounds in which names hear each other."""

    def __init__(
        self,
        groups: Mapping[Key, list[Name]],
        found: Mapping[Key, list[Candidate]],
        pairs: Mapping[Key, Mapping[Key, float]],
        home: Mapping[str, float],
    ) -> None:
        self.found, self.pairs, self.home = found, pairs, home
        self.weight = {
            key: (1 + math.log(len(members))) * (DATELINE if any(m.dateline for m in members) else 1.0)
            for key, members in groups.items()
        }
        self.anchors: list[tuple[Key, float, float, float]] = []
        self.inner: dict[Key, list[Key]] = defaultdict(list)
        for key, outers in pairs.items():
            for outer in outers:
                self.inner[outer].append(key)

    def again(self, shares: Mapping[Key, list[float]]) -> dict[Key, list[float]]:
        """One round: new shares for every name from the old shares of all the others."""
        masses = {key: self._mass(key, shares[key]) for key in self.found}
        total: Mass = defaultdict(float, self.home)
        for mass in masses.values():
            for place, share in mass.items():
                total[place] += share
        self.anchors = [
            (key, c.spot.latitude or 0.0, c.spot.longitude or 0.0, share)
            for key, cs in self.found.items()
            for c, share in zip(cs, shares[key], strict=True)
            if share > 0.1 and c.level > 1
        ]
        weight = sum(self.weight[key] for key in self.found if self.found[key]) + sum(
            v for k, v in self.home.items() if len(k) == 2
        )
        return {
            key: _shares([c.score + self._support(key, c, masses[key], total, weight, shares) for c in cs])
            for key, cs in self.found.items()
        }

    def _mass(self, key: Key, shares: list[float]) -> Mass:
        """What a name says of countries, provinces and districts."""
        mass: Mass = defaultdict(float)
        weight = self.weight[key]
        for c, share in zip(self.found[key], shares, strict=True):
            if share > 0.01:
                for place in (c.spot.country, c.province, c.district):
                    if place:
                        mass[place] += share * weight
        return mass

    def _support(
        self, key: Key, c: Candidate, own: Mass, total: Mass, weight: float,
        shares: Mapping[Key, list[float]],
    ) -> float:  # fmt: skip
        others = weight - self.weight[key]
        if others <= 0:
            return 0.0
        trust = min(1.0, others / 2)  # a single other name says less than two
        country, province = c.spot.country or "", c.province or ""
        out = COUNTRY * trust * (total[country] - own[country]) / others if country else 0.0
        if province:
            out += PROVINCE * min(1.0, 1.5 * (total[province] - own[province]) / others)
            if c.district:
                out += DISTRICT * min(1.0, 1.5 * (total[c.district] - own[c.district]) / others)
            out += NEIGHBOUR * self._neighbours(key, c)
        for outer, strength in self.pairs.get(key, {}).items():
            out += strength * sum(
                s for o, s in zip(self.found[outer], shares[outer], strict=True) if s > 0.01 and inside(c, o)
            )
        if c.level < 3:
            for inner in self.inner.get(key, ()):
                strength = self.pairs[inner][key] if self.pairs[inner][key] == COMMA else CONTAINS
                out += strength * sum(
                    s for i, s in zip(self.found[inner], shares[inner], strict=True) if s > 0.01 and inside(i, c)
                )
        return out

    def _neighbours(self, key: Key, c: Candidate) -> float:
        """How many other names, up to two, have a likely spot within an hour's drive."""
        lat, lon = c.spot.latitude or 0.0, c.spot.longitude or 0.0
        found: dict[Key, float] = {}
        for other, a, b, share in self.anchors:
            if -DEGREE < a - lat < DEGREE and -WIDE < b - lon < WIDE and other != key:
                found[other] = max(found.get(other, 0.0), share)
        return min(2.0, sum(found.values()))

    def pick(self, key: Key, shares: list[float]) -> Choice:
        """The likeliest candidate, and the share of all candidates that lie where it lies."""
        if not shares:
            return NOTHING
        best = max(range(len(shares)), key=lambda i: shares[i])
        chosen = self.found[key][best]
        sure = sum(s for c, s in zip(self.found[key], shares, strict=True) if s > 0.001 and same(c, chosen))
        reasons = self._reasons(key, chosen, shares)
        return Choice(chosen.spot, calibrated(sure, chosen, reasons), reasons)

    def _reasons(self, key: Key, chosen: Candidate, shares: list[float]) -> tuple[str, ...]:
        reasons = [*chosen.reasons]
        if len(shares) == 1:
            reasons.append("only")
        for outer in self.pairs.get(key, {}):
            if any(inside(chosen, o) for o in self.found[outer][:3]):
                reasons.append("comma" if self.pairs[key][outer] == COMMA else "within")
                break
        if self.home.get(chosen.province or "") or self.home.get(chosen.spot.country or ""):
            reasons.append("home")
        elsewhere = [other for other in self.found if other != key]
        if not elsewhere:
            reasons.append("alone")
        if (
            any(cs and cs[0].province == chosen.province for o in elsewhere if (cs := self.found[o]))
            and chosen.level > 1
        ):
            reasons.append("province")
        elif any(cs and cs[0].spot.country == chosen.spot.country for o in elsewhere if (cs := self.found[o])):
            reasons.append("country")
        if chosen.spot.population >= 100_000:
            reasons.append("population")
        return tuple(dict.fromkeys(reasons))


def same(a: Candidate, b: Candidate) -> bool:
    """True when two candidates would put the reader on the same ground: a city and its own district."""
    return (
        a.spot.id == b.spot.id
        or b.spot.id in a.spot.within
        or a.spot.id in b.spot.within
        or (km(a.spot, b.spot) < NEAR_KM)
    )


def km(a: Spot, b: Spot) -> float:
    """Great-circle distance between two spots' points."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return math.inf
    return distance(a.latitude, a.longitude, b.latitude, b.longitude)


def distance(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km (haversine, Earth's mean radius 6371 km)."""
    a, b = math.radians(lat), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


# Constants of the logistic below, fitted once on the names of LGL's open half and TR-News (3,158 choices, right
# within 161 km): they turn shares into chances and choose nothing. Expected calibration error across halves .02-.04.
START, STEEP, FLAT, ALIAS, LONELY, CONTAINED_IN, LARGE, NATURAL = 0.76, 0.55, 0.03, -1.39, -1.42, 1.74, 0.65, -1.25
VAGUE = frozenset(["MACRO", "WATER", "RELIEF"])  # whose points are anybody's choice
BEND, END = 4.0, 12.0  # log-odds above which more certainty says little, and nothing


def calibrated(share: float, chosen: Candidate, reasons: Sequence[str]) -> float:
    """The chance that the choice is right, from its share of the candidates and what else speaks for it."""
    odds = min(END, math.log(max(share, 1e-6) / max(1 - share, 1e-6)))
    out = START + STEEP * min(odds, BEND) + FLAT * max(0.0, odds - BEND)
    contained = "comma" in reasons or "within" in reasons
    if chosen.weight < USUAL:
        out += ALIAS
    if contained:
        out += CONTAINED_IN
    elif not {"province", "country", "alone"} & set(reasons):
        out += LONELY
    if chosen.level < 2:
        out += LARGE
    elif chosen.spot.feature in VAGUE:
        out += NATURAL
    return round(1 / (1 + math.exp(-out)), 3)
