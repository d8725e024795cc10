"""One report for a notebook: its words with statements, events, places and actors marked, as HTML."""

from dataclasses import dataclass
from html import escape
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.errors import UsageError
from dateline.store import tables as t
from dateline.store.context import Context
from dateline.store.keys import public

COLOURS = {"statement": "#e8f1fb", "event": "#fbd9d3", "place": "#d8f0d8", "actor": "#fdeec7"}
RANK = tuple(COLOURS)  # of two that begin together the wider one is opened first, then in this order
STYLE = "line-height:1.9;max-width:52em;font-family:serif"
MARK = "background:{colour};padding:.1em .25em;border-radius:.3em"
LABEL = '<sub style="font:.65em sans-serif;color:#666;margin-left:.3em">{}</sub>'


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text and what it is."""

    start: int
    end: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class MarkedReport:
    """A report of a record with what was found in it. In a notebook it shows itself."""

    id: str
    title: str
    text: str
    marks: tuple[Marked, ...]

    def show(self) -> str:
        """The words as HTML, each mark with its label; marks that would cross another are left out."""
        told = "".join(f"<p>{part}</p>" for part in _nested(self.text, self.marks).split("\n\n") if part.strip())
        return f'<div style="{STYLE}"><h3>{escape(self.title)}</h3>{told}</div>'

    def _repr_html_(self) -> str:
        return self.show()


def marked(connection: Connection, report: int) -> MarkedReport:
    """The report of this key. Raises UsageError where there is none."""
    x = Context(connection, [report])
    if report not in x.pages:
        raise UsageError("there is no such report in the record", todo="take an id from: dateline reports")
    page = x.pages[report]
    found = [*_claims(connection, report, x), *_names(connection, report, x)]
    return MarkedReport(page.id, page.title or page.source, x.texts[report], tuple(sorted(found, key=_order)))


def _claims(connection: Connection, report: int, x: Context) -> list[Marked]:
    found = []
    for row in connection.execute(sa.select(t.statements).where(t.statements.c.report == report)):
        chain = " ← ".join(x.voices[row.key].chain) or "unnamed"
        label = f"{row.stance}: {chain} ({public('s', row.key)})"
        found += [Marked(start, end, "statement", label) for start, end in msgspec.json.decode(row.content)]
    for row in connection.execute(sa.select(t.events).where(t.events.c.report == report)):
        found.append(Marked(row.start, row.end, "event", f"{row.type}, {row.status}"))
    return found


def _names(connection: Connection, report: int, x: Context) -> list[Marked]:
    found = []
    for row in x.places.values():
        found += [_mark(mention, "place", row.kind) for mention in msgspec.json.decode(row.mentions)]
    for row in connection.execute(sa.select(t.actors).where(t.actors.c.report == report)):
        kind = x.actors[report, row.local].kind
        found += [_mark(mention, "actor", kind) for mention in msgspec.json.decode(row.mentions)]
    return found


def _mark(mention: list[Any], kind: str, label: str) -> Marked:
    return Marked(mention[0], mention[1], kind, label)


def _order(mark: Marked) -> tuple[int, int, int, str]:
    return mark.start, -mark.end, RANK.index(mark.kind), mark.label


def _nested(text: str, marks: tuple[Marked, ...]) -> str:
    """Text with marks inside one another, never across: those that come later and cross are left out."""
    out: list[str] = []
    open_: list[Marked] = []
    at = 0
    for mark in marks:
        while open_ and open_[-1].end <= mark.start:
            at = _close(out, text, at, open_.pop())
        if (open_ and mark.end > open_[-1].end) or any(
            (m.start, m.end, m.kind) == (mark.start, mark.end, mark.kind) for m in open_
        ):
            continue
        out.append(escape(text[at : mark.start]))
        out.append(f'<span style="{MARK.format(colour=COLOURS[mark.kind])}" title="{escape(mark.label)}">')
        at = mark.start
        open_.append(mark)
    while open_:
        at = _close(out, text, at, open_.pop())
    return "".join([*out, escape(text[at:])])


def _close(out: list[str], text: str, at: int, mark: Marked) -> int:
    out += [escape(text[at : mark.end]), LABEL.format(escape(mark.label.split(" (")[0])), "</span>"]
    return mark.end
