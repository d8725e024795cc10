"""Asking: a view and filters in, rows out, newest first by the day that they are of. The columns stand in ``views``."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select

from dateline.errors import StoreError
from dateline.store import search
from dateline.store import tables as t
from dateline.store.asked import Asked, checked, claims_days, claims_named, reports_filter, spot_filter
from dateline.store.connect import Database
from dateline.store.context import Context, optional
from dateline.store.keys import day_of, public
from dateline.store.picking import picked
from dateline.store.whereabouts import Atlas, called

AT_ONCE = 250  # rows whose surroundings are read together
KIND = {"statements": "s", "events": "e", "holds": "h", "figures": "f"}

type Answer = dict[str, Any]  # column → value; days as ``date``, lists as lists


def rows(database: Database, view: str, asked: Asked, atlas: Atlas) -> Iterator[Answer]:
    """Answers, column by column as in ``VIEWS``; all of them out of one unchanging state of the record.

    Raises UsageError for a filter that makes no sense, before the first row; StoreError.
    """
    asked = checked(view, asked)
    with database.reading() as connection:
        _whole(connection, database.where)
        yield from (_claims if view in KIND else OTHERS[view])(connection, view, asked, atlas)


def _whole(connection: Connection, where: str) -> None:
    about = {row.key: row.value for row in connection.execute(sa.select(t.about))}
    if about.get("rebuilding") or about.get("derived_format") != str(t.FORMAT):
        raise StoreError("lacks derived rows", where=where, todo="run: dateline rebuild")


# --- statements, events, holds, figures -------------------------------------------------------------------------


def _claims(connection: Connection, view: str, asked: Asked, atlas: Atlas) -> Iterator[Answer]:
    kind, table = KIND[view], t.CLAIMS[KIND[view]]
    conditions = claims_days(table, asked)
    if asked.type is not None:
        conditions.append(table.c[TYPE_COLUMN[view]] == asked.type)
    named = claims_named(connection, atlas, kind, asked)
    for part in picked(connection, table, named, conditions, asked.limit):
        context = Context(connection, sorted({row.report for row in part}))
        yield from (CLAIM[view](row, context) for row in part)


def _parts(connection: Connection, wanted: "Select[Any]") -> Iterator[Sequence[Row[Any]]]:
    found = connection.execute(wanted.execution_options(yield_per=AT_ONCE))
    yield from found.partitions(AT_ONCE)


def _statement(row: Row[Any], x: Context) -> Answer:
    voice, content = x.voices[row.key], msgspec.json.decode(row.content)
    return {
        "id": public("s", row.key),
        "speaker": voice.speaker,
        "chain": list(voice.chain),
        **{name: getattr(row, name) for name in ("stance", "form", "policy")},
        "words": " … ".join(x.words(row.report, *span) for span in content),
        "cue": x.words(row.report, row.cue_start, row.cue_end) or None,
        "negated": row.negated,
        "modality": row.modality,
        **_days(row),
        "places": x.named_in(row.report, row.start, row.end) if content else [],
        "within": optional("s", row.within),
        **{name: getattr(row, name) for name in ("score", "start", "end", "rule")},
        **_report(row, x),
    }


def _event(row: Row[Any], x: Context) -> Answer:
    return {
        "id": public("e", row.key),
        "type": row.type,
        "mode": row.mode,
        "context": msgspec.json.decode(row.context),
        "status": row.status,
        "actors": x.names(row.report, row.actors),
        "recipients": x.names(row.report, row.recipients),
        **_days(row),
        **_place(row, x, msgspec.json.decode(row.places)),
        "amounts": _amounts(row.quantities),
        "same_as": optional("e", row.same_as),
        **_told(row, x),
        **_report(row, x),
    }


def _hold(row: Row[Any], x: Context) -> Answer:
    return {
        "id": public("h", row.key),
        **{name: getattr(row, name) for name in ("state", "level", "status")},
        "holder": x.name(row.report, row.holder),
        "other": x.name(row.report, row.other),
        **_days(row),
        **_place(row, x, [row.place]),
        "amounts": _amounts(row.quantities),
        "event": optional("e", row.event),
        **_told(row, x),
        **_report(row, x),
    }


def _figure(row: Row[Any], x: Context) -> Answer:
    plain = ("counts", "value", "low", "high", "approximate", "unit", "bound", "scope")
    return {
        "id": public("f", row.key),
        **{name: getattr(row, name) for name in plain},
        "side": x.name(row.report, row.side),
        "status": row.status,
        **_days(row),
        **_place(row, x, x.places_of_event(row.event)),
        "event": optional("e", row.event),
        **_told(row, x),
        **_report(row, x),
    }


def _days(row: Row[Any]) -> Answer:
    return {"earliest": day_of(row.earliest), "latest": day_of(row.latest)}


def _place(row: Row[Any], x: Context, locals: Sequence[str]) -> Answer:
    spots = x.spots(row.report, locals)
    first = spots[0] if spots else None
    plain = ("admin1", "country", "latitude", "longitude", "precision", "radius_km")
    return {
        "place": first.name if first is not None else None,
        **{name: getattr(first, name, None) for name in plain},
        "places": [*dict.fromkeys(spot.name for spot in spots)],
    }


def _told(row: Row[Any], x: Context) -> Answer:
    voice = x.voices.get(row.statement)
    return {
        "voice": voice.speaker if voice else None,
        "chain": list(voice.chain) if voice else [],
        "stance": voice.stance if voice else None,
        "words": x.sentence(row.report, row.start, row.end),
        "statement": optional("s", row.statement),
        **{name: getattr(row, name) for name in ("start", "end", "rule")},
    }


def _report(row: Row[Any], x: Context) -> Answer:
    page = x.pages[row.report]
    return {
        "report": page.id, "title": page.title, "outlet": page.outlet_name or page.publisher,
        "published": page.published, "known": page.added_at, "engine": page.engine,
    }  # fmt: skip


def _amounts(nested: str) -> list[str]:
    return [_amount(q) for q in msgspec.json.decode(nested)]


def _amount(q: dict[str, Any]) -> str:
    """ "54 civilian", "3–9 street"."""
    one, low, high = (f"{v:,.10g}" if v is not None else "" for v in (q["value"], q["low"], q["high"]))
    return f"{one or f'{low}–{high}'} {q['unit'] or ''}".strip()


CLAIM: dict[str, Callable[[Row[Any], Context], Answer]] = {
    "statements": _statement, "events": _event, "holds": _hold, "figures": _figure
}  # fmt: skip
TYPE_COLUMN = {"statements": "stance", "events": "type", "holds": "state", "figures": "counts"}


# --- reports, search, places, actors ------------------------------------------------------------------------------


def _reports(connection: Connection, view: str, asked: Asked, atlas: Atlas) -> Iterator[Answer]:
    kept = t.reports.c
    wanted = sa.select(t.pages, kept.id, kept.source, kept.added_at).join(t.reports, kept.report == t.pages.c.report)
    wanted = wanted.where(*reports_filter(connection, atlas, asked, t.pages))
    terms = search.terms(asked.words) if asked.words is not None else ()
    if terms:
        wanted = wanted.where(t.pages.c.report.in_(search.matching(connection, terms)))
    wanted = wanted.order_by(t.pages.c.at.desc(), t.pages.c.report.desc()).limit(asked.limit)
    for part in _parts(connection, wanted):
        yield from (_page(row) | _hits(row, terms) for row in part)


def _page(row: Row[Any]) -> Answer:
    return {
        "id": row.id, "title": row.title, "outlet": row.outlet_name or row.publisher, "published": row.published,
        "published_by": row.published_by, "language": row.language, "words": row.words, "source": row.source,
        "warnings": [message for message, _ in msgspec.json.decode(row.warnings)], "known": row.added_at,
        "engine": row.engine,
    }  # fmt: skip


def _hits(row: Row[Any], terms: Sequence[search.Term]) -> Answer:
    if not terms:
        return {}
    text = search.text_of(row.text)
    found = search.hits(text, terms)
    return {"snippet": search.snippet(text, found), "hits": len(found)}


def _places(connection: Connection, view: str, asked: Asked, atlas: Atlas) -> Iterator[Answer]:
    wanted = _counted(t.places, "spot", reports_filter(connection, atlas, asked, t.places, ("place",)))
    own = spot_filter(connection, atlas, asked)
    if asked.type is not None:
        own.append(t.spots.c.kind == asked.type)
    plain = [c for c in t.spots.columns if c.name not in ("spot", "folded")]
    for row in _named(connection, wanted, t.spots, own, asked):
        yield {"id": public("p", row.spot), **{c.name: getattr(row, c.name) for c in plain}, **_counts(row)}


def _actors(connection: Connection, view: str, asked: Asked, atlas: Atlas) -> Iterator[Answer]:
    wanted = _counted(t.actors, "who", reports_filter(connection, atlas, asked, t.actors, ("actor",)))
    own = [called(connection, atlas, asked.actor, theirs=False)] if asked.actor is not None else []
    if asked.type is not None:
        own.append(t.names.c.kind == asked.type)
    plain = [c for c in t.names.columns if c.name not in ("who", "folded")]
    for row in _named(connection, wanted, t.names, own, asked):
        yield {"id": public("a", row.who), **{c.name: getattr(row, c.name) for c in plain}, **_counts(row)}


def _counted(rows: sa.Table, key: str, conditions: "Sequence[sa.ColumnElement[bool]]") -> "Select[Any]":
    """How many reports name each thing, and when they were published."""
    c = rows.c
    days = (sa.func.min(sa.func.nullif(c.at, 0)).label("first"), sa.func.nullif(sa.func.max(c.at), 0).label("last"))
    counted = sa.select(c[key], sa.func.sum(c.fresh).label("reports"), *days)
    return counted.where(*conditions).group_by(c[key])


def _named(
    connection: Connection,
    counted: "Select[Any]",
    table: sa.Table,
    own: "Sequence[sa.ColumnElement[bool]]",
    asked: Asked,
) -> "Iterator[Row[Any]]":
    """What is named most comes first."""
    (key,) = table.primary_key.columns
    if own:
        counted = counted.where(counted.selected_columns[0].in_(sa.select(key).where(*own)))
    many = counted.order_by(sa.desc("reports"), counted.selected_columns[0]).limit(asked.limit).subquery()
    wanted = sa.select(table, many.c.reports, many.c.first, many.c.last).join(many, many.c[key.name] == key)
    yield from connection.execute(wanted.order_by(many.c.reports.desc(), key))


def _counts(row: Row[Any]) -> Answer:
    return {"reports": row.reports, "first": day_of(row.first), "last": day_of(row.last)}


OTHERS = {"reports": _reports, "search": _reports, "places": _places, "actors": _actors}
