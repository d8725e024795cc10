"""How surely a deed is put, word by word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.claim.status import operators, status_of
from dateline.stage import Kit
from tests.claim.reading import starred

CASES = Path(__file__).parents[1] / "cases/claim"


def _rows() -> Iterator[Any]:
    lines = (CASES / "status.tsv").read_text(encoding="utf-8").splitlines()
    for line in [x for x in lines if x and not x.startswith("#")][1:]:
        status, text = line.split("\t")
        yield pytest.param(status, text, id=f"{status}-{text[:50]}")


@pytest.mark.parametrize(("status", "text"), list(_rows()))
def test_status(status: str, text: str, kit: Kit) -> None:
    """The starred deed has the status of the case."""
    plain, (star,) = starred(text)
    sentence = kit.parser.parse([("b0", 0, plain)])[0][0]
    assert status_of(sentence, sentence.tokens_in(star)[0], operators(kit.lexicons)) == status
