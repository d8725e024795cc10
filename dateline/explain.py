"""Any row of a record → the words in the report → the rule → the line of the word list, and what it rests on."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection, Row

from dateline.attribute.attributions import weighed
from dateline.attribute.weigh import features
from dateline.claim.statements import statement_id
from dateline.errors import UsageError
from dateline.lexicons.linear import Linear
from dateline.lexicons.load import OURS
from dateline.model import Attribution, Ruling
from dateline.pipeline import extract
from dateline.read.page import read_report
from dateline.stage import Doc, Kit
from dateline.store import stories
from dateline.store import tables as t
from dateline.store.codec import unpack
from dateline.store.connect import Database
from dateline.store.context import Context
from dateline.store.keys import KINDS, day_of, parse_id, public, signed
from dateline.store.reasons import Reason, event, together
from dateline.store.rulings import load, undone
from dateline.store.verdicts import STOOD
from dateline.store.whereabouts import Atlas

PACKAGE = Path(__file__).parent
ROUNDING = 0.001  # of scores
SHOWN = 12  # mentions or reports that are spelt out


def explain(
    database: Database, atlas: Atlas, id: str, folders: Sequence[Path] = (), kit: Callable[[], Kit] | None = None
) -> Reason:
    """Why a row is there; ``folders`` are word lists laid over ours. Raises UsageError for an id that is not there.

    With ``kit``, a statement's report is read again, to tell what was weighed of it.
    """
    with database.reading() as connection:
        found = together(connection, atlas, id)
        if found is not None:
            return found
        kind, key = parse_id(id)
        why = Why(connection, atlas, (OURS, *folders), load(connection), kit)
        things = {"r": why.report, "p": why.place, "a": why.actor, "u": why.ruling}
        found = things[kind](key) if kind in things else why.claim(kind, key)
    if found is None:
        raise UsageError(f"no {KINDS.get(kind, 'report')} {id} in the record", todo="take an id from the id column")
    return found


@dataclass(frozen=True, slots=True)
class Why:
    """Answers for one record."""

    connection: Connection
    atlas: Atlas
    folders: tuple[Path, ...]
    rulings: tuple[Ruling, ...]
    kit: Callable[[], Kit] | None = None

    # --- claims ---------------------------------------------------------------------------------------------------

    def claim(self, kind: str, key: int) -> Reason | None:
        """A statement, event, hold or figure, with what it is told in and the report."""
        row = self._row(kind, key)
        if row is None:
            return None
        x = Context(self.connection, [row.report])
        found = self._claim(kind, row, x, set())
        if kind == "s" and self.kit is not None:
            found = replace(found, facts=(*found.facts, *weights(self.connection, row, self.kit())))
        happened = event(self.connection, self.atlas, key) if kind == "e" else None
        return replace(found, because=(*found.because, self._report(row.report, x), *filter(None, [happened])))

    def _claim(self, kind: str, row: Row[Any], x: Context, met: set[int]) -> Reason:
        """``met`` are the rows that were told of already; this one is put to them."""
        met.add(row.key)
        facts = [*self._rule(row.rule), *_days(row, self._time(row, x)), *SAYS[kind](self, row, x)]
        facts += self._ruled(public(kind, row.key))
        words = " … ".join(_contents(row, x)) if kind == "s" else x.words(row.report, row.start, row.end)
        what = f"{KINDS[kind]} {public(kind, row.key)}, characters {row.start}–{row.end} of the report"
        return Reason(what, words, tuple(facts), tuple(self._above(kind, row, x, met)))

    def _above(self, kind: str, row: Row[Any], x: Context, met: set[int]) -> Iterator[Reason]:
        """What a row is told in and follows from, each once."""
        links = [("s", row.within)] if kind == "s" else [("s", row.statement)]
        links += [("e", row.event)] if kind in "hf" else [("e", row.same_as)] if kind == "e" else []
        for other, key in links:
            found = self._row(other, key) if key is not None and key not in met else None
            if found is not None:
                yield self._claim(other, found, x, met)

    def says_statement(self, row: Row[Any], x: Context) -> Iterator[tuple[str, str]]:
        yield "stance", f"{row.stance}, as a {row.policy}, {row.form}{', its own words negated' * row.negated}"
        if row.cue_start is not None:
            yield "cue", f"“{x.words(row.report, row.cue_start, row.cue_end)}” ({row.lemma})"
        yield "score", f"{row.score:.2f}"
        h = t.hops.c
        chain = sa.select(t.hops).where(h.report == row.report, h.statement == row.key).order_by(h.n)
        for hop in self.connection.execute(chain):
            yield hop.role, self._voice(hop, x)

    def _voice(self, hop: Row[Any], x: Context) -> str:
        words = f"“{x.words(hop.report, hop.start, hop.end)}”" if hop.start is not None else "unnamed"
        actor = x.actors.get((hop.report, hop.actor))
        return words if actor is None else f"{words} = {self._actor_line(actor.who)}"

    def says_event(self, row: Row[Any], x: Context) -> Iterator[tuple[str, str]]:
        yield "type", " ".join(filter(None, [row.type, row.mode, *msgspec.json.decode(row.context)]))
        yield "status", row.status
        for role, listed in (("actor", row.actors), ("recipient", row.recipients)):
            yield from ((role, name) for name in x.names(row.report, listed))
        yield from self._places(row, msgspec.json.decode(row.places), x)
        yield from _evidence(row, x)

    def says_hold(self, row: Row[Any], x: Context) -> Iterator[tuple[str, str]]:
        yield "state", " ".join(filter(None, [row.state, row.level and f"({row.level})"]))
        yield "status", row.status
        for role, local in (("holder", row.holder), ("other", row.other)):
            name = x.name(row.report, local)
            if name:
                yield role, name
        yield from self._places(row, [row.place], x)
        yield from _evidence(row, x)

    def says_figure(self, row: Row[Any], x: Context) -> Iterator[tuple[str, str]]:
        yield "counts", f"{row.counts} ({row.bound.replace('_', ' ')}{', about' * bool(row.approximate)})"
        yield "value, low, high", ", ".join("–" if v is None else f"{v:,.10g}" for v in (row.value, row.low, row.high))
        yield "status", row.status
        side = x.name(row.report, row.side)
        if side:
            yield "side", side

    def _places(self, row: Row[Any], locals: Sequence[str], x: Context) -> Iterator[tuple[str, str]]:
        for local in locals:
            spot = x.places.get((row.report, local))
            if spot is not None:
                p = t.places.c
                found = self.connection.execute(
                    sa.select(p.confidence, p.reasons).where(p.report == row.report, p.local == local)
                ).one()
                why = ", ".join(msgspec.json.decode(found.reasons))
                yield "place", f"{_spot_line(spot)}; confidence {found.confidence:.2f} ({why})"

    # --- things that many reports name --------------------------------------------------------------------------------

    def place(self, key: int) -> Reason | None:
        """A place: its point, and why reports are held to mean it."""
        spot = self.connection.execute(sa.select(t.spots).where(t.spots.c.spot == key)).first()
        if spot is None:
            return None
        rows = self._naming(t.places, t.places.c.spot == key)
        parts = [
            self._named(row, f"confidence {row.confidence:.2f} ({', '.join(msgspec.json.decode(row.reasons))})")
            for row in rows
        ]
        return Reason(f"place {public('p', key)}", _spot_line(spot), (), tuple(parts))

    def actor(self, key: int) -> Reason | None:
        """An actor: its line in the word lists, and where reports name it."""
        if self._name(key) is None:
            return None
        parts = [self._named(row, row.role or "") for row in self._naming(t.actors, t.actors.c.who == key)]
        row = self._name(key)
        facts = self._ruled(f"actor:{row.lexicon}") if row is not None else ()
        return Reason(f"actor {public('a', key)}", self._actor_line(key), tuple(facts), tuple(parts))

    def _naming(self, table: sa.Table, condition: "sa.ColumnElement[bool]") -> Sequence[Row[Any]]:
        wanted = sa.select(table).where(condition).order_by(table.c.at.desc(), table.c.report).limit(SHOWN)
        return self.connection.execute(wanted).all()

    def _named(self, row: Row[Any], fact: str) -> Reason:
        x = Context(self.connection, [row.report])
        spans = [mention[:2] for mention in msgspec.json.decode(row.mentions)][:SHOWN]
        words = dict.fromkeys(f"“{x.words(row.report, *span)}”" for span in spans)
        return Reason(f"report {x.pages[row.report].id}", ", ".join(words), (("as", fact),) if fact else ())

    # --- reports ------------------------------------------------------------------------------------------------------

    def report(self, key: int) -> Reason | None:
        """A report: what is known of it, and how."""
        x = Context(self.connection, [key])
        if key not in x.pages:
            return None
        found, thread = self._report(key, x), stories.why(self.connection, key)
        told = [fact for name, words in thread for fact in (self._rule(words) if name == "rule" else [(name, words)])]
        return replace(found, facts=(*found.facts, *told))

    def _report(self, key: int, x: Context) -> Reason:
        page = x.pages[key]
        day = f"{page.published} ({page.published_by})" if page.published else "no day of publication"
        facts = [
            ("outlet", page.outlet_name or page.publisher or "unknown"),
            ("published", day),
            ("source", page.source),
            ("added", page.added_at),
            ("read by", page.engine),
            *(("not understood", message) for message, _ in msgspec.json.decode(page.warnings)),
            *self._ruled(page.id),
            *self._ruled(f"outlet:{page.outlet}"),
        ]
        return Reason(f"report {page.id}", page.title or page.source, tuple(facts))

    # --- rulings ------------------------------------------------------------------------------------------------------

    def ruling(self, key: int) -> Reason | None:
        """A ruling, and the row that it is about."""
        found = next((r for r in self.rulings if r.id == public("u", key)), None)
        if found is None:
            return None
        kind, about = parse_id(found.about) if found.verdict != "reliability" else ("", 0)
        row = self._row(kind, about) if kind in t.CLAIMS else None
        rests = [self._claim(kind, row, Context(self.connection, [row.report]), set())] if row is not None else []
        return Reason(
            f"ruling {found.id}", f"{found.verdict} {found.about}", tuple(self._ruled(found.about)), tuple(rests)
        )

    def _ruled(self, id: str) -> Iterator[tuple[str, str]]:
        """Every ruling on a row, the undone ones too."""
        gone = undone(self.rulings)
        for r in self.rulings:
            if id in (r.about, r.get("other")):
                given = ", ".join(f"{name} {value}" for name, value in r.given if name != STOOD)
                why = f": {r.why}" if r.why else ""
                over = " (undone)" if r.id in gone else ""
                yield "ruled", f"{r.verdict}{f' ({given})' if given else ''} by {r.by} on {r.at[:10]}{why}{over}"

    # --- rules and word lists -----------------------------------------------------------------------------------------

    def _rule(self, rule: str) -> Iterator[tuple[str, str]]:
        yield "rule", rule
        name, _, shape = rule.partition("/")
        entry = next((e for found in self.atlas.lexicons.entries.values() for e in found if e.id == name), None)
        if entry is not None:
            yield "word list", f"{self._line(entry.file, rf'id = "{re.escape(name)}"')}: {', '.join(entry.words[:8])}"
            weights = entry.gives.get("takes", {})
            if shape in weights:
                yield "weight", f"{weights[shape]} for the shape “{shape}”"
            plain = (f"{key} {value}" for key, value in entry.gives.items() if isinstance(value, str))
            yield "gives", ", ".join(plain) or "nothing more"
        else:
            yield "written in", written_in(name) or "this version has no such rule"

    def _line(self, file: str, pattern: str) -> str:
        """``file:line`` of the first match, the folder laid on top first."""
        for folder in reversed(self.folders):
            for path in (folder / file, folder / "en" / file):
                if path.is_file():
                    number = _line_of(path, pattern)
                    if number:
                        return f"{path.name if folder != OURS else path.relative_to(PACKAGE.parent)}:{number}"
        return file

    def _actor_line(self, who: int) -> str:
        row = self._name(who)
        if row is None:
            return "nobody"
        known = ", ".join(filter(None, [row.kind, row.country, row.unnamed and f"unnamed {row.unnamed}"]))
        listed = self.atlas.lexicons.rows.get(row.lexicon) if row.lexicon else None
        line = next(
            (
                self._line(f"{table}.tsv", rf"{re.escape(row.lexicon)}\t")
                for table in ("actors", "outlets")
                if listed in self.atlas.lexicons.tables.get(table, ())
            ),
            None,
        )
        return f"{row.name} ({known}){f', {line}' if line else ''}"

    def _name(self, who: int) -> Row[Any] | None:
        return self.connection.execute(sa.select(t.names).where(t.names.c.who == who)).first()

    def _row(self, kind: str, key: int) -> Row[Any] | None:
        table = t.CLAIMS[kind]
        return self.connection.execute(sa.select(table).where(table.c.key == key)).first()

    def _time(self, row: Row[Any], x: Context) -> tuple[str, str] | None:
        """(words, basis) of the time that a row hangs on."""
        local = row._mapping.get("time") or row._mapping.get("said")
        found = self.connection.execute(
            sa.select(t.times).where(t.times.c.report == row.report, t.times.c.local == local)
        ).first()
        return (x.words(row.report, found.start, found.end), f"{found.basis}, {found.rule}") if found else None


type Says = Callable[[Why, Row[Any], Context], Iterator[tuple[str, str]]]
SAYS: dict[str, Says] = {
    "s": Why.says_statement, "e": Why.says_event, "h": Why.says_hold, "f": Why.says_figure
}  # fmt: skip


def weights(connection: Connection, row: Row[Any], kit: Kit) -> Iterator[tuple[str, str]]:
    """What was weighed of a statement, by reading its report again: the rules' score, the filter's, its weights.

    The score is the mean of both. Where this dateline does not find the statement, that is said.
    """
    kept = sa.select(t.reports, t.raw.c.bytes).join(t.raw).where(t.reports.c.report == row.report)
    page = connection.execute(kept).one()
    doc = extract(read_report(unpack(page.bytes), page.source, page.published), kit)
    told = ((a, seen, c) for a, seen, c in weighed(doc, kit) if _is(row, a, doc))
    found, fitted = next(told, None), kit.filters.get("voices")
    if found is None or abs(found[0].score - row.score) > ROUNDING:
        yield "weighed", "this dateline weighs it otherwise; the record was made by another"
    elif isinstance(fitted, Linear):
        names = features(found[1], found[2])
        by_filter = fitted.score(names)
        yield (
            "weighed",
            f"{2 * found[2].score - by_filter:.2f} by the rules, {by_filter:.2f} by the filter ({fitted.version})",
        )
        known = {name: fitted.weights[name] for name in names if name in fitted.weights}
        for name, weight in sorted(known.items(), key=lambda pair: (-abs(pair[1]), pair[0])):
            yield "weight", f"{weight:+.2f} for {name}"


def _is(row: Row[Any], told: Attribution, doc: Doc) -> bool:
    return signed(statement_id(doc.report.id, told, doc.report.text).removeprefix("s:")) == int(row.key)


@lru_cache(maxsize=256)
def written_in(name: str) -> str | None:
    """``file:line`` where a rule that is no entry of a word list is written."""
    for path in sorted(PACKAGE.rglob("*.py")):
        number = _line_of(path, rf".*[\"']{re.escape(name)}[\"']")
        if number:
            return f"{path.relative_to(PACKAGE.parent)}:{number}"
    return None


def _line_of(path: Path, pattern: str) -> int | None:
    found = re.compile(pattern)
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if found.match(line)), None)


def _days(row: Row[Any], time: tuple[str, str] | None) -> Iterator[tuple[str, str]]:
    if time is not None:
        first, last = day_of(row.earliest), day_of(row.latest)
        span = f"{first or '…'} to {last or '…'}" if first != last else f"{first or 'on no calendar'}"
        yield "when", f"{span}, from “{time[0]}” ({time[1]})"


def _contents(row: Row[Any], x: Context) -> Iterator[str]:
    return (x.words(row.report, *span) for span in msgspec.json.decode(row.content))


def _evidence(row: Row[Any], x: Context) -> Iterator[tuple[str, str]]:
    for field, start, end in msgspec.json.decode(row.evidence):
        yield f"words for {field}", f"“{x.words(row.report, start, end)}”"


def _spot_line(spot: Row[Any]) -> str:
    chain = ", ".join(dict.fromkeys(filter(None, (spot.name, spot.admin2, spot.admin1, spot.country))))
    point = "" if spot.latitude is None else f" at {spot.latitude:.3f}, {spot.longitude:.3f} ({spot.precision})"
    return f"{chain}{point}{f', {spot.gazetteer}' if spot.gazetteer else ''}"
