"""What holds no act although its words look like one: play, fiction, nature, figures of speech, looking back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, pairwise

from dateline.claim.arguments import Clause
from dateline.lexicons.load import Lexicons
from dateline.model import Block, Quotation, Span, Story, Time
from dateline.sentence import Sentence
from dateline.stage import Doc

SILENT_BLOCKS = frozenset({"credit", "byline", "boilerplate", "dateline"})
CAUSES = frozenset({"subject", "in", "by", "from", "of", "after", "during", "pre", "when", "to"})
# Different words of one topic, and their number a sentence, that make it the story's topic: long reports of war hold
# a "side", a "scene" and a "goal" too.
SCOPES = ("ground", "sentence", "cause", "politics", "teller", "past", "beast")
ENOUGH = {"story": 3, "life": 4}
DENSITY = 0.6
GROUND = 3  # this many words of war keep a story from being taken for play
LONG_AGO = timedelta(days=366)
YEAR = re.compile(r"(?:in|of|since|during|until|between|the) (1[0-9]{3}|20[0-9]{2})(s?)\b")
DOES = ("nsubj", "nsubjpass")
HARMS = frozenset(
    {"kill", "injure", "wound", "destroy", "damage", "flatten", "raze", "demolish", "evacuate", "displace"}
)
READER = frozenset({"you", "your", "yourself"})
LEFT_UNDONE = frozenset({"far from", "instead of", "rather than", "short of", "aside from", "prevented from"})
SUPPOSING = (
    ("in", "the", "event"),
    ("in", "case"),
    ("provided", "that"),
    ("on", "condition", "that"),
    ("so", "long", "as"),
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Word lists of ``not_acts.toml`` and the blocks that they silence in one report."""

    silent: frozenset[str]  # block ids
    past: frozenset[str]  # block ids of life stories
    words: "NotActs"
    published: date | None
    quoted: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class NotActs:
    """``not_acts.toml``, by scope."""

    topics: tuple[tuple[str, frozenset[str]], ...]  # "story" or "life", words
    war: frozenset[str]
    sentence: frozenset[str]
    pairs: frozenset[tuple[str, ...]]  # those of ``sentence`` that are two words
    causes: frozenset[str]
    idioms: Mapping[str, tuple[tuple[str, ...], ...]]  # first word → idioms
    near: tuple[tuple[frozenset[str], int], ...]  # words of one topic, and how many of them silence a sentence
    real: frozenset[str]  # words beside which such a topic silences nothing
    tellers: frozenset[str]
    beasts: frozenset[str]  # what acts or is acted on outside of politics
    past: frozenset[str]  # words and runs of words


@lru_cache(maxsize=4)
def not_acts(lexicons: Lexicons) -> NotActs:
    """Read the list once for all reports."""
    entries = lexicons.entries.get("not_acts", ())
    words = {scope: frozenset(w for e in entries if e.scope == scope for w in e.words) for scope in SCOPES}
    idioms: dict[str, list[tuple[str, ...]]] = {}
    for idiom in (tuple(w.split()) for e in entries if e.scope == "idiom" for w in e.words):
        idioms.setdefault(idiom[0], []).append(idiom)
    return NotActs(
        tuple((e.scope, frozenset(e.words)) for e in entries if e.scope in ENOUGH),
        words["ground"],
        words["sentence"],
        frozenset(tuple(w.split()) for w in words["sentence"] if " " in w),
        words["cause"],
        {first: tuple(found) for first, found in idioms.items()},
        tuple((frozenset(e.words), int(e.gives["least"])) for e in entries if e.scope == "pair"),
        words["ground"] | words["politics"],
        words["teller"],
        words["beast"],
        words["past"],
    )


def guard_of(doc: Doc, lexicons: Lexicons) -> Guard:
    """Look over the whole report once: which blocks are about play, fiction or a life."""
    listed = not_acts(lexicons)
    by_story = _stories(doc)
    silent: set[str] = {b.id for b in doc.of(Block) if b.kind in SILENT_BLOCKS}
    past: set[str] = set()
    told = _words_by_story(doc, by_story)
    told = {k: v for k, v in told.items() if len(listed.war.intersection(chain.from_iterable(v))) < GROUND}
    for scope, topic in listed.topics:
        for story, found in told.items():
            hits = [w for lemmas in found for w in lemmas if w in topic]
            if len(set(hits)) >= ENOUGH[scope] and len(hits) >= DENSITY * len(found):
                (past if scope == "life" else silent).update(b for b, x in by_story.items() if x == story)
    quoted = tuple(q.span for q in doc.of(Quotation))
    return Guard(frozenset(silent), frozenset(past), listed, doc.report.day, quoted)


def _stories(doc: Doc) -> dict[str, str]:
    """Block id → story id; a report without stories is one story."""
    return {b: story.id for story in doc.of(Story) for b in story.blocks} | {
        s.block: "" for s in doc.of(Sentence) if not doc.of(Story)
    }


def _words_by_story(doc: Doc, by_story: Mapping[str, str]) -> dict[str, list[list[str]]]:
    """Story → for each of its sentences, the lemmas of nouns, verbs and adjectives."""
    words: dict[str, list[list[str]]] = {}
    for s in doc.of(Sentence):
        lemmas = [lemma.lower() for lemma, tag in zip(s.lemmas, s.tags, strict=True) if tag[0] in "NVJ"]
        words.setdefault(by_story.get(s.block, ""), []).append(lemmas)
    return words


def holds_none(guard: Guard, s: Sentence) -> bool:
    """True for a sentence of a silenced block, or with a word that only play and fiction use."""
    if s.block in guard.silent:
        return True
    low = [w.lower() for w in s.words]
    if not guard.words.pairs.isdisjoint(pairwise(low)) or _to_reader(guard, s, low):
        return True
    naming = [i for i, tag in enumerate(s.tags) if tag in ("NN", "NNS", "JJ")]
    if any(low[i] in guard.words.sentence or s.lemmas[i] in guard.words.sentence for i in naming):
        return True
    return _plays(guard.words, {s.lemmas[i].lower() for i in naming}, {*low, *(lemma.lower() for lemma in s.lemmas)})


def _to_reader(guard: Guard, s: Sentence, low: list[str]) -> bool:
    """True for advice: the reader is spoken to, and nobody is quoted."""
    return not READER.isdisjoint(low) and not any(s.span.meets(span) for span in guard.quoted)


def _plays(words: NotActs, nouns: frozenset[str] | set[str], said: set[str]) -> bool:
    """True when enough nouns of one topic stand in the sentence, and nothing of war or politics."""
    return any(len(nouns & topic) >= least for topic, least in words.near) and words.real.isdisjoint(said)


def made_up(guard: Guard, s: Sentence, i: int) -> bool:
    """True when a book, a film or an actor tells it: the subject of a verb that governs the trigger."""
    for verb in (i, *s.ancestors(i)):
        for c in s.kids(verb, *DOES):
            pair = f"{s.words[c - 1].lower()} {s.words[c].lower()}" if c else ""
            if s.lemmas[c].lower() in guard.words.tellers or pair in guard.words.tellers:
                return True
    return False


def among_beasts(guard: Guard, s: Sentence, clause: Clause) -> bool:
    """True when an animal, a machine or a germ did it, or suffered it."""
    heads = [h for name in ("subject", "object") for h in clause.slots.get(name, [])[:1]]
    return any(s.lemmas[h].lower() in guard.words.beasts for h in heads)


def by_nature(guard: Guard, s: Sentence, clause: Clause) -> bool:
    """True when a flood, a crash or an illness did it."""
    i = clause.trigger
    if s.labels[i] == "conj" and s.lemmas[i].lower() in HARMS and s.kid(i, *DOES) is None:  # "struck … and killed"
        told = (c for verb in s.ancestors(i) for c in s.kids(verb, *DOES))
        if any(s.lemmas[c].lower() in guard.words.causes for c in told):
            return True
    heads = [h for name, found in clause.slots.items() if name in CAUSES for h in found]
    above = s.subject_of(s.heads[clause.trigger]) if s.labels[clause.trigger] == "advcl" else None
    if above is not None and not clause.slots.get("subject"):
        heads.append(above)
    return any(s.lemmas[h].lower() in guard.words.causes for h in heads)


def spared(s: Sentence, i: int) -> bool:
    """True for what was left undone: "far from attacking", "instead of shelling it", "without a shot fired"."""
    for node in (i, *s.ancestors(i)):
        head = s.heads[node]
        if s.labels[node] in ("pcomp", "pobj") and s.pos[head] in ("ADP", "SCONJ", "ADV"):
            run = f"{s.words[head - 1].lower()} {s.words[head].lower()}" if head else ""
            return s.words[head].lower() == "without" or run in LEFT_UNDONE
        if s.is_verb(node) and node != i:
            return False
    return False


def supposed(s: Sentence, i: int) -> bool:
    """True under "in the event that", "provided that" and the like, and in "had they attacked"."""
    for node in (i, *s.ancestors(i)):
        lead = [s.words[k].lower() for k in range(max(0, s.edges(node)[0] - 4), min(len(s), s.edges(node)[0] + 3))]
        if s.is_verb(node) and (_in_a_row(lead, SUPPOSING) or _inverted(s, node)):
            return True
        if s.labels[node] in ("ccomp", "ROOT"):
            return False
    return False


def _in_a_row(words: list[str], runs: tuple[tuple[str, ...], ...]) -> bool:
    return any(tuple(words[k : k + len(run)]) == run for run in runs for k in range(len(words)))


def _inverted(s: Sentence, verb: int) -> bool:
    """ "Had the fleets met", "should it rain": the auxiliary stands before the subject and nothing is asked."""
    aux = next((c for c in s.kids(verb, "aux") if s.words[c].lower() in ("had", "should", "were")), None)
    subject = s.kid(verb, "nsubj", "nsubjpass")
    return aux is not None and subject is not None and aux < subject and "?" not in s.words


def neither(s: Sentence, i: int) -> bool:
    """True in "was neither attacked nor shelled", for both verbs."""
    first = i
    while s.labels[first] == "conj":
        first = s.heads[first]
    return any(s.words[c].lower() == "neither" for c in s.kids(first, "preconj", "cc", "cc:preconj", "advmod", "det"))


def figurative(guard: Guard, s: Sentence, i: int) -> bool:
    """True when the trigger stands in a figure of speech, articles and possessives passed over."""
    low = max(0, i - 4)
    lemmas = [s.lemmas[k].lower() for k in range(low, min(len(s), i + 5))]
    return any(
        _run(lemmas, at, idiom) and at <= i - low < at + len(idiom) + 1
        for at, word in enumerate(lemmas)
        for idiom in guard.words.idioms.get(word, ())
    )


def _run(lemmas: list[str], at: int, idiom: tuple[str, ...]) -> bool:
    for word in idiom:
        while at < len(lemmas) and lemmas[at] in ("a", "the", "his", "her", "its", "their") and word != lemmas[at]:
            at += 1
        if at >= len(lemmas) or lemmas[at] != word:
            return False
        at += 1
    return True


def long_ago(guard: Guard, s: Sentence, times: Iterable[Time], own: Time | None) -> bool:
    """True when the sentence looks back by a year or more: by its own date, a year named, or a life told."""
    if s.block in guard.past:
        return True
    if own is not None and own.when.latest is not None and guard.published is not None:
        return own.when.latest < guard.published - LONG_AGO
    text = " ".join(w.lower() for w in s.words)
    year = YEAR.search(text)
    if year and (guard.published is None or int(year[1]) < guard.published.year - 1):
        return int(year[1]) < 2000 or guard.published is not None
    past = guard.words.past
    return not past.isdisjoint(text.split()) or any(f" {x} " in f" {text} " for x in past if " " in x)
