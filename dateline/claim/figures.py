"""Amounts of what matters: killed, wounded, missing, captured, displaced, troops, aircraft, money, deliveries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.claim.arguments import clause_of
from dateline.claim.counts import FATES, Reading, Words, counted_noun, number_of, read, words_of
from dateline.claim.guard import Guard, guard_of, holds_none
from dateline.claim.scene import Scene, scene_of
from dateline.claim.scopes import Counted, Scope, scope_of, side_of
from dateline.claim.status import Operators, operators, status_of
from dateline.claim.whens import time_of
from dateline.model import Act, Actor, Figure, Place, Quantity, Span, Statement, Time
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

type Bound = Literal["exact", "at_least", "up_to", "about", "range"]


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading one report's figures takes."""

    scene: Scene
    words: Words
    operators: Operators
    guard: Guard
    events: Mapping[Span, str]


@stage(needs=(Sentence, Time, Place, Actor, Quantity, Statement, Act), gives=Figure)
def figures(doc: Doc, kit: Kit) -> Iterator[Figure]:
    """One figure for each quantity whose clause says what it counts."""
    reader = Reader(
        scene_of(doc, kit), words_of(kit.lexicons), operators(kit.lexicons), guard_of(doc, kit.lexicons),
        {a.trigger: a.id for a in doc.of(Act)},
    )  # fmt: skip
    for s in doc.of(Sentence):
        if holds_none(reader.guard, s):
            continue
        for span, quantity in reader.scene.quantities.inside(s.span):
            figure = _figure(reader, s, span, quantity)
            if figure is not None:
                yield figure


def _figure(reader: Reader, s: Sentence, span: Span, quantity: Quantity) -> Figure | None:
    tokens = s.tokens_in(span)
    number, noun = number_of(s, tokens), counted_noun(s, tokens)
    reading = read(reader.words, s, noun, tokens, quantity)
    if reading is None:
        return None
    scene = reader.scene
    statement = scene.statement(s, number)
    verb = reading.by if s.is_verb(reading.by) else _verb_above(s, reading.by)
    time = time_of(scene, s, clause_of(s, verb), statement) if verb is not None else None
    event = _event(reader, s, reading.by, verb)
    scope = scope_of(s, noun, tokens, verb) or _own_scope(reading, event)
    return Figure(
        quantity=quantity.id, counts=reading.counts, bound=bound_of(quantity),
        side=side_of(scene, s, Counted(tokens, noun, reading.counts, verb)),
        event=event, statement=statement.id if statement else None, span=span,
        rule=reading.rule, scope=scope, time=time.id if time else None,
        status=reading.gives("status") or status_of(s, reading.by, reader.operators, statement),
    )  # fmt: skip


def _own_scope(reading: Reading, event: str | None) -> Scope | None:
    """A toll is a total; the dead of a deed are the deed's, where its words say no day and no date since."""
    if reading.rule == "figures.killed_toll":
        return "total"
    return "event" if event is not None and reading.counts in FATES else None


def bound_of(quantity: Quantity) -> Bound:
    """How the words bound the amount."""
    if quantity.value is None:
        return "range"
    if quantity.high is None:
        return "at_least"
    if quantity.low is None:
        return "up_to"
    return "about" if quantity.approximate else "exact"


def _verb_above(s: Sentence, i: int) -> int | None:
    return next((a for a in s.ancestors(i) if s.is_verb(a)), None)


def _event(reader: Reader, s: Sentence, by: int, verb: int | None) -> str | None:
    """The act that the figure belongs to: the verb's own, else the one that is its subject or stands after "in"."""
    for i in (by, verb):
        if i is None:
            continue
        if (own := reader.events.get(s.over(i, i))) is not None:
            return own
        slots = clause_of(s, i).slots
        for name in ("subject", "in", "by", "from", "after"):
            for head in slots.get(name, []):
                if (found := reader.events.get(s.over(head, head))) is not None:
                    return found
    return None
