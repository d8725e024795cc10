"""Two sides' figures out of the record: filters and rulings as for every view, then laid side by side.

Which figures and drills there are to compare is asked of the views ``figures`` and ``events``, so that each filter,
clock and ruling does here what it does there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import batched, islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from dateline.across import ActTold, FigureTold, Hop, Who
from dateline.errors import UsageError
from dateline.join.comparisons import DRILLS, SECTIONS, Beside, Point, Side, compared
from dateline.join.voices import is_listed
from dateline.lexicons.gazetteer.folding import fold
from dateline.lexicons.load import Lexicons, first_word
from dateline.store import tables as t
from dateline.store.asked import Asked
from dateline.store.context import Context
from dateline.store.corrected import let_through
from dateline.store.keys import day_of, parse_id, public
from dateline.store.ruled import Ruled
from dateline.store.telling import OWNERS, Lifter
from dateline.store.verdicts import shown, typed
from dateline.store.views import VIEWS
from dateline.store.whereabouts import Atlas, called

AT_ONCE = 250  # rows whose surroundings are read together
JOINT = ("COOPERATE", "MOBILIZE", "AID")  # types of acts that drills and deliveries are
POINT = ("admin1", "country", "latitude", "longitude", "precision", "radius_km")
AMOUNT = ("value", "low", "high", "unit", "approximate")

type Answer = dict[str, Any]
type Ask = Callable[[str, Asked], Iterator[Answer]]  # rows of another view, out of the same state of the record


@dataclass(frozen=True, slots=True)
class Gathered:
    """Claims to compare by their ids, what rows show of them, and what is known beside them."""

    told: dict[str, FigureTold | ActTold] = field(default_factory=dict)
    shown: dict[str, Answer] = field(default_factory=dict)
    acts: dict[str, ActTold] = field(default_factory=dict)
    said: dict[str, date] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)


def rows(connection: Connection, atlas: Atlas, ruled: Ruled, asked: Asked, ask: Ask) -> Iterator[Answer]:
    """Points as answers, newest first. Raises UsageError for a side that nobody knows, or for one side named twice."""
    sides = _sides(connection, atlas, [name for name in (asked.side, asked.other) if name is not None])
    whom: list[str | None] = [name for side in sides for name in _names(atlas.lexicons, side)]
    whom = whom or [asked.actor]
    plain = replace(asked, side=None, other=None, limit=None, type=None)
    asking = [("figures", replace(plain, actor=name)) for name in whom]
    if sides:  # "seven of our men": of whoever says so
        voices = whom if asked.voice is None else [asked.voice]
        asking += [("figures", replace(plain, voice=name)) for name in voices]
    found = dict.fromkeys(key for view, one in asking for key in _keys_of(ask(view, one)))
    asking = [("events", replace(plain, actor=name, type=type)) for name in whom for type in JOINT]
    acts = sorted({key for view, one in asking for key in _keys_of(ask(view, one))})
    gather = Gather(connection, atlas.lexicons, ruled)
    gather.figures([*found], t.figures.c.key, asked)
    gather.figures(acts, t.figures.c.event, asked)
    gather.drills(acts)
    into = gather.into
    points = compared(into.told.values(), sides, Beside(into.acts, into.said, _adjectives(atlas.lexicons), into.models))
    wanted = (p for p in reversed(points) if _wanted(p, into.told[p.id], asked.type))
    yield from islice((_answer(point, into, atlas.lexicons) for point in wanted), asked.limit)


def _keys_of(answers: Iterable[Answer]) -> Iterator[int]:
    return (parse_id(row["id"])[1] for row in answers)


def _wanted(point: Point, claim: FigureTold | ActTold, type: str | None) -> bool:
    """Without a type, all that has a section; a type is a section or what is counted."""
    if type is None:
        return point.about in SECTIONS
    counts = claim.counts if isinstance(claim, FigureTold) else ""
    return type.casefold() in (point.about, point.counts.casefold(), counts)


def _answer(point: Point, gathered: Gathered, lexicons: Lexicons) -> Answer:
    plain = ("id", "about", "counts", "side", "word", "day", "basis", "bound", "scope", "status", "change")
    amount = {name: getattr(point.amount, name) for name in AMOUNT}
    rest = gathered.shown[point.id]
    own = rest["outlet"] if not gathered.told[point.id].chain else None  # its own words
    voice = lexicons.rows.get(point.origin, {}).get("name") or own or point.voice
    lists = {
        "voice": voice,
        "to": [*point.to],
        "reports": point.reports,
        "tellings": [*point.tellings],
        "series": point.series,
    }
    answer = {**{name: getattr(point, name) for name in plain}, **amount, **lists, **rest}
    return {column.name: answer[column.name] for column in VIEWS["compare"]}


# --- the sides -------------------------------------------------------------------------------------------------------


def _sides(connection: Connection, atlas: Atlas, names: Sequence[str]) -> list[Side]:
    keys = [_keys(connection, atlas, name) for name in names]
    listed = [frozenset(filter(is_listed, own)) or own for own in keys]
    if len({*listed}) < len(keys):
        raise UsageError(f"{' and '.join(names)} are one side", todo="name two, or one alone")
    others = [frozenset[str]().union(*keys[:n], *keys[n + 1 :]) for n in range(len(keys))]
    return [Side(name, own - rest or own) for name, own, rest in zip(names, keys, others, strict=True)]


def _keys(connection: Connection, atlas: Atlas, name: str) -> frozenset[str]:
    """Keys of whoever goes by a name. A government stands for its state. Raises UsageError where nobody does."""
    lexicons, wanted = atlas.lexicons, fold(name) or name.casefold()
    goes = called(connection, atlas, name, theirs=False)
    lifter = Lifter(Context(connection, ()), lexicons, bare=True)
    rows = [n.row for n in lexicons.names.get(first_word(name), ()) if fold(n.written) == wanted]
    rows = [row for row in rows if lifter.listed(row["id"]) == row["id"] or fold(row["name"]) == wanted]
    listed = {row["id"] for row in rows} | {row["of"] for row in rows if _governs(lexicons, row)}
    found = {lifter.listed(id) for id in listed}
    for known in connection.execute(sa.select(t.names).where(goes)):
        if not listed or (known.unnamed and not known.lexicon):  # "Afghanistan" is not the UN mission in it
            found.add(lifter.key(known))
    return frozenset(found)


def _governs(lexicons: Lexicons, row: Mapping[str, str]) -> bool:
    above = lexicons.rows.get(row.get("of") or "", {})
    return row.get("kind") == "government" and above.get("kind") == "state" and not row.get("valid_from")


def _adjectives(lexicons: Lexicons) -> dict[str, Who]:
    """Each adjective that means one state alone."""
    states = [row for row in lexicons.tables.get("actors", ()) if row["kind"] == "state"]
    found = [(word, row) for row in states for word in row["adjectives"].split("|") if word]
    many = Counter(word for word, _ in found)
    return {w: Who(row["id"], row["name"], "state", row["country"] or None) for w, row in found if many[w] == 1}


def _names(lexicons: Lexicons, side: Side) -> list[str]:
    """By which names to ask for a side's rows."""
    return [*dict.fromkeys([side.name, *sorted(lexicons.rows[k]["name"] for k in side.keys if k in lexicons.rows)])]


# --- what is told ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gather:
    """Lifts rows, with what people corrected of them."""

    connection: Connection
    lexicons: Lexicons
    ruled: Ruled
    into: Gathered = field(default_factory=Gathered)

    def figures(self, keys: Sequence[int], by: "sa.Column[Any]", asked: Asked) -> None:
        """Figures by a column, the acts they hang on, when their statements were made, and whose words they repeat."""
        ruled_so = let_through("f", t.figures, t.figures.c.key, asked, self.ruled)
        for some in batched(keys, AT_ONCE):
            part = self._rows(t.figures, by.in_(some), *ruled_so)
            x, lifter = self._reading(part)
            for row in part:
                self._take(self._corrected(lifter.figure(row)), row, x)
            for act in self._rows(t.events, t.events.c.key.in_([row.event for row in part if row.event is not None])):
                self.into.acts[public("e", act.key)] = lifter.act(act)
            self._beside(part)

    def drills(self, keys: Sequence[int]) -> None:
        """Drills, as told without an amount."""
        for some in batched(keys, AT_ONCE):
            part = self._rows(t.events, t.events.c.key.in_(some), t.events.c.lemma.in_(DRILLS))
            x, lifter = self._reading(part)
            for row in part:
                self._take(lifter.act(row), row, x)

    def _rows(self, table: sa.Table, *conditions: "sa.ColumnElement[bool]") -> Sequence[Row[Any]]:
        return self.connection.execute(sa.select(table).where(*conditions).order_by(table.c.report, table.c.key)).all()

    def _reading(self, part: Sequence[Row[Any]]) -> tuple[Context, Lifter]:
        x = Context(self.connection, sorted({row.report for row in part}))
        return x, Lifter(x, self.lexicons)

    def _beside(self, part: Sequence[Row[Any]]) -> None:
        s, x = t.statements.c, t.lifted.c
        told = self._rows(t.statements, s.key.in_([row.statement for row in part if row.statement is not None]))
        for row in told:
            day = day_of(row.earliest)
            if day is not None and row.earliest == row.latest:
                self.into.said[public("s", row.key)] = day
        pairs = sa.select(x.key, x.model).where(x.key.in_([row.key for row in part]))
        found = {public("f", pair.key): public("f", pair.model) for pair in self.connection.execute(pairs)}
        self.into.models.update(found)

    def _take(self, told: FigureTold | ActTold, row: Row[Any], x: Context) -> None:
        page, spot = x.pages[row.report], next(iter(told.places), None)
        before: Answer = {name: day_of(getattr(row, name)) for name in ("earliest", "latest")}
        before["side"] = x.name(row.report, getattr(row, "side", None))
        was = {name: before.get(name, getattr(row, name, None)) for name in self.ruled.edits.get(told.id, {})}
        self.into.told[told.id] = told
        self.into.shown[told.id] = {
            "earliest": told.earliest, "latest": told.latest,
            "place": spot.name if spot else None, **{name: getattr(spot, name, None) for name in POINT},
            "places": [place.name for place in told.places], "words": told.sentence, "statement": told.statement,
            "rule": row.rule, "report": page.id, "title": page.title, "outlet": page.outlet_name or page.publisher,
            "published": page.published, "known": page.added_at, "engine": page.engine,
            "ruled": self.ruled.stands.get(told.id),
            "edited": [f"{name}: {shown(had) or '–'}" for name, had in was.items()],
        }  # fmt: skip

    # --- what people corrected ---------------------------------------------------------------------------------------

    def _corrected(self, told: FigureTold) -> FigureTold:
        """A figure with the fields, and the speaker, that people gave it."""
        edits = {name: typed("figures", name, value) for name, value in self.ruled.edits.get(told.id, {}).items()}
        amount = {name: edits.pop(name) for name in AMOUNT if name in edits}
        if "side" in edits:
            edits["side"] = self._who(edits["side"])
        speaker = self.ruled.edits.get(told.statement or "", {}).get("speaker")
        if speaker is not None:
            edits["chain"] = (Hop("speaker", self._who(speaker), speaker), *told.chain[1:])
        return replace(told, amount=replace(told.amount, **amount), **edits) if edits or amount else told

    def _who(self, name: str | None) -> Who | None:
        """Somebody as people named him."""
        if not name:
            return None
        row = next((n.row for n in self.lexicons.names.get(first_word(name), ()) if n.written == name), None)
        if row is None:
            return Who(f"{fold(name)}|", name, "unknown")
        above = list(_above(self.lexicons, row))
        return Who(row["id"], row["name"], "unknown", row.get("country") or None, tuple(above))


def _above(lexicons: Lexicons, row: Mapping[str, str]) -> Iterator[str]:
    for _ in range(OWNERS):
        id = row.get("of")
        if not id:
            return
        yield id
        row = lexicons.rows.get(id, {})
