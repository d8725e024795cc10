"""Who died, as one sentence tells it: counted groups, persons by name, and those nobody counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.claim.arguments import clause_of
from dateline.claim.figures import Words, counted_noun, scope_of, words_of
from dateline.claim.guard import Guard, guard_of
from dateline.claim.scene import Scene, scene_of
from dateline.claim.status import Operators, operators, status_of
from dateline.claim.tolls import Group, Telling
from dateline.model import Quantity
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit

BESIDE = frozenset({"with", "alongside", "along", "together", "besides"})
MORE = frozenset({"also", "other", "another", "additional", "additionally", "too", "further", "others"})
UNCOUNTED = frozenset({"number", "handful", "group", "couple"})
NOBODY_NEW = frozenset({"victim", "casualty", "one", "which", "that", "body", "majority", "most", "all", "both", "name"})
SINGLE = frozenset({"he", "she", "him", "her", "himself", "herself"})
# A deed of this day and place is not told in a sentence that speaks of another, or of the whole war.
ELSEWHERE = (
    "since october", "since the start", "since the beginning", "separate incident", "previous", "other incident",
    "in the war", "in the conflict", "journalist to", "assessed separately", "different incident", "another incident",
    "killed so far", "list of",
)  # fmt: skip
UNREAL = frozenset({"denied", "hypothetical", "planned"})
TITLES = frozenset("mr mrs ms dr dr. professor sheikh hajj haji hajja general colonel captain umm abu al el".split())


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading one report's dead takes."""

    scene: Scene
    words: Words
    operators: Operators
    guard: Guard
    people: Mapping[str, frozenset[str]]


def tellings(doc: Doc, kit: Kit) -> list[Telling]:
    """One telling for each word that tells somebody dead, in order of the text."""
    scene = scene_of(doc, kit)
    reader = Reader(
        scene, words_of(kit.lexicons), operators(kit.lexicons), guard_of(doc, kit.lexicons), scene.words
    )  # fmt: skip
    out: list[Telling] = []
    for s in doc.of(Sentence):
        if s.block in reader.guard.silent or (out and _elsewhere(s)):
            continue
        out += _told(reader, s)
    return out


def _elsewhere(s: Sentence) -> bool:
    text = " ".join(s.words).lower()
    return any(phrase in text for phrase in ELSEWHERE)


def _told(reader: Reader, s: Sentence) -> Iterator[Telling]:
    """Each group once, with the first word that tells it."""
    counted: dict[int, Quantity] = {}
    for span, q in reader.scene.quantities.inside(s.span):
        counted.setdefault(counted_noun(s, s.tokens_in(span)), q)
    done: set[int] = set()
    for i in range(len(s)):
        if not _kills(reader, s, i) or status_of(s, i, reader.operators) in UNREAL:
            continue
        heads = [h for h in dict.fromkeys(_dead(reader, s, i)) if h not in done]
        done.update(heads)
        groups = [g for h in heads if (g := _group(reader, s, h, counted)) is not None]
        if groups:
            yield Telling((*groups, *_parts(s, heads, counted)), _more(s, i, heads))


def _parts(s: Sentence, heads: Sequence[int], counted: Mapping[int, Quantity]) -> Iterator[Group]:
    """ "including at least 14 members of one family"."""
    for noun, q in counted.items():
        if noun not in heads and scope_of(s, noun, s.tokens_in(q.span), None) == "part":
            yield Group(q.low, q.high, part=True)


def _more(s: Sentence, i: int, heads: Sequence[int]) -> bool:
    """ "were *also* killed", "*other* members", "*another* boy"."""
    near = [*s.kids(i, "advmod"), *(c for h in heads for c in (h, *s.kids(h, "amod", "det", "advmod")))]
    return any(s.words[c].lower() in MORE for c in near)


def _kills(reader: Reader, s: Sentence, i: int) -> bool:
    lemma = s.lemmas[i].lower()
    if s.is_verb(i):
        return any((e := reader.words.of(x, lemma)) and e.gives["counts"] == "killed" for x in ("undergoes", "does"))
    entry = reader.words.of("of", lemma)
    return entry is not None and entry.gives["counts"] == "killed"


def _dead(reader: Reader, s: Sentence, i: int) -> Iterator[int]:
    """Heads of the phrases that name those whom token ``i`` tells dead."""
    if not s.is_verb(i):
        tops = [t for p in s.kids(i, "prep") if s.words[p].lower() == "of" for t in s.kids(p, "pobj")]
    else:
        slots = clause_of(s, i).slots
        does = reader.words.of("does", s.lemmas[i]) is not None
        tops = list(slots.get("subject" if does else "object", ()))
        tops += [t for p in s.kids(i, "prep") if s.words[p].lower() == "between" for t in s.kids(p, "pobj")]
        tops += list(_beside(s, i))
    for top in tops:
        yield from _members(s, top)


def _beside(s: Sentence, i: int) -> Iterator[int]:
    """ "… was killed with her son", "together with", "along with", "alongside"."""
    for p in s.kids(i, "prep", "advmod"):
        if s.words[p].lower() in BESIDE and not any(s.words[k] == ":" for k in range(min(i, p), max(i, p))):
            yield from s.kids(p, "pobj")
            for q in s.kids(p, "prep"):
                yield from s.kids(q, "pobj")


def _members(s: Sentence, top: int) -> Iterator[int]:
    for h in s.conjuncts(top):
        if s.pos[h] in ("NOUN", "PROPN", "PRON", "NUM"):
            yield h
            for x in _beside(s, h):
                yield from (m for m in s.conjuncts(x) if s.pos[m] in ("NOUN", "PROPN", "PRON", "NUM"))


def _group(reader: Reader, s: Sentence, h: int, counted: Mapping[int, Quantity]) -> Group | None:
    lemma, low = s.lemmas[h].lower(), s.words[h].lower()
    fighters = _fights(reader, s, h)
    quantity = counted.get(h)
    if quantity is not None:
        tokens = s.tokens_in(quantity.span)
        bottom = quantity.low
        if bottom is not None and {"more", "over"} & {w.lower() for w in s.words[tokens[0] : tokens[-1] + 1]}:
            bottom += 1
        part = scope_of(s, h, tokens, None) == "part"
        return Group(bottom, quantity.high, fighters, part, quantity.rule.endswith("vague"))
    if lemma in NOBODY_NEW or low in NOBODY_NEW:
        return None
    if s.tags[h] in ("NNP", "NNPS") or _named(s, h):
        return Group(1, 1, fighters, name=_key(s, h))
    if s.tags[h] == "NNS" or lemma in UNCOUNTED or low in ("people", "family"):
        definite = any(s.words[c].lower() in ("the", "these", "those") for c in s.kids(h, "det"))
        return None if definite and lemma not in UNCOUNTED else Group(2, None, fighters, vague=True)
    if s.tags[h] == "NN" and {"person", "armed", "office"} & reader.people.get(lemma, frozenset()):
        return Group(1, 1, fighters)
    return None


def _named(s: Sentence, h: int) -> bool:
    return any(s.tags[c] == "NNP" for c in s.kids(h, "appos")) and s.tags[h] == "NN"


def _key(s: Sentence, h: int) -> str:
    """The given name: the first of the proper nouns that is no title."""
    at = next((c for c in (h, *s.kids(h, "appos")) if s.tags[c] in ("NNP", "NNPS")), h)
    first, _ = s.edges(at)
    proper = [s.words[k].lower() for k in range(first, at + 1) if s.tags[k] == "NNP"]
    return next((w for w in proper if w not in TITLES), s.words[at].lower())


def _fights(reader: Reader, s: Sentence, h: int) -> bool:
    near = [h, *s.kids(h, "compound", "amod", "appos", "nmod")]
    return any("armed" in reader.people.get(s.lemmas[k].lower(), frozenset()) for k in near)
