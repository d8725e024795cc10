"""How many died in all: the arithmetic of a toll, apart from how its parts are read.

Groups told apart in one breath add up ("ten women and nine children"); what is named after "including" does not. The
first telling that counts gives the toll, and what others put above or below it makes it a range; who "also" died, or
"other" victims, are added to those told before, unless the toll already holds them. Civilians and fighters are
counted apart. Nothing here knows a sentence: every case in ``tests/cases/claim/tolls.tsv`` can be done by hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

type Side = Literal["all", "civilian", "fighter"]
# Higher than this many times the first count, and five more, a later one is of something wider: a war, a day.
WIDER, SLACK = 4, 5


@dataclass(frozen=True, slots=True)
class Group:
    """Some who died. ``low`` or ``high`` None: open on that side. ``name``: the key of one named person."""

    low: float | None
    high: float | None
    fighters: bool = False
    part: bool = False  # of another group of its telling
    vague: bool = False  # "children", "dozens": no count
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """What one sentence tells of the dead. ``more``: it says that these come on top ("also", "other")."""

    groups: tuple[Group, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """Fewest and most; None where the words leave an end open."""

    low: float | None
    high: float | None
    vague: bool = False


def toll(tellings: Sequence[Telling], side: Side = "civilian") -> Total | None:
    """The toll of one event; None where nobody is told dead."""
    told = [t for t in (_of_side(t, side) for t in tellings) if t.groups]
    sums = [(t, total) for t in told if (total := add(t.groups)) is not None]
    if not sums:
        return None
    lead = next((k for k, (t, total) in enumerate(sums) if not total.vague), None)
    if lead is None:
        return sums[0][1]
    total = sums[lead][1]
    if all(g.name for g in sums[lead][0].groups):
        total = _roll(told, total)
    later = [g for t, _ in sums[lead + 1 :] for g in rivals(t)]
    return _between(total, later, _floor(sums[lead][0].groups))


def _of_side(telling: Telling, side: Side) -> Telling:
    """Only the civilians, or only the fighters."""
    if side == "all":
        return telling
    return replace(telling, groups=tuple(g for g in telling.groups if g.fighters == (side == "fighter")))


def add(groups: Iterable[Group]) -> Total | None:
    """Groups told apart, added up; those nobody counted add nothing."""
    whole = [g for g in groups if not g.part]
    counted = _without_details([g for g in whole if not g.vague])
    if not counted:
        return Total(whole[0].low, whole[0].high, vague=True) if whole else None
    lows = [g.low for g in counted if g.low is not None]
    highs = [g.high for g in counted if g.high is not None]
    return Total(sum(lows) if lows else None, sum(highs) if len(highs) == len(counted) else None)


def _without_details(groups: list[Group]) -> list[Group]:
    """ "four members of one family, two women and two children": the first number says it all."""
    first, rest = groups[:1], [g.low or 0 for g in groups[1:]]
    return first if rest and first[0].low == sum(rest) and first[0].low > 1 else groups


def rivals(telling: Telling) -> list[Group]:
    """Counts of the whole that a later telling sets against the first; "he and 33 *others*" is 34."""
    counts = [g for g in telling.groups if _counts(g)]
    if not telling.more:
        return counts
    persons = sum(g.low or 0 for g in telling.groups if g.low == g.high == 1 and not g.part)
    if len(counts) != 1 or not persons or counts[0].low is None:
        return []
    return [replace(counts[0], low=counts[0].low + persons, high=(counts[0].high or counts[0].low) + persons)]


def _counts(group: Group) -> bool:
    """A number of people, told as the whole; of an uncounted plural, two at least."""
    if group.part or group.name:
        return False
    return group.low == 2 if group.vague else (group.high or group.low) != 1


def _floor(groups: Iterable[Group]) -> float | None:
    """The largest part: of those killed at least so many are certain."""
    return max((g.low for g in groups if g.part and g.low is not None), default=None)


def _roll(told: Sequence[Telling], first: Total) -> Total:
    """Persons told one after another: each name once, and the groups that come on top."""
    names: set[str] = set()
    low = high = 0.0
    for telling in told:
        for g in telling.groups:
            if g.part or g.vague or g.low is None or (g.name and g.name in names):
                continue
            if telling is told[0] or telling.more:
                names |= {g.name} if g.name else set()
                low, high = low + g.low, high + (g.high or g.low)
    return Total(max(low, first.low or 0), max(high, first.high or 0))


def _between(first: Total, later: Iterable[Group], floor: float | None) -> Total:
    """The first count widened by what others put above it, and below it where it has no lower end of its own."""
    top = first.high if first.high is not None else first.low
    assert top is not None
    lone = first.low == 1 and first.high is None  # "at least one", where others tell of "martyrs"
    others = [x for x in later if (lone or not x.vague) and (x.high or x.low or 0) <= WIDER * top + SLACK]
    highs = [h for x in others if (h := x.low if x.vague else x.high or x.low) is not None and h > top]
    low = first.low
    if low is None:
        low = min((x.low for x in others if not x.vague and x.low is not None and top / 2 <= x.low < top), default=None)
        low = floor if low is None and floor is not None and 2 * floor >= top else low
    return Total(low, max(highs) if highs else first.high)
