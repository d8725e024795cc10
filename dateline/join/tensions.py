"""Claims that cannot both hold, or that parties put differently: which two, and on which field.

A correction is no tension: of one origin only what it said last is held against others, and what it denied and then
admitted is shown as an update. A reprint says nothing new, so however often a text is printed it clashes once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from dateline.across import ActTold, FigureTold, HoldTold, Root, Spot, Tension, TensionField, Told, Verdict
from dateline.join.numbers import ALERTS, current, group_of, kilometres, opposed, verdict
from dateline.join.origins import ADDS_NOTHING
from dateline.join.told import denied, firsts, order, root_of, stated

APART = 30.0  # kilometres between two exact places of one event, for them to clash
STANDS = timedelta(2)  # how long a place that was taken is still expected to be the taker's


def tensions(
    acts: Sequence[ActTold], figures: Sequence[FigureTold], holds: Sequence[HoldTold], roots: Mapping[str, Root]
) -> list[Tension]:
    """All that clashes among the claims of one event: amounts, holders, whether it happened, where and when."""
    found = [*number_tensions(figures, roots), *_happened(acts, roots), *_wheres(acts, roots), *_whens(acts, roots)]
    places = sorted({h.place.key for h in holds})
    for place in places:
        found += holder_tensions([h for h in holds if h.place.key == place], roots)
    return sorted(found, key=lambda t: (t.on, t.a, t.b))


def holder_tensions(holds: Sequence[HoldTold], roots: Mapping[str, Root]) -> list[Tension]:
    """Claims of different origins that one place is in different hands at one time."""
    told = [
        h for h in firsts(filter(_dated, holds), roots, "holder.side", "other.side", "state", "latest") if stated(h)
    ]
    found = []
    for a, b in combinations(sorted(told, key=_day_and_order), 2):
        rule = _hands(a, b)
        if rule is not None and _two(a, b, roots):
            found.append(_tension(a, b, "holder", roots, rule))
    return found


# --- amounts --------------------------------------------------------------------------------------------------------


def number_tensions(figures: Sequence[FigureTold], roots: Mapping[str, Root]) -> list[Tension]:
    """Amounts of one thing that clash, each put forward by somebody who is named: of one event, or of one story.

    Between events of a story only what counts the same people the same way is compared.
    """
    found = []
    last = current([f for f in figures if stated(f) and not denied(f)], roots)
    for a, b in combinations(sorted(last, key=order), 2):
        if _two(a, b, roots) and _known(a, roots) and _known(b, roots) and _comparable(a, b):
            said, rule = verdict(a, b, roots)
            if said in ALERTS:
                found.append(Tension(a.id, b.id, "number", said, rule))
    return found


def _known(claim: Told, roots: Mapping[str, Root]) -> bool:
    """True where somebody is named for it, and it is clear who."""
    root = root_of(claim, roots)
    return root.kind != "unnamed" and root.rule not in ADDS_NOTHING


def _comparable(a: FigureTold, b: FigureTold) -> bool:
    """Of one act, or at least of the same sort of people in no other act."""
    return (a.act is not None and a.act == b.act) or (a.counts == b.counts and group_of(a) == group_of(b))


# --- whether, where and when ------------------------------------------------------------------------------------------


def _happened(acts: Sequence[ActTold], roots: Mapping[str, Root]) -> Iterable[Tension]:
    told = [a for a in firsts(acts, roots, "type") if stated(a)]
    for yes in (a for a in told if not denied(a)):
        for no in (a for a in told if denied(a) and a.type == yes.type):
            first, later = sorted((yes, no), key=order)
            if _two(yes, no, roots):
                yield _tension(first, later, "happened", roots, "tensions.denied")
            elif root_of(yes, roots).kind != "unnamed":
                yield Tension(first.id, later.id, "happened", "update", "tensions.taken_back")


def _wheres(acts: Sequence[ActTold], roots: Mapping[str, Root]) -> Iterable[Tension]:
    told = [a for a in firsts(acts, roots, "type", "places") if len(a.places) == 1 and a.places[0].precision == "exact"]
    return _differing(told, roots, "place", lambda a, b: _far(a.places[0], b.places[0]))


def _whens(acts: Sequence[ActTold], roots: Mapping[str, Root]) -> Iterable[Tension]:
    told = [
        a for a in firsts(acts, roots, "type", "earliest", "latest") if a.earliest is not None and a.latest is not None
    ]
    return _differing(told, roots, "day", lambda a, b: not _meet(a, b))


def _differing(
    told: Sequence[ActTold], roots: Mapping[str, Root], on: TensionField, differ: Callable[[ActTold, ActTold], bool]
) -> Iterable[Tension]:
    said = [a for a in told if stated(a) and not denied(a)]
    for a, b in combinations(sorted(said, key=order), 2):
        if a.type == b.type and differ(a, b) and _two(a, b, roots):
            yield _tension(a, b, on, roots, f"tensions.{on}")


def _far(p: Spot, q: Spot) -> bool:
    apart = kilometres(p, q)
    return p.key != q.key and apart is not None and apart > APART


def _meet(a: Told, b: Told) -> bool:
    """True where two claims may be of one day."""
    if None in (a.earliest, a.latest, b.earliest, b.latest):
        return True
    assert a.earliest and a.latest and b.earliest and b.latest
    return a.earliest <= b.latest and b.earliest <= a.latest


# --- who holds it -----------------------------------------------------------------------------------------------------


def _dated(hold: HoldTold) -> bool:
    return _day(hold) is not None


def _day(hold: HoldTold) -> date | None:
    """The day on which a claim says how things stand."""
    known = [d for d in (hold.latest, hold.published) if d is not None]
    return min(known) if known else hold.earliest


def _day_and_order(hold: HoldTold) -> tuple[date, tuple[date, str, int, str]]:
    return _day(hold) or date.max, order(hold)


def _hands(a: HoldTold, b: HoldTold) -> str | None:
    """The rule by which two claims on one place, ``a`` of the earlier day, cannot both hold; None where they can."""
    first, later = _day(a), _day(b)
    if first is None or later is None or later - first > STANDS:
        return None
    (x, x_has), (y, y_has) = _claims(a), _claims(b)
    if x is None or y is None:
        return None
    if x != y and x_has and y_has:
        moved = b.state in ("captured", "retaken") and not denied(b) and later > first
        return None if moved else "tensions.two_holders"
    if x == y and x_has != y_has:
        left = not denied(a) and b.state in ("lost", "withdrawn") and not denied(b) and later > first
        taken = not x_has and b.state in ("captured", "retaken") and later > first
        return None if left or taken else "tensions.holds_or_not"
    return None


def _claims(hold: HoldTold) -> tuple[str | None, bool]:
    """Whom a claim is about, and whether it has the place."""
    if hold.state in ("contested", "threatened"):
        return None, False
    lost = hold.state in ("lost", "withdrawn") and hold.holder is None
    who = hold.other if lost else hold.holder
    return (who.side if who is not None else None), lost == denied(hold)


# --- one of two ---------------------------------------------------------------------------------------------------


def _two(a: Told, b: Told, roots: Mapping[str, Root]) -> bool:
    """Two origins: what one says first and last is a correction, and what nobody says clashes with nothing."""
    return root_of(a, roots).key != root_of(b, roots).key


def _tension(a: Told, b: Told, on: TensionField, roots: Mapping[str, Root], rule: str) -> Tension:
    dispute = opposed(root_of(a, roots), root_of(b, roots))
    found: Verdict = "party_dispute" if dispute else "conflict"
    return Tension(a.id, b.id, on, found, rule)
