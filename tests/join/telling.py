"""Claims made by hand, each in somebody's voice, for the tests of origins, numbers, standing and tensions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dateline.across import ActTold, Amount, FigureTold, HoldTold, Hop, Root, Spot, Who

FIRST = date(2020, 3, 1)
TOWN = Spot("town", "Bentiu", "settlement", "SS", "Unity", latitude=9.26, longitude=29.8)
ELSEWHERE = Spot("far", "Pibor", "settlement", "SS", "Jonglei", latitude=6.8, longitude=33.13)
MINISTRY = Who("gov.ss.defence", "South Sudanese Defence Ministry", "government", "SS", ("state.ss",))
BARE_MINISTRY = Who("defence ministry|", "Defence Ministry", "government")
SPOKESMAN = Who("~ministry spokesman|", "ministry spokesman", "person", None, (), "spokesperson")
REBELS = Who("white-front", "White Front", "armed_group", "SS")
DOCTOR = Who("~doctor|", "doctor", "person", None, (), "medic")
RESIDENTS = Who("~residents|", "residents", "people", None, (), "resident")
SOURCE = Who("~security source|", "security source", "person", None, (), "source")
AGENCY = Who("interfax", "Interfax", "media", "RU")


def day(number: int) -> date:
    """A day, counted from the first."""
    return FIRST + timedelta(number)


def said(who: Who | None, words: str = "") -> tuple[Hop, ...]:
    """A chain of one speaker."""
    return (Hop("speaker", who, words or (who.name if who else "")),)


def carried(*agencies: Who) -> tuple[Hop, ...]:
    """A chain of carriers and nobody who speaks."""
    return tuple(Hop("carrier", who, who.name) for who in agencies)


def figure(
    id: str, value: float | None, chain: Sequence[Hop] = (), on: int = 0, report: str = "", **more: Any
) -> FigureTold:
    """So many killed; ``on`` is the day of publication, ``more`` any other field of a figure."""
    fields: dict[str, Any] = {
        "outlet": f"outlet of {report or id}", "country": None, "start": 0, "end": 1, "sentence": "", "statement": None,
        "stance": "asserts" if chain else None, "status": "happened", "earliest": None, "latest": None,
        "counts": "killed", "amount": Amount(value, value, value, "people"), "bound": "exact", "scope": None,
        "side": None, "act": None, "places": (), **more,
    }  # fmt: skip
    return FigureTold(id=id, report=report or f"r{id}", published=day(on), chain=tuple(chain), **fields)


def act(id: str, chain: Sequence[Hop] = (), on: int = 0, report: str = "", **more: Any) -> ActTold:
    """An attack on the town."""
    fields: dict[str, Any] = {
        "outlet": f"outlet of {report or id}", "country": None, "start": 0, "end": 1, "sentence": "", "statement": None,
        "stance": "asserts" if chain else None, "status": "happened", "earliest": None, "latest": None,
        "type": "ASSAULT", "mode": None, "lemma": "attack", "actors": (), "recipients": (), "places": (TOWN,),
        "amounts": (), "same_as": None, **more,
    }  # fmt: skip
    return ActTold(id=id, report=report or f"r{id}", published=day(on), chain=tuple(chain), **fields)


def hold(id: str, holder: Who | None, chain: Sequence[Hop] = (), on: int = 0, **more: Any) -> HoldTold:
    """Somebody took the town."""
    fields: dict[str, Any] = {
        "report": f"r{id}", "outlet": f"outlet of {id}", "country": None, "start": 0, "end": 1, "sentence": "",
        "statement": None, "stance": "asserts" if chain else None, "status": "happened", "earliest": None,
        "latest": None, "place": TOWN, "other": None, "state": "captured", "level": None, "act": None, **more,
    }  # fmt: skip
    return HoldTold(id=id, published=day(on), chain=tuple(chain), holder=holder, **fields)


def amount(low: float | None, high: float | None, unit: str = "people") -> dict[str, Any]:
    """A bounded amount, for ``figure``."""
    bound = "range" if low is not None and high is not None else "at_least" if high is None else "up_to"
    return {"amount": Amount(low if high is None else high if low is None else None, low, high, unit), "bound": bound}


def unit(value: float, noun: str, about: bool = False) -> dict[str, Any]:
    """An amount of some noun, for ``figure``."""
    return {"amount": Amount(value, value, value, noun, about), "bound": "about" if about else "exact"}


def root(key: str, kind: Any = "witness", side: str | None = None) -> Root:
    """An origin."""
    return Root(key, kind, key, side, "test")


def copied[T: (FigureTold, ActTold, HoldTold)](claim: T, id: str, later: int) -> T:
    """The same claim, printed again in another report so many days later."""
    return replace(claim, id=id, report=f"r{id}", published=(claim.published or FIRST) + timedelta(later))
