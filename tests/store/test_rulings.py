"""Rulings: what people decide is kept, shown beside what dateline reads, undone, carried over, and outlives engines."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.kit import load_kit
from dateline.model import Ruling
from dateline.record import Record
from dateline.store.asked import Asked
from dateline.store.judging import exported
from tests.store.pages import PAGES, Clock, Desk, answers

LAW = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
WHO = "the desk"
ZARANJ = "geonames:1120985"  # the town, 800 km from Kunduz


def row(record: Record, view: str, **like: Any) -> dict[str, Any]:
    """The one row of a view with these values."""
    (found,) = (
        r for r in record.ask(view, Asked(rulings="all")) if all(r[name] == value for name, value in like.items())
    )
    return found


def seen(record: Record, view: str, **filters: Any) -> list[str]:
    return [r["id"] for r in record.ask(view, Asked(**filters))]


@pytest.fixture
def fresh(desk: Desk) -> Any:
    """A record of the five tiny reports, to be ruled on."""
    with desk.holding(PAGES) as made:
        yield made


def taken(record: Record) -> str:
    """The id of the event in which Zaranj is captured."""
    return str(row(record, "events", place="Zaranj", type="ASSAULT")["id"])


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
def still(desk: Desk) -> Any:
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


# --- carried over, and after another engine -------------------------------------------------------------------


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
