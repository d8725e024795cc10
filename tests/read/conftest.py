"""Reading needs words and no parser: a kit without one keeps these tests fast."""

from collections.abc import Sequence

import pytest

from dateline.lexicons.load import load_lexicons
from dateline.sentence import Sentence
from dateline.stage import Kit


class NoParser:
    """Stands where a parser would; reading must never ask it."""

    name = version = digest = "none"

    def parse(self, passages: Sequence[tuple[str, int, str]]) -> list[list[Sentence]]:
        raise AssertionError("reading does not parse")


@pytest.fixture(scope="session")
def words_kit() -> Kit:
    """Lexicons only."""
    return Kit(parser=NoParser(), lexicons=load_lexicons())
