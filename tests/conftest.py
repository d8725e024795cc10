"""Fixtures that every test may ask for. The parser is loaded once for the whole run."""

import pytest

from dateline.kit import load_kit
from dateline.stage import Kit


@pytest.fixture(scope="session")
def kit() -> Kit:
    """Parser, lexicons and map, as the commands load them."""
    return load_kit()
