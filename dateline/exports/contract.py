"""The contract ``dateline/1``: what ``dateline read --json`` prints, one object a report.

Field names and meanings are fixed (others' programs read them); fields may be added. All offsets are 0-based,
end-exclusive, in Unicode code points of ``report.text``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from dateline import __version__
from dateline.model import (
    Act,
    Actor,
    Block,
    Figure,
    Hold,
    Place,
    Quantity,
    Report,
    Span,
    Statement,
    Story,
    Time,
    Toll,
    Warning,
)
from dateline.stage import Doc, Kit

SCHEMA = "dateline/1"


@dataclass(frozen=True, slots=True)
class Engine:
    """Which dateline, parser, word lists and small models made this record."""

    dateline: str
    model: str
    model_version: str
    model_digest: str
    lexicons: str
    gazetteer: str | None
    filters: Mapping[str, str] = field(default_factory=dict)  # what it weighs → the filter's version


def engine_of(kit: Kit) -> Engine:
    """What makes a record: this version, the model, the word lists, the map and the filters, by version and digest."""
    p, place = kit.parser, kit.gazetteer.version if kit.gazetteer else None
    filters = {name: fitted.version for name, fitted in sorted(kit.filters.items())}
    return Engine(__version__, p.name, p.version, p.digest, kit.lexicons.version, place, filters)


def record(doc: Doc, engine: Engine) -> dict[str, Any]:
    """The record of one report as plain values, ready for JSON."""
    return {
        "schema": SCHEMA,
        "engine": msgspec.to_builtins(engine),
        "report": _report(doc.report),
        "blocks": _blocks(doc),
        "stories": [{"id": s.id, "headline": s.headline, "blocks": list(s.blocks)} for s in doc.of(Story)],
        "actors": [_actor(a) for a in doc.of(Actor)],
        "places": [_place(p) for p in doc.of(Place)],
        "times": [_time(t) for t in doc.of(Time)],
        "quantities": [_flat(q) for q in doc.of(Quantity)],
        "statements": [_statement(s) for s in doc.of(Statement)],
        "events": [_event(e) for e in doc.of(Act)],
        "control": [_flat(h) for h in doc.of(Hold)],
        "figures": [_flat(f) for f in doc.of(Figure)],
        "tolls": [_flat(x) for x in doc.of(Toll)],
        "warnings": [_warning(w) for w in (*doc.report.warnings, *doc.of(Warning))],
    }


def encode(doc: Doc, engine: Engine) -> bytes:
    """One JSON line, without the line end; the same report gives the same bytes."""
    return msgspec.json.encode(record(doc, engine))


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _flat(note: Any, *spans: str) -> dict[str, Any]:
    """A note's fields, its span (and the named ones) as offsets."""
    row: dict[str, Any] = msgspec.to_builtins(note)
    if "span" in row:
        row |= row.pop("span")
    return row


def _report(report: Report) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(report)
    for inner in ("marks", "warnings"):
        row.pop(inner)
    return row


def _blocks(doc: Doc) -> list[dict[str, Any]]:
    story = {block: s.id for s in doc.of(Story) for block in s.blocks}
    return [
        {
            "id": b.id,
            **_span(b.span),
            "story": story.get(b.id),
            "kind": b.kind,
            "repeats": b.repeats,
            "rule": b.rule,
        }
        for b in doc.of(Block)
    ]


def _actor(actor: Actor) -> dict[str, Any]:
    row = _flat(actor)
    row["mentions"] = [{**_span(m.span), "form": m.form} for m in actor.mentions]
    return row


def _place(place: Place) -> dict[str, Any]:
    return _flat(place)


def _time(time: Time) -> dict[str, Any]:
    when = time.when
    return {
        "id": time.id, **_span(time.span), "type": time.type, "value": time.value,
        "earliest": when.earliest and when.earliest.isoformat(),
        "latest": when.latest and when.latest.isoformat(),
        "grain": when.grain, "basis": when.basis, "rule": time.rule,
    }  # fmt: skip


def _statement(s: Statement) -> dict[str, Any]:
    row = _flat(s)
    lemma = row.pop("lemma")
    row["cue"] = {**_span(s.cue), "lemma": lemma} if s.cue else None
    row["sources"] = [
        {"actor": x.actor, "start": x.span and x.span.start, "end": x.span and x.span.end, "role": x.role}
        for x in s.sources
    ]
    return row


def _event(e: Act) -> dict[str, Any]:
    row = _flat(e)
    row["trigger"] = {**_span(e.trigger), "lemma": row.pop("lemma")}
    row["evidence"] = {name: _span(span) for name, span in e.evidence}
    return row


def _warning(w: Warning) -> Mapping[str, Any]:
    return {"start": w.span and w.span.start, "end": w.span and w.span.end, "message": w.message}
