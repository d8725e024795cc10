"""Which acts, of many reports, tell of one event: the same kind of act, at places and on days that meet, by the same.

Text never decides here. Two acts are *linked* when their slots agree and no veto speaks; acts linked through others are
a web, and in a web the best agreeing pairs come together first, as long as no pair that comes together is vetoed.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

from dateline.across import ActTold, Event, Spot
from dateline.join.events_links import link, veto
from dateline.join.events_slots import Slots, area_keys, slots

SPAN = 16  # days filed together: an act without a day of its own lies in two such spans at most
CELLS = 8  # an act is filed under so many numbers at most
MEETING = 64  # acts of one cell that are held against each other

type Pairs = Set[frozenset[str]]


def cells(act: ActTold) -> frozenset[int]:
    """Where this act meets those that may be one event with it; none where nothing could link it."""
    made = slots(act)
    return frozenset(_cell(key) for key in _keys(made)) if made else frozenset()


def linked(a: ActTold, b: ActTold) -> str | None:
    """The rule by which two acts tell of one event; None where they do not, or where a veto speaks."""
    if a.type != b.type or a.id == b.id:
        return None
    if _again(a, b):
        return "event/told-again"
    if a.report == b.report:
        return None
    one, other = slots(a), slots(b)
    found = link(one, other) if one and other else None
    return found.rule if one and other and found and set(_keys(one)) & set(_keys(other)) else None


def vetoed(a: ActTold, b: ActTold) -> str | None:
    """Why two acts cannot be one event."""
    one, other = slots(a), slots(b)
    return veto(one, other) if one and other else "veto/no-day"


def grouped(
    acts: Sequence[ActTold], same: Pairs = frozenset(), apart: Pairs = frozenset()
) -> list[tuple[ActTold, ...]]:
    """The events among acts that hang together; what people ruled goes before what the rules say."""
    acts = sorted(acts, key=_age)
    made = {act.id: slots(act) for act in acts}
    event = {act.id: [act] for act in acts}
    refused: set[tuple[str, str, int]] = set()  # the first of either group, and their size together
    for a, b in _pairs(acts, made, same):
        one, other = event[a], event[b]
        state = one[0].id, other[0].id, len(one) + len(other)
        if one is other or state in refused:
            continue
        if any(_barred(made, x, y, same, apart) for x in one for y in other):
            refused.add(state)
            continue
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


def _keys(made: Slots) -> list[str]:
    """What an act is filed under, most telling first."""
    act = made.act
    first, last = (made.first - 1) // SPAN, (made.last + 1) // SPAN
    spans = range(max(first, last - 1), last + 1)
    areas = sorted({key for spot in made.spots or (made.scene,) if spot for key in area_keys(spot)})
    tolls = sorted({f"toll {a.value:g}" for a in made.tolls if a.value is not None})
    parties = [f"{x}>{y}" for x in sorted(made.doers) for y in sorted(made.befallen)]
    kept = [*areas[:2], *tolls[:1], *parties[:1]]
    return [f"{act.type}\x1f{key}\x1f{span}" for key in kept for span in spans][:CELLS]


def _pairs(acts: Sequence[ActTold], made: Mapping[str, Slots | None], same: Pairs) -> Iterator[tuple[str, str]]:
    """Pairs of ids that may come together, the surest first: ruled, told again, then by how much agrees."""
    ids = {act.id for act in acts}
    yield from sorted(tuple(sorted(pair)) for pair in same if pair <= ids)  # type: ignore[misc]
    yield from ((act.id, act.same_as) for act in acts if act.same_as in ids)
    order = {act.id: n for n, act in enumerate(acts)}
    met: dict[str, list[Slots]] = {}
    for act in acts:
        one = made[act.id]
        for key in _keys(one) if one else ():
            met.setdefault(key, []).append(one)  # type: ignore[arg-type]
    tried: set[tuple[str, str]] = set()
    found: list[tuple[float, int, int, str, str]] = []
    for key in sorted(met):
        for n, b in enumerate(met[key]):
            for a in met[key][max(0, n - MEETING) : n]:
                pair = a.act.id, b.act.id
                if pair not in tried:
                    tried.add(pair)
                    if why := link(a, b):
                        found.append((-why.weight, order[pair[0]], order[pair[1]], *pair))
    yield from ((a, b) for *_, a, b in sorted(found))


def _barred(made: Mapping[str, Slots | None], a: ActTold, b: ActTold, same: Pairs, apart: Pairs) -> bool:
    pair = frozenset((a.id, b.id))
    if pair in apart:
        return True
    one, other = made[a.id], made[b.id]
    return pair not in same and not _again(a, b) and (not one or not other or veto(one, other) is not None)


def _again(a: ActTold, b: ActTold) -> bool:
    return a.same_as == b.id or b.same_as == a.id


def _age(act: ActTold) -> tuple[date, str, int, str]:
    return act.published or date.max, act.report, act.start, act.id


def _width(spot: Spot) -> tuple[bool, bool, str]:
    return spot.kind in ("country", "region"), spot.kind == "province", spot.key


def _cell(key: str) -> int:
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
