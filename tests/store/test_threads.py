"""Threads in the record: reports of one running story, kept up as they come and go, asked for on either clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.explain import explain
from dateline.record import Page, Record
from dateline.store.asked import Asked
from tests.store.pages import Clock, Desk

# written for the project; nothing in them happened
FLOOD = (
    "Old bridge at Varnica falls to the flood\n\nVARNICA, Aug 2 (Meridian Wire) - The old bridge at Varnica was "
    "carried off by the flood on Monday, the mayor of the town said.\n\nThe river had undermined two of its four "
    "piers since the weekend. The market on the far bank can be reached by boat alone."
)
PONTOON = (
    "Varnica asks for a pontoon bridge\n\nThe mayor of Varnica asked the army on Thursday for a pontoon in place of "
    "the old bridge that the flood carried off. Boats take schoolchildren across the river."
)
REPORT = (
    "Why the bridge at Varnica fell\n\nEngineers found that the flood had undermined two piers of the old bridge at "
    "Varnica, a report to the mayor said. The river rose by three metres."
)
STRIKE = (
    "Miners walk out at Kestrel pit\n\nMiners at the Kestrel pit stopped work on Tuesday over wages that had not been "
    "paid since June, their union said."
)
SECOND_WEEK = (
    "Kestrel pit strike in second week\n\nThe strike of the miners at the Kestrel pit went into its second week, the "
    "union said. No wages were paid."
)


def page(text: str, day: str | None, outlet: str) -> Page:
    return Page(text.encode(), f"{outlet}-{day}.txt", day, outlet)


def reprint(number: int) -> Page:
    """The wire's flood under another headline."""
    _, _, body = FLOOD.partition("\n\n")
    return page(f"Flood takes bridge, page {number}\n\n{body}", "2021-08-03", f"paper-{number}")


WIRE = page(FLOOD, "2021-08-02", "meridian-wire")
BRIDGE = [WIRE, page(PONTOON, "2021-08-05", "harbour-gazette"), page(REPORT, "2021-08-19", "meridian-wire")]
PIT = [page(STRIKE, "2021-08-03", "harbour-gazette"), page(SECOND_WEEK, "2021-08-11", "coral-bay-tribune")]
PAGES = [*BRIDGE, reprint(4), reprint(7), *PIT]
LAW = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
START = datetime(2021, 8, 20, 12, tzinfo=UTC)


def stories(record: Record, **filters: Any) -> dict[str, dict[str, Any]]:
    """The rows of threads by their titles."""
    return {row["title"]: row for row in record.ask("threads", Asked(**filters))}


def answers(record: Record, **filters: Any) -> list[list[dict[str, Any]]]:
    return [list(record.ask(view, Asked(**filters))) for view in ("threads", "reports")]


def test_a_thread_is_one_row_with_its_days_texts_outlets_and_places(desk: Desk) -> None:
    """Two stories: the bridge over three weeks, its reprints counted as reports of one text, and the pit."""
    with desk.holding(PAGES) as record:
        found = stories(record)
        assert [*found] == ["Old bridge at Varnica falls to the flood", "Miners walk out at Kestrel pit"]
        bridge = found["Old bridge at Varnica falls to the flood"]
        assert (bridge["reports"], bridge["texts"]) == (5, 3)
        assert (str(bridge["first"]), str(bridge["last"])) == ("2021-08-02", "2021-08-19")
        assert len(bridge["outlets"]) == 4


def test_each_report_names_its_thread_and_is_asked_for_by_it(desk: Desk) -> None:
    """The id is that of the thread's first report; any of its reports stands for it in the filter."""
    with desk.holding(PAGES) as record:
        rows = list(record.ask("reports", Asked()))
        threads = stories(record)
        assert {row["thread"] for row in rows} == {row["id"] for row in threads.values()}
        for row in rows:
            alike = list(record.ask("reports", Asked(thread=row["id"])))
            assert alike == [other for other in rows if other["thread"] == row["thread"]]


def test_the_same_words_months_later_are_another_story(desk: Desk) -> None:
    """What has no report within three weeks of it is a thread of its own."""
    with desk.holding([BRIDGE[1], page(REPORT, "2021-12-03", "prairie-ledger")]) as record:
        assert len(stories(record)) == 2


@LAW
@given(order=st.permutations(PAGES), cut=st.integers(0, len(PAGES)))
def test_the_order_of_arrival_changes_no_thread(desk: Desk, order: list[Page], cut: int) -> None:
    """Reprints before their wire, the end of a story before its beginning: the same rows."""
    with desk.holding(PAGES) as one, desk.holding(order[:cut]) as other:
        for late in order[cut:]:
            other.add(late.raw, late.source, late.published, late.outlet)
        assert other.digest() == one.digest()
        assert answers(other) == answers(one)


@LAW
@given(left=st.lists(st.sampled_from(PAGES), unique_by=lambda p: p.raw))
def test_a_removed_report_leaves_no_trace_in_threads(desk: Desk, left: list[Page]) -> None:
    """Without its wire a reprint is a text of its own again; without its middle a story may fall in two."""
    kept = {p.raw for p in left}
    with desk.holding(PAGES) as record, desk.holding(left) as never:
        gone = [added.id for added in record.add_all(p for p in PAGES if p.raw not in kept) if added.id]
        if gone:
            record.remove(*gone)
        assert record.digest() == never.digest()
        assert answers(record) == answers(never)


@LAW
@given(order=st.permutations(PAGES), known=st.integers(-1, len(PAGES)))
def test_threads_as_known_on_a_day_are_those_of_a_record_that_ends_on_it(
    desk: Desk, order: list[Page], known: int
) -> None:
    """A reprint whose wire was not known yet counts as a text of its own, and may be the first of its thread."""
    clock, earlier = Clock(START), Clock(START)
    with desk.open(clock) as record, desk.open(earlier) as less:
        for number, each in enumerate(order):
            clock.at = earlier.at = START + timedelta(days=number)
            record.add(each.raw, each.source, each.published, each.outlet)
            if number <= known:
                less.add(each.raw, each.source, each.published, each.outlet)
        assert answers(record, known=(START + timedelta(days=known)).date()) == answers(less)


def test_rebuilding_changes_no_thread(desk: Desk) -> None:
    """Everything derived anew gives the same threads."""
    with desk.holding(PAGES) as record:
        before, digest = answers(record), record.digest()
        with record.database.writing() as connection:
            connection.exec_driver_sql("UPDATE pages SET engine = 'an older one'")
        record.rebuild()
        assert (answers(record), record.digest()) == (before, digest)


def test_many_reprints_are_one_text_of_one_thread(desk: Desk) -> None:
    """However often a wire is printed again, its thread has one text and is one row."""
    with desk.holding([WIRE, *(reprint(n) for n in range(40))]) as record:
        ((title, row),) = stories(record).items()
        assert (title, row["reports"], row["texts"]) == ("Old bridge at Varnica falls to the flood", 41, 1)


def test_a_rejected_report_is_not_counted(desk: Desk) -> None:
    """The rest of the thread stands, under the same id."""
    with desk.holding(BRIDGE) as record:
        ((_, before),) = stories(record).items()
        last = next(record.ask("reports", Asked(limit=1)))["id"]
        record.rule(last, "reject", "desk")
        ((_, after),) = stories(record).items()
        assert (after["id"], after["reports"], before["reports"]) == (before["id"], 2, 3)


def test_filters_choose_threads_by_their_reports(desk: Desk) -> None:
    """A thread is listed where a report of it is let through, and told of as a whole."""
    with desk.holding(PAGES) as record:
        assert [*stories(record, since=datetime(2021, 8, 12, tzinfo=UTC).date())] == [
            "Old bridge at Varnica falls to the flood"
        ]
        assert list(record.ask("threads", Asked(limit=1))) == list(record.ask("threads", Asked()))[:1]


@pytest.mark.parametrize(
    ("view", "filters"),
    [("threads", {"type": "ASSAULT"}), ("threads", {"rulings": "open"}), ("events", {"thread": "sha256:0"})],
)
def test_filters_that_make_no_sense_are_refused(desk: Desk, view: str, filters: dict[str, str]) -> None:
    """Threads have no type and are not ruled on; nothing but reports is asked for by thread."""
    with desk.open() as record, pytest.raises(UsageError):
        list(record.ask(view, Asked(**filters)))  # type: ignore[arg-type]


def test_why_tells_the_thread_and_the_link(desk: Desk) -> None:
    """A report names its thread, whose reprint it is, and the reports it is most alike, by which rule."""
    with desk.holding(PAGES) as record:
        rows = {row["title"]: row["id"] for row in record.ask("reports", Asked())}
        facts = explain(record.database, record.atlas, rows["Flood takes bridge, page 4"]).facts
        told = [(name, words) for name, words in facts if name in ("thread", "reprint of", "linked", "rule")]
        wire = rows["Old bridge at Varnica falls to the flood"]
        assert told[:2] == [("thread", f"{wire}, 5 reports in 3 texts"), ("reprint of", wire)]
        assert "by thread/alike: likeness" in dict(told)["linked"]
        assert dict(told)["rule"] == "thread/alike"
