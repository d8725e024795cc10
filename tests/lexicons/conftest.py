"""Examples prove the rules, so they are read without the fitted filter, which only weighs what rules propose."""

from dataclasses import replace

import pytest

from dateline.stage import Kit


@pytest.fixture(scope="session")
def kit(kit: Kit) -> Kit:
    """The session's kit without the filter for voices."""
    return replace(kit, filters={name: f for name, f in kit.filters.items() if name != "voices"})
