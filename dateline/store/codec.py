"""One report as read → its derived rows. A pure function: the same report and engine give the same rows."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Table

from dateline.lexicons.gazetteer.folding import fold
from dateline.model import Act, Actor, Block, Figure, Hold, Place, Quantity, Span, Statement, Story, Time, Warning
from dateline.stage import Doc
from dateline.store import tables as t
from dateline.store.along import Along
from dateline.store.keys import LAST_DAY, key_of, number, public, report_key, signed

type Row = tuple[Any, ...]
type Rows = dict[Table, list[Row]]
OWNERS = 4  # steps from a spokesman to his state
LEVEL = 6  # of zlib


def pack(data: bytes) -> bytes:
    """Compressed."""
    return zlib.compress(data, LEVEL)


def unpack(data: bytes) -> bytes:
    """The bytes as they were; raises zlib.error for what ``pack`` did not make."""
    return zlib.decompress(data)


def rows_of(doc: Doc, engine: str) -> Rows:
    """Every derived row of one report, each table's in the order of its key."""
    rows = Encoder(doc).rows()
    rows[t.names], rows[t.spots] = _named(doc)
    for table, found in rows.items():
        in_order(table, found)
    page = _page(doc, engine)
    rows[t.pages] = [(*page, digest(rows, page))]
    return rows


def in_order(table: Table, rows: list[Row]) -> None:
    """Sort rows by their table's key, whose columns stand first."""
    columns = len(table.primary_key)
    rows.sort(key=lambda row: row[:columns])


def digest(rows: Rows, page: Sequence[Any]) -> str:
    """A hash over a report's rows, tables in the order of the schema, and its page less the digest itself.

    The text is taken unpacked: how zlib packs may change, the words may not.
    """
    sha = hashlib.sha256()
    for table in t.OF_A_REPORT:
        if table is not t.pages:
            sha.update(msgspec.json.encode([f"{table.name}", rows.get(table, [])]))
    plain = [unpack(cell).decode() if isinstance(cell, bytes) else cell for cell in page]
    sha.update(msgspec.json.encode(plain))
    return sha.hexdigest()[:32]


def ids_of(rows: Rows) -> list[str]:
    """Public ids of every row that has one."""
    return [public(kind, row[1]) for kind, table in t.CLAIMS.items() for row in rows.get(table, ())]


def who_of(actor: Actor) -> Row:
    """The row of ``names`` for an actor: one for each way to be named, kind and country."""
    return _thing("who", actor.name, actor.kind, actor.country, actor.lexicon, actor.unnamed)


def spot_of(place: Place) -> Row:
    """The row of ``spots`` for a place as resolved."""
    p = place
    chain = (p.name, p.kind, p.country, p.admin1, p.admin2, _float(p.latitude), _float(p.longitude))
    return _thing("spot", *chain, p.gazetteer, p.precision, _float(p.radius_km))


@lru_cache(maxsize=50_000)  # the same few are named by every other report
def _thing(what: str, name: str, *rest: object) -> Row:
    return (key_of(what, name, *rest), name, *rest, fold(name) or name.casefold())


def _named(doc: Doc) -> tuple[list[Row], list[Row]]:
    names = {row[0]: row for row in map(who_of, doc.of(Actor))}
    spots = {row[0]: row for row in map(spot_of, doc.of(Place))}
    return list(names.values()), list(spots.values())


def _page(doc: Doc, engine: str) -> Row:
    r = doc.report
    warnings = [(w.message, _ends(w.span) if w.span else (None, None)) for w in (*r.warnings, *doc.of(Warning))]
    outlet = (r.outlet.id, r.outlet.name) if r.outlet else (None, None)
    dated = (_json(r.authors), r.language, r.published, r.published_by, number(r.day) or 0)
    return (
        report_key(r.id), engine, r.title or _headline(doc), r.publisher, *dated, *outlet, len(r.text.split()),
        pack(r.text.encode()), _json(warnings),
    )  # fmt: skip


def _headline(doc: Doc) -> str | None:
    first = next((b for b in doc.of(Block) if b.kind == "headline"), None)
    return " ".join(first.span.of(doc.report.text).split()) if first else None


@dataclass(slots=True)
class Encoder:
    """Looks up what one report's notes point to."""

    doc: Doc
    report: int = 0
    at: int = 0  # day of publication
    actors: dict[str, Actor] = field(default_factory=dict)
    times: dict[str, Time] = field(default_factory=dict)
    quantities: dict[str, Quantity] = field(default_factory=dict)
    who: dict[str, int] = field(default_factory=dict)
    spot: dict[str, int] = field(default_factory=dict)
    told: dict[str, Statement] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)
    actors_in: Along[str] = field(default_factory=lambda: Along(()))
    places_in: Along[str] = field(default_factory=lambda: Along(()))

    def __post_init__(self) -> None:
        doc = self.doc
        self.report, self.at = report_key(doc.report.id), number(doc.report.day) or 0
        self.actors = {a.id: a for a in doc.of(Actor)}
        self.times = {x.id: x for x in doc.of(Time)}
        self.quantities = {q.id: q for q in doc.of(Quantity)}
        self.told = {s.id: s for s in doc.of(Statement)}
        self.actors_in = Along((*_ends(m.span), a.id) for a in doc.of(Actor) for m in a.mentions)
        self.places_in = Along((*_ends(m), p.id) for p in doc.of(Place) for m in p.mentions)
        self.who = {a.id: who_of(a)[0] for a in doc.of(Actor)}
        self.spot = {p.id: spot_of(p)[0] for p in doc.of(Place)}
        keys = self._keys("e", ((e.trigger, e.type) for e in doc.of(Act)))
        self.events = {e.id: key for e, key in zip(doc.of(Act), keys, strict=True)}

    def rows(self) -> Rows:
        """All tables of a report but its page."""
        doc = self.doc
        rows: Rows = {table: [] for table in t.OF_A_REPORT}
        rows[t.blocks] = list(self._blocks())
        rows[t.times] = [self._time(x) for x in doc.of(Time)]
        met: set[int] = set()
        rows[t.places] = [self._place(p, self._fresh(self.spot[p.id], met)) for p in doc.of(Place)]
        rows[t.actors] = [self._actor(a, self._fresh(self.who[a.id], met)) for a in doc.of(Actor)]
        ties: set[Row] = set()
        sites: set[Row] = set()
        for table, found in self._claims(ties, sites).items():
            rows[table] = list({row[1]: row for row in reversed(found)}.values())
        rows[t.hops] = list(self._hops())
        rows[t.ties], rows[t.sites] = list(ties), list(sites)
        return rows

    # --- notes with local ids ---------------------------------------------------------------------------------

    def _blocks(self) -> Iterator[Row]:
        story = {block: s.id for s in self.doc.of(Story) for block in s.blocks}
        for b in self.doc.of(Block):
            yield (self.report, b.id, *_ends(b.span), b.kind, story.get(b.id), b.repeats, b.rule)

    def _time(self, x: Time) -> Row:
        when = (number(x.when.earliest), number(x.when.latest), x.when.grain, x.when.basis)
        return (self.report, x.id, *_ends(x.span), x.type, x.value, *when, x.rule)

    def _place(self, p: Place, fresh: int) -> Row:
        nested = (_spans(p.mentions), _spans(p.associative), _json(p.reasons), _json(p.claimants))
        return (self.report, p.id, self.spot[p.id], self.at, fresh, float(p.confidence), *nested)

    def _actor(self, a: Actor, fresh: int) -> Row:
        mentions = _json([(*_ends(m.span), m.form) for m in a.mentions])
        hidden = _json(_ends(a.anonymity)) if a.anonymity else None
        called = _json([*dict.fromkeys(self._called(m.span) for m in a.mentions if m.form == "name")])
        return (self.report, a.id, self.who[a.id], self.at, fresh, a.role, a.of, a.count, mentions, hidden, called)

    def _called(self, span: Span) -> str:
        """A name as printed, less its article and what is set off by a comma."""
        words = " ".join(span.of(self.doc.report.text).split()).partition(",")[0]
        return words[4:] if words[:4].lower() == "the " else words

    # --- claims -------------------------------------------------------------------------------------------------

    def _claims(self, ties: set[Row], sites: set[Row]) -> Rows:
        """Rows of statements, events, holds and figures; whom and where they name is added to ties and sites."""
        found: Rows = {table: [] for table in t.CLAIMS.values()}

        def file(kind: str, row: Row, whom: Iterable[tuple[str, str | None]], where: Iterable[str]) -> None:
            found[t.CLAIMS[kind]].append(row)
            for role, actor in whom:
                ties.update((who, kind, row[2], self.report, row[1], role) for who in self._and_owners(actor))
            sites.update((self.spot[p], kind, row[2], self.report, row[1]) for p in where if p in self.spot)

        for s in self.doc.of(Statement):
            file("s", self._statement(s), self._voices(s), self._places_in(s))
        for e in self.doc.of(Act):
            did = [("actor", a) for a in e.actors] + [("recipient", a) for a in e.recipients]
            file("e", self._event(e), (*did, *self._told_by(e.statement)), e.places)
        settled = {e.id: e.places for e in self.doc.of(Act)}
        for h, key in zip(self.doc.of(Hold), self._hold_keys(), strict=True):
            both = (("holder", h.holder), ("other", h.other))
            file("h", self._hold(h, key), (*both, *self._told_by(h.statement)), [h.place])
        for f, key in zip(self.doc.of(Figure), self._figure_keys(), strict=True):
            whose = (("side", f.side), *self._told_by(f.statement))
            file("f", self._figure(f, key), whose, settled.get(f.event or "", ()))
        return found

    def _statement(self, s: Statement) -> Row:
        cue = _ends(s.cue) if s.cue else (None, None)
        span = (min(c.start for c in s.content), max(c.end for c in s.content)) if s.content else (None, None)
        within = _statement_key(s.within)
        return (
            self.report, _statement_key(s.id), *self._days(s.said), *span, s.rule, within, s.form, s.stance, s.policy,
            float(s.score), *cue, s.lemma, _spans(s.content), s.negated, s.modality, s.said,
        )  # fmt: skip

    def _event(self, e: Act) -> Row:
        amounts = _json([self._amount(q) for q in e.quantities if q in self.quantities])
        links = (_statement_key(e.statement), self.events.get(e.same_as or ""))
        return (
            self.report, self.events[e.id], *self._days(e.time), *_ends(e.trigger), e.rule, e.id, e.type, e.mode,
            _json(e.context), e.lemma, _json(e.actors), _json(e.recipients), _json(e.places), amounts, e.time, e.status,
            *links, _evidence(e.evidence),
        )  # fmt: skip

    def _hold(self, h: Hold, key: int) -> Row:
        amounts = _json([self._amount(q) for q in h.quantities if q in self.quantities])
        return (
            self.report, key, *self._days(h.time), *_ends(h.span), h.rule, h.place, h.holder, h.other, h.state, h.level,
            h.time, h.status, _statement_key(h.statement), self.events.get(h.event or ""), amounts,
            _evidence(h.evidence),
        )  # fmt: skip

    def _figure(self, f: Figure, key: int) -> Row:
        q = self.quantities.get(f.quantity)
        amount = (_float(q.value), _float(q.low), _float(q.high), q.approximate) if q else (None, None, None, None)
        return (
            self.report, key, *self._days(f.time), *_ends(f.span), f.rule, f.quantity, f.counts, f.bound,
            q.unit if q else None, f.scope, *amount, f.side, f.time, f.status, _statement_key(f.statement),
            self.events.get(f.event or ""),
        )  # fmt: skip

    def _hops(self) -> Iterator[Row]:
        seen: set[str] = set()
        for s in self.doc.of(Statement):
            if s.id not in seen:
                seen.add(s.id)
                for n, x in enumerate(s.sources):
                    span = _ends(x.span) if x.span else (None, None)
                    yield (self.report, _statement_key(s.id), n, x.role, x.actor, *span)

    # --- what a row points to -----------------------------------------------------------------------------------

    def _keys(self, kind: str, marks: Iterable[tuple[Span, object]]) -> Iterator[int]:
        """A key for each place in the words and type; a second one of both is numbered."""
        met: dict[tuple[int, int, object], int] = {}
        for span, type in marks:
            mark = (span.start, span.end, type)
            met[mark] = met.get(mark, -1) + 1
            yield key_of(kind, self.doc.report.id, *mark, met[mark])

    def _hold_keys(self) -> Iterator[int]:
        return self._keys("h", ((h.span, f"{h.state}|{self._spot_name(h.place)}") for h in self.doc.of(Hold)))

    def _figure_keys(self) -> Iterator[int]:
        return self._keys("f", ((f.span, f.counts) for f in self.doc.of(Figure)))

    def _spot_name(self, place: str) -> str:
        return str(self.spot.get(place, ""))

    def _fresh(self, key: int, met: set[int]) -> int:
        """1 at the first sight of a key, 0 after."""
        if key in met:
            return 0
        met.add(key)
        return 1

    def _days(self, time: str | None) -> tuple[int, int | None, int | None, int]:
        """(at, earliest, latest, ends); a row with no day of its own is filed under its report's."""
        when = self.times[time].when if time in self.times else None
        first, last = (number(when.earliest), number(when.latest)) if when else (None, None)
        return first or last or self.at, first, last, last or (LAST_DAY if first else self.at)

    def _amount(self, name: str) -> dict[str, Any]:
        q = self.quantities[name]
        amount = {"value": _float(q.value), "low": _float(q.low), "high": _float(q.high), "unit": q.unit}
        return {**amount, "start": q.span.start, "end": q.span.end}

    def _and_owners(self, actor: str | None) -> Iterator[int]:
        """An actor and whoever it belongs to or speaks for."""
        for _ in range(OWNERS + 1):
            if actor not in self.actors:
                return
            yield self.who[actor]
            actor = self.actors[actor].of

    def _voices(self, s: Statement) -> list[tuple[str, str | None]]:
        said = [(x.role, x.actor) for x in s.sources]
        return [*said, *(("named", a) for c in s.content for a in self.actors_in.between(c.start, c.end))]

    def _told_by(self, statement: str | None) -> list[tuple[str, str | None]]:
        found = self.told.get(statement or "")
        return [(x.role, x.actor) for x in found.sources] if found else []

    def _places_in(self, s: Statement) -> list[str]:
        return [p for c in s.content for p in self.places_in.between(c.start, c.end)]


def _statement_key(id: str | None) -> int | None:
    return signed(id.removeprefix("s:")) if id else None


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _spans(spans: Iterable[Span]) -> str:
    return _json([_ends(s) for s in spans])


def _evidence(pairs: Iterable[tuple[str, Span]]) -> str:
    return _json([(name, *_ends(span)) for name, span in pairs])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
