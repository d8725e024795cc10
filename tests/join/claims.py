"""Claims made by hand for the tests of joiners: two sides, their voices, and others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.across import HoldTold, Root, Spot, Who
from dateline.model import HoldState, Level, Status

FIRST = date(2021, 8, 1)
TOWN = Spot("town", "Kunduz", "settlement", "AF", "Kunduz")
REBELS, ARMY, THIRD = (Who(key, key.title(), "armed_group") for key in ("rebels", "army", "third"))
SIDES = {who.key: who for who in (REBELS, ARMY, THIRD)}
ROOTS: Mapping[str, Root] = {
    "rebel spokesman": Root("rebel spokesman", "party", "", "rebels", "test"),
    "rebel radio": Root("rebel radio", "party", "", "rebels", "test"),
    "army spokesman": Root("army spokesman", "party", "", "army", "test"),
    "army governor": Root("army governor", "person", "", "army", "test"),
    "resident": Root("resident", "witness", "", None, "test"),
    "doctor": Root("doctor", "witness", "", None, "test"),
    "minutes": Root("minutes", "document", "", None, "test"),
    "gazette": Root("gazette", "correspondent", "", None, "test"),
    "herald": Root("herald", "correspondent", "", None, "test"),
    "nobody": Root("nobody", "unnamed", "", None, "test"),
}


@dataclass(frozen=True)
class Said:
    """A claim in short: on ``day`` (counted from ``FIRST``) this origin said that ``holder`` … the town."""

    day: int
    by: str
    holder: str | None
    state: HoldState = "captured"
    status: Status = "happened"
    level: Level | None = None
    other: str | None = None
    words: str = ""
    dated: bool = False  # in its words


def day(number: int) -> date:
    return FIRST + timedelta(number)


def claims(said: Iterable[Said], start: int = 0) -> tuple[list[HoldTold], dict[str, Root]]:
    """The claims, in order, and the origin of each by its id."""
    told, roots = [], {}
    for n, s in enumerate(said, start):
        told.append(_claim(f"h:{n:04}", s))
        roots[f"h:{n:04}"] = ROOTS[s.by]
    return told, roots


def _claim(name: str, s: Said) -> HoldTold:
    when = day(s.day) if s.dated else None
    return HoldTold(
        id=name, report=f"sha256:{name}", outlet=None, country=None, published=day(s.day), start=0, end=0,
        sentence=s.words, statement=None, chain=(), stance=None, status=s.status, earliest=when, latest=when,
        place=TOWN, holder=SIDES.get(s.holder or ""), other=SIDES.get(s.other or ""), state=s.state, level=s.level,
        act=None,
    )  # fmt: skip


def copied(claim: HoldTold, name: str, later: int) -> HoldTold:
    """The same claim, printed again in another report so many days later."""
    told = claim.published or FIRST
    return replace(claim, id=name, report=f"sha256:{name}", published=told + timedelta(later))
