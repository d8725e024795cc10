"""Two amounts of what may be one thing: whether they agree, and where they do not, why.

Asked in the order in which a desk asks: is something else counted; are they equal; does a bound let the other in; is
one of them round; is the later one a new count; do parties differ for reasons of their own? What is left is a conflict.
Only the last two alert.
"""

import math
from collections.abc import Mapping, Set
from datetime import date, timedelta

from dateline.across import FigureTold, Root, Spot, Verdict

ALERTS: Set[Verdict] = frozenset({"party_dispute", "conflict"})
ROUND = 0.12  # of the larger: how far a round figure may be from an exact one
NEAR = 30.0  # kilometres: places nearer than this may be one
FATES = frozenset({"killed", "wounded", "missing", "captured", "displaced", "casualties", "released"})
FEW_WAYS = {frozenset({"captured", "missing"}), frozenset({"killed", "casualties"})}  # one people, seen from two sides

# Whom a noun counts. Two of these are never one group of people; a noun in none may be any of them.
GROUPS: Mapping[str, str] = {
    word: group
    for group, words in {
        "forces": "soldier troop serviceman policeman officer guard gendarme trooper peacekeeper marine recruit"
        " conscript paratrooper commando ranger sailor airman police",
        "fighters": "fighter militant rebel insurgent gunman attacker assailant guerrilla jihadist militiaman terrorist"
        " bandit extremist invader mercenary separatist raider intruder",
        "civilians": "civilian villager resident child woman boy girl pupil student passenger worshipper farmer herder"
        " worker teacher townspeople pedestrian shopper trader mourner driver miner nurse doctor patient protester",
    }.items()
    for word in words.split()
}
PARTS = frozenset({"child", "woman", "boy", "girl", "pupil", "student"})  # of the civilians


def verdict(a: FigureTold, b: FigureTold, roots: Mapping[str, Root]) -> tuple[Verdict, str]:
    """How two amounts stand to each other, and the id of the rule; the order of the two does not matter.

    ``roots`` leads from a figure's id to its origin; without one nothing is known of who stands behind it.
    """
    first, later = sorted((a, b), key=lambda f: (f.published or date.max, f.report, f.start, f.id))
    other = _other_scope(first, later)
    if other is not None:
        return "other_scope", other
    x, y = roots.get(first.id), roots.get(later.id)
    if _equal(first, later):
        return "same", "numbers.equal"
    if _admits(first, later) or _admits(later, first):
        if _is_update(first, later, x, y):
            return "update", "numbers.later_count"
        return "compatible", "numbers.bound"
    if _rounded(first, later):
        return "rounding", "numbers.round"
    if _is_update(first, later, x, y):
        return "update", "numbers.later_count"
    if x is not None and y is not None and opposed(x, y):
        return "party_dispute", "numbers.parties_differ"
    return "conflict", "numbers.cannot_both"


def opposed(x: Root, y: Root) -> bool:
    """True for two parties that do not answer to one side."""
    return x.kind == y.kind == "party" and x.key != y.key and (x.side is None or x.side != y.side)


# --- is something else counted? -----------------------------------------------------------------------------------


def _other_scope(a: FigureTold, b: FigureTold) -> str | None:
    """The rule by which two amounts count different things, or None."""
    if a.counts != b.counts and frozenset({a.counts, b.counts}) not in FEW_WAYS:
        return "numbers.other_thing"
    if a.amount.unit != b.amount.unit and (a.counts == "money" or b.counts == "money"):
        return "numbers.other_unit"
    if _other_people(a, b):
        return "numbers.other_people"
    if {a.scope, b.scope} in ({"part", "total"}, {"part", "event"}, {"since", "event"}, {"since", "day"}):
        return "numbers.other_extent"
    if _days_apart(a, b):
        return "numbers.other_days"
    if a.places and b.places and all(_apart(p, q) for p in a.places for q in b.places):
        return "numbers.other_place"
    return None


def _other_people(a: FigureTold, b: FigureTold) -> bool:
    p, q = group_of(a), group_of(b)
    if p and q and p != q:
        return True
    one_in_parts = (a.amount.unit in PARTS) != (b.amount.unit in PARTS)
    return one_in_parts or (a.amount.unit in PARTS and a.amount.unit != b.amount.unit)


def group_of(f: FigureTold) -> str:
    """forces, fighters or civilians, where the noun that is counted says so, or whose they are."""
    by_noun = GROUPS.get(f.amount.unit or "", "")
    return by_noun or (GROUPS.get(_singular(f.side.name), "") if f.side is not None else "")


def _singular(name: str) -> str:
    last = name.casefold().split()[-1] if name.split() else ""
    return last[:-1] if last.endswith("s") else last


def _days_apart(a: FigureTold, b: FigureTold) -> bool:
    """Both dated, and not of one day or of neighbouring ones that a night or a time zone may join."""
    if (
        None in (a.earliest, a.latest, b.earliest, b.latest)
        or "since" in (a.scope, b.scope)
        or "total" in (a.scope, b.scope)
    ):
        return False
    assert a.earliest and a.latest and b.earliest and b.latest
    return max(a.earliest, b.earliest) - min(a.latest, b.latest) > timedelta(1)


def _apart(p: Spot, q: Spot) -> bool:
    if p.key == q.key or p.precision != "exact" or q.precision != "exact":
        return False
    far = kilometres(p, q)
    return far is not None and far > NEAR


def kilometres(p: Spot, q: Spot) -> float | None:
    """Great-circle distance; None where a place has no point."""
    if p.latitude is None or p.longitude is None or q.latitude is None or q.longitude is None:
        return None
    a, b = math.radians(p.latitude), math.radians(q.latitude)
    half = math.sin((a - b) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(p.longitude - q.longitude) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(half)))  # mean diameter of the Earth, kilometres


# --- the amounts themselves ---------------------------------------------------------------------------------------


def _span(f: FigureTold) -> tuple[float, float]:
    """The least and the most that an amount may be by its words."""
    low = f.amount.low if f.amount.low is not None else 0.0
    high = f.amount.high if f.amount.high is not None else math.inf
    return (low, high) if f.amount.value is None or f.bound in ("at_least", "up_to", "range") else (f.amount.value,) * 2


def middle(f: FigureTold) -> float | None:
    """The number to compare and to plot: the value, else what is known of it."""
    if f.amount.value is not None:
        return f.amount.value
    known = [n for n in (f.amount.low, f.amount.high) if n is not None]
    return sum(known) / len(known) if known else None


def _bounded(f: FigureTold) -> bool:
    return f.bound in ("at_least", "up_to", "range") or f.amount.value is None


def _equal(a: FigureTold, b: FigureTold) -> bool:
    if _bounded(a) or _bounded(b):
        return a.bound == b.bound and _span(a) == _span(b)
    return a.amount.value == b.amount.value


def _admits(bounded: FigureTold, other: FigureTold) -> bool:
    """A bound or range that the other lies in, or meets."""
    if not _bounded(bounded):
        return False
    (low, high), (least, most) = _span(bounded), _span(other)
    return low <= most and least <= high


def _rounded(a: FigureTold, b: FigureTold) -> bool:
    """A round figure within a tenth or so of one that is less round."""
    x, y = middle(a), middle(b)
    if not x or not y or abs(x - y) > ROUND * max(x, y):
        return False
    hedged = "about" in (a.bound, b.bound) or a.amount.approximate or b.amount.approximate
    rounder, other = sorted((x, y), key=_zeros, reverse=True)
    return (hedged or _zeros(rounder) >= 2) and _zeros(rounder) > _zeros(other) - hedged


def _zeros(number: float) -> int:
    """How round a number is: the noughts it ends in; half a step for a five."""
    digits = f"{number:.0f}"
    return len(digits) - len(digits.rstrip("0"))


def _is_update(first: FigureTold, later: FigureTold, x: Root | None, y: Root | None) -> bool:
    """A later count by whoever may replace the first: the same origin, or a higher one by nobody who is against it."""
    if first.published is None or later.published is None or first.published == later.published:
        return False
    if x is None or y is None:
        return _higher(first, later)
    if x.key == y.key and x.kind != "unnamed":
        return True
    if x.kind == y.kind == "party" and x.side is not None and x.side == y.side:
        return True
    return _higher(first, later) and not (x.kind == "party" or y.kind == "party")


def _higher(first: FigureTold, later: FigureTold) -> bool:
    x, y = middle(first), middle(later)
    return x is not None and y is not None and y > x
