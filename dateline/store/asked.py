"""What is asked of a record: one set of filters for every view, checked before any row is read."""

from dataclasses import dataclass, fields
from datetime import date
from typing import get_args

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select, Table

from dateline.errors import UsageError
from dateline.model import ActorKind, HoldState, PlaceKind, Stance
from dateline.store import tables as t
from dateline.store.keys import LAST_DAY, number
from dateline.store.views import VIEWS
from dateline.store.whereabouts import Atlas, at_place, called, inside

VOICE = ("speaker", "carrier")
PLOVER = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
TYPES: dict[str, tuple[str, ...]] = {
    "statements": get_args(Stance),
    "events": PLOVER,
    "holds": get_args(HoldState),
    "places": get_args(PlaceKind),
    "actors": get_args(ActorKind),
}  # what --type may be; of figures it is whatever the word list counts


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters; None lets everything through. Two clocks: ``as_of`` what was so, ``known`` what the record knew."""

    place: str | None = None
    within: str | None = None
    actor: str | None = None
    type: str | None = None
    since: date | None = None
    until: date | None = None
    voice: str | None = None
    standing: str | None = None
    as_of: date | None = None
    known: date | None = None
    limit: int | None = None
    words: str | None = None  # of ``search``

    def told(self) -> dict[str, str]:
        """The filters that were given, for a sidecar."""
        return {f.name: str(getattr(self, f.name)) for f in fields(self) if getattr(self, f.name) is not None}


def checked(view: str, asked: Asked) -> Asked:
    """The filters in the record's own spelling. Raises UsageError for those that make no sense."""
    if view not in VIEWS:
        raise UsageError(f"no view is called {view!r}", todo=f"take one of {', '.join(VIEWS)}")
    if asked.standing is not None:
        raise UsageError("standing is not known of single reports", todo="leave --standing out")
    if asked.since and asked.until and asked.since > asked.until:
        raise UsageError(f"--since {asked.since} lies after --until {asked.until}")
    if asked.limit is not None and asked.limit < 1:
        raise UsageError(f"--limit {asked.limit} lets nothing through", todo="give 1 or more")
    if (view == "search") != bool(asked.words and asked.words.strip()):
        raise UsageError("search needs words, and only search takes them")
    return asked if asked.type is None else _typed(view, asked, asked.type)


def _typed(view: str, asked: Asked, type: str) -> Asked:
    if view in ("reports", "search"):
        raise UsageError("reports have no type", todo="leave --type out")
    known = TYPES.get(view)
    spelt = next((name for name in known or (type,) if name.casefold() == type.casefold()), None)
    if spelt is None:
        raise UsageError(f"{view} have no type {type!r}", todo=f"take one of {', '.join(known or ())}")
    return Asked(**{**{f.name: getattr(asked, f.name) for f in fields(asked)}, "type": spelt})


def claims_filter(connection: Connection, atlas: Atlas, kind: str, asked: Asked) -> list[ColumnElement[bool]]:
    """Conditions on rows of statements, events, holds or figures, by whom and where they name."""
    table = t.CLAIMS[kind]
    row = sa.tuple_(table.c.report, table.c.key)
    out: list[ColumnElement[bool]] = []
    for where in _where(connection, atlas, asked):
        sites = sa.select(t.sites.c.report, t.sites.c.key).where(t.sites.c.kind == kind)
        out.append(row.in_(sites.where(t.sites.c.spot.in_(_spots(where)))))
    for name, roles in ((asked.actor, None), (asked.voice, VOICE)):
        if name is not None:
            whom = _names(called(connection, atlas, name))
            ties = sa.select(t.ties.c.report, t.ties.c.key).where(t.ties.c.kind == kind, t.ties.c.who.in_(whom))
            if roles:
                ties = ties.where(t.ties.c.role.in_(roles))
            elif kind != "s":
                ties = ties.where(t.ties.c.role.not_in(VOICE))  # who did it, not who tells of it
            out.append(row.in_(ties))
    return [*out, *_days(table, asked), *_known(asked)]


def reports_filter(
    connection: Connection, atlas: Atlas, asked: Asked, rows: Table, own: tuple[str, ...] = ()
) -> list[ColumnElement[bool]]:
    """Conditions on rows of a table with ``report`` and ``at``, by what their reports say; ``own`` are left out."""
    out: list[ColumnElement[bool]] = []
    if "place" not in own:
        for where in _where(connection, atlas, asked):
            named = sa.select(t.places.c.report).where(t.places.c.spot.in_(_spots(where)))
            out.append(rows.c.report.in_(named))
    if asked.actor is not None and "actor" not in own:
        whom = _names(called(connection, atlas, asked.actor))
        out.append(rows.c.report.in_(sa.select(t.actors.c.report).where(t.actors.c.who.in_(whom))))
    if asked.voice is not None:
        whom = _names(called(connection, atlas, asked.voice))
        told = sa.select(t.ties.c.report).where(t.ties.c.kind == "s", t.ties.c.who.in_(whom))
        out.append(rows.c.report.in_(told.where(t.ties.c.role.in_(VOICE))))
    first, last = number(asked.since), number(min(filter(None, (asked.until, asked.as_of)), default=None))
    if first:
        out.append(rows.c.at >= first)
    if last:
        out.append(rows.c.at.between(1, last))
    return [*out, *_known(asked)]


def _where(connection: Connection, atlas: Atlas, asked: Asked) -> list[ColumnElement[bool]]:
    found = []
    if asked.place is not None:
        found.append(at_place(connection, atlas, asked.place))
    if asked.within is not None:
        found.append(inside(connection, atlas, asked.within))
    return found


def spot_filter(connection: Connection, atlas: Atlas, asked: Asked) -> list[ColumnElement[bool]]:
    """Conditions on rows of ``spots``."""
    return _where(connection, atlas, asked)


def _spots(where: ColumnElement[bool]) -> "Select[tuple[int]]":
    return sa.select(t.spots.c.spot).where(where)


def _names(whom: ColumnElement[bool]) -> "Select[tuple[int]]":
    return sa.select(t.names.c.who).where(whom)


def _days(table: Table, asked: Asked) -> list[ColumnElement[bool]]:
    """A row's days must meet those asked for. One without days of its own counts by its report's."""
    c = table.c
    out: list[ColumnElement[bool]] = []
    starts = sa.func.coalesce(c.earliest, sa.case((c.latest.is_not(None), 1), else_=sa.func.nullif(c.at, 0)))
    ends = sa.func.coalesce(c.latest, sa.case((c.earliest.is_not(None), LAST_DAY), else_=sa.func.nullif(c.at, 0)))
    if asked.since:
        out.append(ends >= number(asked.since))
    if asked.until:
        out.append(starts <= number(asked.until))
    if asked.as_of:  # told of as begun by then; an open beginning counts by its end
        out.append(c.at.between(1, number(asked.as_of)))
    return out


def _known(asked: Asked) -> list[ColumnElement[bool]]:
    """What had been added by the end of that day, UTC."""
    return [t.reports.c.added_at < f"{asked.known.isoformat()}T99"] if asked.known else []
