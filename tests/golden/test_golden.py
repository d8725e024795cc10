"""Three samples read as they read when somebody last looked closely; ``make golden`` takes the new reading."""

import json

import pytest

from dateline.stage import Kit
from tests.golden.records import GOLDEN, golden, path_of, with_samples


@pytest.fixture(scope="module")
def samples_kit(kit: Kit) -> Kit:
    return with_samples(kit)


@pytest.mark.parametrize("name", GOLDEN)
def test_a_sample_reads_as_before(name: str, samples_kit: Kit) -> None:
    """Every line of the record is as it was; a change is seen, and taken with ``make golden`` or mended."""
    assert golden(name, samples_kit).splitlines() == path_of(name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", GOLDEN)
def test_a_golden_record_is_whole(name: str) -> None:
    """A golden file is JSON of the contract with something in it to compare."""
    rows = json.loads(path_of(name).read_text(encoding="utf-8"))
    assert rows["schema"] == "dateline/1"
    assert rows["blocks"] and rows["statements"] and rows["actors"] and rows["places"]
