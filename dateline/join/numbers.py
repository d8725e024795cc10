"""Two amounts of what may be one thing: whether they agree, and where they do not, why.

Asked in the order in which a desk asks: is something else counted; are they equal; does a bound let the other in; is
one of them round; is the later one a new count; do parties differ for reasons of their own? What is left is a conflict.
Only the last two alert.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import timedelta

from dateline.across import FigureTold, Root, Spot, Verdict
from dateline.join.told import NOBODY, firsts, order, root_of
from dateline.join.voice_words import BODY_WORDS, OFFICES

ALERTS: Set[Verdict] = frozenset({"party_dispute", "conflict"})
STATE_KEY = re.compile(r"(?:gov|mil|cop|state)\.([a-z]{2})\b")
OFFICIAL = BODY_WORDS | OFFICES
ROUND = 0.10  # of the larger: how far a round figure may be from an exact one
PLAIN_ROUND = 30  # from here on a number that ends in a nought is round without "about"
NEAR = 30.0  # kilometres: places nearer than this may be one
LONG_AGO = timedelta(30)  # what is told without a day is news: it did not happen longer before it was printed
# Two ways to count one lot of people, seen from two sides or at two doors.
FEW_WAYS = frozenset(
    frozenset(pair.split())
    for pair in (
        "captured missing", "killed casualties", "displaced arrived", "displaced people", "arrived people",
        "vehicles deliveries", "weapons deliveries", "vehicles aircraft",
    )
)  # fmt: skip
VAGUE = frozenset({"troops", "people"})  # told of without their fate: perhaps of those whose fate another tells
TWICE = 2.0  # amounts of one lot of people that are told so differ by no more
MANIFOLD = 4.0
TALLIES = frozenset({"body", "corpse", "name", "grave", "coffin"})  # who counts these has not counted all

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
ALIKE: Mapping[str, str] = {
    word: group
    for group in (
        "vehicle truck lorry pick-up pickup car", "family household", "house home building dwelling",
        "aircraft plane jet warplane", "weapon arm rifle gun",
    )
    for word in group.split()
}  # fmt: skip
ANYTHING = (
    frozenset({"people", "person", "man", "member", "dead", "more", "other", "victim", "these", "casualty"}) | TALLIES
)


def verdict(a: FigureTold, b: FigureTold, roots: Mapping[str, Root]) -> tuple[Verdict, str]:
    """How two amounts stand to each other, and the id of the rule; the order of the two does not matter.

    ``roots`` leads from a figure's id to its origin; without one nothing is known of who stands behind it.
    """
    first, later = sorted((a, b), key=order)
    x, y = root_of(first, roots), root_of(later, roots)
    for found, rule, holds in RULES:
        if holds(first, later, x, y):
            return found, rule
    return "conflict", "numbers.cannot_both"


def opposed(x: Root, y: Root) -> bool:
    """True for two parties that do not answer to one side. Two offices of one state are of one side."""
    if not x.kind == y.kind == "party" or x.key == y.key or (x.side is not None and x.side == y.side):
        return False
    one, other = state_of(x), state_of(y)
    return one is None or other is None or (one != other and "" not in (one, other))


def state_of(root: Root) -> str | None:
    """The state of which a party is an office: its code, empty where we cannot tell which; None for movements."""
    for key in filter(None, (root.key, root.side)):
        if (found := STATE_KEY.match(key)) is not None:
            return found[1]
    if not OFFICIAL & {*root.key.partition("|")[0].split()}:
        return None
    return root.key.partition("|")[2].casefold()


def _same_side(x: Root, y: Root) -> bool:
    if x.kind == "unnamed" or y.kind == "unnamed":
        return False
    return x.key == y.key or (x.kind == y.kind == "party" and not opposed(x, y))


def current(figures: Sequence[FigureTold], roots: Mapping[str, Root]) -> list[FigureTold]:
    """What each origin said last: its earlier counts of the same thing are replaced."""
    first = firsts(figures, roots, "counts", "amount.value", "amount.low", "amount.high")
    return [f for f in first if not any(_replaces(g, f, roots) for g in first)]


def _replaces(later: FigureTold, figure: FigureTold, roots: Mapping[str, Root]) -> bool:
    own, other = root_of(figure, roots), root_of(later, roots)
    if order(later) <= order(figure) or own.kind == "unnamed" or own.key != other.key:
        return False
    return verdict(figure, later, roots)[0] == "update"


# --- is something else counted? -----------------------------------------------------------------------------------


def _other_thing(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    if a.counts == b.counts or frozenset({a.counts, b.counts}) in FEW_WAYS:
        return False
    return not (VAGUE & {a.counts, b.counts} and _of_one_size(a, b))


def _of_one_size(a: FigureTold, b: FigureTold) -> bool:
    x, y = middle(a), middle(b)
    return x is not None and y is not None and min(x, y) * TWICE >= max(x, y)


def _other_unit(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    """Dollars and euros, shells and craters: neither noun stands for anything, and they are no two words for one."""
    p, q = _noun(a), _noun(b)
    apart = p and q and p != q and not ANYTHING & {p, q} and not (p in GROUPS or q in GROUPS)
    return bool(apart) and not _agree(a, b)


def _noun(f: FigureTold) -> str:
    noun = f.amount.unit or ""
    return ALIKE.get(noun, noun)


def _other_people(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    p, q = group_of(a), group_of(b)
    if p and q and p != q:
        return True
    one_in_parts = (a.amount.unit in PARTS) != (b.amount.unit in PARTS)
    return one_in_parts or (a.amount.unit in PARTS and a.amount.unit != b.amount.unit)


def _other_extent(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    """A part and the whole; and, in one report, what happened since some day beside what happened once."""
    if a.report != b.report or _agree(a, b):
        return False
    if {a.scope, b.scope} in ({"part", "total"}, {"part", "event"}):
        return True
    return a.report == b.report and (a.scope == "since") != (b.scope == "since") and a.amount != b.amount


def _other_days(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    """Days that do not meet; or a day that had not come when the other was printed, or was long gone."""
    if "since" in (a.scope, b.scope) or "total" in (a.scope, b.scope):
        return False
    if a.earliest and a.latest and b.earliest and b.latest:
        return max(a.earliest, b.earliest) - min(a.latest, b.latest) > timedelta(1)
    return _never_met(a, b) or _never_met(b, a)


def _never_met(dated: FigureTold, other: FigureTold) -> bool:
    if other.published is None or other.earliest or other.latest:
        return False
    early = dated.earliest is not None and dated.earliest > other.published
    return early or (dated.latest is not None and dated.latest < other.published - LONG_AGO)


def _other_place(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    return bool(a.places and b.places) and all(_apart(p, q) for p in a.places for q in b.places)


def _other_size(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    """Nobody but a party differs so much from others over one thing."""
    less, more = sorted((middle(a) or 0.0, middle(b) or 0.0))
    partial = "party" in (x.kind, y.kind) and x.key != y.key
    return 0 < less * MANIFOLD < more and not _agree(a, b) and not partial


def _one_breath(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    """One voice in one report does not contradict itself: its two numbers are of two things."""
    return a.report == b.report and x.key == y.key and not _agree(a, b)


def _agree(a: FigureTold, b: FigureTold) -> bool:
    return _equal(a, b) or _compatible(a, b, NOBODY, NOBODY) or _rounded(a, b)


def group_of(f: FigureTold) -> str:
    """forces, fighters or civilians, where the noun that is counted says so, or whose they are."""
    by_noun = GROUPS.get(f.amount.unit or "", "")
    return by_noun or (GROUPS.get(_singular(f.side.name), "") if f.side is not None else "")


def _singular(name: str) -> str:
    last = name.casefold().split()[-1] if name.split() else ""
    return last[:-1] if last.endswith("s") else last


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


def _same(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    return _equal(a, b)


def _admits(bounded: FigureTold, other: FigureTold) -> bool:
    """A bound or range that the other lies in, or meets."""
    if not _bounded(bounded):
        return False
    (low, high), (least, most) = _span(bounded), _span(other)
    return low <= most and least <= high


def _compatible(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    return _admits(a, b) or _admits(b, a) or (a.published == b.published and (_tallied(a, b) or _tallied(b, a)))


def _tallied(tally: FigureTold, other: FigureTold) -> bool:
    """Bodies seen so far, and fewer than are said to be dead."""
    seen, said = middle(tally), middle(other)
    return tally.amount.unit in TALLIES and seen is not None and said is not None and seen < said


def _rounded(a: FigureTold, b: FigureTold) -> bool:
    """A round figure within a tenth of one that is less round."""
    x, y = middle(a), middle(b)
    if not x or not y or abs(x - y) > ROUND * max(x, y):
        return False
    hedged = "about" in (a.bound, b.bound) or a.amount.approximate or b.amount.approximate
    rounder, other = sorted((x, y), key=_zeros, reverse=True)
    return (hedged or rounder >= PLAIN_ROUND) and _zeros(rounder) > _zeros(other)


def _zeros(number: float) -> float:
    """How round a number is: the noughts it ends in; a five is half a nought."""
    digits = f"{number:.0f}"
    bare = digits.rstrip("0")
    return len(digits) - len(bare) + (0.5 if bare.endswith("5") else 0.0)


def _rounding(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    return _rounded(a, b)


def _update(first: FigureTold, later: FigureTold, x: Root, y: Root) -> bool:
    """A later count by the same side, whatever it comes to; a higher one by anybody but the other side."""
    if first.published is None or later.published is None or first.published == later.published:
        return False
    if _same_side(x, y):
        return True
    less, more = middle(first), middle(later)
    return less is not None and more is not None and more > less and not opposed(x, y)


def _dispute(a: FigureTold, b: FigureTold, x: Root, y: Root) -> bool:
    return opposed(x, y)


type Test = Callable[[FigureTold, FigureTold, Root, Root], bool]
RULES: Sequence[tuple[Verdict, str, Test]] = (
    ("other_scope", "numbers.other_thing", _other_thing),
    ("other_scope", "numbers.other_unit", _other_unit),
    ("other_scope", "numbers.other_people", _other_people),
    ("other_scope", "numbers.other_extent", _other_extent),
    ("other_scope", "numbers.other_days", _other_days),
    ("other_scope", "numbers.other_place", _other_place),
    ("other_scope", "numbers.one_breath", _one_breath),
    ("other_scope", "numbers.other_size", _other_size),
    ("same", "numbers.equal", _same),
    ("compatible", "numbers.bound", _compatible),
    ("rounding", "numbers.round", _rounding),
    ("update", "numbers.later_count", _update),
    ("party_dispute", "numbers.parties_differ", _dispute),
)
