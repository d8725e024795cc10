"""Who holds each place on each day, by the weight of what was said of it until then; and sums over many places.

How claims are weighed stands in ``scales.py``, what each is worth by itself in ``holdings_weights.py``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from math import floor, log2

from dateline.across import Control, Holding, HoldTold, Root, RootKind, Spot
from dateline.join.holdings_weights import CONTESTED, TRUST, Vote, contenders, vote
from dateline.join.scales import HALF_LIFE, Live, Scales, admits
from dateline.join.told import root_of

STALE = 0.1  # claims: below this a holding is only what was last known; one plain claim gets there in 70 days
STRONGEST = 3
MOST_CLAIMS = 6  # no more independent claims are asked for in words
NUMBERS = ("", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True, slots=True)
class Change:
    """From ``day`` on the place is as ``state`` says; ``holder`` is a side's key where held or stale."""

    day: date
    state: Control
    holder: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Places of one area on one day: how many each side holds, most first, of ``total``; the rest by state.

    ``held`` counts stale holdings too, and ``stale`` says how many of them are.
    """

    area: str
    total: int
    held: tuple[tuple[str, int], ...]
    contested: int
    stale: int
    unknown: int


def holding(
    place: Spot,
    claims: Iterable[HoldTold],
    roots: Mapping[str, Root],
    day: date,
    reliability: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Holding:
    """Who holds ``place`` on ``day``, by the claims on it that speak of that day or an earlier one.

    ``claims`` are all of this place, in any order; ``roots`` leads from a claim's id to its origin (a missing one
    counts as unnamed); ``reliability`` gives letters A to F by an origin's key; ``names`` are sides' names by their
    key, where the claims' own are not to be used.
    """
    return next(along(place, claims, roots, (day,), reliability, names))


def along(
    place: Spot,
    claims: Iterable[HoldTold],
    roots: Mapping[str, Root],
    days: Sequence[date],
    reliability: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Iterator[Holding]:
    """The same for many days, in one pass; ``days`` in rising order."""
    told = list(claims)
    known = side_names(told) if names is None else names
    waiting = [(day, list(group)) for day, group in groupby(votes(told, roots, reliability), key=lambda v: v.day)]
    scales, at = Scales(date.min), 0
    for day in days:
        while at < len(waiting) and waiting[at][0] <= day:
            scales.weigh(waiting[at][1])
            at += 1
        scales.wait(day)
        yield _shown(place, scales, known)


def history(
    claims: Iterable[HoldTold],
    roots: Mapping[str, Root],
    reliability: Mapping[str, str] | None = None,
    until: date | None = None,
) -> tuple[Change, ...]:
    """Every day on which one place passed to another holder or state, in order, up to and with ``until``."""
    out: list[Change] = []
    scales = Scales(date.min)
    for day, group in groupby(votes(claims, roots, reliability), key=lambda v: v.day):
        if until is not None and day > until:
            break
        _append(out, _fading(scales, day - timedelta(1)))
        scales.weigh(list(group))
        _append(out, _change(scales))
    if until is not None:
        _append(out, _fading(scales, until))
    return tuple(out)


def votes(
    claims: Iterable[HoldTold], roots: Mapping[str, Root], reliability: Mapping[str, str] | None = None
) -> list[Vote]:
    """All that counts, by day; on one day what a side says against itself last, and what may be echoes next to last."""
    told, letters = list(claims), reliability or {}
    sides = contenders(told)
    cast = [vote(c, r := root_of(c, roots), sides, letters.get(r.key)) for c in told]
    return sorted((v for v in cast if v is not None), key=lambda v: (v.day, admits(v), v.echoing, v.claim))


def rolled_up(
    holdings: Iterable[Holding],
    area: Callable[[Spot], str | None],
    places: Iterable[Spot] | None = None,
) -> tuple[Tally, ...]:
    """How many places each side holds in each area, areas by name.

    ``area`` names a place's district, province or country, or gives None for a place that does not count. ``places``
    are all that count, told of or not (all 34 capitals); without it only those told of do.
    """
    found = {h.place.key: h for h in holdings}
    counted = {p.key: p for p in places} if places is not None else {k: h.place for k, h in found.items()}
    by_area: dict[str, list[Holding | None]] = {}
    for key, spot in counted.items():
        name = area(spot)
        if name is not None:
            by_area.setdefault(name, []).append(found.get(key))
    return tuple(_tally(name, by_area[name]) for name in sorted(by_area))


def _tally(area: str, holdings: Sequence[Holding | None]) -> Tally:
    states = Counter(h.state if h is not None else "unknown" for h in holdings)
    held = Counter(h.holder for h in holdings if h is not None and h.holder is not None)
    ranked = sorted(held.items(), key=lambda item: (-item[1], item[0]))
    return Tally(area, len(holdings), tuple(ranked), states["contested"], states["stale"], states["unknown"])


def side_names(claims: Iterable[HoldTold]) -> dict[str, str]:
    """Key of a side → its name, for the sides that claims name themselves and not only by their people."""
    told = [who for c in claims for who in (c.holder, c.other) if who is not None and who.key == who.side]
    return {who.key: who.name for who in sorted(told, key=lambda who: (who.key, who.name), reverse=True)}


# --- what is shown ----------------------------------------------------------------------------------------------


def _state(scales: Scales) -> Control:
    """Held or contested, stale once little is left of all that was said, unknown where nothing was decided."""
    if scales.holder is None:
        return "unknown"
    if scales.strongest() < STALE:
        return "stale"
    return "contested" if scales.holder == CONTESTED else "held"


def _change(scales: Scales) -> Change:
    return Change(scales.day, _state(scales), _side(scales))


def _side(scales: Scales) -> str | None:
    return scales.holder if scales.holder != CONTESTED else None


def _fading(scales: Scales, until: date) -> Change:
    """The day by which what was said grew stale, where that is not after ``until``; else how things stood."""
    standing, most = _change(scales), scales.strongest()
    if scales.holder is None or most < STALE:
        return standing
    gone = scales.day + timedelta(floor(HALF_LIFE * log2(most / STALE)) + 1)
    return replace(standing, day=gone, state="stale") if gone <= until else standing


def _append(out: list[Change], change: Change) -> None:
    last = out[-1] if out else Change(date.min, "unknown", None)
    if (last.state, last.holder) != (change.state, change.holder):
        out.append(change)


def _shown(place: Spot, scales: Scales, names: Mapping[str, str]) -> Holding:
    weights = sorted(((v, round(w, 3)) for v, w in scales.net().items()), key=lambda item: (-item[1], item[0]))
    lead = scales.holder or (weights[0][0] if weights else "")
    pro = [x for x in scales.live.values() if (x.vote.value == lead) != x.vote.against]
    contra = [x for x in scales.live.values() if (x.vote.value == lead) == x.vote.against]
    state = _state(scales)
    return Holding(
        place=place, day=scales.day, state=state, holder=_side(scales), weights=tuple(weights), since=scales.since,
        pro=_strongest(pro), contra=_strongest(contra), turns=_turns(scales, state, names),
        rule="holdings.stale" if state == "stale" else scales.rule,
    )  # fmt: skip


def _strongest(live: Iterable[Live]) -> tuple[str, ...]:
    ranked = sorted(live, key=lambda x: (-x.weight, x.vote.claim))
    return tuple(x.vote.claim for x in ranked[:STRONGEST])


# --- what would turn it -----------------------------------------------------------------------------------------


def _turns(scales: Scales, state: Control, names: Mapping[str, str]) -> str:
    """A sentence saying what would turn the holding, found by trying it on the scales."""
    sides = sorted({x.vote.value for x in scales.live.values()} - {CONTESTED, scales.holder or CONTESTED})
    holder = _side(scales)
    if state == "stale":
        return "Any fresh independent claim would renew or turn it."
    if holder is None:
        wanted = [_wanted(scales, side, names) for side in sides] or ["one independent claim of who holds it"]
        return f"{_or(wanted)} would settle it."
    wanted = [_wanted(scales, side, names) for side in sides] or [_wanted(scales, "", {"": "another side"})]
    if any(_tried(scales, side, holder, 1) for side in sides or [""]):
        wanted.append(f"an admission by {names.get(holder, holder)}")
    return f"{_or(wanted)} would turn it."


def _or(wanted: Sequence[str]) -> str:
    words = ", ".join(wanted[:-1]) + (", or " if len(wanted) > 2 else " or " if len(wanted) == 2 else "") + wanted[-1]
    return words[0].upper() + words[1:]


def _wanted(scales: Scales, side: str, names: Mapping[str, str]) -> str:
    """How many independent claims that ``side`` holds the place would make it the holder, in words."""
    count = next((n for n in range(1, MOST_CLAIMS + 1) if _tried(scales, side, None, n)), None)
    claims = f"{NUMBERS[count]} independent claim{'s' if count > 1 else ''}" if count else "many independent claims"
    return f"{claims} that it is held by {names.get(side, side)}"


def _tried(scales: Scales, side: str, admitted_by: str | None, count: int) -> bool:
    """Would ``side`` be the holder after so many independent claims on the same day, or one admission?"""
    live = {key: Live(x.vote, x.weight) for key, x in scales.live.items()}
    trial = Scales(scales.day, live, holder=scales.holder)
    kind: RootKind = "party" if admitted_by else "correspondent"
    said = [Vote(f"+{n}", scales.day, f"+{n}", admitted_by, side, False, TRUST[kind], False, "") for n in range(count)]
    trial.weigh([replace(v, news=admitted_by is not None) for v in said])
    return trial.holder == side
