"""Rulings as they are kept: append-only, undone by further rulings, one order whichever record they lie in.

What holds is a pure function of the rulings alone. Their order is that of the moments at which they were made, which
one record never gives twice; rulings of two records that share a moment are ordered by id. In what order they were
written down does not matter.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.model import Ruling
from dateline.store import tables as t

MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"

type Slot = tuple[str, ...]


def load(connection: Connection, known: date | None = None) -> tuple[Ruling, ...]:
    """Every ruling, undone ones too, in the order in which they were made; those made by the end of a day, UTC."""
    c = t.rulings.c
    wanted = sa.select(c.n, c.about, c.verdict, c.given, c.by, c.at, c.why)
    if known is not None:
        wanted = wanted.where(t.rulings.c.at < f"{known.isoformat()}T99")
    return tuple(sorted((_noun(*row) for row in connection.execute(wanted)), key=order))


def order(ruling: Ruling) -> tuple[str, str]:
    """What rulings are sorted by."""
    return ruling.at, ruling.id


def undone(rulings: Iterable[Ruling]) -> set[str]:
    """Ids of the rulings that are undone; an undoing that is undone itself has no force."""
    out: set[str] = set()
    for r in sorted(rulings, key=order, reverse=True):  # an undoing is made after what it undoes
        if r.verdict == "undo" and r.id not in out:
            out.add(r.about)
    return out


def in_force(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Rulings that are not undone, without the undoing itself, in their order."""
    listed = sorted(rulings, key=order)
    gone = undone(listed)
    return tuple(r for r in listed if r.verdict != "undo" and r.id not in gone)


def settled(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Of the rulings in force the last on each question: what holds now, in the order in which they were made."""
    last = {slot_of(r): r for r in in_force(rulings)}
    return tuple(sorted(last.values(), key=order))


def slot_of(ruling: Ruling) -> Slot:
    """The question that a ruling answers; a later answer takes an earlier one's place."""
    r = ruling
    match r.verdict:
        case "accept" | "reject":
            return ("stands", r.about)
        case "merge" | "split":
            return ("one", *pair_of(r))
        case "edit":
            return ("edit", r.about, r.get("field") or "")
        case "place":
            return ("place", r.about, r.get("mention") or "")
        case _:
            return (r.verdict, r.about)


def pair_of(ruling: Ruling) -> tuple[str, str]:
    """The two rows of a merge or a split, the same whichever was named first."""
    one, other = sorted((ruling.about, ruling.get("other") or ""))
    return one, other


def moment(now: datetime, rulings: Iterable[Ruling]) -> str:
    """When a new ruling is made: now, and always after the last one, though the clock may stand or go back."""
    at = now.astimezone(UTC)
    last = max((r.at for r in rulings), default=None)
    if last is not None:
        at = max(at, datetime.strptime(last, MOMENT).replace(tzinfo=UTC) + timedelta(microseconds=1))
    return at.strftime(MOMENT)


def append(connection: Connection, rulings: Iterable[Ruling]) -> list[Ruling]:
    """Write down those that are not there yet, in their order; as they lie in the record, with their numbers."""
    there = {r.id: r for r in load(connection)}
    number = max((r.n for r in there.values()), default=0)
    fresh = [r for r in sorted({r.id: r for r in rulings}.values(), key=order) if r.id not in there]
    if fresh:
        connection.execute(t.rulings.insert(), [_row(r, number + n) for n, r in enumerate(fresh, 1)])
    return [r for r in load(connection) if r.id in {f.id for f in fresh}]


def made(about: str, verdict: str, given: Mapping[str, str], by: str, at: str, why: str | None) -> Ruling:
    """A ruling with its id: ``u:`` and a hash of all that was decided, by whom, when and why."""
    return _noun(0, about, verdict, msgspec.json.encode(given).decode() if given else None, by, at, why)


@lru_cache(maxsize=50_000)  # they never change, and every answer looks at all of them
def _noun(n: int, about: str, verdict: str, given: str | None, by: str, at: str, why: str | None) -> Ruling:
    pairs = tuple(sorted(msgspec.json.decode(given, type=dict[str, str]).items())) if given else ()
    said = msgspec.json.encode([about, verdict, pairs, by, at, why])
    id = f"u:{hashlib.sha256(said).hexdigest()[:16]}"
    return Ruling(id, about, verdict, pairs, by, at, why, n)  # type: ignore[arg-type]


def _row(r: Ruling, number: int) -> dict[str, Any]:
    given = msgspec.json.encode(dict(r.given)).decode() if r.given else None
    return {"n": number, "about": r.about, "verdict": r.verdict, "given": given, "by": r.by, "at": r.at, "why": r.why}
