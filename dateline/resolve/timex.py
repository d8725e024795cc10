"""TIMEX3 values: writing them, and the days that they cover.

Values follow TimeML 1.2.1: "2021-08-05", "2021-07", "2021", "202" (a decade), "20" (a century), "2021-W31",
"2021-W31-WE", "2021-Q3", "2021-H1", "2021-SP", "2021-08-04TNI". Seasons are those of the northern
hemisphere by whole months (spring = March to May; winter belongs to the year in which it begins).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

Days = tuple[date, date]  # first and last day, both included
MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}
DAYS = {"D": 1, "NI": 1, "W": 7, "WE": 7, "2W": 14}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
CLOCK = {"S": "S", "min": "M", "H": "H"}
HALVES = {"Y": "6M", "H": "30M", "min": "30S"}
MANY = {
    "2W": (2, "W"),
    "DE": (10, "Y"),
    "MO": (1, "D"),
    "AF": (1, "D"),
    "EV": (1, "D"),
    "NI": (1, "D"),
}  # lengths in other units
ONE = timedelta(1)


def month_value(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def value_at(day: date, unit: str) -> str:
    """The value of the calendar unit that ``day`` lies in."""
    year, week, _ = day.isocalendar()
    return {
        "D": day.isoformat(), "NI": f"{day.isoformat()}TNI", "W": f"{year:04d}-W{week:02d}",
        "2W": f"{year:04d}-W{week:02d}", "WE": f"{year:04d}-W{week:02d}-WE",
        "M": month_value(day.year, day.month),
        "Q": f"{day.year:04d}-Q{(day.month + 2) // 3}", "Y": f"{day.year:04d}", "DE": f"{day.year:04d}"[:3],
        "CE": f"{day.year:04d}"[:2], "ML": f"{day.year:04d}"[:1],
    }[unit]  # fmt: skip


def moved(day: date, count: float, unit: str) -> date:
    """``day`` moved by so many units; in months the day of the month is kept where there is one.

    Raises ValueError where the calendar ends (year 1 or 9999).
    """
    try:
        if unit in DAYS:
            return day + timedelta(round(count * DAYS[unit]))
        months = day.year * 12 + day.month - 1 + round(count * MONTHS[unit])
        first = date(months // 12, months % 12 + 1, 1)
        return min(first + timedelta(day.day - 1), _month_end(first))
    except OverflowError as error:
        raise ValueError(str(error)) from error


def _month_end(first: date) -> date:
    return date(first.year + (first.month == 12), first.month % 12 + 1, 1) - ONE


def _months(year: int, month: int, count: int) -> Days:
    first = date(year, month, 1)
    last = year * 12 + month - 1 + count - 1
    return first, _month_end(date(last // 12, last % 12 + 1, 1))


def _week(year: int, week: int, first: int, last: int) -> Days:
    return date.fromisocalendar(year, week, first), date.fromisocalendar(year, week, last)


Reader = Callable[[re.Match[str]], Days]
READERS: tuple[tuple[re.Pattern[str], str, Reader], ...] = (
    (re.compile(r"(\d{4}-\d\d-\d\d)"), "day", lambda m: (date.fromisoformat(m[1]), date.fromisoformat(m[1]))),
    (re.compile(r"(\d{4})-(\d\d)"), "month", lambda m: _months(int(m[1]), int(m[2]), 1)),
    (re.compile(r"(\d{4})"), "year", lambda m: _months(int(m[1]), 1, 12)),
    (re.compile(r"(\d{3})"), "decade", lambda m: _months(int(m[1]) * 10, 1, 120)),
    (re.compile(r"(\d\d)"), "century", lambda m: _months(int(m[1]) * 100, 1, 1200)),
    (re.compile(r"(\d{4})-W(\d\d)"), "week", lambda m: _week(int(m[1]), int(m[2]), 1, 7)),
    (re.compile(r"(\d{4})-W(\d\d)-WE"), "weekend", lambda m: _week(int(m[1]), int(m[2]), 6, 7)),
    (re.compile(r"(\d{4})-Q([1-4])"), "quarter", lambda m: _months(int(m[1]), int(m[2]) * 3 - 2, 3)),
    (re.compile(r"(\d{4})-H([12])"), "half", lambda m: _months(int(m[1]), int(m[2]) * 6 - 5, 6)),
    (re.compile(r"(\d{4})-(SP|SU|FA|WI)"), "season", lambda m: _months(int(m[1]), SEASONS[m[2]], 3)),
)


def days_of(value: str) -> tuple[Days, str] | None:
    """First and last day of a value, and its grain; None for one that lies on no calendar ("PXM",
    "PAST_REF").

    Raises ValueError for a day that does not exist.
    """
    day, clock, _ = value.partition("T")
    for shape, grain, read in READERS:
        match = shape.fullmatch(day)
        if match:
            if clock and grain == "day":
                grain = "hour" if clock[0].isdecimal() else "part of day"
            return read(match), grain
    return None


def duration(count: str, unit: str) -> str:
    """The value of a length of time: "P3M", "PT36H", "P2Y6M", "PXD" where the count is not known."""
    whole, _, half = count.partition(".")
    if half == "5" and unit in HALVES:
        return (
            ("PT" if unit in CLOCK else "P")
            + (f"{whole}{CLOCK.get(unit, unit)}" if whole != "0" else "")
            + HALVES[unit]
        )
    if unit in CLOCK:
        return f"PT{count}{CLOCK[unit]}"
    if unit in MANY:
        many, unit = MANY[unit]
        return f"P{count if count == 'X' else f'{float(count) * many:g}'}{unit}"
    return f"P{count}{unit}"
