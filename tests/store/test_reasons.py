"""``dateline why``: what was weighed of a statement, and what people ruled of a row; and what adding again says."""

from collections.abc import Iterator

import pytest

from dateline.errors import UsageError
from dateline.explain import explain
from dateline.lexicons.linear import Linear
from dateline.record import Record
from dateline.store.asked import Asked
from dateline.store.reasons import Reason
from tests.store.pages import PAGES, Desk

WHO = "the desk"


@pytest.fixture
def fresh(desk: Desk) -> Iterator[Record]:
    """A record of the five tiny reports."""
    with desk.holding(PAGES) as made:
        yield made


def why(record: Record, id: str) -> Reason:
    return explain(record.database, record.atlas, id, (), lambda: record.kit)


def told(reason: Reason, what: str) -> list[str]:
    """Facts of one name, of the reason and of what it rests on."""
    return [fact for name, fact in reason.facts if name == what] + [f for r in reason.because for f in told(r, what)]


def test_a_statement_shows_what_was_weighed(fresh: Record) -> None:
    """Feature by feature; the weights add up to the filter's part of the score."""
    fitted = fresh.kit.filters["voices"]
    assert isinstance(fitted, Linear)
    for row in fresh.ask("statements", Asked()):
        reason = why(fresh, row["id"])
        (weighed,) = told(reason, "weighed")
        shown = dict(line.partition(" for ")[::2] for line in told(reason, "weight") if line[0] in "+-")
        names = [line.partition(" for ")[2] for line in told(reason, "weight") if line[0] in "+-"]
        assert shown and f"{fitted.score(names):.2f} by the filter" in weighed
        by_rules = float(weighed.split()[0])
        assert abs((by_rules + fitted.score(names)) / 2 - row["score"]) < 0.01


def test_rulings_stand_in_the_reason(fresh: Record) -> None:
    """Of the row, of its report, and of whoever printed it; who, when, why, and whether undone."""
    event = next(iter(fresh.ask("events", Asked())))
    fresh.rule(event["id"], "edit", WHO, "misread", field="status", value="planned")
    gone = fresh.rule(event["report"], "edit", WHO, field="title", value="Another title")
    fresh.unrule(gone.id, "another")
    fresh.rule("outlet:northgate", "reliability", WHO, letter="C")
    lines = told(why(fresh, event["id"]), "ruled")
    assert lines[0] == "edit (field status, value planned) by the desk on 2021-08-20: misread"
    assert any("Another title" in line and line.endswith("(undone)") for line in lines)
    assert any(line.startswith("reliability (letter C)") for line in lines)


def test_a_ruling_can_be_asked_why(fresh: Record) -> None:
    """It leads to the row that it is about."""
    event = next(iter(fresh.ask("events", Asked())))["id"]
    ruling = fresh.rule(event, "reject", WHO, "a drill")
    reason = why(fresh, ruling.id)
    assert event in reason.words and any("a drill" in line for line in told(reason, "ruled"))
    assert event in reason.because[0].what
    with pytest.raises(UsageError, match="no ruling"):
        why(fresh, "u:0000000000000000")


def test_the_same_bytes_under_another_name_are_told_of(fresh: Record) -> None:
    """The first name, day and outlet stay, and the note says so; the same again needs no note."""
    first = PAGES[0]
    again = fresh.add(first.raw, "copy.txt", "2021-08-09", "southgate")
    assert again.state == "known" and again.note is not None
    assert all(part in again.note for part in (first.source, str(first.published), "northgate"))
    assert fresh.add(first.raw, first.source, first.published, first.outlet).note is None
    assert {row["source"] for row in fresh.ask("reports", Asked())} == {page.source for page in PAGES}
