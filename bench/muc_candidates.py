"""Who and what a MUC message speaks of: noun phrases, and what their sentences say of each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bench.muc_score import head
from dateline.claim.patterns import classes
from dateline.lexicons.load import Lexicons
from dateline.model import Act, Actor, Place, Quantity, Statement, Time
from dateline.sentence import Sentence
from dateline.stage import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "agent", "conj", "appos", "attr", "dative", "ROOT"})
STOP = frozenset({"relcl", "acl", "conj", "cc", "punct", "appos", "advcl", "prep", "det", "poss", "nummod", "predet"})
TELLING = ("recipient ", "actor ", "object ", "of ", "against ", "agent ", "subject ", "head ", "sentence ")
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
LEAD = 3  # sentences of a message that say what it is about


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one noun phrase names, with all that the message says of it under the same head. ``sentences`` count from 0,
    the one that tells most of an incident first; ``text`` is in capitals."""

    sentences: tuple[int, ...]
    text: str
    name: bool
    number: str | None
    title: str | None  # for a name: the words before or beside it that say what it is
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A message read: its candidates, what is to be seen in each sentence and in the whole, and how likely each
    sentence tells of an incident (none before that was asked)."""

    doc: Doc
    candidates: tuple[Candidate, ...]
    beside: tuple[tuple[str, ...], ...]
    whole: tuple[str, ...]
    odds: tuple[float, ...] = ()


def page_of(doc: Doc, lexicons: Lexicons) -> Page:
    """Find the candidates of a message that the pipeline has read."""
    kinds = classes(lexicons)
    whom, speakers = _actors(doc), {a.id: a.kind for a in doc.of(Actor)}
    found: list[Candidate] = []
    beside: list[tuple[str, ...]] = []
    for number, s in enumerate(doc.of(Sentence)):
        deeds = tuple(a for a in doc.of(Act) if s.span.holds(a.trigger))
        here = [_candidate(doc, s, i, kinds, deeds, whom) for i in range(len(s)) if _heads(s, i)]
        voice = _voice(doc, s, speakers)
        words = {f"word {w.lower()}" for w, p in zip(s.lemmas, s.pos, strict=True) if p in CONTENT}
        seen = {f for c in here for f in c.features if f.startswith(TELLING)}
        where = {f"at {min(number, 5)}", *(f"kind of day {k}" for k in _days(doc, s))}
        beside.append(tuple(sorted({"bias", *words, *seen, *where, *voice})))
        found += [replace(c, sentences=(number,), features=(*c.features, *voice)) for c in here]
    return Page(doc, tuple(_together(found)), tuple(beside), _whole(doc, beside))


def _whole(doc: Doc, beside: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Features of a whole message: those of its sentences, of the first ones once more, and the land it is about."""
    lands = Counter(p.country for p in doc.of(Place) for _ in p.mentions)
    said = {f for each in beside for f in each}
    lead = {f"lead {f}" for each in beside[:LEAD] for f in each}
    return tuple(sorted({*said, *lead, *(f"land {country}" for country, _ in lands.most_common(1))}))


def _days(doc: Doc, s: Sentence) -> Iterator[str]:
    """How long before the message the days lie that the sentence names."""
    for time in doc.of(Time):
        if s.span.holds(time.span) and time.when.latest is not None and doc.report.day is not None:
            gone = (doc.report.day - time.when.latest).days
            yield "ahead" if gone < 0 else "week" if gone < 8 else "month" if gone < 62 else "past"


def _voice(doc: Doc, s: Sentence, kinds: Mapping[str, str]) -> frozenset[str]:
    """Whose words a sentence is: their stance, their verb, and what kind of speaker it is."""
    said = {"said by nobody"}
    for voice in doc.of(Statement):
        if any(s.span.meets(span) for span in voice.content):
            speakers = {f"said by {kinds.get(x.actor or '', 'unknown')}" for x in voice.sources}
            said |= {*speakers, f"said {voice.stance}", f"said {voice.lemma}"}
    return frozenset(said if len(said) == 1 else said - {"said by nobody"})


def _together(found: list[Candidate]) -> Iterator[Candidate]:
    """One for all that share a head or an entry of our list of actors."""
    groups: dict[tuple[str, bool], list[Candidate]] = {}
    for c in found:
        known = next((f for f in c.features if f.startswith("is known ")), head(c.text))
        groups.setdefault((known, c.name), []).append(c)
    for group in groups.values():
        first = group[0]
        features = {f for c in group for f in c.features} | {f"told {min(len(group), 4)}"}
        yield Candidate(
            tuple(c.sentences[0] for c in group),
            first.text,
            first.name,
            next((c.number for c in group if c.number and c.number not in ("1", "PLURAL")), first.number),
            next((c.title for c in group if c.title), None),
            tuple(sorted({*features, f"first {min(first.sentences[0], 4)}"})),
        )


def _actors(doc: Doc) -> dict[int, frozenset[str]]:
    """Offset of each word of an actor's mention → what our list says of the actor."""
    out: dict[int, frozenset[str]] = {}
    for actor in doc.of(Actor):
        said = frozenset({f"is {actor.kind}"} | ({f"is known {actor.lexicon}"} if actor.lexicon else set()))
        for mention in actor.mentions:
            out |= dict.fromkeys(range(mention.span.start, mention.span.end), said)
    return out


def _heads(s: Sentence, i: int) -> bool:
    return s.pos[i] in ("NOUN", "PROPN") and s.labels[i] in SUBJECTS and any(c.isalpha() for c in s.words[i])


def _candidate(
    doc: Doc,
    s: Sentence,
    i: int,
    kinds: Mapping[str, frozenset[str]],
    deeds: tuple[Act, ...],
    whom: Mapping[int, frozenset[str]],
) -> Candidate:
    tree = s.subtree(i, without=[c for c in s.children[i] if s.labels[c] in STOP])
    first = min(tree)
    while first < i and s.labels[first] in ("amod", "advmod") and s.pos[first] == "ADV":
        first += 1
    entity = next((e for e in s.entities if e.first <= i <= e.last), None)
    name = s.pos[i] == "PROPN" and entity is not None and entity.label == "PERSON"
    start = entity.first if name and entity else first
    text = s.over(start, i).of(doc.report.text).upper().strip(' []("')
    features = {*_own(s, i, entity.label if entity else "", kinds), *_around(s, i), *_deeds(s, i, deeds)}
    features |= whom.get(s.start(i), frozenset())
    title = _title(doc, s, i, start) if name else None
    return Candidate((), text, name, _number(doc, s, i), title, tuple(sorted(features)))


def _own(s: Sentence, i: int, label: str, kinds: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """What it is called."""
    lemma = s.lemmas[i].lower()
    yield from ("bias", f"pos {s.tags[i]}", f"entity {label}", f"dep {s.labels[i]}")
    yield f"head {lemma}"
    yield from (f"kind {k}" for k in kinds.get(lemma, ()))
    yield from (f"mod {s.lemmas[c].lower()}" for c in s.kids(i, "amod", "compound", "nmod"))
    if s.kid(i, "appos") is not None or s.labels[i] == "appos":
        yield "appositive"


def _around(s: Sentence, i: int) -> Iterator[str]:
    """What it does, or what is done to it."""
    top = i
    while s.labels[top] in ("conj", "appos"):
        top = s.heads[top]
    above, label = s.heads[top], s.labels[top]
    if label == "pobj" and s.pos[above] == "ADP":
        word = s.words[above].lower()
        ruler = s.heads[above]
        role = "agent" if s.labels[above] == "agent" else word
        yield f"prep {role}"
        yield f"{role} {s.lemmas[ruler].lower()}"
        yield from _ruled(s, ruler)
    elif s.is_verb(above):
        passive = label == "nsubjpass" or (label == "nsubj" and s.passive(above))
        role = "object" if passive or label in ("dobj", "dative") else "subject"
        yield f"{role} {s.lemmas[above].lower()}"
        yield f"role {role}"
        for o in s.kids(above, "dobj"):
            if o != top and role == "subject":
                yield f"does {s.lemmas[above].lower()} {s.lemmas[o].lower()}"
    yield from (f"does {s.lemmas[c].lower()}" for c in s.kids(i, "relcl", "acl"))


def _ruled(s: Sentence, ruler: int) -> Iterator[str]:
    if not s.is_verb(ruler) and s.is_verb(s.heads[ruler]):
        yield f"under {s.lemmas[s.heads[ruler]].lower()}"


def _deeds(s: Sentence, i: int, deeds: tuple[Act, ...]) -> Iterator[str]:
    """The part it plays in our own acts, and how violent its sentence is."""
    here = s.over(i, i)
    for act in deeds:
        yield f"sentence {act.type}"
        for field, span in act.evidence:
            if span.meets(here):
                yield f"{field} {act.type}"
                yield f"{field} {act.type} {act.mode} {act.status}"
    yield from (f"beside {w.lower()}" for w, p in zip(s.lemmas, s.pos, strict=True) if p == "VERB")


def _title(doc: Doc, s: Sentence, i: int, start: int) -> str | None:
    """ "president" of "president Cerezo", or the noun that a comma sets beside the name."""
    before = start - 1
    if before >= 0 and s.pos[before] in ("NOUN", "PROPN") and s.heads[before] in range(start, i + 1):
        first = before
        while first - 1 >= 0 and s.pos[first - 1] in ("NOUN", "PROPN", "ADJ") and s.heads[first - 1] <= i:
            first -= 1
        return s.over(first, before).of(doc.report.text).upper()
    beside = s.kid(i, "appos") if s.kid(i, "appos") is not None else (s.heads[i] if s.labels[i] == "appos" else None)
    if beside is not None and s.pos[beside] == "NOUN":
        mods = list(s.kids(beside, "compound", "amod"))
        return s.over(min([beside, *mods]), beside).of(doc.report.text).upper()
    return None


def _number(doc: Doc, s: Sentence, i: int) -> str | None:
    """How many, as MUC writes it: 3, 6-, 6-8, ~10, PLURAL."""
    counted = list(s.kids(i, "nummod"))
    span = s.over(min(counted), max(counted)) if counted else None
    quantity = next((q for q in doc.of(Quantity) if span is not None and q.span.meets(span)), None)
    if quantity is None:
        return "PLURAL" if s.tags[i] in ("NNS", "NNPS") else "1"
    return _amount(quantity)


def _amount(q: Quantity) -> str:
    low, high = (str(round(x)) if x is not None else "" for x in (q.low, q.high))
    if q.approximate and q.value is not None:
        return f"~{round(q.value)}"
    return low if low and low == high else f"{low}-{high}" if low else "PLURAL"
