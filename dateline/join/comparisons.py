"""Two sides' figures side by side, by whose word and on which day: troops and losses as each side and others put them.

Everything here is *said*: a number stands as its claimant gave it, and nothing is added up over claimants. A point is
one number of one claimant for one day; whoever passed it on, it stays one. Points of one claimant on one thing are a
series. Running counts ("since February") and counts of one day or one deed are different things, and different series.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from dateline.across import ActTold, Amount, FigureTold, Root, Told, Who
from dateline.join.numbers import group_of
from dateline.join.origins import roots
from dateline.join.told import NOBODY, denied, order
from dateline.join.voices import is_listed, of_key

type About = Literal["losses", "strength", "people", "deliveries", "drills", "other"]
type Word = Literal["own", "enemy", "other"]  # whose word it is: the side's own, the other side's, somebody else's
type Basis = Literal["words", "said", "published"]  # what the day of a point rests on

LOSSES = "killed wounded missing captured casualties".split()
STRENGTH = "troops aircraft tanks vehicles weapons ships".split()
PEOPLE = "displaced eligible arrived resettled released evacuated".split()
SECTIONS: tuple[About, ...] = (
    "losses",
    "strength",
    "people",
    "deliveries",
    "drills",
)  # in the order in which they are shown
DRILLS = frozenset({"drill", "drills", "exercise", "exercises", "manoeuvre", "maneuver", "wargame", "game"})
GROUND = frozenset({"capital", "city", "town", "village", "district", "province", "checkpoint", "outpost", "base"})
FAMILIES = frozenset({"family", "household"})
LENGTHS = frozenset({"km", "kilometre", "kilometer", "mile", "metre", "meter", "day", "week"})
RUNNING = frozenset({"since", "total"})  # scopes that are counted up over time
COUNTED = r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (\w+)(?: [\w-]+){{0,2}}? {}s?\b"
GONE = "(?:lost|destroyed|shot down|downed|knocked out)"
LOST = (
    r"\b(?:loses?|losing|loss(?:es)?|" + GONE + r")\b[^;.]{{0,80}}\b{0}s?\b"
    r"|\b{0}s?\b[^;.]{{0,40}}\b(?:been|was|were|are) " + GONE + r"\b"
)
OURSELVES = frozenset({"group", "movement", "organisation", "organization", "army", "force", "forces", "militia"})
HAPPENED = frozenset({"happened", "ongoing"})


@dataclass(frozen=True, slots=True)
class Side:
    """One of those compared: its name as asked for, and the keys of the actors that it is."""

    name: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the figures: their acts by id, the day on which each statement was made where its words say
    so, and for each claim in another report's words the claim that it repeats."""

    acts: Mapping[str, ActTold] = field(default_factory=dict)
    said: Mapping[str, date] = field(default_factory=dict)
    adjectives: Mapping[str, Who] = field(default_factory=dict)  # "Russian" → Russia
    models: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Point:
    """One number of one claimant for one day. ``id`` is that of its first telling.

    ``side`` is whose losses, troops or deliveries they are; ``to`` who receives them, or joins the drill. ``change`` is
    the difference to the claimant's number before, in a series that is counted up or that updates one count.
    """

    id: str
    about: About
    counts: str
    amount: Amount
    bound: str
    scope: str | None
    status: str
    side: str | None
    to: tuple[str, ...]
    where: str | None
    word: Word
    voice: str
    origin: str  # key of the claimant
    day: date | None
    basis: Basis | None
    series: str
    change: float | None
    tellings: tuple[str, ...]
    reports: int

    @property
    def number(self) -> float | None:
        """What is plotted: the value, else the middle of what bounds it; None where there is no number."""
        known = [n for n in (self.amount.low, self.amount.high) if n is not None]
        return self.amount.value if self.amount.value is not None else sum(known) / len(known) if known else None


def compared(
    told: Iterable[FigureTold | ActTold], sides: Sequence[Side] = (), beside: Beside | None = None
) -> list[Point]:
    """Points, oldest first, of those amounts and drills that are of one of the sides; of all where no side is given."""
    beside = beside or Beside()
    claims = sorted(_once(told, beside), key=order)
    origins, whole = claimants(claims, beside.models), {claim.id: claim for claim in claims}
    found: dict[tuple[object, ...], list[Point]] = {}
    for claim in claims:
        point = _point(claim, origins.get(claim.id, NOBODY), sides, beside)
        model = whole.get(beside.models.get(claim.id, ""))
        if point is not None:
            if model is not None:  # said when its model said it
                day, basis = _day(model, point.about, point.scope, beside)
                point = replace(point, day=day, basis=basis)
            point = replace(point, series=_series(point, claim))
            amount = (point.amount.value, point.amount.low, point.amount.high, point.bound)
            found.setdefault((point.series, point.day, *amount), []).append(point)
    return _changes(sorted(map(_merged, found.values()), key=_by_day))


def claimants(claims: Sequence[Told], models: Mapping[str, str]) -> dict[str, Root]:
    """Claim id → its origin.

    A ministry that a report leaves without a country is that of the one country that the claim is about, where other
    reports name it.
    """
    by_report: dict[str, list[Told]] = {}
    for claim in claims:
        by_report.setdefault(claim.report, []).append(claim)
    found = {id: root for told in by_report.values() for id, root in roots(told, {}).items()}
    bodies: dict[
        str, dict[str, Told]
    ] = {}  # land → key of an origin → one claim of it, since each is weighed with each
    land_of = {claim.id: lands.pop() for claim in claims if len(lands := _lands(claim)) == 1}
    for claim in claims:
        if claim.id in land_of and found[claim.id].kind in ("party", "person"):
            bodies.setdefault(land_of[claim.id], {}).setdefault(found[claim.id].key, claim)
    for land, ones in bodies.items():
        named = {id: root for id, root in roots([*ones.values()], {}).items() if of_key(root.key)[1] == land}
        fuller = {key: named[claim.id] for key, claim in ones.items() if claim.id in named}
        here = [claim.id for claim in claims if land_of.get(claim.id) == land]
        found.update({id: fuller[found[id].key] for id in here if found[id].key in fuller})
    best: dict[str, Root] = {}
    for claim in claims:  # the copy may say more of whom it quotes
        first, mine = best.get(models.get(claim.id, claim.id)), found[claim.id]
        best[models.get(claim.id, claim.id)] = (
            first if first is not None and (_sided(first) or not _sided(mine)) else mine
        )
    return {id: best[models.get(id, id)] for id in found}


def _sided(root: Root) -> bool:
    return root.side is not None and is_listed(root.side)


def _lands(claim: Told) -> set[str]:
    places = claim.places if isinstance(claim, FigureTold | ActTold) else ()
    side = claim.side if isinstance(claim, FigureTold) else None
    countries = [*(spot.country for spot in places), side.country if side is not None else None]
    return {country for country in countries if country}


# --- one point -----------------------------------------------------------------------------------------------------


def _point(claim: FigureTold | ActTold, root: Root, sides: Sequence[Side], beside: Beside) -> Point | None:
    act = claim if isinstance(claim, ActTold) else beside.acts.get(claim.act or "")
    about, counts, givers, takers = _matter(claim, act, beside.adjectives)
    mine, theirs = _first_side(givers, sides), _first_side(takers, sides)
    if sides and mine is None and (theirs is None or about not in ("deliveries", "drills")):
        return None
    side = mine.name if mine is not None else _shown(givers)
    amount, bound, scope = _amount(claim)
    day, basis = _day(claim, about, scope, beside)
    status = "denied" if denied(claim) else claim.status
    where = next((spot.name for spot in claim.places), None)
    shown = (_called(who, sides) for who in takers)
    to = tuple(dict.fromkeys(name for name in shown if name is not None and name != side))
    return Point(
        claim.id, about, counts, amount, bound, scope, status, side, to, where, _word(claim, root, givers, sides),
        root.name, root.key, day, basis, "", None, (claim.id,), 1,
    )  # fmt: skip


def _series(point: Point, claim: FigureTold | ActTold) -> str:
    """What makes two numbers of one claimant comparable: all but the number and its day."""
    scope = point.scope if point.scope in (*RUNNING, "day", "part") else None
    arms = point.amount.unit if point.counts in STRENGTH and point.counts != "troops" else None  # a jet is no drone
    families = "families" if point.amount.unit in FAMILIES else None
    civil = "civilians" if isinstance(claim, FigureTold) and group_of(claim) == "civilians" else None
    people = families if point.about == "people" else civil
    status = point.status if point.status not in HAPPENED else None
    where = point.where if point.about != "strength" else None
    kind = (point.about, point.counts, point.side, point.origin, scope, arms, people, status, where)
    return "|".join(part or "" for part in kind)


def _matter(
    claim: FigureTold | ActTold, act: ActTold | None, adjectives: Mapping[str, Who]
) -> tuple[About, str, Sequence[Who], Sequence[Who]]:
    """What an amount is about, what is counted, whose it is, and who has it or shares in it."""
    if act is not None and act.lemma in DRILLS:
        counts = claim.counts if isinstance(claim, FigureTold) else "drill"
        return "drills", counts, act.actors, (*act.actors, *act.recipients)
    if isinstance(claim, ActTold):
        return "other", claim.lemma, claim.actors, claim.recipients
    about = about_of(claim.counts)
    side = _himself(claim, claim.side) if claim.side is not None else _by_adjective(claim, adjectives)
    givers = (side,) if side is not None else ()
    if about == "deliveries":
        return about, claim.amount.unit or "arms", givers, act.recipients if act is not None else ()
    if claim.counts == "captured" and claim.amount.unit in GROUND:
        return "other", claim.counts, givers, ()
    if claim.counts in STRENGTH and _lost(claim, act):
        return "losses", claim.counts, givers, ()
    return about, claim.counts, givers, ()


def about_of(counts: str) -> About:
    """What kind of comparison a figure is for, by what it counts."""
    listed: tuple[tuple[list[str], About], ...] = ((LOSSES, "losses"), (STRENGTH, "strength"), (PEOPLE, "people"))
    return (
        "deliveries" if counts == "deliveries" else next((about for names, about in listed if counts in names), "other")
    )


def _lost(f: FigureTold, act: ActTold | None) -> bool:
    """Tanks that are destroyed or lost, not owned."""
    if act is not None and act.mode == "destroy":
        return True
    return f.amount.unit is not None and re.search(LOST.format(re.escape(f.amount.unit)), f.sentence) is not None


def _amount(claim: FigureTold | ActTold) -> tuple[Amount, str, str | None]:
    if isinstance(claim, FigureTold):
        return claim.amount, claim.bound, claim.scope
    amount = next((a for a in claim.amounts if a.unit not in LENGTHS), Amount(None, None, None))
    return amount, "exact" if amount.value is not None else "range", "event"


def _day(
    claim: FigureTold | ActTold, about: About, scope: str | None, beside: Beside
) -> tuple[date | None, Basis | None]:
    """The day that a number is for. A running count is for the day on which it was given."""
    own = claim.latest or claim.earliest
    if own is not None and scope not in RUNNING:
        return own, "words"
    said = beside.said.get(claim.statement or "")
    return (said, "said") if said is not None else (claim.published, "published" if claim.published else None)


def _himself(claim: FigureTold, side: Who) -> Who:
    """ "seven of the group's men", where the group itself says so, are the speaker's."""
    speaker = next((hop.who for hop in claim.chain if hop.role == "speaker"), None)
    return speaker if speaker is not None and side.key.partition("|")[0] in OURSELVES else side


def _by_adjective(f: FigureTold, adjectives: Mapping[str, Who]) -> Who | None:
    """ "14 *Russian* tanks": no actor of the report owns them, so the word before them says whose."""
    if f.counts not in STRENGTH or f.amount.unit is None:
        return None
    found = re.search(COUNTED.format(re.escape(f.amount.unit)), f.sentence)
    return adjectives.get(found[1]) if found is not None else None


# --- whose ---------------------------------------------------------------------------------------------------------


def side_of(who: Who | None, sides: Sequence[Side]) -> Side | None:
    """The side that somebody is of: himself, else the nearest of those that he answers to."""
    keys = (who.key, *who.owners) if who is not None else ()
    return _of_keys(keys, sides)


def _of_keys(keys: Iterable[str | None], sides: Sequence[Side]) -> Side | None:
    return next((side for key in keys if key for side in sides if key in side.keys), None)


def _first_side(whos: Iterable[Who], sides: Sequence[Side]) -> Side | None:
    return next((side for who in whos if (side := side_of(who, sides)) is not None), None)


def _word(claim: Told, root: Root, whose: Sequence[Who], sides: Sequence[Side]) -> Word:
    """Whether a claimant speaks of his own, of the enemy, or of others. Without two sides nobody is an enemy."""
    speaker = next((hop.who for hop in claim.chain if hop.role == "speaker"), None)
    said_by = (root.key, root.side, *((speaker.key, *speaker.owners) if speaker is not None else ()))
    if any(key in said_by for who in whose for key in (who.key, *who.owners[-1:])):
        return "own"
    mine, his = _first_side(whose, sides), _of_keys(said_by, sides)
    if mine is None or his is None:
        return "other"
    return "own" if mine is his else "enemy"


def _shown(whos: Iterable[Who]) -> str | None:
    """A name for those that no side was asked for; none for "300 fighters", whom no name tells."""
    return next((who.name for who in whos if _known(who)), None)


def _called(who: Who, sides: Sequence[Side]) -> str | None:
    side = side_of(who, sides)
    return side.name if side is not None else _shown([who])


def _known(who: Who) -> bool:
    return is_listed(who.key) or bool(who.owners) or not who.key.startswith("~")


# --- many points ------------------------------------------------------------------------------------------------------


def _once(told: Iterable[FigureTold | ActTold], beside: Beside) -> Iterator[FigureTold | ActTold]:
    """Less what a report tells twice: a headline's number without the side or voice that its text gives; and less
    drills whose amounts are given as figures."""
    claims = list(told)
    figures = [claim for claim in claims if isinstance(claim, FigureTold)]
    fullest: dict[tuple[object, ...], FigureTold] = {}
    for f in figures:
        best = fullest.get(_told_as(f))
        fullest[_told_as(f)] = f if best is None else max(best, f, key=_fullness)
    counted = {f.act for f in figures}
    for claim in claims:
        if isinstance(claim, ActTold):
            if claim.id not in counted and claim.same_as is None:
                yield claim
        elif _fullness(claim) == (True, True) or _fullness(fullest[_told_as(claim)]) == _fullness(claim):
            yield claim


def _told_as(f: FigureTold) -> tuple[object, ...]:
    return f.report, f.counts, f.amount.value if f.amount.value is not None else (f.amount.low, f.amount.high)


def _fullness(f: FigureTold) -> tuple[bool, bool]:
    return f.side is not None and _known(f.side), bool(f.chain)


def _merged(points: Sequence[Point]) -> Point:
    """The first of some that say the same for one day, with the tellings of all."""
    tellings = tuple(id for point in points for id in point.tellings)
    return replace(points[0], tellings=tellings, reports=sum(point.reports for point in points))


def _by_day(point: Point) -> tuple[date, str]:
    return point.day or date.min, point.id


def _changes(points: Sequence[Point]) -> list[Point]:
    """Each with its difference to the number before it in its series."""
    before: dict[str, tuple[date, float]] = {}
    out: list[Point] = []
    for point in points:
        number, day, last = point.number, point.day, before.get(point.series)
        if number is not None and day is not None and _updates(point):
            if last is not None and last[0] < day:
                point = replace(point, change=number - last[1])
            before[point.series] = (day, number)
        out.append(point)
    return out


def _updates(point: Point) -> bool:
    """True where a later number replaces the one before: a running count or a strength, not a day's or a deed's."""
    return point.scope in RUNNING or (
        point.about in ("strength", "people") and point.scope not in ("day", "part", "event")
    )
