"""Cases are read once for all tests here."""

import pytest

from dateline.stage import Kit
from tests.voices.reading import Reader


@pytest.fixture(scope="session")
def reader(kit: Kit) -> Reader:
    return Reader(kit)
