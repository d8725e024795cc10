"""Laws of the record: order, repetition and removal leave no trace; what is stored can be made again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.record import Page
from tests.laws.strategies import PAGES as MADE_UP
from tests.store.pages import PAGES, Clock, Desk, answers

LAW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
START = datetime(2021, 8, 20, 12, tzinfo=UTC)
SHUFFLED = st.permutations(PAGES)


@LAW
@given(order=SHUFFLED, cut=st.integers(0, len(PAGES)))
def test_the_order_of_arrival_changes_nothing(desk: Desk, order: list[Page], cut: int) -> None:
    """All at once, one by one, in any order: the same rows and the same answers."""
    with desk.holding(PAGES) as one, desk.holding(order[:cut]) as other:
        for page in order[cut:]:
            other.add(page.raw, page.source, page.published, page.outlet)
        assert other.digest() == one.digest()
        assert answers(other) == answers(one)


@LAW
@given(pages=st.lists(st.sampled_from(PAGES), min_size=1, max_size=8))
def test_adding_twice_changes_nothing(desk: Desk, pages: list[Page]) -> None:
    """A page of the same bytes is known, in one batch as in two."""
    with desk.holding(pages) as record:
        before = record.digest()
        assert {added.state for added in record.add_all(pages)} == {"known"}
        assert record.digest() == before
        assert len(answers(record)["reports"]) == len({page.raw for page in pages})


@LAW
@given(pages=st.lists(st.sampled_from(PAGES), min_size=1, unique_by=lambda p: p.source), data=st.data())
def test_removing_equals_never_having_had(desk: Desk, pages: list[Page], data: st.DataObject) -> None:
    """What is left after a removal is what would be there without the report, in every view and in search."""
    left = data.draw(st.lists(st.sampled_from(pages), unique_by=lambda p: p.source))
    with desk.holding(pages) as record, desk.holding(left) as never:
        gone = [row["id"] for row in answers(record)["reports"] if row["source"] not in {p.source for p in left}]
        if gone:
            record.remove(*gone)
        assert record.digest() == never.digest()
        assert answers(record) == answers(never)
        assert record.search("the").to_dicts() == never.search("the").to_dicts()
        assert not record.verify()


@LAW
@given(texts=st.lists(MADE_UP, min_size=1, max_size=4))
def test_a_rebuild_gives_what_was_stored(desk: Desk, texts: list[str]) -> None:
    """Of any pages, however broken, the rows made again are the rows that were there, and the record is whole."""
    with desk.open() as record:
        for number, text in enumerate(texts):
            try:
                record.add(text.encode(), f"{number}.txt", "2021-08-05")
            except InputError:
                continue
        before = record.digest()
        assert not record.verify()
        record.rebuild()
        assert record.digest() == before
        assert not record.verify()


@LAW
@given(
    order=SHUFFLED,
    days=st.lists(st.integers(0, 3), min_size=len(PAGES), max_size=len(PAGES)),
    known=st.integers(-1, 12),
)
def test_known_on_a_day_is_a_record_of_what_was_there(
    desk: Desk, order: list[Page], days: list[int], known: int
) -> None:
    """What the record knew on a day is what a record holds to which only the earlier reports were added."""
    clock, earlier = Clock(START), Clock(START)
    with desk.open(clock) as record, desk.open(earlier) as less:
        until = START + timedelta(days=known)
        for page, wait in zip(order, days, strict=True):
            clock.at += timedelta(days=wait)
            earlier.at = clock.at
            record.add(page.raw, page.source, page.published, page.outlet)
            if clock.at.date() <= until.date():
                less.add(page.raw, page.source, page.published, page.outlet)
        assert answers(record, known=until.date()) == answers(less)
        assert answers(record, known=until.date(), actor="Taliban") == answers(less, actor="Taliban")


def test_what_is_known_grows(desk: Desk) -> None:
    """A later day knows at least as many reports, and the last one all."""
    clock = Clock(START)
    with desk.open(clock) as record:
        for page in PAGES:
            record.add(page.raw, page.source, page.published, page.outlet)
            clock.at += timedelta(days=1)
        counts = [record.reports(known=(START + timedelta(days=n)).date()).height for n in range(-1, len(PAGES))]
        assert counts[0] == 0 and counts[-1] == len(PAGES)
        assert all(a < b for a, b in pairwise(counts))


def test_both_databases_hold_the_same_rows(desk: Desk, filed: Desk) -> None:
    """One hash over the derived rows, whichever database they lie in."""
    with desk.holding(PAGES) as one, filed.holding(PAGES) as other:
        assert one.digest() == other.digest()
        assert answers(one) == answers(other)


def test_a_digest_sees_one_changed_cell(desk: Desk) -> None:
    """The hash and the check over a record see that a single cell is another."""
    with desk.holding(PAGES) as record:
        before = record.digest()
        with record.database.writing() as connection:
            connection.exec_driver_sql("UPDATE events SET lemma = 'x' WHERE local = 'e0'")
        assert record.digest() != before
        assert any("not those that were written" in line for line in record.verify())
