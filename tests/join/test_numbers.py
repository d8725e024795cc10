"""How two amounts of what may be one thing stand to each other."""

from datetime import timedelta
from typing import Any

import pytest

from dateline.across import FigureTold, Root, Verdict
from dateline.join.numbers import ALERTS, kilometres, opposed, verdict
from tests.join.telling import ELSEWHERE, TOWN, amount, day, figure, root, unit

ARMY, REBELS = root("mil.ss", "party", "state.ss"), root("white-front", "party", "white-front")
GOVERNOR, DOCTOR, NOBODY = root("governor|SS", "party", "~governor|SS"), root("doctor|"), root("unnamed", "unnamed")


def found(a: FigureTold, b: FigureTold, x: Root = DOCTOR, y: Root = DOCTOR) -> Verdict:
    """The verdict, which must be the same either way round."""
    roots = {a.id: x, b.id: y}
    assert verdict(a, b, roots) == verdict(b, a, roots)
    return verdict(a, b, roots)[0]


def pair(a: Any, b: Any, later: int = 0, **both: Any) -> tuple[FigureTold, FigureTold]:
    """Two figures, each a number of people or fields of a figure; the second is told so many days later."""
    made = []
    for id, given, on in (("a", a, 0), ("b", b, later)):
        fields = {**both, **(given if isinstance(given, dict) else {})}
        made.append(figure(id, None if isinstance(given, dict) else given, on=on, **fields))
    return made[0], made[1]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (5, 5, "same"),
        (unit(20, "soldier", about=True), unit(20, "soldier"), "same"),
        (amount(30, None), amount(30, None), "same"),
        (amount(3, None), 3, "compatible"),
        (amount(3, None), 7, "compatible"),
        (amount(20, 30), 26, "compatible"),
        (amount(None, 60), 40, "compatible"),
        (unit(3, "body"), unit(16, "militant"), "compatible"),
        (unit(600, "people", about=True), unit(590, "people"), "rounding"),
        (40, 41, "rounding"),
        (unit(25, "people", about=True), 23, "rounding"),
        (unit(112, "prisoner"), unit(110, "soldier", about=True), "rounding"),
        (10, 11, "conflict"),
        (5, 9, "conflict"),
        (unit(5, "soldier"), unit(5, "civilian"), "other_scope"),
        (unit(5, "soldier"), unit(9, "militant"), "other_scope"),
        (unit(7, "child"), unit(13, "people"), "other_scope"),
        (unit(9, "shell"), unit(12, "crater"), "other_scope"),
        (unit(20, "truck"), unit(20, "vehicle"), "same"),
    ],
)
def test_amounts(a: Any, b: Any, expected: Verdict) -> None:
    """Two amounts of one day by two doctors are told apart by their words alone."""
    assert found(*pair(a, b), DOCTOR, root("surgeon|")) == expected


@pytest.mark.parametrize(
    ("first", "later", "x", "y", "expected"),
    [
        (5, 9, DOCTOR, DOCTOR, "update"),
        (9, 5, DOCTOR, DOCTOR, "update"),
        (5, 9, ARMY, GOVERNOR, "update"),
        (5, 9, ARMY, DOCTOR, "update"),
        (9, 5, ARMY, DOCTOR, "conflict"),
        (5, 18, ARMY, REBELS, "party_dispute"),
        (18, 5, ARMY, REBELS, "party_dispute"),
        (5, 9, NOBODY, NOBODY, "update"),
        (9, 5, NOBODY, NOBODY, "conflict"),
    ],
)
def test_later_counts(first: float, later: float, x: Root, y: Root, expected: Verdict) -> None:
    """A later count replaces an earlier one by the same side, or a lower one by anybody but the other side."""
    a, b = pair(first, later, later=2)
    assert found(a, b, x, y) == expected


def test_one_state_is_one_side() -> None:
    """Two offices of one state are no two parties; two states and a movement are."""
    assert not opposed(ARMY, GOVERNOR)
    assert not opposed(ARMY, root("gov.ss.defence", "party", "state.ss"))
    assert opposed(ARMY, root("mil.sd", "party", "state.sd"))
    assert opposed(ARMY, REBELS)
    assert not opposed(ARMY, DOCTOR)


def test_other_thing() -> None:
    """Killed and wounded are not compared, but prisoners and missing are one lot of people seen from two sides."""
    assert (
        found(*pair({"counts": "killed", **unit(5, "people")}, {"counts": "wounded", **unit(5, "people")}))
        == "other_scope"
    )
    missing, prisoners = {"counts": "missing", **unit(5, "soldier")}, {"counts": "captured", **unit(11, "prisoner")}
    assert found(*pair(missing, prisoners), ARMY, REBELS) == "party_dispute"


def test_other_days() -> None:
    """Amounts of days that do not meet, or of a day that had not come when the other was printed, are of two things."""
    first, second = ({"earliest": day(n), "latest": day(n), **unit(6, "people")} for n in (0, 5))
    assert found(*pair(first, second)) == "other_scope"
    assert found(*pair(6, second, later=6)) == "other_scope"
    long_ago = {"earliest": day(0) - timedelta(400), "latest": day(0) - timedelta(400), **unit(6, "people")}
    assert found(*pair(6, long_ago)) == "other_scope"


def test_a_night_joins_two_days() -> None:
    """Neighbouring days are not apart: an attack by night is of both."""
    first, second = ({"earliest": day(n), "latest": day(n), **unit(6, "people")} for n in (0, 1))
    assert found(*pair(first, second)) == "same"


def test_other_place() -> None:
    """Amounts at places that are far apart, both known exactly, are of two things."""
    assert (
        found(*pair({"places": (TOWN,), **unit(6, "people")}, {"places": (ELSEWHERE,), **unit(6, "people")}))
        == "other_scope"
    )
    assert (kilometres(TOWN, ELSEWHERE) or 0) == pytest.approx(457, abs=5)


def test_one_breath() -> None:
    """One voice in one report does not contradict itself: two numbers of its are of two things."""
    assert found(*pair(5, 9, report="r")) == "other_scope"
    assert found(*pair(5, 9, report="r"), DOCTOR, root("surgeon|")) == "conflict"


def test_a_part_of_the_whole() -> None:
    """A part is not compared with the whole that the same report gives."""
    part, whole = {"scope": "part", **unit(5, "people")}, {"scope": "total", **unit(9, "people")}
    assert found(*pair(part, whole, report="r"), DOCTOR, root("surgeon|")) == "other_scope"


def test_soldiers_of_unknown_fate() -> None:
    """Soldiers whose fate is not told may be those whom another counts as killed, if they are about as many."""
    some, many = ({"counts": "troops", **unit(n, "soldier")} for n in (14, 100))
    killed = {"counts": "killed", **unit(14, "soldier")}
    assert found(*pair(killed, some)) == "same"
    assert found(*pair(killed, many)) == "other_scope"


def test_other_size() -> None:
    """Two doctors do not differ manifold over one thing; two enemies may."""
    assert found(*pair(12, 600), DOCTOR, root("surgeon|")) == "other_scope"
    assert found(*pair(6, 85), ARMY, REBELS) == "party_dispute"


def test_without_roots() -> None:
    """Where nothing is known of origins, a later and higher figure is an update and a lower one clashes."""
    a, b = pair(5, 9, later=2)
    assert verdict(a, b, {})[0] == "update"
    assert verdict(*pair(9, 5, later=2), {})[0] == "conflict"


def test_only_two_alert() -> None:
    """Nothing but a dispute of parties and a conflict alerts."""
    assert set(ALERTS) == {"party_dispute", "conflict"}
