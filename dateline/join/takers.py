"""Who took the places of which it is only said that they fell: the one side that takes places in that country then.

Headlines say that a town "has fallen" and leave out to whom, since every reader knows. The record knows it too where,
about those days, one side is told to have taken nearly all the places taken in the country. Else nothing is filled in.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dateline.across import HoldTold, Who
from dateline.join.holdings_weights import NEWS, day_of, side_of
from dateline.join.told import denied

ABOUT = 30  # days before and after: wars change direction by the season
PLACES = 2  # taken by name at least, other than the one asked about
SHARE = 0.8  # of the places taken by anybody by name
BARE = NEWS - {"retaken"}  # "captured", "lost", "withdrawn": a word of its own says who retakes

type Takings = dict[str, list[tuple[date, str, Who]]]  # country → day, place, who took it


def with_takers(claims: Iterable[HoldTold]) -> tuple[HoldTold, ...]:
    """All claims, by id; those that a place fell, to nobody named, with the holder whom the others make plain.

    ``claims`` are those of the whole record, or of all of a country; each one's place names its country.
    """
    told = sorted(claims, key=lambda claim: claim.id)
    takings: Takings = defaultdict(list)
    for claim in told:
        day = day_of(claim)
        if day is not None and claim.place.country and (who := _taker(claim)) is not None:
            takings[claim.place.country].append((day, claim.place.key, who))
    return tuple(_filled(claim, takings) for claim in told)


def _filled(claim: HoldTold, takings: Takings) -> HoldTold:
    day = day_of(claim)
    if claim.state not in BARE or side_of(claim.holder) is not None or day is None:
        return claim
    places: dict[str, set[str]] = defaultdict(set)
    whos: dict[str, Who] = {}
    for when, place, who in takings.get(claim.place.country or "", ()):
        if abs((when - day).days) <= ABOUT and place != claim.place.key:
            places[who.side].add(place)
            whos.setdefault(who.side, who)
    total = sum(len(found) for found in places.values())
    most = max(places, key=lambda side: (len(places[side]), side), default=None)
    if most is None or len(places[most]) < max(PLACES, SHARE * total) or most == side_of(claim.other):
        return claim
    return replace(claim, holder=whos[most])


def _taker(claim: HoldTold) -> Who | None:
    """Who took the place, where that is told of somebody known by name as having happened."""
    who = claim.holder
    if claim.state not in ("captured", "retaken") or claim.status not in ("happened", "ongoing") or denied(claim):
        return None
    return who if who is not None and who.unnamed is None and side_of(who) is not None else None
