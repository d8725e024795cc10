"""Amounts of what matters: killed, wounded, missing, captured, displaced, troops, aircraft, money, deliveries."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.claim.arguments import clause_of
from dateline.claim.counts import FATES, Reading, Words, counted_noun, number_of, read, words_of
from dateline.claim.counts_again import SOME, again
from dateline.claim.guard import Guard, guard_of, holds_none
from dateline.claim.scene import Scene, scene_of
from dateline.claim.scopes import Counted, Scope, scope_of, side_of
from dateline.claim.status import Operators, operators, status_of
from dateline.claim.whens import time_of
from dateline.model import Act, Actor, Attribution, Figure, Place, Quantity, Span, Statement, Time
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

type Bound = Literal["exact", "at_least", "up_to", "about", "range"]
BACK = 3  # sentences in which a bare number looks for what it counts again
UNTOLD = frozenset({"figures.people", "figures.somebody", SOME})  # no word says what became of them
OWN_SCOPE: Mapping[str, Scope] = {"figures.killed_toll": "total", SOME: "part"}


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading one report's figures takes."""

    scene: Scene
    words: Words
    operators: Operators
    guard: Guard
    events: Mapping[Span, str]
    voices: tuple[Span, ...]


@stage(needs=(Sentence, Time, Place, Actor, Quantity, Attribution, Statement, Act), gives=Figure)
def figures(doc: Doc, kit: Kit) -> Iterator[Figure]:
    """One figure for each quantity whose clause says what it counts."""
    reader = Reader(
        scene_of(doc, kit), words_of(kit.lexicons), operators(kit.lexicons), guard_of(doc, kit.lexicons),
        {a.trigger: a.id for a in doc.of(Act)},
        tuple(h.span for a in doc.of(Attribution) for h in a.holders if h.span is not None),
    )  # fmt: skip
    before: deque[str | None] = deque(maxlen=BACK)  # what the last figure of each sentence counted
    for s in doc.of(Sentence):
        if holds_none(reader.guard, s):
            continue
        last = next((c for c in reversed(before) if c is not None), None)
        own = None
        for span, quantity in reader.scene.quantities.inside(s.span):
            figure = _figure(reader, s, span, quantity, own or last)
            if figure is not None:
                own = figure.counts
                yield figure
        before.append(own)


def _figure(reader: Reader, s: Sentence, span: Span, quantity: Quantity, before: str | None) -> Figure | None:
    tokens = s.tokens_in(span)
    number, noun = number_of(s, tokens), counted_noun(s, tokens)
    reading = read(reader.words, s, noun, tokens, quantity) or again(s, noun, tokens, quantity, before)
    if reading is None or (reading.rule in UNTOLD and _speaks(reader, s, noun, quantity)):
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


def _speaks(reader: Reader, s: Sentence, noun: int, quantity: Quantity) -> bool:
    """ "two medics said", "a relative of one passenger": these are told from, and nobody counts them."""
    lone = quantity.value == 1 and (s.labels[noun] == "pobj" or quantity.rule == "quantities.article")
    return lone or any(v.meets(s.over(noun, noun)) for v in reader.voices)


def _own_scope(reading: Reading, event: str | None) -> Scope | None:
    """A toll is a total, some of those counted a part; the dead of a deed are the deed's, where no day is said."""
    if reading.rule in OWN_SCOPE:
        return OWN_SCOPE[reading.rule]
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
