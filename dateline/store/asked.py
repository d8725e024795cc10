"""What is asked of a record: one set of filters for every view, checked before any row is read."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select, Table

from dateline.across import Control, Standing, TensionField
from dateline.errors import UsageError
from dateline.join.assessments import Direction
from dateline.join.facts import Policy
from dateline.model import ActorKind, HoldState, PlaceKind, Stance
from dateline.store import tables as t
from dateline.store.keys import number
from dateline.store.picking import Keys, Named, names_of, rare, spots_of
from dateline.store.views import VIEWS
from dateline.store.whereabouts import Atlas, at_place, called, inside

FEW = 2_000  # keys that are named in a statement one by one
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
    "holdings": get_args(Control),
    "tempo": PLOVER,
    "tensions": get_args(TensionField),
    "assessments": get_args(Direction),
}  # what --type may be; of figures it is whatever the word list counts

POLICIES: tuple[Policy, ...] = ("ucdp", "acled")
FIRST, LAST = date(1000, 1, 1), date(9000, 1, 1)  # so that weeks before and after are days too
AREAS = ("district", "province", "country")
STANDINGS = get_args(Standing)
RULINGS = ("applied", "all", "none", "accepted", "rejected", "open")


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
    side: str | None = None  # of ``compare``: whose figures
    other: str | None = None  # and beside whose
    by: str | None = None  # of ``tallies``: district, province or country
    thread: str | None = None  # of ``reports``: the id of any report of the running story
    best: Policy | None = None  # of ``events``: whose rule for the best of several numbers; None is UCDP's
    tellings: bool | None = None  # each telling of an event, not one row an event
    rulings: str | None = None  # which rows by what people ruled, see ``RULINGS``; None is "applied"

    def told(self) -> dict[str, str]:
        """The filters that were given, for a sidecar."""
        return {f.name: str(getattr(self, f.name)) for f in fields(self) if getattr(self, f.name) is not None}


def checked(view: str, asked: Asked) -> Asked:
    """The filters in the record's own spelling. Raises UsageError for those that make no sense."""
    if view not in VIEWS:
        raise UsageError(f"no view is called {view!r}", todo=f"take one of {', '.join(VIEWS)}")
    if asked.standing is not None and (view != "events" or asked.tellings):
        raise UsageError("standing is known of events alone", todo="leave --standing out")
    if asked.standing not in (None, *STANDINGS):
        raise UsageError(f"--standing cannot be {asked.standing!r}", todo=f"take one of {', '.join(STANDINGS)}")
    if asked.by is not None and (view != "tallies" or asked.by not in AREAS):
        raise UsageError(f"--by cannot be {asked.by!r}", todo=f"of holdings, take one of {', '.join(AREAS)}")
    if asked.best is not None and (view != "events" or asked.best not in POLICIES):
        raise UsageError(f"--best cannot be {asked.best!r}", todo=f"of events, take one of {', '.join(POLICIES)}")
    if asked.tellings and view != "events":
        raise UsageError("only events have tellings", todo="leave --tellings out")
    if asked.thread is not None and view != "reports":
        raise UsageError("only reports are asked for by thread", todo="leave --thread out")
    for name in ("since", "until", "as_of", "known"):
        day = getattr(asked, name)
        if day is not None and not FIRST <= day <= LAST:
            raise UsageError(f"--{name.replace('_', '-')} {day} is no day of news", todo=f"name one after {FIRST}")
    if asked.since and asked.until and asked.since > asked.until:
        raise UsageError(f"--since {asked.since} lies after --until {asked.until}")
    if asked.limit is not None and asked.limit < 1:
        raise UsageError(f"--limit {asked.limit} lets nothing through", todo="give 1 or more")
    if asked.rulings not in (None, *RULINGS):
        raise UsageError(f"--rulings cannot be {asked.rulings!r}", todo=f"take one of {', '.join(RULINGS)}")
    if view in ("places", "actors", "threads") and asked.rulings in ("accepted", "rejected", "open"):
        raise UsageError(f"{view} are not ruled on", todo="give --rulings applied, all or none")
    if (view == "search") != bool(asked.words and asked.words.strip()):
        raise UsageError("search needs words, and only search takes them")
    if (asked.side or asked.other) and (view != "compare" or asked.actor):
        raise UsageError("only compare takes sides, and no actor beside them", todo="name whom to compare")
    if asked.other and not asked.side:
        raise UsageError("one side is missing", todo="name both, or one alone")
    return asked if asked.type is None else _typed(view, asked, asked.type)


def _typed(view: str, asked: Asked, type: str) -> Asked:
    if view in ("reports", "search", "threads"):
        raise UsageError(f"{'threads' if view == 'threads' else 'reports'} have no type", todo="leave --type out")
    known = TYPES.get(view)
    spelt = next((name for name in known or (type,) if name.casefold() == type.casefold()), None)
    if spelt is None:
        raise UsageError(f"{view} have no type {type!r}", todo=f"take one of {', '.join(known or ())}")
    return Asked(**{**{f.name: getattr(asked, f.name) for f in fields(asked)}, "type": spelt})


def claims_named(connection: Connection, atlas: Atlas, kind: str, asked: Asked) -> dict[str, Named]:
    """Which statements, events, holds or figures name whom and where: by the name of the filter that asks for it."""
    until = last_day(asked)
    where = _where(connection, atlas, asked)
    found = {name: spots_of(kind, _spots(connection, here), until) for name, here in where.items()}
    if asked.actor is not None:
        whom = _names(connection, called(connection, atlas, asked.actor))
        role = t.ties.c.role
        told = role.is_not(None) if kind == "s" else role.not_in(VOICE)  # who did it, not who tells of it
        found["actor"] = names_of(kind, whom, told, until)
    if asked.voice is not None:
        whom = _names(connection, called(connection, atlas, asked.voice))
        found["voice"] = names_of(kind, whom, t.ties.c.role.in_(VOICE), until)
    return found


def claims_days(table: Table, asked: Asked) -> list[ColumnElement[bool]]:
    """A row's days must meet those asked for, and be known. One without days of its own counts by its report's."""
    c = table.c
    out: list[ColumnElement[bool]] = []
    if asked.since:
        out.append(c.ends >= number(asked.since))
    if (last := last_day(asked)) is not None:
        out.append(c.at.between(1, last))
    return [*out, *known_by(table, asked)]


def last_day(asked: Asked) -> int | None:
    """Begun by this day; an open beginning counts by its end."""
    return number(min(filter(None, (asked.until, asked.as_of)), default=None))


def reports_filter(
    connection: Connection, atlas: Atlas, asked: Asked, rows: Table, own: tuple[str, ...] = ()
) -> list[ColumnElement[bool]]:
    """Conditions on rows of a table with ``report`` and ``at``, by what their reports say; ``own`` are left out."""
    mine = rows.c.report
    named: list[Named] = []
    if "place" not in own:
        for where in _where(connection, atlas, asked).values():
            here = sa.select(t.places.c.report).where(t.places.c.spot.in_(_spots(connection, where)))
            named.append(Named(here, here.where(t.places.c.report == mine).correlate(rows).exists()))
    if asked.actor is not None and "actor" not in own:
        whom = _names(connection, called(connection, atlas, asked.actor))
        here = sa.select(t.actors.c.report).where(t.actors.c.who.in_(whom))
        named.append(Named(here, here.where(t.actors.c.report == mine).correlate(rows).exists()))
    if asked.voice is not None:
        said = names_of("s", _names(connection, called(connection, atlas, asked.voice)), t.ties.c.role.in_(VOICE))
        told = sa.select(t.statements.c.key).where(t.statements.c.report == mine, said.probe)
        named.append(Named(said.listed.with_only_columns(t.ties.c.report), told.correlate(rows).exists()))
    out = [mine.in_(one.listed) if own or rare(connection, one) else one.probe for one in named]
    if asked.since:
        out.append(rows.c.at >= number(asked.since))
    if (last := last_day(asked)) is not None:
        out.append(rows.c.at.between(1, last))
    return [*out, *known_by(rows, asked)]


def _where(connection: Connection, atlas: Atlas, asked: Asked) -> dict[str, ColumnElement[bool]]:
    found = {}
    if asked.place is not None:
        found["place"] = at_place(connection, atlas, asked.place)
    if asked.within is not None:
        found["within"] = inside(connection, atlas, asked.within)
    return found


def spot_filter(connection: Connection, atlas: Atlas, asked: Asked) -> list[ColumnElement[bool]]:
    """Conditions on rows of ``spots``."""
    return [*_where(connection, atlas, asked).values()]


def _spots(connection: Connection, where: ColumnElement[bool]) -> Keys:
    return _settled(connection, sa.select(t.spots.c.spot).where(where))


def _names(connection: Connection, whom: ColumnElement[bool]) -> Keys:
    return _settled(connection, sa.select(t.names.c.who).where(whom))


def _settled(connection: Connection, keys: "Select[Any]") -> Keys:
    """The keys themselves unless they are very many, so that each is looked up once."""
    some: list[int] = [row[0] for row in connection.execute(keys.limit(FEW + 1))]
    return some if len(some) <= FEW else keys


def known_by(rows: Table, asked: Asked) -> list[ColumnElement[bool]]:
    """What had been added by the end of that day, UTC."""
    if asked.known is None:
        return []
    kept = t.reports.c
    known = sa.select(kept.report).where(kept.report == rows.c.report, kept.added_at < f"{asked.known.isoformat()}T99")
    return [known.correlate(rows).exists()]
