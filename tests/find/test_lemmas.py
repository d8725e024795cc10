"""Lemmas by spaCy's tables, asked once per word form."""

import pytest

from dateline.stage import Kit

LEMMAS = {
    "fleeing": "flee",
    "burning": "burn",
    "witnesses": "witness",
    "were": "be",
    "told": "tell",
    "rose": "rise",
    "houses": "house",
    "Kunduz": "Kunduz",
}


@pytest.mark.parametrize(("word", "lemma"), LEMMAS.items())
def test_a_word_has_its_lemma(word: str, lemma: str, kit: Kit) -> None:
    """Regular and irregular forms lead to the word that the lexicons list; names stay as they are."""
    text = "Families were fleeing from burning houses in Kunduz, witnesses told reporters as smoke rose."
    found = {w: x for s in kit.parser.parse([("b0", 0, text)])[0] for w, x in zip(s.words, s.lemmas, strict=True)}
    assert found[word] == lemma
