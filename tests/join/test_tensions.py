"""Which claims clash, and on what."""

from dataclasses import replace

from dateline.across import Tension
from dateline.join.tensions import holder_tensions, tensions
from tests.join.telling import ELSEWHERE, MINISTRY, REBELS, act, copied, day, figure, hold, root, said

ARMY = root("gov.ss.defence", "party", "state.ss")
MOVEMENT = root("white-front", "party", "white-front")
DOCTOR = root("doctor|")
STATE = replace(MINISTRY, key="state.ss", name="South Sudan", kind="state", owners=())


def on(found: list[Tension]) -> list[tuple[str, str, str, str]]:
    return [(t.a, t.b, t.on, t.verdict) for t in found]


def test_two_parties_count_differently() -> None:
    """A dispute of numbers is a row that names both and the field."""
    told = [figure("a", 5, said(MINISTRY)), figure("b", 18, said(REBELS))]
    assert on(tensions([], told, [], {"a": ARMY, "b": MOVEMENT})) == [("a", "b", "number", "party_dispute")]


def test_what_agrees_is_no_tension() -> None:
    """Bounds that admit each other, equal numbers and other things are no tension."""
    told = [figure("a", 5), figure("b", 5), figure("c", 9, counts="wounded")]
    assert tensions([], told, [], {"a": ARMY, "b": MOVEMENT, "c": DOCTOR}) == []


def test_a_correction_is_no_tension() -> None:
    """What an origin corrects is no longer held against others: only its last word is."""
    told = [figure("a", 5), figure("b", 9, on=3), figure("c", 18)]
    found = tensions([], told, [], {"a": ARMY, "b": ARMY, "c": MOVEMENT})
    assert [(t.a, t.b) for t in found] == [("c", "b")]


def test_copies_make_one_tension() -> None:
    """However often both texts are printed, they clash once."""
    first, second = figure("a", 5), figure("b", 18)
    told = [
        first,
        second,
        *(copied(first, f"a{n}", n) for n in range(40)),
        *(copied(second, f"b{n}", n) for n in range(40)),
    ]
    roots = {t.id: ARMY if t.id[0] == "a" else MOVEMENT for t in told}
    assert len(tensions([], told, [], roots)) == 1


def test_denied() -> None:
    """What one says happened and another denies is a tension, once for each who says it."""
    told = [act("a"), act("b"), act("c", stance="denies")]
    found = tensions(told, [], [], {"a": DOCTOR, "b": ARMY, "c": MOVEMENT})
    assert on(found) == [("a", "c", "happened", "conflict"), ("b", "c", "happened", "party_dispute")]


def test_a_denial_taken_back() -> None:
    """A denial and its own later admission stand beside each other as an update, which alerts nobody."""
    told = [act("a", status="denied"), act("b", on=3)]
    assert on(tensions(told, [], [], {"a": ARMY, "b": ARMY})) == [("a", "b", "happened", "update")]


def test_planned_is_not_said() -> None:
    """What is planned or feared clashes with nothing."""
    told = [act("a", status="planned"), act("c", stance="denies")]
    assert tensions(told, [], [], {"a": ARMY, "c": MOVEMENT}) == []


def test_places_and_days_apart() -> None:
    """Two exact places far apart, and two days that do not meet, are tensions of one event."""
    told = [act("a", earliest=day(0), latest=day(0)), act("b", earliest=day(4), latest=day(4), places=(ELSEWHERE,))]
    assert {t.on for t in tensions(told, [], [], {"a": DOCTOR, "b": ARMY})} == {"place", "day"}


def test_two_holders() -> None:
    """Two sides that each say at one time that they hold a place clash on the holder."""
    told = [hold("a", REBELS), hold("b", STATE, on=1, state="holds")]
    assert on(holder_tensions(told, {"a": MOVEMENT, "b": ARMY})) == [("a", "b", "holder", "party_dispute")]


def test_a_place_may_pass_on() -> None:
    """A place that is taken, and taken back days later, makes no tension; nor does one whose holder admits the loss."""
    assert holder_tensions([hold("a", REBELS), hold("b", STATE, on=6)], {"a": MOVEMENT, "b": ARMY}) == []
    retaken = [hold("a", REBELS, latest=day(0)), hold("b", STATE, on=1, state="retaken")]
    assert holder_tensions(retaken, {"a": MOVEMENT, "b": ARMY}) == []
    lost = [hold("a", REBELS), hold("b", None, on=1, state="withdrawn", other=STATE)]
    assert holder_tensions(lost, {"a": MOVEMENT, "b": ARMY}) == []


def test_a_capture_denied() -> None:
    """A capture that the other side denies is a tension on the holder."""
    told = [hold("a", REBELS), hold("b", REBELS, on=1, status="denied")]
    assert on(holder_tensions(told, {"a": MOVEMENT, "b": ARMY})) == [("a", "b", "holder", "party_dispute")]


def test_other_places_do_not_clash() -> None:
    """Who holds one place says nothing of another."""
    told = [hold("a", REBELS), hold("b", STATE, state="holds", place=ELSEWHERE)]
    assert tensions([], [], told, {"a": MOVEMENT, "b": ARMY}) == []


def test_nobody_clashes_with_nobody() -> None:
    """Claims that lead nowhere are one voice, and clash with no other of their kind."""
    assert tensions([], [figure("a", 5), figure("b", 9)], [], {}) == []
