"""Laws of events and threads: order changes nothing, removing equals never having had, webs stand by themselves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.across import ActTold, Amount, Spot, Who
from dateline.join import events, threads
from dateline.join.threads import Text, text_of
from dateline.lexicons.rarity import Rarity
from tests.join.telling import ELSEWHERE, MINISTRY, REBELS, TOWN, act, day

PLACES = ((), (TOWN,), (ELSEWHERE,), (TOWN, ELSEWHERE), (Spot("ss", "South Sudan", "country", "SS"),))
WHOS = ((), (REBELS,), (MINISTRY,), (Who("~gunmen|", "gunmen", "armed_group"),))
DAYS = st.none() | st.integers(0, 12)
WORDS = "flood bridge Varnica council strike pit Kestrel wages union army".split()
RARITY = Rarity({"flood": 9, "army": 30}, 100)


@st.composite
def acts(draw: st.DrawFn) -> list[ActTold]:
    """Up to nine acts of up to four reports, some of which tell an earlier one again."""
    made: list[ActTold] = []
    for n in range(draw(st.integers(0, 9))):
        begins, many = draw(DAYS), draw(st.sampled_from([None, 1.0, 3.0, 20.0]))
        more: dict[str, Any] = {
            "start": n,
            "scene": draw(st.sampled_from([None, TOWN, ELSEWHERE])),
            "places": draw(st.sampled_from(PLACES)),
            "actors": draw(st.sampled_from(WHOS)),
            "recipients": draw(st.sampled_from(WHOS)),
            "lemma": draw(st.sampled_from(["kill", "capture", "fall", "shell", "attack"])),
            "status": draw(st.sampled_from(["happened", "happened", "denied", "possible", "planned"])),
            "amounts": () if many is None else (Amount(many, many, many, "soldier"),),
            "earliest": None if begins is None else day(begins),
            "latest": None if begins is None else day(begins + draw(st.integers(0, 9))),
        }
        report = f"r{draw(st.integers(0, 3))}"
        again = [a.id for a in made if a.report == report]
        same_as = draw(st.sampled_from([None, *again])) if again else None
        made.append(act(f"a{n}", report=report, on=draw(st.integers(0, 12)), same_as=same_as, **more))
    return made


@st.composite
def texts(draw: st.DrawFn) -> list[Text]:
    """Up to nine texts out of ten words."""
    said = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
    return [
        text_of(f"r{n}", None if (on := draw(DAYS)) is None else day(3 * on), draw(said), draw(said), RARITY)
        for n in range(draw(st.integers(0, 9)))
    ]


def webs[T](items: Sequence[T], linked: Callable[[T, T], object]) -> list[list[T]]:
    """Items that hang together by links."""
    found: list[list[T]] = []
    for item in items:
        mine = [web for web in found if any(linked(item, other) for other in web)]
        found = [web for web in found if web not in mine] + [[item, *(other for web in mine for other in web)]]
    return found


def ids(found: Iterable[Iterable[ActTold]]) -> set[tuple[str, ...]]:
    return {tuple(a.id for a in event) for event in found}


@given(acts(), st.randoms())
def test_order_of_acts_changes_nothing(given_: list[ActTold], chance: Any) -> None:
    """However acts are handed over, the events are the same, and in the same order."""
    shuffled = [*given_]
    chance.shuffle(shuffled)
    assert events.grouped(shuffled) == events.grouped(given_)


@given(acts())
def test_every_act_is_in_one_event(given_: list[ActTold]) -> None:
    """Events share no act and leave none out."""
    told = [a.id for event in events.grouped(given_) for a in event]
    assert sorted(told) == sorted(a.id for a in given_)


@given(acts())
def test_links_of_acts_are_mutual_and_share_a_cell(given_: list[ActTold]) -> None:
    """A link holds from either side, comes with a shared cell, and never goes with a veto unless told again."""
    for a in given_:
        for b in given_:
            rule = events.linked(a, b)
            assert rule == events.linked(b, a)
            if rule and rule != "event/told-again":
                assert events.cells(a) & events.cells(b)
                assert events.vetoed(a, b) is None


@given(acts())
def test_webs_of_acts_stand_by_themselves(given_: list[ActTold]) -> None:
    """Grouping web by web is grouping all: so one more report touches only what it is linked to."""
    parts = [event for web in webs(given_, events.linked) for event in events.grouped(web)]
    assert ids(parts) == ids(events.grouped(given_))


@given(acts(), st.integers(0, 8))
def test_an_act_taken_out_was_never_there(given_: list[ActTold], which: int) -> None:
    """After an act is withdrawn, regrouping its web gives what a record without it would have."""
    rest = [a for n, a in enumerate(given_) if n != which]
    untouched = [web for web in webs(given_, events.linked) if set(web) <= set(rest)]
    touched = [a for a in rest if not any(a in web for web in untouched)]
    kept = [event for web in (*untouched, *webs(touched, events.linked)) for event in events.grouped(web)]
    assert ids(kept) == ids(events.grouped(rest))


@given(acts(), st.data())
def test_rulings_hold(given_: list[ActTold], data: st.DataObject) -> None:
    """A pair that people took apart is never in one event."""
    if len(given_) > 1:
        a, b = data.draw(st.permutations(given_))[:2]
        found = events.grouped(given_, apart=frozenset({frozenset({a.id, b.id})}))
        assert not any({a.id, b.id} <= set(event) for event in ids(found))


@given(texts(), st.randoms())
def test_order_of_texts_changes_nothing(given_: list[Text], chance: Any) -> None:
    """However texts are handed over, the threads are the same."""
    shuffled = [*given_]
    chance.shuffle(shuffled)
    assert threads.grouped(shuffled) == threads.grouped(given_)


@given(texts())
def test_links_of_texts_are_mutual_and_share_a_cell(given_: list[Text]) -> None:
    """A link between texts holds from either side, and linked texts share a cell."""
    for a in given_:
        for b in given_:
            rule = threads.linked(a, b)
            assert rule == threads.linked(b, a)
            assert not rule or threads.cells(a) & threads.cells(b)


@given(texts())
@settings(max_examples=60)
def test_webs_of_texts_stand_by_themselves(given_: list[Text]) -> None:
    """Threads web by web are the threads of all, so a text that is taken out leaves no trace in other webs."""
    parts = {t.reports for web in webs(given_, threads.linked) for t in threads.grouped(web)}
    assert parts == {t.reports for t in threads.grouped(given_)}


@given(texts())
def test_a_reprint_joins_the_thread_of_its_text(given_: list[Text]) -> None:
    """The same words on the same day are the same story."""
    for text in given_[:2]:
        if text.terms:
            found = threads.grouped([*given_, replace(text, report="reprint")])
            assert any({"reprint", text.report} <= set(thread.reports) for thread in found)
