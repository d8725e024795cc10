"""Asking: a view and filters in, rows out, newest first by the day that they are of. The columns stand in ``views``."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import merge
from itertools import islice
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select

from dateline.errors import StoreError
from dateline.store import compared, search
from dateline.store import tables as t
from dateline.store.asked import Asked, checked, claims_days, claims_named, reports_filter, spot_filter
from dateline.store.assessed import assessed
from dateline.store.clashes import tensions
from dateline.store.connect import Database
from dateline.store.context import Context, optional
from dateline.store.control import holdings, tallies
from dateline.store.corrected import TYPE_COLUMN, Corrected, Place, among, changed, let_through
from dateline.store.happenings import Firsts, one_an_event, with_event
from dateline.store.joined import Joined
from dateline.store.keys import day_of, public, report_of
from dateline.store.lifting import Scope
from dateline.store.pace import tempo
from dateline.store.picking import Named, originals, picked
from dateline.store.ruled import Ruled
from dateline.store.rulings import load, settled
from dateline.store.stories import Stories, told
from dateline.store.whereabouts import Atlas, called
from dateline.store.whos import persons

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
        ruled = Ruled() if asked.rulings == "none" else ruled_by(connection, asked.known, atlas)
        question = Question(connection, view, asked, replace(atlas, named=ruled.names), ruled)
        yield from _answers(question)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one view, and what it is asked of."""

    connection: Connection
    view: str
    asked: Asked
    atlas: Atlas
    ruled: Ruled
    keep: Callable[[Sequence[Row[Any]]], Sequence[Row[Any]]] | None = None  # of the rows found, before they are told
    also: tuple[Named, ...] = ()  # what rows must be beside what is asked


def _answers(q: Question) -> Iterator[Answer]:
    if q.view not in TOGETHER:
        return (_claims if q.view in KIND else OTHERS[q.view])(q)
    scope = Scope(q.connection, q.asked, q.atlas, q.ruled)
    ruled, best = q.asked.rulings != "none", q.asked.best or "ucdp"
    joined = Joined(q.connection, q.atlas.lexicons, q.asked.known, scope.rejected, ruled, best)
    return TOGETHER[q.view](q, scope, joined)


def _events(q: Question, _: Scope, joined: Joined) -> Iterator[Answer]:
    if q.asked.tellings:
        return with_event(_claims(q), joined)

    own = (originals(),) if joined.whole else ()  # reprints are of the same events

    def tellings(limit: int | None, firsts: Firsts) -> Iterator[Answer]:
        return _claims(replace(q, asked=replace(q.asked, limit=limit), keep=firsts, also=own))

    return one_an_event(tellings, q.asked, joined)


# views of what only many reports together can tell
TOGETHER: dict[str, Callable[[Question, Scope, Joined], Iterator[Answer]]] = {
    "events": _events,
    "holdings": lambda q, scope, joined: holdings(scope),
    "tallies": lambda q, scope, joined: tallies(scope, q.asked.by or "country"),
    "tempo": lambda q, scope, joined: tempo(scope, joined),
    "assessments": lambda q, scope, joined: assessed(scope),
    "tensions": lambda q, scope, joined: tensions(scope, joined),
}


def ruled_by(connection: Connection, known: date | None, atlas: Atlas) -> Ruled:
    """What people ruled by the end of a day, UTC, or until now."""
    return Ruled.by(settled(load(connection, known)), atlas.gazetteer)


def _whole(connection: Connection, where: str) -> None:
    about = {row.key: row.value for row in connection.execute(sa.select(t.about))}
    if about.get("rebuilding") or about.get("derived_format") != str(t.FORMAT):
        raise StoreError("lacks derived rows", where=where, todo="run: dateline rebuild")


# --- statements, events, holds, figures -------------------------------------------------------------------------


def _claims(q: Question) -> Iterator[Answer]:
    kind = KIND[q.view]
    table, answer_of = t.CLAIMS[kind], CLAIM[q.view]
    ruled_so = let_through(kind, table, table.c.key, q.asked, q.ruled)
    apart = changed(q.connection, kind, q.asked, q.ruled)
    if not apart:
        yield from (answer for _, answer in _plain(q, kind, ruled_so))
        return
    plain = _plain(q, kind, [*ruled_so, ~among(table.c.key, apart)])
    found = Corrected(q.connection, kind, q.asked, q.atlas, q.ruled).found(apart, answer_of, *ruled_so)
    both = merge(plain, found, key=lambda one: one[0], reverse=True)
    yield from islice((answer for _, answer in both), q.asked.limit)


def _plain(q: Question, kind: str, ruled_so: Sequence[sa.ColumnElement[bool]]) -> Iterator[tuple[Place, Answer]]:
    """Rows as the filters find them in the tables, each with its place in the order of answers."""
    table, asked = t.CLAIMS[kind], q.asked
    conditions = [*claims_days(table, asked), *ruled_so]
    if asked.type is not None:
        conditions.append(table.c[TYPE_COLUMN[q.view]] == asked.type)
    named = [*claims_named(q.connection, q.atlas, kind, asked).values(), *q.also]
    for part in picked(q.connection, table, named, conditions, asked.limit):
        part = q.keep(part) if q.keep is not None else part
        x = Context(q.connection, sorted({row.report for row in part}))
        for row in part:
            yield (row.at, row.report, row.key), q.ruled.claim(kind, CLAIM[q.view](row, x), row, x)


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


# --- reports, search, threads, places, actors ---------------------------------------------------------------------


def _reports(q: Question) -> Iterator[Answer]:
    connection, asked, kept = q.connection, q.asked, t.reports.c
    stories = Stories(connection, asked.known)
    wanted = sa.select(t.pages, kept.id, kept.source, kept.added_at).join(t.reports, kept.report == t.pages.c.report)
    wanted = _newest(q, wanted).limit(asked.limit)
    if asked.thread is not None:
        (thread,) = stories.threads_of([report_of(asked.thread)]).values()
        wanted = wanted.where(among(t.pages.c.report, [*stories.members([thread])[thread]]))
    terms = search.terms(asked.words) if asked.words is not None else ()
    if terms:
        wanted = wanted.where(t.pages.c.report.in_(search.matching(connection, terms)))
    for part in _parts(connection, wanted):
        thread_of = stories.ids_of(row.report for row in part)
        yield from (q.ruled.report(_page(row, thread_of[row.report])) | _hits(row, terms) for row in part)


def _newest(q: Question, wanted: "Select[Any]") -> "Select[Any]":
    """Of reports those that the filters let through, newest first."""
    p = t.pages.c
    wanted = wanted.where(*reports_filter(q.connection, q.atlas, q.asked, t.pages))
    wanted = wanted.where(*let_through("r", t.pages, p.report, q.asked, q.ruled))
    return wanted.order_by(p.at.desc(), p.report.desc())


def _threads(q: Question) -> Iterator[Answer]:
    found = ([row.report for row in part] for part in _parts(q.connection, _newest(q, sa.select(t.pages.c.report))))
    yield from islice(told(Stories(q.connection, q.asked.known), found, q.asked, q.ruled), q.asked.limit)


def _page(row: Row[Any], thread: str) -> Answer:
    return {
        "id": row.id, "title": row.title, "outlet": row.outlet_name or row.publisher, "published": row.published,
        "published_by": row.published_by, "language": row.language, "words": row.words, "source": row.source,
        "warnings": [message for message, _ in msgspec.json.decode(row.warnings)], "thread": thread,
        "known": row.added_at, "engine": row.engine,
    }  # fmt: skip


def _hits(row: Row[Any], terms: Sequence[search.Term]) -> Answer:
    if not terms:
        return {}
    text = search.text_of(row.text)
    found = search.hits(text, terms)
    return {"snippet": search.snippet(text, found), "hits": len(found)}


def _places(q: Question) -> Iterator[Answer]:
    asked, by_report = q.asked, reports_filter(q.connection, q.atlas, q.asked, t.places, ("place",))
    wanted = _counted(t.places, "spot", [*by_report, *_not_rejected(q, t.places)])
    own = spot_filter(q.connection, q.atlas, asked)
    if asked.type is not None:
        own.append(t.spots.c.kind == asked.type)
    plain = [c for c in t.spots.columns if c.name not in ("spot", "folded")]
    for row in _named(q.connection, wanted, t.spots, own, asked):
        yield {"id": public("p", row.spot), **{c.name: getattr(row, c.name) for c in plain}, **_counts(row)}


def _actors(q: Question) -> Iterator[Answer]:
    asked, by_report = q.asked, reports_filter(q.connection, q.atlas, q.asked, t.actors, ("actor",))
    wanted = _counted(t.actors, "who", [*by_report, *_not_rejected(q, t.actors)])
    own = [called(q.connection, q.atlas, asked.actor, theirs=False)] if asked.actor is not None else []
    if asked.type is not None:
        own.append(t.names.c.kind == asked.type)
    for who in persons(q.connection, wanted, own, asked.limit):
        yield who.answer(q.connection, by_report)


def _not_rejected(q: Question, rows: sa.Table) -> "Sequence[sa.ColumnElement[bool]]":
    return let_through("r", rows, rows.c.report, q.asked, q.ruled)


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


def _compared(q: Question) -> Iterator[Answer]:
    def claims(view: str, asked: Asked) -> Iterator[Answer]:
        return _claims(replace(q, view=view, asked=asked))

    return compared.rows(q.connection, q.atlas, q.ruled, q.asked, claims)


OTHERS: dict[str, Callable[[Question], Iterator[Answer]]] = {
    "reports": _reports, "search": _reports, "threads": _threads, "places": _places, "actors": _actors,
    "compare": _compared,
}  # fmt: skip
