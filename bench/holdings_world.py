"""A war made up to measure on: towns that change hands, and all that is said of them, truly, late, falsely and again.

Two parties with two voices each, one independent agency and one group of observers speak for themselves; a dozen
outlets print what one of these said, and some do not say whose words they are. A party is late to admit a loss and
calls a contested town its own; now and then anybody is wrong. The idea and the rates are those of an earlier trial; the
towns' true histories are the change log's where it is at hand, else made here.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from dateline.across import HoldTold, Root, Spot, Who
from dateline.model import HoldState

FIRST = date(2022, 3, 1)
SIDES = ("A", "B")
CONTESTED = "C"
OPENING = "opening"  # the origin that says who held each town on the first day

type Course = Sequence[str]  # who holds a town on each day: A, B or C


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks for itself: its side, after how many days it tells of a change, and how often it is wrong."""

    side: str | None
    soonest: int
    latest: int
    wrong: float


VOICES: Mapping[str, Voice] = {
    "ministry-a": Voice("A", -2, 1, 0.12),
    "blog-a": Voice("A", -1, 2, 0.15),
    "staff-b": Voice("B", 1, 5, 0.04),
    "office-b": Voice("B", 0, 4, 0.04),
    "agency": Voice(None, 0, 3, 0.03),
    "observers": Voice(None, 1, 4, 0.02),
}


@dataclass(frozen=True, slots=True)
class World:
    """How much is said, how late and how wrongly. Rates are chances a day and voice, or a chance each time."""

    outlets: int = 12
    copied: float = 0.6  # that an outlet prints what its voice says
    hidden: float = 0.3  # that it does not say whose words they are
    shaded: float = 0.4  # that a party calls a contested town its own
    admitted: tuple[int, int] = (2, 9)  # days until a party tells of its own loss
    routine: float = 1 / 30  # that a voice says again who holds a town
    falsehood: float = 1.0  # times the voices' own rates


@dataclass(frozen=True, slots=True)
class Said:
    """One report: ``outlet`` printed on ``day`` that ``value`` holds; ``root`` is whose words they seem to be."""

    day: int
    outlet: str
    value: str
    root: str
    news: bool = False  # "captured", where the rest is "holds"


def told_of(course: Course, world: World, chance: random.Random) -> list[Said]:
    """All reports on one town, in order of day; the first says who held it at the start."""
    copies = {f"outlet-{n}": chance.choice(list(VOICES)) for n in range(world.outlets)}
    out = [Said(0, OPENING, course[0], OPENING)]
    for name, voice in VOICES.items():
        printers = [outlet for outlet, of in copies.items() if of == name]
        for day, value, passed_on in _speaks(voice, course, world, chance):
            if not 0 <= day < len(course):
                continue
            out.append(Said(day, name, value, name, passed_on > 0))
            for outlet in printers:
                if chance.random() < passed_on:
                    later = day + chance.randint(0, 2)
                    root = outlet if chance.random() < world.hidden else name
                    if later < len(course):
                        out.append(Said(later, outlet, value, root, True))
    return sorted(out, key=lambda s: (s.day, s.outlet, s.value))


def _speaks(voice: Voice, course: Course, world: World, chance: random.Random) -> Iterator[tuple[int, str, float]]:
    """(day, who holds the town, how likely an outlet is to print it) of everything that one voice says."""
    turns = [n for n in range(1, len(course)) if course[n] != course[n - 1]]
    for day in range(1, len(course)):
        now = course[day]
        if now != course[day - 1]:
            soon, late = voice.soonest, voice.latest
            if voice.side and now not in (CONTESTED, voice.side):
                soon, late = world.admitted
            yield day + chance.randint(soon, late), _shaded(now, voice, world, chance), world.copied
        if chance.random() < world.routine:
            yield day, _shaded(course[max(0, day - 2)], voice, world, chance), 0.0
        near = any(abs(turn - day) < 15 for turn in turns)  # most falsehoods are told where there is something to tell
        if chance.random() < voice.wrong * world.falsehood * (0.05 if near else 0.004):
            yield day, voice.side or chance.choice((*SIDES, CONTESTED)), min(1.0, world.copied + 0.2)


def _shaded(value: str, voice: Voice, world: World, chance: random.Random) -> str:
    return voice.side if voice.side and value == CONTESTED and chance.random() < world.shaded else value


# --- as the joiner is given it ----------------------------------------------------------------------------------


def claims_of(said: Sequence[Said]) -> tuple[list[HoldTold], dict[str, Root]]:
    """The reports as claims and their origins. No claim states a day: all that is known is when it was printed."""
    roots = {s.root: _root(s.root) for s in said}
    claims = [_claim(f"h:{n:06}", s) for n, s in enumerate(said)]
    return claims, {c.id: roots[s.root] for c, s in zip(claims, said, strict=True)}


def _root(name: str) -> Root:
    if name == OPENING:
        return Root(name, "document", name, None, "bench")
    voice = VOICES.get(name)
    party = voice is not None and voice.side is not None
    return Root(name, "party" if party else "correspondent", name, voice.side if voice else None, "bench")


WHO = {side: Who(side, side, "state") for side in SIDES}
TOWN = Spot("town", "Town", "settlement")


def _claim(name: str, said: Said) -> HoldTold:
    state: HoldState = "contested" if said.value == CONTESTED else "captured" if said.news else "holds"
    return HoldTold(
        id=name, report=name, outlet=said.outlet, country=None, published=day_of(said.day), start=0, end=0, sentence="",
        statement=None, chain=(), stance=None, status="happened", earliest=None, latest=None, place=TOWN,
        holder=WHO.get(said.value), other=None, state=state, level=None, act=None,
    )  # fmt: skip


def day_of(number: int) -> date:
    return FIRST + timedelta(number)


# --- true histories ---------------------------------------------------------------------------------------------


def made_up(chance: random.Random, towns: int = 160, days: int = 400) -> list[Course]:
    """Towns half of which change hands one to three times, mostly by way of being contested for days or weeks."""
    out: list[Course] = []
    for n in range(towns):
        value = chance.choice(SIDES)
        course: list[str] = []
        for turn in sorted(chance.sample(range(20, days), chance.randint(1, 3))) if n % 2 else ():
            course += [value] * max(0, turn - len(course))
            other = SIDES[1 - SIDES.index(value)]
            if chance.random() < 0.6:
                course += [CONTESTED] * chance.randint(3, 40)
            value = other if chance.random() < 0.8 else value
        out.append((course + [value] * days)[:days])
    return out


def logged(path: Path, chance: random.Random, days: int = 210, stable: int = 100) -> list[Course]:
    """The change log's towns as seen day by day: all that changed, and so many that did not."""
    seen: dict[str, dict[int, str]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            value = {"RU": "A", "UA": "B", "C": CONTESTED}.get(row["held_by"])
            number = (date.fromisoformat(row["observed"]) - FIRST).days
            if value and 0 <= number < days:
                seen[row["place"]][number] = value
    courses = {place: _filled(found, days) for place, found in sorted(seen.items())}
    moved = [c for c in courses.values() if len(set(c)) > 1]
    still = [c for c in courses.values() if len(set(c)) == 1]
    return [*moved, *chance.sample(still, min(stable, len(still)))]


def _filled(found: Mapping[int, str], days: int) -> list[str]:
    value = found[min(found)]
    out = []
    for day in range(days):
        value = found.get(day, value)
        out.append(value)
    return out
