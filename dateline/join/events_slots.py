"""What counts of an act when two are held side by side: days, ground, who did it to whom, how many it befell."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from dateline.across import ActTold, Amount, Spot, Who
from dateline.model import Status

REAL: frozenset[Status] = frozenset({"happened", "ongoing", "denied", "possible"})  # told as past, whether or not so
BACK = 14  # days before publication within which an act without a day of its own may lie
SHORT = 4  # days: a longer stretch ("last month") dates nothing by itself
KM = 6371.0
APART_KM = 15.0  # beyond the two radii: further off than this are two places
TOWNS_KM = 6.0  # two towns further off than this are two places; nearer, one is taken for a part of the other
WIDE_KM = 60.0  # a circle larger than this is an area, not a place
KEPT = 20_000  # acts whose slots are kept at hand
AREAS = frozenset({"country", "province"})

# Heads of the words for those whom an act befell. Written for the project; nothing here was fitted.
FIGHTERS = frozenset(
    "soldier serviceman servicewoman troop fighter militant rebel insurgent gunman militiaman guerrilla separatist"
    " jihadist paratrooper marine commando conscript officer policeman trooper guard militia police army".split()
)
CIVILIANS = frozenset(
    "civilian resident villager child woman man boy girl student worker journalist reporter passenger farmer family"
    " protester activist teenager pensioner patient doctor nurse teacher pupil refugee shopper worshipper".split()
)

# Verbs that are told of one and the same deed. A place is taken once in a while; it may be shelled every night.
TAKING = frozenset("capture take seize overrun fall conquer occupy recapture retake reoccupy regain".split())
DEEDS = (
    TAKING,
    frozenset("kill die slay murder shoot wound injure massacre".split()),
    frozenset("attack assault raid ambush storm strike clash fight fighting battle offensive operation".split()),
    frozenset("shell bombard fire hit strike bomb launch shelling bombardment bombing rocket".split()),
)

HURT = frozenset({"wound", "injure"})
SAME_DEED = {verb: min(verbs) for verbs in DEEDS for verb in verbs}

type Ground = Literal["same", "within", "land", "unknown", "apart"]
type Days = Literal["same", "fits", "told", "loose", "apart"]
type Toll = Literal["same", "meets", "grows", "none", "apart"]


@dataclass(frozen=True, slots=True)
class Slots:
    """An act made ready to be held beside another. Days are ordinals; ``own`` is True where the words give them."""

    act: ActTold
    real: bool
    own: bool
    first: int
    last: int
    told: int  # day of publication; 0 where unknown
    doers: frozenset[str]  # sides known from the word lists
    befallen: frozenset[str]
    lands: frozenset[str]
    spots: tuple[Spot, ...]
    scene: Spot | None  # where it may have been, if it has no place of its own
    tolls: tuple[Amount, ...]
    victims: frozenset[str]  # fighter, civilian
    deed: str  # its verb, or the first of those that are told of one and the same deed

    @property
    def short(self) -> bool:
        """True where its days are few enough to tell it from another."""
        return self.own and self.last - self.first < SHORT


@lru_cache(maxsize=KEPT)
def slots(act: ActTold) -> Slots | None:
    """The slots of an act; None where nothing tells when it was."""
    days = _days(act)
    if days is None:
        return None
    whos = (*act.actors, *act.recipients)
    lands = chain((spot.country for spot in act.places), (who.country for who in whos))
    tolls = tuple(a for a in act.amounts if _of_people(a))
    words = chain((_head(who) for who in act.recipients), (a.unit for a in tolls))
    return Slots(
        act,
        act.status in REAL,
        bool(act.earliest or act.latest),
        *days,
        act.published.toordinal() if act.published else 0,
        frozenset(_known(act.actors)),
        frozenset(_known(act.recipients)),
        frozenset(filter(None, lands)),
        tuple(spot for spot in act.places if spot.name),
        None if act.places else act.scene,
        tolls,
        frozenset(kind for word in words if word and (kind := _sort(word))),
        SAME_DEED.get(act.lemma, act.lemma),
    )


def grounds(a: Slots, b: Slots) -> Ground:
    """How the places of two acts lie to each other, at best; countries of people stand in where there are none."""
    found = {_lie(p, q) for p in a.spots for q in b.spots}
    for ground in ("same", "within"):
        if ground in found:
            return ground
    if "apart" in found and not found & {"land", "unknown"}:
        return "apart"
    return "land" if a.lands & b.lands else "unknown"


def on_scene(a: Slots, b: Slots) -> bool:
    """True where the place of one is the town that the other's report is about, and that other has no place."""
    if a.spots and b.spots:
        return False
    ours, theirs = a.spots or (a.scene,), b.spots or (b.scene,)
    return any(p is not None and q is not None and _lie(p, q) == "same" for p in ours for q in theirs)


def days(a: Slots, b: Slots) -> Days:
    """How the days of two acts lie to each other. A day of slack is for the night between."""
    if a.first > b.last + 1 or b.first > a.last + 1:
        return "apart"
    if a.own and b.own:
        if (a.short and b.short) or (a.first, a.last) == (b.first, b.last):
            return "same" if a.first <= b.last and b.first <= a.last else "fits"
        return "loose"
    if a.own or b.own:
        one, other = (a, b) if a.own else (b, a)
        return "fits" if one.short and other.told - 2 <= one.last <= other.told else "loose"
    return "told" if abs(a.told - b.told) <= 1 else "loose"


def tolls(a: Slots, b: Slots) -> Toll:
    """How the numbers of two acts lie to each other; fighters and civilians, dead and wounded are not compared."""
    if (a.victims and b.victims and not a.victims & b.victims) or (a.act.lemma in HURT) != (b.act.lemma in HURT):
        return "none"
    pairs = [(x, y) for x in a.tolls for y in b.tolls]
    if not pairs:
        return "none"
    if any(x.value is not None and x.value == y.value for x, y in pairs):
        return "same"
    if any(_low(x) <= _high(y) and _low(y) <= _high(x) for x, y in pairs):
        return "meets"
    early, late = (a, b) if a.told <= b.told else (b, a)
    grown = any(_low(y) > _high(x) for x in early.tolls for y in late.tolls)
    return "grows" if grown or a.told == b.told else "apart"


def area_keys(spot: Spot) -> frozenset[str]:
    """Keys of the place itself and of the areas around it; two that lie in each other share one."""
    if spot.kind == "country":
        return frozenset()
    around = f"{spot.country}/{spot.admin1}" if spot.country and spot.admin1 else None
    return frozenset(filter(None, (spot.key, around)))


def is_narrow(spot: Spot) -> bool:
    """True for a place that a deed can be pinned to: no country, province or vague stretch of land."""
    return spot.kind not in AREAS and (spot.radius_km or 0.0) <= WIDE_KM


def _days(act: ActTold) -> tuple[int, int] | None:
    first, last, told = act.earliest, act.latest, act.published
    if first or last:
        begin, end = first or last, last or told or first
        return (begin.toordinal(), max(begin, end).toordinal()) if begin and end else None
    return (told.toordinal() - BACK, told.toordinal()) if told else None


def _lie(p: Spot, q: Spot) -> Ground:
    if p is q:
        return "land" if p.kind == "country" else "same" if is_narrow(p) else "within"
    if p.kind == "country" or q.kind == "country":
        return "unknown" if not (p.country and q.country) else "land" if p.country == q.country else "apart"
    if p.key == q.key or p.name == q.name:
        return "same" if is_narrow(p) and is_narrow(q) else "within"
    if p.country and q.country and p.country != q.country:
        return "apart"
    if p.kind == "province" and q.kind == "province":
        return "apart"
    if "province" in (p.kind, q.kind) and p.admin1 and q.admin1:
        return "within" if p.admin1 == q.admin1 else "apart"
    return _by_distance(p, q)


def _by_distance(p: Spot, q: Spot) -> Ground:
    between = distance(p, q)
    if between is None:
        return "unknown"
    if p.kind == q.kind == "settlement":
        return "same" if between <= TOWNS_KM else "apart"
    if between > (p.radius_km or 0.0) + (q.radius_km or 0.0) + APART_KM:
        return "apart"
    return "same" if is_narrow(p) and is_narrow(q) else "within" if is_narrow(p) or is_narrow(q) else "land"


def distance(p: Spot, q: Spot) -> float | None:
    """Kilometres between two places, as the crow flies; None where one has no point."""
    if p.latitude is None or p.longitude is None or q.latitude is None or q.longitude is None:
        return None
    north, south = radians(p.latitude), radians(q.latitude)
    aside = radians(p.longitude - q.longitude)
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(aside / 2) ** 2
    return 2 * KM * asin(min(1.0, sqrt(half)))


def _known(whos: tuple[Who, ...]) -> set[str]:
    return {who.side for who in whos if "|" not in who.key}


def _head(who: Who) -> str:
    return who.name.rpartition(" ")[2].lower()


def _sort(word: str) -> str | None:
    for form in (word, word.removesuffix("s"), word.replace("men", "man")):
        if form in FIGHTERS:
            return "fighter"
        if form in CIVILIANS:
            return "civilian"
    return None


def _of_people(amount: Amount) -> bool:
    """True where nothing says that something else was counted."""
    return amount.unit is None or amount.unit in ("people", "person", "other") or _sort(amount.unit) is not None


def _low(amount: Amount) -> float:
    return amount.value if amount.value is not None else amount.low or 0.0


def _high(amount: Amount) -> float:
    if amount.high is None:
        return float("inf") if amount.low is not None else _low(amount)
    return amount.high
