"""Attributions, times and actors → statements: the atom of the record."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from dateline.model import Actor, Attribution, Block, Holder, Source, Span, Statement, Time
from dateline.sentence import Layers, Sentence, meeting
from dateline.stage import Doc, Kit, stage

MODALS = frozenset({"may", "might", "can", "could", "must", "should", "would", "will", "shall", "ought"})


@stage(needs=(Block, Sentence, Attribution, Actor, Time), gives=Statement)
def statements(doc: Doc, kit: Kit) -> Iterator[Statement]:
    """One statement for each attribution, its chain resolved to actors, its nesting made plain."""
    told = doc.of(Attribution)
    text = doc.report.text
    ids = [statement_id(doc.report.id, a, text) for a in told]
    actors = ActorIndex(doc.of(Actor))
    nests = Nests(told)
    for number, a in enumerate(told):
        outer = nests.around(a)
        negated, modality = content_voice(doc.of(Sentence), a)
        yield Statement(
            id=ids[number],
            within=ids[outer] if outer is not None else None,
            form=a.form,
            sources=tuple(chain(a, actors)),
            cue=a.cue,
            lemma=a.lemma,
            content=a.content,
            stance=a.stance,
            said=said_when(doc, a),
            rule=a.rule,
            score=a.score,
            policy=a.policy,
            negated=negated,
            modality=modality,
        )


def chain(a: Attribution, actors: "ActorIndex") -> Iterator[Source]:
    """Speaker and carriers, each actor once: a report's own agency is often named in its text and its dateline."""
    met: set[str] = set()
    for holder in a.holders:
        actor = actors.at(holder)
        if actor is None or actor not in met:
            yield Source(actor, holder.span, holder.role)
            met |= {actor} if actor else set()


def statement_id(report: str, a: Attribution, text: str) -> str:
    """A hash of the report, the words and their place in it, so that it outlives a better engine."""
    cue = (a.cue.start, a.cue.end) if a.cue else ()
    words = "|".join(s.of(text) for s in a.content)
    return "s:" + hashlib.sha256(f"{report}|{cue}|{words}".encode()).hexdigest()[:16]


class ActorIndex:
    """Finds the actor whose mention a holder's words are."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._exact: dict[Span, str] = {}
        self._from: list[tuple[Span, str]] = []
        for actor in actors:
            for mention in actor.mentions:
                self._exact.setdefault(mention.span, actor.id)
                self._from.append((mention.span, actor.id))
        self._from.sort(key=lambda pair: pair[0])

    def at(self, holder: Holder) -> str | None:
        """The actor mentioned by exactly these words, else by the widest mention within them; None if there is none."""
        words = holder.span
        if words is None:
            return None
        if words in self._exact:
            return self._exact[words]
        first = bisect_left(self._from, words.start, key=lambda pair: pair[0].start)
        near = takewhile(lambda pair: pair[0].start < words.end, islice(self._from, first, None))
        inside = [(len(span), -span.start, actor) for span, actor in near if words.holds(span)]
        return max(inside)[2] if inside else None


class Nests:
    """Which statement stands inside which."""

    def __init__(self, told: Sequence[Attribution]) -> None:
        self._told = told
        self._sizes = [sum(map(len, a.content)) for a in told]
        self._contents = Layers((span, n) for n, a in enumerate(told) for span in a.content)

    def around(self, a: Attribution) -> int | None:
        """Index of the smallest statement in whose content the cue of ``a`` stands; None at the top."""
        cue = a.cue
        if cue is None:
            return None
        found = [
            (self._sizes[n], n)
            for n in self._contents.around(cue)
            if self._told[n] is not a and not _mutual(a, self._told[n])
        ]
        return min(found)[1] if found else None


def _mutual(a: Attribution, other: Attribution) -> bool:
    """Each cue in the other's content (a parenthesis): then the one with less content is the nested one."""
    crossed = other.cue is not None and any(span.holds(other.cue) for span in a.content)
    return crossed and sum(map(len, other.content)) <= sum(map(len, a.content))


def said_when(doc: Doc, a: Attribution) -> str | None:
    """The time of the saying: an expression beside the cue, outside of the content."""
    if a.cue is None:
        return None
    sentence = next(meeting(doc.of(Sentence), a.cue), None)
    if sentence is None:
        return None
    heads = sentence.tokens_in(a.cue)
    times = doc.of(Time)
    for time in times[bisect_left(times, sentence.span.start, key=lambda t: t.span.start) :]:
        if time.span.start >= sentence.span.end:
            break
        if not sentence.span.holds(time.span) or any(c.meets(time.span) for c in a.content):
            continue
        above = {up for t in sentence.tokens_in(time.span) for up in sentence.ancestors(t)}
        if above & set(heads):
            return time.id
    return None


def content_voice(sentences: Sequence[Sentence], a: Attribution) -> tuple[bool, str | None]:
    """(negated, modal) of the content's main verb, apart from the cue's own meaning."""
    for span in a.content:
        for s in meeting(sentences, span):
            inside = set(s.tokens_in(span))
            top = [i for i in inside if s.is_verb(i) and (s.heads[i] not in inside or s.heads[i] == i)]
            for i in top:
                modal = next((s.lemmas[c].lower() for c in s.kids(i, "aux") if s.words[c].lower() in MODALS), None)
                return s.negated(i), modal
    return False, None
