"""Words that name a person, an organisation, a place or a people, as the parser's recogniser marked them."""

from collections.abc import Iterator

from dateline.model import Mention
from dateline.sentence import Entity, Sentence
from dateline.stage import Doc, Kit, stage

# OntoNotes labels → our kinds (OntoNotes 5.0 named-entity guidelines)
KINDS = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "people",
}  # fmt: skip
EDGES = frozenset({"the", "a", "an", "'s", "’s", "'", "’", '"', "“", "”", ",", "-", "–", "—"})


@stage(needs=(Sentence,), gives=Mention)
def names(doc: Doc, kit: Kit) -> Iterator[Mention]:
    """One mention for each marked run of tokens, articles and possessives cut off its edges."""
    for sentence in doc.of(Sentence):
        for entity in sentence.entities:
            kind = KINDS.get(entity.label)
            trimmed = _trim(sentence, entity)
            if kind and trimmed:
                yield Mention(sentence.over(*trimmed), kind, f"names.{entity.label.lower()}")  # type: ignore[arg-type]


def _trim(sentence: Sentence, entity: Entity) -> tuple[int, int] | None:
    first, last = entity.first, entity.last
    while first <= last and sentence.words[first].lower() in EDGES:
        first += 1
    while last >= first and sentence.words[last].lower() in EDGES:
        last -= 1
    return (first, last) if first <= last else None
