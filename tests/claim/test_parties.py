"""Who did it and to whom, where the argument itself names nobody."""

import pytest

from dateline.model import Act
from dateline.stage import Kit
from tests.claim.reading import read

CASES = [
    ("The Kenyan army said it would release the detainees.", "release", "actor", "army"),
    ("Peru agreed to lift a ban on imports of Kenyan beef.", "agree", "recipient", "Kenyan"),
    ("Oman will send doctors to Mali to repair the dam.", "send", "recipient", "Mali"),
    ("The union filed a petition accusing Chad of torture.", "accuse", "actor", "union"),
    ("Norway rejected Mali's offer of talks.", "reject", "recipient", "Mali"),
]


@pytest.mark.parametrize(("text", "lemma", "field", "name"), CASES)
def test_who_stands_behind_it(text: str, lemma: str, field: str, name: str, kit: Kit) -> None:
    """The speaker, the author, the owner or the land that the words name is the actor or recipient."""
    act = next(a for a in read(text, kit).of(Act) if a.lemma == lemma)
    assert any(name in span.of(text) for n, span in act.evidence if n == field), act


@pytest.mark.parametrize(
    "text", ["The minister said they attacked a base in Jubba.", "Norway said the rebels attacked a base."]
)
def test_a_speaker_is_not_the_doer_of_what_others_did(text: str, kit: Kit) -> None:
    """A pronoun that does not agree with the speaker, or a noun, is left as it is."""
    act = next(a for a in read(text, kit).of(Act) if a.lemma == "attack")
    assert not any(span.of(text) in ("The minister", "Norway") for n, span in act.evidence if n == "actor")
