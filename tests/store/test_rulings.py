"""Rulings: what people decide is kept, shown beside what dateline reads, and can be undone."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from dateline.errors import UsageError
from dateline.record import Record
from dateline.store.asked import Asked
from tests.store.pages import PAGES, Clock, Desk, answers, row, seen, taken

WHO = "the desk"
ZARANJ = "geonames:1120985"  # the town, 800 km from Kunduz


@pytest.fixture
def fresh(desk: Desk) -> Iterator[Record]:
    """A record of the five tiny reports, to be ruled on."""
    with desk.holding(PAGES) as made:
        yield made


# --- what a ruling does -----------------------------------------------------------------------------------------


def test_a_rejected_row_is_left_out_and_still_there(fresh: Record) -> None:
    """It is in no answer unless asked for; then it is marked, and what rests on it is in doubt."""
    event = taken(fresh)
    hold = row(fresh, "holds", event=event)["id"]
    before = seen(fresh, "events")
    fresh.rule(event, "reject", WHO, "a drill, by a later page")
    assert seen(fresh, "events") == [id for id in before if id != event]
    assert seen(fresh, "events", rulings="all") == seen(fresh, "events", rulings="none") == before
    assert seen(fresh, "events", rulings="rejected") == [event]
    assert event not in seen(fresh, "events", rulings="open")
    assert row(fresh, "events", id=event)["ruled"] == "rejected"
    assert row(fresh, "holds", id=hold)["ruled"] == "in doubt"
    assert event not in fresh.events()["id"]


def test_an_accepted_row_is_marked(fresh: Record) -> None:
    """Accepting changes nothing but the mark, and finds the row again."""
    event = taken(fresh)
    before = row(fresh, "events", id=event)
    fresh.rule(event, "accept", WHO)
    assert row(fresh, "events", id=event) == {**before, "ruled": "accepted"}
    assert seen(fresh, "events", rulings="accepted") == [event]
    assert row(fresh, "holds", event=event)["ruled"] is None


def test_a_rejected_report_takes_its_rows_with_it(fresh: Record) -> None:
    """Its statements, events, holds and figures, what it alone names, and what search would find."""
    report = row(fresh, "reports", published="2021-08-06")["id"]
    fresh.rule(report[:23], "reject", WHO)
    left = answers(fresh)
    assert report not in {r.get("report", r["id"]) for rows in left.values() for r in rows}
    assert "Zaranj" not in {r["name"] for r in left["places"]}
    assert not fresh.search("Zaranj").height
    assert fresh.search("Zaranj", rulings="all").height == 1
    assert {r["ruled"] for r in fresh.ask("events", Asked(rulings="rejected"))} == {"rejected"}


EDITS = [
    ("events", "status", "planned", "planned"),
    ("events", "type", "MOBILIZE", "MOBILIZE"),
    ("events", "actors", "Blue Front | a splinter group", ["Blue Front", "a splinter group"]),
    ("events", "recipients", "", []),
    ("events", "earliest", "2021-08-01", date(2021, 8, 1)),
    ("holds", "holder", "Blue Front", "Blue Front"),
    ("holds", "other", "", None),
]


@pytest.mark.parametrize(("view", "field", "value", "shown"), EDITS)
def test_an_edited_field_shows_both_values(fresh: Record, view: str, field: str, value: str, shown: Any) -> None:
    """The corrected value in its column, dateline's own in ``edited``, all else as it was."""
    before = row(fresh, view, place="Zaranj", status="happened")
    fresh.rule(before["id"], "edit", WHO, field=field, value=value)
    after = row(fresh, view, id=before["id"])
    assert after[field] == shown != before[field] or before[field] in ([], None)
    assert [line.partition(": ")[0] for line in after["edited"]] == [field]
    assert {**after, field: before[field], "edited": []} == before
    assert fresh.frame(view).height


def test_filters_see_what_was_corrected(fresh: Record) -> None:
    """A row is found by the corrected type, actor, place and day, no longer by the old ones, and in its new order."""
    event = taken(fresh)
    fresh.rule(event, "edit", WHO, field="actors", value="Blue Front")
    assert seen(fresh, "events", actor="Blue Front") == [event]
    assert event not in seen(fresh, "events", actor="Taliban", rulings="applied")
    assert event in seen(fresh, "events", actor="Taliban", rulings="none")
    fresh.rule(event, "edit", WHO, field="type", value="MOBILIZE")
    assert seen(fresh, "events", type="mobilize") == [event]
    fresh.rule(event, "edit", WHO, field="earliest", value="2021-08-02")
    fresh.rule(event, "edit", WHO, field="latest", value="2021-08-02")
    assert seen(fresh, "events", until=date(2021, 8, 2)) == [event]
    assert seen(fresh, "events")[-1] == event
    assert seen(fresh, "events", limit=2) == seen(fresh, "events")[:2]
    assert event not in seen(fresh, "events", since=date(2021, 8, 3))


def test_a_pinned_place_is_where_the_row_is(fresh: Record) -> None:
    """A pin moves a row's point and chain, and the filters go by it; on a report, every row of these words."""
    row_of = row(fresh, "events", place="Kunduz", earliest=date(2021, 8, 8))
    event = row_of["id"]
    fresh.rule(event, "place", WHO, place="Zaranj (settlement)")
    moved = row(fresh, "events", id=event)
    assert (moved["place"], moved["admin1"]) == ("Zaranj", "Nimroz")
    assert moved["latitude"] != row_of["latitude"] and moved["edited"] == ["places: Kunduz"]
    assert event in seen(fresh, "events", within="Nimroz") and event not in seen(fresh, "events", within="Kunduz")
    assert event in seen(fresh, "events", within="20 km of Zaranj") and event in seen(fresh, "events", place="Zaranj")
    fresh.rule(row_of["report"], "place", WHO, place=ZARANJ, mention="Kunduz")
    hold = row(fresh, "holds", report=row_of["report"])
    assert hold["place"] == "Zaranj" and hold["id"] in seen(fresh, "holds", within="Nimroz")


def test_a_corrected_voice_is_heard_in_what_it_tells(fresh: Record) -> None:
    """A statement's corrected speaker and stance stand in its events, and the filters by voice go by it."""
    event = row(fresh, "events", voice="governor")
    statement = event["statement"]
    fresh.rule(statement, "edit", WHO, field="speaker", value="Blue Front")
    fresh.rule(statement, "edit", WHO, field="stance", value="doubts")
    told = row(fresh, "events", id=event["id"])
    assert (told["voice"], told["chain"][0], told["stance"]) == ("Blue Front", "Blue Front", "doubts")
    assert told["edited"] == ["voice: governor", f"stance: {event['stance']}"]
    assert seen(fresh, "events", voice="Blue Front") == [event["id"]]
    assert seen(fresh, "statements", voice="Blue Front") == [statement]
    assert event["id"] not in seen(fresh, "events", voice="governor")
    assert statement in seen(fresh, "statements", type="doubts")


# --- making and undoing -----------------------------------------------------------------------------------------------


def test_what_is_undone_has_no_effect_and_stays_on_record(fresh: Record) -> None:
    """An undoing is a ruling too, and can be undone."""
    before = answers(fresh)
    ruling = fresh.rule(taken(fresh), "reject", WHO)
    ruled = answers(fresh)
    undoing = fresh.unrule(ruling.n, WHO, "misread")
    assert answers(fresh) == before != ruled
    assert fresh.rulings_now() == () and fresh.rulings() == (ruling, undoing)
    fresh.unrule(undoing.id, WHO)
    assert answers(fresh) == ruled and fresh.rulings_now() == (ruling,)


def test_the_last_word_holds(fresh: Record) -> None:
    """Of two rulings on one question the later is in force, though the clock stood still; merge and split are one."""
    event, other = taken(fresh), row(fresh, "events", voice="governor")["id"]
    fresh.rule(event, "reject", WHO)
    accepted = fresh.rule(event, "accept", "another")
    fresh.rule(event, "merge", WHO, other=other)
    apart = fresh.rule(other, "split", WHO, other=event)
    edited = fresh.rule(event, "edit", WHO, field="status", value="planned")
    assert fresh.rulings_now() == (accepted, apart, edited)
    assert fresh.rule(event, "edit", WHO, field="status", value="planned") == edited
    assert len(fresh.rulings()) == 5 and len({r.at for r in fresh.rulings()}) == 5


def test_rulings_for_the_joiners(fresh: Record) -> None:
    """A copy, a copy of none, and how reliable a source is are kept with whole ids; a page names its source."""
    one, other = (r["id"] for r in list(fresh.ask("reports", Asked()))[:2])
    fresh.rule(one[:23], "copy", WHO, other=other[:30])
    assert fresh.rulings_now()[0].get("other") == other
    fresh.rule(one, "copy", WHO, other="none")
    fresh.rule(one, "reliability", WHO, letter="b")
    fresh.rule("actor:state.af", "reliability", WHO, letter="F")
    none, outlet, actor = fresh.rulings_now()
    assert (none.about, none.get("other")) == (one, "none")
    assert (outlet.about, outlet.get("letter")) == ("outlet:northgate", "B")
    assert actor.about == "actor:state.af"


def test_a_ruling_made_later_was_not_known_before(desk: Desk) -> None:
    """What the record knew on a day is what it would answer with only the reports and rulings made by then."""
    clock, start = Clock(), Clock().at
    with desk.holding(PAGES, clock) as record:
        event = taken(record)
        before = answers(record)
        clock.at = start + timedelta(days=2)
        ruling = record.rule(event, "reject", WHO)
        clock.at = start + timedelta(days=4)
        record.unrule(ruling.n, WHO)
        assert answers(record, known=(start + timedelta(days=1)).date()) == before == answers(record)
        assert event not in seen(record, "events", known=(start + timedelta(days=2)).date())
        assert record.rulings_now((start + timedelta(days=3)).date()) == (ruling,)


NONSENSE: list[tuple[str, str, dict[str, str], str]] = [
    ("event", "rejekt", {}, "take one of accept"),
    ("e:0000000000000000", "reject", {}, "not in the record"),
    ("sha256:0000000000000000", "reject", {}, "not in the record"),
    ("nothing", "reject", {}, "is no id"),
    ("a:0000000000000000", "reject", {}, "name a report, statement"),
    ("event", "edit", {}, "needs field"),
    ("event", "edit", {"field": "colour", "value": "red"}, "take one of type"),
    ("event", "edit", {"field": "status", "value": "done"}, "happened"),
    ("event", "edit", {"field": "status", "value": ""}, "never empty"),
    ("event", "edit", {"field": "earliest", "value": "Sunday"}, "2021-08-15"),
    ("event", "edit", {"field": "earliest", "value": "2022-01-01"}, "edit the other day first"),
    ("report", "edit", {"field": "published", "value": "2021-01-01"}, "add it again"),
    ("event", "reject", {"letter": "A"}, "takes no letter"),
    ("event", "merge", {"other": "e:0000000000000000"}, "not in the record"),
    ("event", "merge", {"other": "event"}, "named twice"),
    ("event", "merge", {"other": "report"}, "not of one kind"),
    ("report", "copy", {"other": "event"}, "is no report"),
    ("report", "merge", {"other": "report"}, "not said of a report"),
    ("report", "place", {"place": ZARANJ}, "give the mention"),
    ("report", "place", {"place": ZARANJ, "mention": "Gotham"}, "it names"),
    ("event", "place", {"place": "Herat"}, "places are called"),
    ("event", "place", {"place": "Qqqqq"}, "knows no place"),
    ("outlet:northgate", "reliability", {"letter": "Z"}, "take one of A"),
    ("outlet:nobody-at-all", "reliability", {"letter": "A"}, "not in the record"),
    ("event", "reliability", {"letter": "A"}, "is no source"),
    ("event", "accept", {"why": "x" * 3000}, "no more than"),
]


@pytest.fixture(scope="module")
def still(desk: Desk) -> Iterator[Record]:
    """A record on which every ruling is refused."""
    with desk.holding(PAGES) as made:
        yield made


@pytest.mark.parametrize(("about", "verdict", "given", "told"), NONSENSE)
def test_a_ruling_without_sense_is_refused(
    still: Record, about: str, verdict: str, given: dict[str, str], told: str
) -> None:
    """One clear line that says what is possible, and nothing is written down."""
    event = taken(still)
    names = {"event": event, "report": row(still, "events", id=event)["report"]}
    words = {name: names.get(value, value) for name, value in given.items()}
    with pytest.raises(UsageError, match=told):
        still.rule(names.get(about, about), verdict, WHO, words.pop("why", None), **words)
    assert not still.rulings()


def test_undoing_what_was_never_ruled_is_refused(still: Record) -> None:
    """By number as by id."""
    for which in (1, "u:0000000000000000"):
        with pytest.raises(UsageError, match="no ruling"):
            still.unrule(which, WHO)
