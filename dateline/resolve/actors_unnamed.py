"""What a report tells of those whom it does not name: what they are, how many, and why they are not named."""

from collections.abc import Iterator, Mapping

from dateline.lexicons.load import Entry
from dateline.model import Span
from dateline.resolve.actors_phrases import Phrase
from dateline.sentence import Sentence

NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "both": 2,
}  # fmt: skip
VAGUE = frozenset({"many", "some", "several", "few", "most", "other", "hundreds", "thousands", "dozens", "all", "more"})
# "official", "officer", "source" and their like say little of themselves: the word before them tells the type
OPEN_TYPES = frozenset({"official", "officer", "spokesperson", "source", "member", "security official"})


def type_of(phrase: Phrase, modifiers: Mapping[str, Entry]) -> str | None:
    """Type of an unnamed source: the noun's own, or what the words before a general noun make of it."""
    if phrase.entry is None:
        return None
    own: str | None = phrase.entry.gives.get("unnamed")
    if own in OPEN_TYPES and "kind" not in phrase.entry.gives:
        told = [modifiers[w].gives["modifies"] for w in sorted(phrase.words) if w in modifiers]
        return told[0] if told and own != "spokesperson" else own
    return own


def count_of(s: Sentence, phrase: Phrase) -> int | None:
    """How many they are: one for a singular noun, a numeral's value, None for "residents" or "several"."""
    if phrase.form != "nominal" or (phrase.entry and "kind" in phrase.entry.gives):
        return None
    for j in s.kids(phrase.head, "nummod", "det", "predet"):
        low = s.words[j].lower()
        if low in NUMBERS:
            return NUMBERS[low]
        if low.isdigit() and any(s.lemmas[c] in ("least", "about", "than", "some") for c in s.children[j]):
            return None
        if low.isdigit() and len(low) < 4:
            return int(low)
    return None if phrase.many or phrase.word in VAGUE else 1


def anonymity_in(s: Sentence, text: str, words: tuple[str, ...]) -> Iterator[tuple[Span, int]]:
    """Grounds for not naming, each with the token of the noun or subject that it is said of."""
    low = text[s.span.start : s.span.end].lower()
    taken = -1
    for start, phrase in sorted((low.find(w), w) for w in words if w in low):
        if s.span.start + start < taken:
            continue
        tokens = s.tokens_in(Span(s.span.start + start, s.span.start + start + len(phrase)))
        if not tokens:
            continue
        verb = _clause_verb(s, tokens)
        span, whom = _clause(s, verb), _whom(s, verb)
        taken = span.end
        if whom is not None:
            yield span, whom


def _clause_verb(s: Sentence, tokens: range) -> int:
    """The verb whose clause says why: the nearest relative, participle or main verb above the words."""
    at = tokens.start
    for i in (at, *s.ancestors(at)):
        if s.labels[i] in ("relcl", "acl", "advcl", "ROOT", "conj", "ccomp", "parataxis") and s.is_verb(i):
            return i
        at = i
    return at


def _clause(s: Sentence, verb: int) -> Span:
    """The clause's words; of a main clause only what follows its verb, reported words left out."""
    if s.labels[verb] in ("relcl", "acl", "advcl"):
        first, last = s.edges(verb)
    else:
        tail = [i for i in s.subtree(verb, [*s.kids(verb, "ccomp", "conj")]) if i >= verb]
        first, last = verb, tail[-1]
    while last > first and s.pos[last] == "PUNCT":
        last -= 1
    while first < last and s.pos[first] == "PUNCT":
        first += 1
    return s.over(first, last)


def _whom(s: Sentence, verb: int) -> int | None:
    if s.labels[verb] in ("relcl", "acl"):
        return s.heads[verb]
    own = s.kid(verb, "nsubj", "nsubjpass")
    if own is None and s.labels[verb] == "advcl":
        return s.subject_of(s.heads[verb]) if s.is_verb(s.heads[verb]) else s.heads[verb]
    return own if own is not None else s.subject_of(verb)
