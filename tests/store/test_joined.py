"""What many reports tell together: kept up as they come and go, the same in any order, on any day that is asked for."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.record import Page, Record
from dateline.store.asked import Asked
from tests.store.pages import CLASHING, Clock, Desk, answers

# written for the project; nothing in them happened
WIRE = (
    "Bomb kills 12 at Kunduz market\n\n"
    "KUNDUZ, Aug 5 (Meridian Wire) - A bomb killed 12 people at a market in Kunduz on Thursday, a police spokesman "
    "said.\n\n"
    "The blast tore through a row of fruit stalls shortly before noon, when the lanes were full of buyers from the "
    "villages.\n\n"
    "Shopkeepers pulled their shutters down and the main road to the airport was closed for the rest of the day."
)
OWN = (
    "Fourteen dead in Kunduz bombing\n\n"
    "KUNDUZ, Aug 6 (Harbour Gazette) - A bomb killed 14 people at a market in Kunduz on Thursday, a doctor at the "
    "regional hospital said.\n\nTwo of the wounded died at night, she added."
)
OTHER = "Rain in Lisbon\n\nThe mayor of Lisbon said on Thursday that the rain would last until Sunday."


def reprint(number: int) -> str:
    """The wire's text under another headline, with a line of the paper's own below."""
    _, _, body = WIRE.partition("\n\n")
    return f"Market bombing, page {number}\n\n{body}\n\nFor the weather see page {number + 2}."


def page(text: str, day: str, outlet: str) -> Page:
    return Page(text.encode(), f"{outlet}.txt", day, outlet)


PAGES = [
    page(WIRE, "2021-08-05", "meridian-wire"),
    page(reprint(4), "2021-08-06", "coral-bay-tribune"),
    page(reprint(7), "2021-08-06", "prairie-ledger"),
    page(OWN, "2021-08-06", "harbour-gazette"),
    *CLASHING,
    page(OTHER, "2021-08-05", "harbour-gazette"),
]
LAW = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
START = datetime(2021, 8, 20, 12, tzinfo=UTC)


def bombing(record: Record, **filters: Any) -> dict[str, Any]:
    """The row of the bombing."""
    found = [row for row in record.ask("events", Asked(**filters)) if "market" in row["words"]]
    assert len({row["event"] for row in found}) == len(found)
    return max(found, key=lambda row: row["reports"])


@LAW
@given(order=st.permutations(PAGES), cut=st.integers(0, len(PAGES)))
def test_the_order_of_arrival_changes_nothing_joined(desk: Desk, order: list[Page], cut: int) -> None:
    """Reprints before their wire, denials before what they deny: the same events, holdings and tensions."""
    with desk.holding(PAGES) as one, desk.holding(order[:cut]) as other:
        for late in order[cut:]:
            other.add(late.raw, late.source, late.published, late.outlet)
        assert other.digest() == one.digest()
        assert answers(other) == answers(one)


@LAW
@given(left=st.lists(st.sampled_from(PAGES), unique_by=lambda p: p.raw))
def test_what_was_removed_leaves_no_trace_in_what_is_joined(desk: Desk, left: list[Page]) -> None:
    """Without its wire a reprint is a text of its own again, as if the wire had never been there."""
    kept = {p.raw for p in left}
    with desk.holding(PAGES) as record, desk.holding(left) as never:
        gone = [added.id for added in record.add_all(p for p in PAGES if p.raw not in kept) if added.id]
        if gone:
            record.remove(*gone)
        assert record.digest() == never.digest()
        assert answers(record) == answers(never)


@LAW
@given(order=st.permutations(PAGES), known=st.integers(-1, len(PAGES)))
def test_what_was_known_on_a_day_is_joined_from_what_was_there(desk: Desk, order: list[Page], known: int) -> None:
    """Counts, standing and holdings as known on a day are those of a record that ends on it."""
    clock, earlier = Clock(START), Clock(START)
    with desk.open(clock) as record, desk.open(earlier) as less:
        for number, each in enumerate(order):
            clock.at = earlier.at = START + timedelta(days=number)
            record.add(each.raw, each.source, each.published, each.outlet)
            if number <= known:
                less.add(each.raw, each.source, each.published, each.outlet)
        assert answers(record, known=(START + timedelta(days=known)).date()) == answers(less)


def test_a_reprint_adds_a_report_and_no_text_and_no_origin(desk: Desk) -> None:
    """The wire and two reprints are three reports, one text and one origin; the hospital's word is a second of each."""
    with desk.holding(PAGES[:3]) as record:
        row = bombing(record)
        assert (row["reports"], row["texts"], row["origins"]) == (3, 1, 1)
        record.add(PAGES[3].raw, "own.txt", "2021-08-06", "harbour-gazette")
        row = bombing(record)
        assert (row["reports"], row["texts"], row["origins"]) == (4, 2, 2)


def test_a_new_number_in_old_words_is_news(desk: Desk) -> None:
    """A toll that rises in the wire's own sentence is no reprint of the lower one: it reaches the event."""
    risen = page(WIRE.replace("12", "15"), "2021-08-06", "meridian-wire")
    with desk.holding([PAGES[0], risen]) as record:
        assert any("15" in amount for amount in bombing(record)["counted"])


def test_many_copies_of_one_text_are_one_text(desk: Desk) -> None:
    """However often a wire is printed again, no origin is added and the answer is one row."""
    many = [page(reprint(n), "2021-08-06", f"paper-{n}") for n in range(40)]
    with desk.holding([PAGES[0], *many]) as record:
        row = bombing(record)
        assert (row["reports"], row["texts"], row["origins"]) == (41, 1, 1)


def test_a_person_says_what_is_a_copy(desk: Desk) -> None:
    """Ruled to be no copy a reprint counts as a text of its own; undone, it is one again."""
    with desk.holding(PAGES[:2]) as record:
        (reprinted,) = [row["id"] for row in record.ask("reports", Asked()) if row["outlet"] == "coral-bay-tribune"]
        ruling = record.rule(reprinted, "copy", "desk", other="none")
        assert bombing(record)["texts"] == 2
        record.unrule(ruling.id, "desk")
        assert bombing(record)["texts"] == 1


def test_a_denial_is_a_tension(desk: Desk) -> None:
    """Residents who say that a town was taken and a governor who denies it clash, and the row names the field."""
    with desk.holding(PAGES[4:6]) as record:
        assert {row["on"] for row in record.ask("tensions", Asked())} & {"happened", "holder"}


def test_one_event_has_one_row_and_its_tellings_on_demand(desk: Desk) -> None:
    """Each telling is a row with ``tellings``, and names the event that the one row stands for."""
    with desk.holding(PAGES) as record:
        rows = list(record.ask("events", Asked()))
        tellings = list(record.ask("events", Asked(tellings=True)))
        assert len(tellings) > len(rows) == len({row["event"] for row in tellings})
        assert list(record.ask("events", Asked(limit=2))) == rows[:2]
