"""The forty gold stories (``tests/cases/record``), read by the pipeline and joined in a record that is thrown away."""

import json
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dateline.across import ActTold, Amount, FigureTold, HoldTold, Hop, Root, StatementTold, Told, Who
from dateline.claim.counts import FATES
from dateline.claim.figures import bound_of
from dateline.join.origins import roots
from dateline.lexicons.load import Lexicons
from dateline.model import Quantity, Report
from dateline.pipeline import extract
from dateline.record import Page, Record
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit
from dateline.store import tables as t
from dateline.store.context import Context, sentence_in
from dateline.store.keys import public
from dateline.store.telling import Lifter

CASES = Path(__file__).parents[1] / "tests" / "cases" / "record"
SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*[.!?]?[\"”']*")

UNKNOWN = "people"  # what a figure counts where no word near it tells their fate
FIGHTS = frozenset({"ASSAULT", "COERCE", "RETREAT", "PROTEST", "MOBILIZE"})
SIDES = frozenset({"state", "government", "military", "armed_group", "organisation"})

type Where = tuple[str, int, int]  # gold id of a report, and offsets in its text


@dataclass(frozen=True, slots=True)
class Story:
    """A gold story beside what dateline made of it. Claims are by public id; ``reports`` gives a report's gold id."""

    gold: dict[str, Any]
    texts: dict[str, str]  # by gold id
    reports: dict[str, str]
    told: dict[str, Told]
    models: dict[str, str]
    copies: frozenset[frozenset[str]]  # pairs of gold ids
    events: dict[str, str]  # act → event
    actors: tuple[tuple[Where, Who], ...]  # every mention of somebody
    places: frozenset[tuple[str, str]]  # how a place that somebody holds is called, and its key

    @property
    def id(self) -> str:
        return str(self.gold["id"])

    @property
    def open(self) -> bool:
        """Odd stories may be read by whoever writes rules."""
        return int(self.id) % 2 == 1

    def find(self, place: dict[str, str]) -> Where:
        """Where the words of a gold entry stand."""
        start = self.texts[place["report"]].index(place["words"])
        return place["report"], start, start + len(place["words"])

    def at[T: Told](self, where: Where, kind: type[T]) -> list[T]:
        """Claims of one kind that share a character with these words, those that share most of themselves first."""
        report, start, end = where
        near = [
            c
            for c in self.told.values()
            if isinstance(c, kind) and self.reports[c.report] == report and c.start < end and start < c.end
        ]
        return sorted(near, key=lambda c: (-_overlap(c, start, end), c.end - c.start, c.id))

    def sentence(self, where: Where) -> Where:
        """The sentence around some words."""
        report, start, end = where
        around = [m.span() for m in SENTENCE.finditer(self.texts[report]) if m.start() < end and start < m.end()]
        return (report, min(a for a, _ in around), max(b for _, b in around)) if around else where

    def roots(self, *more: Told) -> dict[str, Root]:
        """The origin of every claim of the story, and of some that were made by hand."""
        return roots([*self.told.values(), *more], self.models, self.parties)

    @property
    def parties(self) -> frozenset[str]:
        """Keys of the sides: states, forces and organisations that do something to somebody, or to whom it is done."""
        acts = (c for c in self.told.values() if isinstance(c, ActTold) and c.type in FIGHTS)
        return frozenset(w.side for a in acts for w in (*a.actors, *a.recipients) if w.kind in SIDES and not w.unnamed)

    def voiced(self, claim: Told, names: Sequence[str]) -> Told:
        """A claim with the voice that the report names for it, where our reading has it in nobody's."""
        report = self.reports[claim.report]
        if claim.chain or not names:
            return claim
        places = [
            (m.start(), m.end(), n) for n in names for m in re.finditer(re.escape(n), self.texts[report], re.IGNORECASE)
        ]
        found = [
            (max(0, start - a), end - start, n, who)
            for a, b, n in places
            for (of, start, end), who in self.actors
            if of == report and start < b and a < end
        ]
        _, _, words, who = min(found, key=lambda f: (f[0] // 6, -f[1])) if found else (0, 0, names[0], None)
        return replace(claim, chain=(Hop("speaker", who, words),), id=f"voiced:{claim.id}:{words}")

    def voice_at(self, where: Where) -> Told:
        """The claim whose voice these words are in: the tightest statement around them, or else the report's own."""
        report, start, end = where
        own = next(c for c in self.told.values() if self.reports[c.report] == report)
        for claim in (*self.at(where, FigureTold), *self.at(where, ActTold), *self.at(where, HoldTold)):
            if claim.statement is not None:
                return claim
        around = self.at(where, StatementTold)
        if around:
            return around[0]
        days = (own.outlet, own.country, own.published)
        words = sentence_in(self.texts[report], start, end)
        return Told(f"own:{where}", own.report, *days, start, end, words, None, (), None, "happened", None, None)


def _overlap(claim: Told, start: int, end: int) -> float:
    return (min(claim.end, end) - max(claim.start, start)) / max(1, claim.end - claim.start)


def stories(kit: Kit, only: Callable[[int], bool] = lambda _: True) -> Iterator[Story]:
    """Every gold story whose number is wanted, in order."""
    for path in sorted(CASES.glob("[0-9][0-9]-*.toml")):
        if only(int(path.name[:2])):
            yield read(tomllib.loads(path.read_text(encoding="utf-8")), kit)


def read(gold: dict[str, Any], kit: Kit) -> Story:
    """Add a story's reports to an empty record and lift everything out of it."""
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "record.db", kit) as record:
        pages = [Page(r["text"].encode(), r["id"], r.get("published"), r["outlet"]) for r in gold["report"]]
        reports = {str(a.id): page.source for a, page in zip(record.add_all(pages), pages, strict=True)}
        with record.database.reading() as connection:
            keys = list(connection.scalars(sa.select(t.reports.c.report)))
            x = Context(connection, keys)
            lifter = Lifter(x, kit.lexicons)
            told = [c for kind, table in t.CLAIMS.items() for c in lifter.lifted(kind, _rows(connection, table))]
            named = {key: reports[page.id] for key, page in x.pages.items()}
            pairs = connection.execute(sa.select(t.copies.c.report, t.copies.c.of)).all()
            lifted = _lifted(connection)
            places = frozenset(
                (word.casefold(), lifter.hold(row).place.key)
                for row in _rows(connection, t.holds)
                for word in x.mentioned(row.report, row.place)
            )
            mentions = tuple(_mentions(connection, lifter, named))
            events = {public("e", r.key): public("e", r.event) for r in connection.execute(sa.select(t.grouped))}
        texts = {named[key]: text for key, text in x.texts.items()}
    events.update({act: events[model] for act, model in lifted.items() if model in events})
    copies = frozenset(frozenset((named[a], named[b])) for a, b in pairs)
    return Story(gold, texts, reports, {c.id: c for c in told}, lifted, copies, events, mentions, places)


def _mentions(connection: sa.Connection, lifter: Lifter, named: Mapping[int, str]) -> Iterator[tuple[Where, Who]]:
    """Where each actor is mentioned, longest words first, so that a name goes before a word in it."""
    found: list[tuple[Where, Who]] = []
    a = t.actors.c
    for report, local, mentions in connection.execute(sa.select(a.report, a.local, a.mentions)):
        who = lifter.who(report, local)
        found += [((named[report], start, end), who) for start, end, _ in json.loads(mentions) if who is not None]
    yield from sorted(found, key=lambda m: (m[0][0], m[0][1] - m[0][2], m[0][1], m[1].key))


def _rows(connection: sa.Connection, table: sa.Table) -> Sequence[sa.Row[Any]]:
    return connection.execute(sa.select(table).where(table.c.start.is_not(None))).all()


def _lifted(connection: sa.Connection) -> dict[str, str]:
    """Claim → the earlier one in the same words."""
    kinds = {key: kind for kind, table in t.CLAIMS.items() for key in connection.scalars(sa.select(table.c.key))}
    rows = connection.execute(sa.select(t.lifted.c.key, t.lifted.c.model))
    return {public(kinds[key], key): public(kinds[model], model) for key, model in rows if key in kinds}


# --- figures made by hand, where the reader finds none --------------------------------------------------------------


def figure_at(story: Story, where: Where) -> FigureTold | None:
    """The figure that our reading has on these words."""
    found = story.at(where, FigureTold)
    return found[0] if found else None


def made(story: Story, where: Where, kit: Kit) -> FigureTold | None:
    """A figure as a better reader might give it: the words' amount, and whose fate they tell, if a word says so."""
    report, start, end = where
    _, first, last = story.sentence(where)
    doc = extract(Report("gold", "gold", story.texts[report][first:last]), kit)
    amounts = [q for q in doc.of(Quantity) if q.span.start < end - first and start - first < q.span.end]
    if not amounts:
        return None
    q, voice = amounts[0], story.voice_at(where)
    acts = [*story.at(where, ActTold), *story.at((report, first, last), ActTold)]
    act = acts[0] if acts else None
    amount = Amount(q.value, q.low, q.high, q.unit, q.approximate)
    return FigureTold(
        id=f"made:{report}:{start}", report=voice.report, outlet=voice.outlet, country=voice.country,
        published=voice.published, start=start, end=end, sentence=story.texts[report][first:last],
        statement=voice.statement, chain=voice.chain, stance=voice.stance, status="happened",
        earliest=act.earliest if act else None, latest=act.latest if act else None,
        counts=_counts(doc, q, kit.lexicons) or UNKNOWN, amount=amount,
        bound=bound_of(q), scope=None, side=None,
        act=act.id if act else None, places=act.places if act else (),
    )  # fmt: skip


def _counts(doc: Doc, q: Quantity, lexicons: Lexicons) -> str | None:
    """What befell those who are counted, by the nearest word of the figure list."""
    words = {
        w: str(e.gives["counts"])
        for e in lexicons.entries["figures"]
        for w in e.words
        if e.gives.get("counts") in FATES
    }
    near = [
        (max(s.start(i) - q.span.end, q.span.start - s.end(i), 0), words[lemma])
        for s in doc.of(Sentence)
        for i, lemma in enumerate(s.lemmas)
        if lemma in words
    ]
    return min(near)[1] if near else None


def days(text: str) -> tuple[date, date]:
    """``2017-05-03`` or ``2017-05-02/2017-05-03``."""
    first, _, last = text.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)
