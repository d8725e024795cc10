"""What holds of every text whatever."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Block, Time, TimeExpression
from dateline.resolve.calendars import easter, islamic, persian
from dateline.resolve.timex import days_of, moved, value_at
from tests.times.reading import LEXICONS, read

WORDS = sorted(
    {w for e in LEXICONS.entries["times"] if e.scope == "piece" for w in e.words}
    | {
        "the",
        "a",
        "of",
        "in",
        "on",
        "and",
        "to",
        "from",
        "ago",
        "before",
        "31",
        "0",
        "1400",
        "2021",
        "20210",
        "-",
    }
    | {
        "9999",
        "1",
        ",",
        ".",
        "3rd",
        "99999",
        "1990s",
        "'89",
        "12:30",
        "2021-02-31",
        "1/2",
        "13/13/13",
        "half",
    }
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)) | st.lists(
    st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=4
).map("\n".join)
DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)


@settings(max_examples=600, deadline=None)
@given(TEXTS, DAYS)
def test_any_text(text: str, day: str | None) -> None:
    """No text crashes; spans lie inside blocks, in order, none over another; no interval is upside down."""
    doc = read(text, day)
    blocks = [b.span for b in doc.of(Block)]
    expressions = doc.of(TimeExpression)
    assert all(any(b.holds(e.span) for b in blocks) and len(e.span) for e in expressions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(expressions))
    times = doc.of(Time)
    assert [t.id for t in times] == [f"t{n}" for n in range(len(times))]
    assert {t.span for t in times} <= {e.span for e in expressions}
    for time in times:
        if time.when.earliest and time.when.latest:
            assert time.when.earliest <= time.when.latest
        if time.when.basis == "open":
            assert time.when.earliest is None and time.when.latest is None


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_day_no_guess(text: str) -> None:
    """Without a day of publication nothing is read from one."""
    assert "published" not in {t.when.basis for t in read(text).of(Time)}


@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["D", "W", "WE", "M", "Q", "Y", "DE", "CE"]),
)
def test_value_and_days_agree(day: date, unit: str) -> None:
    """The unit that a day lies in covers that day (a weekend: lies in the day's week)."""
    read_back = days_of(value_at(day, unit))
    assert read_back is not None
    (first, last), _ = read_back
    if unit == "WE":
        assert first.isocalendar()[:2] == day.isocalendar()[:2]
    else:
        assert first <= day <= last


@given(
    st.dates(date(1500, 1, 1), date(2500, 1, 1)),
    st.integers(-400, 400),
    st.sampled_from(["D", "W", "M", "Y"]),
)
def test_moving_is_monotone(day: date, count: int, unit: str) -> None:
    """More units never lead to an earlier day."""
    assert moved(day, count, unit) <= moved(day, count + 1, unit)


@given(st.integers(1178, 1632))
def test_persian_years_follow_each_other(year: int) -> None:
    """A Solar Hijri year ends the day before the next begins, and its months fill it."""
    first, last = persian(year)
    assert (persian(year + 1)[0] - last).days == 1
    assert persian(year, 1)[0] == first and persian(year, 12)[1] == last
    assert all((persian(year, m + 1)[0] - persian(year, m)[1]).days == 1 for m in range(1, 12))


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (persian(1400, 1, 1), date(2021, 3, 21)),
        (persian(1400, 5, 24), date(2021, 8, 15)),
        (persian(1357, 11, 22), date(1979, 2, 11)),
        (persian(1403, 12, 30), date(2025, 3, 20)),
    ],
)
def test_known_persian_days(found: tuple[date, date], day: date) -> None:
    """Days that history books give in both calendars agree."""
    assert found == (day, day)


@pytest.mark.parametrize(
    ("found", "day"),
    [
        (islamic(1443, 1, 1), date(2021, 8, 10)),
        (islamic(1442, 9, 1), date(2021, 4, 13)),
        (islamic(1, 1, 1), date(622, 7, 19)),
    ],
)
def test_known_islamic_days(found: tuple[date, date], day: date) -> None:
    """The first of a month lies within the two days' slack of sighting."""
    assert found[0] <= day <= found[1] and (found[1] - found[0]).days == 4


@pytest.mark.parametrize("wrong", [(1399, 12, 31), (1400, 12, 30), (1100, 1, 1)])
def test_no_such_persian_day(wrong: tuple[int, int, int]) -> None:
    """A day that the calendar lacks is refused."""
    with pytest.raises(ValueError, match=r"day|year"):
        persian(*wrong)


def test_easter() -> None:
    """Easter falls where the church tables put it."""
    assert [easter(y) for y in (1961, 2000, 2021)] == [date(1961, 4, 2), date(2000, 4, 23), date(2021, 4, 4)]
