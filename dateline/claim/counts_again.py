"""Numbers that stand alone and count what was counted before: "put it at 12", "that makes four", "26 of them lie flat".

Only shapes that point back are read so; any other bare number stays unread. What an earlier figure counted is asked
of the few sentences before, no further.
"""

from collections.abc import Sequence

from dateline.claim.arguments import clause_of
from dateline.claim.counts import DELIVERED, NUMBERS, THINGS, TOLLS, Reading
from dateline.model import Quantity
from dateline.sentence import Sentence

POINTING = frozenset({"it", "that", "this", "which", "they"})
COUNTS = frozenset({"give", "count", "speak", "make", "say", "name", "record", "confirm", "register", "admit", "call"})
STANDS = frozenset(
    {"be", "stand", "rise", "climb", "go", "grow", "fall", "come", "reach", "make", "put", "set", "drop"}
)
STAYS = frozenset({"be", "remain", "stay", "lie", "survive"})
GOODS = (THINGS | DELIVERED | {"goods", "deliveries", "money"}) - {"places"}
GONE = frozenset({"released", "resettled", "arrived", "places"})  # those who remain are not of these
AGAIN, SOME = "figures.again", "figures.some_of"  # the same count anew; a part of what was counted


def again(s: Sentence, noun: int, tokens: range, quantity: Quantity, before: str | None) -> Reading | None:
    """What a bare number counts, where its words point back; ``before`` is what the last figure counted."""
    if before is None or noun not in tokens or (quantity.value or 0) % 1 or _has_unit(quantity):
        return None
    head, label = s.heads[noun], s.labels[noun]
    if _of_pronoun(s, tokens):
        return Reading(None, before, noun, SOME)
    if [w.lower() for w in s.words[tokens[-1] + 1 : tokens[-1] + 3]] == ["of", "which"] or _one_in(s, tokens):
        return None
    if label in ("nsubj", "nsubjpass") and head not in tokens:
        return _subject(s, head, before)
    there = s.kid(head, "expl") is not None and before in GOODS
    return Reading(None, before, noun, AGAIN) if _points_back(s, noun, tokens) and not there else None


def _has_unit(quantity: Quantity) -> bool:
    return (quantity.unit is not None and not quantity.unit.isalpha()) or quantity.unit == "percent"


def _one_in(s: Sentence, tokens: range) -> bool:
    """ "nine *in ten*": a rate."""
    after = tokens[-1] + 1
    return after + 1 < len(s) and s.words[after].lower() in ("in", "out") and s.tags[after + 1] == "CD"


def _of_pronoun(s: Sentence, tokens: range) -> bool:
    """ "nine *of them*", "eighteen *of these*"."""
    after = [w.lower() for w in s.words[tokens[-1] + 1 : tokens[-1] + 3]]
    following = tokens[-1] + 3
    ends = following >= len(s) or s.tags[following] not in ("NN", "NNS", "CD", "JJ", "VBN")
    return after == ["of", "them"] or (ends and after in (["of", "these"], ["of", "those"]))


def _subject(s: Sentence, verb: int, before: str) -> Reading | None:
    """ "Fourteen were still in their hands" are some of those; of "71 have returned" only that they are somebody."""
    if before in GOODS or (s.lemmas[verb] in STAYS and before not in GONE):
        return Reading(None, before, verb, SOME)
    return Reading(None, "people", verb, "figures.somebody")


def _points_back(s: Sentence, noun: int, tokens: range) -> bool:
    """A number that a voice gives, or at which "it", "the figure", "the toll" stands."""
    head, label = s.heads[noun], s.labels[noun]
    if label == "pobj":
        if s.words[head].lower() == "of":
            return s.lemmas[s.heads[head]] in (NUMBERS | {"speak", "name"})
        head = s.heads[head] if s.words[head].lower() in ("at", "to", "as") else head
        head = s.heads[head] if s.labels[head] in ("advmod", "prt") else head
    elif label not in ("dobj", "attr", "oprd"):
        return False
    if not (s.is_verb(head) or s.pos[head] == "AUX"):
        return False
    beside = [c for c in s.kids(head, "nsubj", "nsubjpass", "dobj", "expl") if c not in tokens]
    return _gives(s, head, noun, beside) or (s.lemmas[head] in STANDS and _measured(s, beside, head))


def _gives(s: Sentence, verb: int, noun: int, beside: Sequence[int]) -> bool:
    """ "still *gives* six", "has *counted* 104": the number is all that is given."""
    objects = [c for c in beside if s.labels[c] == "dobj"]
    return s.lemmas[verb] in COUNTS and s.labels[noun] in ("dobj", "pobj") and not objects


def _measured(s: Sentence, beside: Sequence[int], verb: int) -> bool:
    """ "there were 19", "it was 21", "2,000 had in fact been 1,980", "the true figure was 4,300", "put it at six"."""
    asked = beside or [*clause_of(s, verb).slots.get("subject", ())]
    return any(
        s.labels[c] == "expl" or s.tags[c] == "CD" or s.words[c].lower() in POINTING or s.lemmas[c] in NUMBERS | TOLLS
        for c in asked
    )
