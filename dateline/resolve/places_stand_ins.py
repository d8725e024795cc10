"""Names that stand for a government or a people rather than for ground: "Kabul said", "the Moscow
delegation".
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dateline.lexicons.gazetteer import Spot
from dateline.model import Span
from dateline.resolve.places_names import Name
from dateline.sentence import Sentence

GOVERNING = frozenset({"country", "region"})  # kinds whose bare name speaks for a government; so does a capital's


def stand_ins(
    sentences: Sequence[Sentence], named: Sequence[tuple[Name, Spot | None]],
    speaks: frozenset[str], governs: frozenset[str],
) -> frozenset[Span]:  # fmt: skip
    """Spans of the names that stand for something other than ground.

    ``speaks`` holds lemmas of verbs that only people and governments do, ``governs`` nouns of governments.
    """
    return frozenset(_found(sentences, named, speaks, governs))


def _found(
    sentences: Sequence[Sentence], named: Sequence[tuple[Name, Spot | None]],
    speaks: frozenset[str], governs: frozenset[str],
) -> Iterator[Span]:  # fmt: skip
    starts = [s.span.start for s in sentences]
    for name, spot in named:
        if name.people:
            yield name.span
            continue
        if spot is None or not (spot.kind in GOVERNING or spot.feature == "PPLC"):
            continue
        at = bisect_right(starts, name.span.start) - 1
        if at >= 0 and _stands(sentences[at], name.span, speaks, governs):
            yield name.span


def _stands(sentence: Sentence, span: Span, speaks: frozenset[str], governs: frozenset[str]) -> bool:
    inside = sentence.tokens_in(span)
    if not inside:
        return False
    top = next((i for i in inside if sentence.heads[i] not in inside or sentence.heads[i] == i), inside[-1])
    head, label = sentence.heads[top], sentence.labels[top]
    if label == "nsubj":
        return sentence.lemmas[head].lower() in speaks
    if label == "agent" or (label == "pobj" and sentence.labels[head] == "agent"):
        verb = sentence.heads[head] if label == "pobj" else head
        return sentence.lemmas[verb].lower() in speaks
    if label in ("compound", "poss", "nmod", "amod"):
        return sentence.words[head].lower() in governs
    return False
