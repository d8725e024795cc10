"""What can be asked of a record, and what is answered when the question makes no sense."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from dateline.errors import UsageError
from dateline.record import Record
from dateline.store.frames import TYPES
from dateline.store.views import VIEWS

FOUND = [
    ("reports", {"place": "Kunduz"}, 2),
    ("reports", {"within": "Afghanistan"}, 4),
    ("reports", {"voice": "Russia"}, 1),
    ("reports", {"since": "2021-08-06", "until": "2021-08-07"}, 2),
    ("reports", {"limit": 2}, 2),
    ("places", {"within": "Herat"}, 3),
    ("places", {"place": "Zaranj"}, 1),
    ("places", {"within": "60 km of Herat"}, 2),
    ("places", {"within": "Herat, Afghanistan"}, 3),
    ("actors", {"actor": "Taliban"}, 1),
    ("actors", {"place": "Zaranj", "actor": "Taliban"}, 1),
    ("statements", {"voice": "Russia"}, 1),
    ("statements", {"type": "denies"}, 1),
    ("figures", {"type": "killed"}, 3),
    ("figures", {"type": "killed", "until": "2021-08-05"}, 2),
    ("events", {"within": "Nimroz", "as_of": "2021-08-05"}, 0),
    ("holds", {"actor": "Taliban", "place": "Kunduz"}, 1),
    ("holds", {"actor": "Taliban", "place": "Kunduz", "as_of": "2021-08-07"}, 0),
    ("holds", {"known": "2021-08-19"}, 0),
]  # view, filters, how many rows of the five tiny reports
SEARCHES = [
    ("losing momentum", 1), ('"losing momentum"', 1), ('"momentum losing"', 0), ("mom*", 1), ("KUNDUZ -doctor", 1),
    ("taliban kunduz", 1), ("nowhere", 0),
]  # fmt: skip
NONSENSE = [
    ("events", {"place": "Kunduzz"}, "Kunduz"),
    ("events", {"within": "20 km of Kunduzz"}, "Kunduz"),
    ("events", {"actor": "Talibann"}, "Taliban"),
    ("events", {"type": "SNOW"}, "ASSAULT"),
    ("reports", {"type": "x"}, "no type"),
    ("events", {"since": "2021-08-09", "until": "2021-08-01"}, "lies after"),
    ("events", {"since": "yesterday"}, "2021-08-15"),
    ("events", {"limit": 0}, "nothing through"),
    ("events", {"standing": "sure"}, "standing"),
    ("tempo", {"as_of": "0001-01-02"}, "no day of news"),
    ("holdings", {"as_of": "9999-12-31"}, "no day of news"),
    ("reports", {"standing": "confirmed"}, "standing"),
    ("events", {"colour": "red"}, "no filter"),
    ("search", {"words": " -x"}, "search"),
    ("search", {}, "needs words"),
    ("weather", {}, "no view"),
]


@pytest.mark.parametrize(("view", "filters", "rows"), FOUND)
def test_filters_let_through_what_they_name(record: Record, view: str, filters: dict[str, Any], rows: int) -> None:
    """Each filter, alone and with others, gives the rows that it should of the tiny reports."""
    assert record.frame(view, **filters).height == rows


@pytest.mark.parametrize(("words", "reports"), SEARCHES)
def test_search_finds_words_and_marks_them(record: Record, words: str, reports: int) -> None:
    """Words, phrases, beginnings and words not wanted; every hit that is shown stands in brackets."""
    found = record.search(words)
    assert found.height == reports
    assert all("[" in snippet for snippet in found["snippet"])


@pytest.mark.parametrize(("view", "filters", "told"), NONSENSE)
def test_a_question_without_sense_is_told_what_is_wrong(
    record: Record, view: str, filters: dict[str, Any], told: str
) -> None:
    """One clear line, with near names where a name is unknown."""
    with pytest.raises(UsageError, match=told):
        record.frame(view, **filters)


@pytest.mark.parametrize("view", VIEWS)
def test_a_frame_has_the_columns_of_its_view(record: Record, clashing: Record, view: str) -> None:
    """The same columns and types with rows and without."""
    record = clashing if view == "tensions" else record
    words = {"words": "taliban"} if view == "search" else {}
    schema = {c.name: TYPES[c.type] for c in VIEWS[view]}
    full, empty = record.frame(view, **words), record.frame(view, until=date(1999, 1, 1), **words)
    assert dict(full.schema) == dict(empty.schema) == schema
    assert full.height and not empty.height
    assert "<table" in full._repr_html_()


def test_no_day_of_publication_poses_as_a_day_of_an_event(record: Record) -> None:
    """A row with no day of its own has none in the answer, though the filters find it by its report's."""
    undated = record.events(since="2021-08-01").filter(pl.col("earliest").is_null() & pl.col("latest").is_null())
    assert undated.height
    assert undated["published"].is_not_null().all()


def test_rows_say_whose_words_they_are(record: Record) -> None:
    """A hold shows its holder, place, voice and the sentence as printed."""
    (row,) = record.holds(place="Kunduz", actor="Taliban").to_dicts()
    assert (row["holder"], row["place"], row["state"], row["published"]) == (
        "Taliban",
        "Kunduz",
        "captured",
        "2021-08-08",
    )
    assert row["words"] == "The Taliban seized Kunduz on Sunday."
    assert (row["earliest"], row["latest"]) == (date(2021, 8, 8), date(2021, 8, 8))
