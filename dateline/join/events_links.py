"""When do two acts tell of one event? Each rule names what has to agree; a veto names what cannot be.

Every link needs an anchor: one place, or one toll, or both parties. An act that has none of these is linked to nothing,
so that "has been gaining ground since May" never ties two battles together.
"""

from dataclasses import dataclass
from typing import NamedTuple

from dateline.join.events_slots import SAME_DEED, TAKING, Days, Ground, Slots, Toll, days, grounds, on_scene, tolls
from dateline.model import Status

# PLOVER modes that are never told of one and the same deed, whatever else agrees.
ODD_MODES = frozenset({"abduct", "sexual", "torture", "cyber", "hunger", "misinformation"})
RARE_TOLL = 8.0  # two tolls of so many in one country are one toll, if told on one day or the next …
LONE_TOLL = 20.0  # … and of so many, even where no country is named
TAKEN_DAYS = 3
ATTACK = SAME_DEED["attack"]  # what any violent deed may be called when it is told again
SURE: frozenset[Status] = frozenset({"happened", "ongoing"})  # of two, one at least; what only may be ties nothing
NEAR_DAYS: frozenset[Days] = frozenset({"same", "fits", "told"})


@dataclass(frozen=True, slots=True)
class Link:
    """Why two acts are one event, and how surely: ``weight`` counts what agrees."""

    rule: str
    weight: float


class Beside(NamedTuple):
    """Two acts held side by side: how each pair of slots lies."""

    ground: Ground
    days: Days
    toll: Toll
    alike: bool
    doers: bool
    befallen: bool

    @property
    def weight(self) -> float:
        """How much agrees."""
        return (
            {"same": 3.0, "within": 1.0}.get(self.ground, 0.0)
            + {"same": 2.0, "fits": 1.0, "told": 0.5}.get(self.days, 0.0)
            + {"same": 2.0, "meets": 0.5}.get(self.toll, 0.0)
            + self.alike
            + 0.5 * (self.doers + self.befallen)
        )


def beside(a: Slots, b: Slots) -> Beside:
    """Two acts of one type, slot by slot."""
    one, other = a.act, b.act
    alike = a.deed == b.deed or (one.mode is not None and one.mode == other.mode)
    return Beside(
        grounds(a, b),
        days(a, b),
        tolls(a, b),
        alike,
        not a.doers.isdisjoint(b.doers),
        not a.befallen.isdisjoint(b.befallen),
    )


def veto(a: Slots, b: Slots) -> str | None:
    """Why two acts cannot be one event."""
    return _plain_veto(a, b) or _close_veto(a, b, beside(a, b))


def _plain_veto(a: Slots, b: Slots) -> str | None:
    """What can be seen at a glance."""
    if a.act.type != b.act.type:
        return "veto/type"
    if a.real != b.real:
        return "veto/not-yet"
    if a.first > b.last + 1 or b.first > a.last + 1:
        return "veto/days"
    one, other = a.act.mode, b.act.mode
    if one and other and one != other and (one in ODD_MODES or other in ODD_MODES):
        return "veto/mode"
    if a.doers and b.doers and not a.doers & b.doers:
        return "veto/actors"
    return None


def _close_veto(a: Slots, b: Slots, two: Beside) -> str | None:
    if two.ground == "apart":
        return "veto/places"
    if a.victims and b.victims and not a.victims & b.victims and two.ground != "same":
        return "veto/victims"
    if two.toll == "apart" or (two.toll == "grows" and two.ground != "same" and a.told != b.told):
        return "veto/toll"
    return None


def link(a: Slots, b: Slots) -> Link | None:
    """The rule by which two acts of different reports are one event; None where none does, or where a veto speaks."""
    if a.act.report == b.act.report or not (a.act.status in SURE or b.act.status in SURE) or _plain_veto(a, b):
        return None
    if _before_it_was_told(a, b) or _before_it_was_told(b, a):
        return None
    two = beside(a, b)
    rule = None if _close_veto(a, b, two) else _rule(a, b, two)
    return Link(rule, two.weight) if rule else None


def _before_it_was_told(denial: Slots, other: Slots) -> bool:
    """Nobody denies what nobody has said: "it will not fall", said the day before it fell, is of no event."""
    return denial.act.status == "denied" and not denial.own and denial.told < other.told


def _rule(a: Slots, b: Slots, two: Beside) -> str | None:
    if two.ground == "same" and two.days == "same":
        return "event/ground-and-stated-day"
    if two.ground == "same" and two.days in NEAR_DAYS and (two.alike or two.toll == "same"):
        return "event/ground-and-day"
    if two.ground == "same" and {a.act.lemma, b.act.lemma} <= TAKING and _one_taking(a, b):
        return "event/taken-once"
    if two.toll == "same" and _same_toll(a, b, two):
        return "event/toll-and-day"
    if two.doers and two.befallen and two.alike and two.days == "same":
        return "event/parties-and-day"
    if two.days in ("same", "fits") and _same_scene(a, b):
        return "event/scene-and-day"
    return None


def _one_taking(a: Slots, b: Slots) -> bool:
    """A place that was taken is told of for weeks; but of two undated tellings far apart, nobody knows."""
    return a.own or b.own or abs(a.told - b.told) <= TAKEN_DAYS


def _same_scene(a: Slots, b: Slots) -> bool:
    """ "Tuesday's attack" in a report about a town is the attack on that town on Tuesday, whatever was done in it."""
    bare = [one for one in (a, b) if not one.spots]
    return all(one.short and one.deed == ATTACK for one in bare) and on_scene(a, b)


def _same_toll(a: Slots, b: Slots, two: Beside) -> bool:
    """A small toll needs one day and one country, a single death its like too; a large one is as good as a name."""
    number = max(x.value for x in a.tolls for y in b.tolls if x.value is not None and x.value == y.value)
    if number >= (RARE_TOLL if two.ground != "unknown" else LONE_TOLL):
        return two.days in NEAR_DAYS
    one_day = two.days in ("same", "fits") or (two.days == "told" and a.told == b.told)
    return one_day and two.alike and two.ground != "unknown" and (number > 1 or bool(a.victims & b.victims))
