"""Rulings are carried to other records, outlive other engines, and leave no trace in what is derived."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.kit import load_kit
from dateline.model import Ruling
from dateline.record import Record
from dateline.store.judging import exported
from tests.store.pages import PAGES, Clock, Desk, answers, row, seen, taken

LAW = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
WHO = "the desk"
ZARANJ = "geonames:1120985"


def decided(record: Record) -> list[Callable[[], Ruling]]:
    """Rulings of every kind that can be made on the tiny reports."""
    events, reports = seen(record, "events"), seen(record, "reports")
    return [
        lambda: record.rule(events[0], "reject", "a", "why not"),
        lambda: record.rule(events[0], "accept", "b"),
        lambda: record.rule(events[1], "edit", "a", field="status", value="denied"),
        lambda: record.rule(events[1], "edit", "b", field="actors", value="Blue Front"),
        lambda: record.rule(reports[0], "edit", "b", field="outlet", value="Southgate"),
        lambda: record.rule(reports[1], "reject", "c"),
        lambda: record.rule(events[2], "merge", "c", other=events[0]),
        lambda: record.rule(events[0], "split", "c", other=events[2]),
        lambda: record.rule(events[2], "place", "a", place=ZARANJ),
        lambda: record.rule("outlet:northgate", "reliability", "a", letter="D"),
        lambda: record.unrule(record.rulings()[0].n if record.rulings() else 0, "c"),
    ]


def ruled(record: Record, choices: list[int]) -> None:
    makers = decided(record)
    for n in choices:
        if record.rulings() or n % len(makers) != len(makers) - 1:  # nothing can be undone before the first
            makers[n % len(makers)]()


@LAW
@given(choices=st.lists(st.integers(0, 10), min_size=1, max_size=12), data=st.data())
def test_replayed_rulings_give_the_same_record(desk: Desk, choices: list[int], data: st.DataObject) -> None:
    """In whatever order they are written down, in one go or several, the same rulings and the same answers."""
    with desk.holding(PAGES) as record, desk.holding(PAGES[::-1]) as other:
        ruled(record, choices)
        lines = data.draw(st.permutations(list(exported(record.rulings()))))
        cut = data.draw(st.integers(0, len(lines)))
        for part in (lines[:cut], lines[cut:], lines):
            assert not other.replay(part).nothing or cut
        assert other.rulings() == record.rulings() and other.rulings_now() == record.rulings_now()
        assert list(exported(other.rulings())) == list(exported(record.rulings()))
        assert answers(other) == answers(record) and other.digest() == record.digest()


@LAW
@given(choices=st.lists(st.integers(0, 10), min_size=1, max_size=8))
def test_what_is_ruled_can_be_made_again(desk: Desk, choices: list[int]) -> None:
    """A rebuild gives the same rows and answers; with all rulings undone the answers are as it was read."""
    with desk.holding(PAGES) as record:
        plain = answers(record)
        ruled(record, choices)
        told = answers(record), record.digest()
        record.rebuild()
        assert (answers(record), record.digest()) == told
        assert answers(record, rulings="none") == plain
        while record.rulings_now():
            record.unrule(record.rulings_now()[-1].id, "z")
        told = answers(record), record.digest()
        assert told[0] == plain
        record.rebuild()
        assert (answers(record), record.digest()) == told
        assert not record.verify()


def test_a_replayed_file_is_taken_whole_or_not_at_all(desk: Desk) -> None:
    """A line that was changed, is of another sort, or is of tomorrow is named, and none is appended."""
    with desk.holding(PAGES) as record, desk.holding(PAGES) as other:
        event = taken(record)
        record.rule(event, "reject", WHO)
        (line,) = exported(record.rulings())
        row = msgspec.json.decode(line)
        for bad, told in (
            (b"{", "is no ruling"),
            (b'{"a": 1}', "other fields"),
            (msgspec.json.encode({**row, "by": "somebody else"}), "was changed"),
            (msgspec.json.encode({**row, "by": 7}), "no text"),
            (msgspec.json.encode({**row, "at": "yesterday"}), "was changed"),
            (msgspec.json.encode({**row, "verdict": "applaud"}), "no verdict"),
        ):
            with pytest.raises(UsageError, match=rf"line 2.*{told}"):
                other.replay([line, bad])
        early = Clock(datetime(2021, 8, 1, tzinfo=UTC))
        with desk.open(early) as past, pytest.raises(UsageError, match="yet to come"):
            past.replay([line])
        assert other.rulings() == ()


def test_a_ruling_whose_report_is_not_there_waits_for_it(desk: Desk) -> None:
    """Replayed on a record that lacks its report it is named and kept, and holds when the report comes."""
    with desk.holding(PAGES) as record, desk.open() as other:
        event = taken(record)
        ruling = record.rule(event, "reject", WHO)
        done = other.replay(exported(record.rulings()))
        assert done.nothing == done.new == other.about_nothing() == (ruling,)
        list(other.add_all(PAGES))
        assert other.about_nothing() == () and answers(other) == answers(record)
        other.remove(row(other, "events", id=event)["report"])
        assert other.about_nothing() == other.rulings() == (ruling,)


OVERLAY = """[about]
origin = "a test"
licence = "Apache-2.0"
[[entry]]
id = "acts.assault.take_ground"
words = ["conquer object=@place"]
gives = { type = "ASSAULT" }
yes = ["They *conquered* the town of Zaranj."]
no = []
"""


def test_rulings_outlive_another_engine(desk: Desk, tmp_path: Path) -> None:
    """After a rebuild with other word lists a ruling on a row that is still read holds; one on a row that is not is
    listed with the place where the row stood, and holds again when the row is back."""
    (tmp_path / "acts.toml").write_text(OVERLAY)
    place = desk.place()
    with Record.open(place, desk.kit, Clock()) as record:
        list(record.add_all(PAGES))
        gone, stays = taken(record), row(record, "events", voice="governor")["id"]
        lost = record.rule(gone, "accept", WHO)
        kept = record.rule(stays, "edit", WHO, field="status", value="planned")
        told = answers(record)
    with Record.open(place, lambda: load_kit(lexicons=(tmp_path,)), Clock()) as other:
        other.rebuild()
        assert gone not in seen(other, "events", rulings="all")
        assert other.about_nothing() == (lost,)
        assert other.rulings() == (lost, kept) == other.rulings_now()
        assert row(other, "events", id=stays)["status"] == "planned"
        stood, _, span = str(lost.get("stood")).rpartition(":")
        assert stood in seen(other, "reports") and span.partition("-")[0].isdigit()
    with Record.open(place, desk.kit, Clock()) as back:
        back.rebuild()
        assert back.about_nothing() == () and answers(back) == told
