"""Which acts, of many reports, tell of one event: the same kind of act, at places and on days that meet, by the same.

Text never decides here. Two acts are *linked* when their slots agree and no veto speaks; acts linked through others are
a web, and in a web the best agreeing pairs come together first, as long as no pair that comes together is vetoed.
"""

import hashlib
from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta

from dateline.across import ActTold, Event, Spot
from dateline.model import Status

REAL: frozenset[Status] = frozenset({"happened", "ongoing", "denied", "possible"})
SLACK = timedelta(days=1)  # "on Sunday" and "on Monday morning" of one night
MEETING = 4  # countries and sides under which an act is filed
BACK = timedelta(days=4)  # how long before publication an act without a day of its own may lie
NEAR_KM = 30.0
DEGREE_KM = 111.0
WIDE = frozenset({"country", "province", "region"})
PRECISE = frozenset({"exact", "near", "district"})

type Pairs = Set[frozenset[str]]


def cells(act: ActTold) -> frozenset[int]:
    """Where this act meets those that may be one event with it: its type, its country or side, and weeks around it."""
    days = _days(act)
    if days is None or not (act.places or act.actors or act.recipients):
        return frozenset()
    first, last = (_week(day) for day in (days[0] - SLACK, days[1] + SLACK))
    areas = {spot.country for spot in act.places if spot.country} | _sides(act)
    weeks = range(first, min(last, first + 2) + 1)
    return frozenset(_cell(act.type, area, week) for area in sorted(areas)[:MEETING] for week in weeks)


def linked(a: ActTold, b: ActTold) -> str | None:
    """The rule by which two acts tell of one event; None where they do not, or where a veto speaks."""
    if a.type != b.type or a.id == b.id:
        return None
    if a.same_as == b.id or b.same_as == a.id:
        return "event/told-again"
    if vetoed(a, b):
        return None
    if (a.mode and a.mode == b.mode) or a.lemma == b.lemma:
        return "event/same-act"
    return "event/same-sides" if _sides(a) & _sides(b) else None


def vetoed(a: ActTold, b: ActTold) -> str | None:
    """Why two acts cannot be one event."""
    if (a.status in REAL) != (b.status in REAL):
        return "veto/not-yet"
    first, second = _days(a), _days(b)
    if first is None or second is None or first[1] + SLACK < second[0] or second[1] + SLACK < first[0]:
        return "veto/days"
    if not _places_meet(a, b):
        return "veto/places"
    if a.mode and b.mode and a.mode != b.mode:
        return "veto/mode"
    doers, others = {w.side for w in a.actors}, {w.side for w in b.actors}
    return "veto/actors" if doers and others and not doers & others else None


def grouped(
    acts: Sequence[ActTold], same: Pairs = frozenset(), apart: Pairs = frozenset()
) -> list[tuple[ActTold, ...]]:
    """The events among acts that hang together; what people ruled goes before what the rules say."""
    acts = sorted(acts, key=_age)
    event = {act.id: [act] for act in acts}
    for a, b in sorted(_pairs(acts, same), key=lambda pair: _strength(pair[0], pair[1], same)):
        one, other = event[a.id], event[b.id]
        if one is not other and not any(_barred(x, y, same, apart) for x in one for y in other):
            one.extend(other)
            for act in other:
                event[act.id] = one
    found = {id(members): members for members in event.values()}
    return sorted((tuple(sorted(members, key=_age)) for members in found.values()), key=lambda e: _age(e[0]))


def event_of(tellings: Sequence[ActTold]) -> Event:
    """One event out of all that tell of it."""
    acts = sorted(tellings, key=_age)
    first = acts[0]
    starts = [a.earliest for a in acts if a.earliest]
    ends = [a.latest for a in acts if a.latest]
    places = [spot for act in acts for spot in act.places]
    return Event(
        first.id,
        first.type,
        tuple(act.id for act in acts),
        max(starts, default=None),
        max(min(ends), *starts) if starts and ends else None,
        min(places, key=_width) if places else None,
        tuple(dict.fromkeys(who for act in acts for who in act.actors)),
        tuple(dict.fromkeys(who for act in acts for who in act.recipients)),
        "event",
    )


def _pairs(acts: Sequence[ActTold], same: Pairs) -> Iterator[tuple[ActTold, ActTold]]:
    for i, b in enumerate(acts):
        for a in acts[:i]:
            if frozenset((a.id, b.id)) in same or linked(a, b):
                yield a, b


def _strength(a: ActTold, b: ActTold, same: Pairs) -> tuple[object, ...]:
    """The surest pairs come first."""
    ruled = frozenset((a.id, b.id)) in same
    told = a.same_as == b.id or b.same_as == a.id
    alike = (
        (a.lemma == b.lemma) + bool(_sides(a) & _sides(b)) + bool({s.key for s in a.places} & {s.key for s in b.places})
    )
    return not ruled, not told, -alike, _age(a), _age(b)


def _barred(a: ActTold, b: ActTold, same: Pairs, apart: Pairs) -> bool:
    pair = frozenset((a.id, b.id))
    if pair in apart:
        return True
    told = a.same_as == b.id or b.same_as == a.id
    return pair not in same and not told and vetoed(a, b) is not None


def _age(act: ActTold) -> tuple[date, str, int, str]:
    return act.published or date.max, act.report, act.start, act.id


def _days(act: ActTold) -> tuple[date, date] | None:
    """The days that an act may be of; without words for them, those before it was printed."""
    if act.earliest or act.latest:
        first, last = act.earliest or act.latest, act.latest or act.published or act.earliest
        return (first, max(first, last)) if first and last else None
    return (act.published - BACK, act.published) if act.published else None


def _sides(act: ActTold) -> frozenset[str]:
    return frozenset(who.side for who in (*act.actors, *act.recipients))


def _places_meet(a: ActTold, b: ActTold) -> bool:
    """True where a place of one is, lies near or lies in a place of the other, or where one names none."""
    return not a.places or not b.places or any(_meet(p, q) for p in a.places for q in b.places)


def _meet(p: Spot, q: Spot) -> bool:
    if p.key == q.key:
        return True
    if p.country and q.country and p.country != q.country:
        return False
    if all(spot.precision in PRECISE and spot.kind not in WIDE for spot in (p, q)):
        return _near(p, q)
    return _holds(p, q) or _holds(q, p)


def _holds(wide: Spot, narrow: Spot) -> bool:
    if wide.kind == "country":
        return wide.country == narrow.country
    return (
        wide.kind in ("province", "region")
        and bool(wide.admin1 or wide.name)
        and narrow.admin1 in (wide.admin1, wide.name)
    )


def _near(p: Spot, q: Spot) -> bool:
    if None in (p.latitude, p.longitude, q.latitude, q.longitude):
        return False
    up = abs((p.latitude or 0) - (q.latitude or 0)) * DEGREE_KM
    aside = abs((p.longitude or 0) - (q.longitude or 0)) * DEGREE_KM  # at the equator, so never too near
    return up <= NEAR_KM and aside <= NEAR_KM


def _width(spot: Spot) -> tuple[bool, bool, str]:
    return spot.kind in ("country", "region"), spot.kind == "province", spot.key


def _week(day: date) -> int:
    return day.toordinal() // 7


def _cell(*parts: object) -> int:
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
