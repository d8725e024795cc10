"""How well a thing stands that some say and others deny: by who they are, never by how many printed it.

Standing is what follows from comparing origins. It is shown beside, and never mixed with, how surely the words put it
(stance) and how reliable an origin is (the letter of the Admiralty system, A to F). Its digit is given with it: 1
confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 truth cannot be judged (NATO
AJP-2.1).
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from dateline.across import Root, Standing, Tension, Told
from dateline.join.numbers import ALERTS
from dateline.join.origins import independent
from dateline.join.told import against_interest, denied, interest, root_of, stated

DIGITS: Mapping[Standing, int] = {
    "confirmed": 1, "corroborated": 2, "reported": 3, "single": 6, "contested": 4, "doubtful": 5,
}  # fmt: skip
GOOD = frozenset("AB")
BAD = frozenset("DE")


@dataclass(frozen=True, slots=True)
class Side:
    """All origins of one interest, what they say in the end, and whether it speaks against them."""

    roots: tuple[Root, ...]
    aye: bool
    admits: bool
    party: bool


def standing(
    claims: Iterable[Told],
    roots: Mapping[str, Root],
    clashes: Sequence[Tension] = (),
    reliability: Mapping[str, str] | None = None,
) -> tuple[Standing, int, str]:
    """Standing, Admiralty digit and rule of one thing, by all claims that it is so and that it is not.

    ``clashes`` are tensions of these claims; ``reliability`` gives letters A to F by an origin's key.
    """
    told = [c for c in claims if stated(c)]
    sides = _sides(told, roots)
    ayes, noes = [s for s in sides if s.aye], [s for s in sides if not s.aye]
    letters = reliability or {}
    if not ayes:
        return ("doubtful", 5, "standing.only_denied") if noes else ("single", 6, "standing.nobody_says_so")
    if all(letters.get(root.key) in BAD for s in ayes for root in s.roots):
        return "doubtful", 5, "standing.unreliable_only"
    found, rule = _weighed(ayes, noes, _alerting(told, clashes))
    if found == "single" and any(letters.get(root.key) in GOOD for s in ayes for root in s.roots):
        return "single", 3, "standing.one_reliable"
    return found, DIGITS[found], rule


def _weighed(ayes: Sequence[Side], noes: Sequence[Side], alert: bool) -> tuple[Standing, str]:
    """The rules, strongest first."""
    parties = [s for s in ayes if s.party]
    free = [s for s in ayes if not s.party]
    if _weight(noes) > _weight(ayes):
        return "doubtful", "standing.more_deny"
    if alert:
        return "contested", "standing.clash"
    if any(s.admits for s in parties) and _named(free):
        return "confirmed", "standing.admitted_and_seen"
    if noes:
        return "contested", "standing.denied"
    if len(parties) > 1:
        return "confirmed", "standing.both_sides"
    if len(ayes) > 1:
        return "corroborated", "standing.independent"
    if len(ayes[0].roots) > 1:
        return "reported", "standing.one_side"
    return "single", "standing.one_origin"


def _named(sides: Iterable[Side]) -> list[Side]:
    return [s for s in sides if any(root.kind != "unnamed" for root in s.roots)]


def _weight(sides: Sequence[Side]) -> int:
    """Those who have no side count twice what a party does in its own cause; an admission counts as theirs."""
    return sum(1 if s.party and not s.admits else 2 for s in sides)


def _alerting(told: Iterable[Told], clashes: Sequence[Tension]) -> bool:
    """True where a claim clashes on anything but whether it happened: denials are weighed by themselves."""
    ids = {c.id for c in told}
    return any(t.verdict in ALERTS and t.on != "happened" and (t.a in ids or t.b in ids) for t in clashes)


def _sides(told: Sequence[Told], roots: Mapping[str, Root]) -> list[Side]:
    """Everybody with a say, each once. What a side said first for and first against decides: the later of the two."""
    heard = {root.key for root in independent(root_of(c, roots) for c in told)}
    by: dict[str, list[Told]] = {}
    for claim in told:
        root = root_of(claim, roots)
        if root.key in heard:
            by.setdefault(interest(root), []).append(claim)
    return [_settled(by[name], roots, heard) for name in sorted(by)]


def _settled(claims: Sequence[Told], roots: Mapping[str, Root], heard: Set[str]) -> Side:
    first = {no: min((_day(c) for c in claims if denied(c) == no), default=None) for no in (False, True)}
    admits = any(against_interest(c, root_of(c, roots)) for c in claims)
    yes, no = first[False], first[True]
    aye = yes is not None and (no is None or yes > no or (yes == no and admits))
    said = {
        r.key: r
        for c in sorted(claims, key=lambda c: c.id)
        if denied(c) != aye and (r := root_of(c, roots)).key in heard
    }
    party = any(r.kind == "party" for r in said.values())
    return Side(tuple(said[key] for key in sorted(said)), aye, admits and aye, party)


def _day(claim: Told) -> date:
    return claim.published or date.max
