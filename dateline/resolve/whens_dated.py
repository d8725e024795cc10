"""Times with a name on the calendar: dates, months, quarters, years, weekdays, feasts, and other calendars'
dates.

A reader raises ValueError, in words for the reader of the record, where what is written cannot be ("31
February"); it gives value None where the day that the words hang on is not known.
"""

from collections.abc import Callable
from datetime import date, timedelta

from dateline.model import Basis
from dateline.resolve.calendars import easter, islamic, persian
from dateline.resolve.timex import SEASONS, Days, month_value, value_at
from dateline.resolve.whens_frame import (
    BACK,
    FIRST_YEAR,
    LAST_YEAR,
    ON,
    Fields,
    Frame,
    Reading,
    clock_of,
    day_in,
    relative_year,
    unknown,
    year_of,
)  # fmt: skip

AHEAD = {"past": 100, "": 125, "future": 300}  # tense → days ahead; measured on news, flat between 60 and 150
GREGORIAN = 1700  # a year from here on is never one of the Islamic or the Solar Hijri calendar
Calendar = Callable[[int, int | None, int | None], Days]
SOLAR_YEARS = range(1340, 1440)  # years that news of today may count in the Solar Hijri calendar
SETBACK = 4  # months that a story may step back without leaving the year; measured on histories of wars


def _iso(f: Fields, frame: Frame) -> Reading:
    return Reading(date.fromisoformat(f["iso"]).isoformat(), "stated")


def _slash(f: Fields, frame: Frame) -> Reading:
    """Month first and day first are both in use: read only where one of the two can be, or lies near
    publication.
    """
    a, b, y = (int(x) for x in f["slash"].split("/"))
    year = y if y > 99 else 1900 + y if y > 50 else 2000 + y
    found = {day_in(year, m, d) for m, d in ((a, b), (b, a)) if m <= 12}
    if not found:
        raise ValueError(f"there is no month {min(a, b)}")
    if len(found) > 1:
        near = {x for x in found if frame.today and abs((x - frame.today).days) <= 31}
        if len(near) != 1:
            raise ValueError("month first or day first: both can be")
        found = near
    return Reading(found.pop().isoformat(), "stated")


def _date(f: Fields, frame: Frame) -> Reading:
    month, day = int(f["month"]), int(f["day"].rstrip("sthndr"))
    year = year_of(f)
    if f.get("era") == "BC" and year:
        return Reading(f"BC{year:04d}", "stated", grain="year")
    if year:
        stated = day_in(year, month, day) - timedelta("eve" in f)
        return Reading(stated.isoformat() + clock_of(f), "stated")
    day_in(2000, month, day)  # a leap year: raises for days that no year has
    base, basis = frame.base
    if base is None:
        return Reading(f"XXXX-{month:02d}-{day:02d}", "open", grain="day")
    years = range(max(base.year - 8, 1), min(base.year + 9, 9999))  # a leap day is at most eight years off
    found = [date(y, month, day) - timedelta("eve" in f) for y in years if _is_day(y, month, day)]
    if basis == "relative":
        return Reading(_onward(found, base).isoformat() + clock_of(f), basis)
    return Reading(_around(found, base, f).isoformat() + clock_of(f), basis)


def _is_day(year: int, month: int, day: int) -> bool:
    return not (month == 2 and day == 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _onward(found: list[date], told: date) -> date:
    """In a narrative: the same year, or the next one where the month lies far behind what was told last."""
    near = [x for x in found if x.year * 12 + x.month >= told.year * 12 + told.month - SETBACK]
    return near[0] if near else found[-1]


def _around(found: list[date], today: date, f: Fields) -> date:
    """In news: the last one, or the coming one where that is nearer than the clause's tense lets it be."""
    after = [x for x in found if x > today]
    before = [x for x in found if x <= today]
    if after and (not before or (after[0] - today).days <= _reach(f)):
        return after[0]
    return before[-1]


def _reach(f: Fields) -> int:
    """How many days ahead a date without a year may lie: who means the one of last year says so."""
    if f.get("before") in ("by", "until"):
        return AHEAD["future"]
    return AHEAD[f.get("tense", "")]


def _day_only(f: Fields, frame: Frame) -> Reading:
    """ "the 15th of the month", and the "10" of "August 5 to 10"."""
    base, basis = frame.anaphoric if frame.told else frame.base
    if base is None:
        return unknown()
    word = f["day"].rstrip("sthndr")
    if not word.isdecimal():
        return unknown()
    return Reading(day_in(year_of(f) or base.year, base.month, int(word)).isoformat(), basis)


def _month(f: Fields, frame: Frame) -> Reading:
    month, year = int(f["month"]), year_of(f)
    if f.get("era") == "BC" and year:
        return Reading(f"BC{year:04d}", "stated", grain="year")
    if year:
        return Reading(month_value(year, month), "stated")
    base, basis = frame.base
    rel = f.get("rel")
    if rel in ("last", "next", "past", "this"):
        base, basis = frame.counted
    if base is None:
        return Reading(f"XXXX-{month:02d}", "open", grain="month")
    year = base.year
    if rel in BACK:
        year -= month >= base.month
    elif rel == "next":
        year += month <= base.month
    elif rel is None and basis == "relative":
        year += month < base.month - SETBACK
    elif rel is None:
        ahead = (month - base.month) % 12
        year += (base.month + ahead > 12) if ahead * 30 <= _reach(f) else -(month > base.month)
    return Reading(month_value(year, month), basis)


def _month_of_year(f: Fields, frame: Frame) -> Reading:
    """ "June last year": the year is what is relative."""
    base, basis = frame.deictic if f["rel"] != "same" else frame.anaphoric
    year = relative_year(f["rel"], base) if base else None
    return Reading(month_value(year, int(f["month"])), basis) if year else unknown("month")


def _quarter(f: Fields, frame: Frame) -> Reading:
    letter = "H" if f.get("unit") == "half" else "Q"
    parts = 2 if letter == "H" else 4
    nth = int(f["nth"]) if int(f["nth"]) > 0 else parts
    if nth > parts:
        raise ValueError(f"there is no part {nth} of {parts}")
    year, basis = year_of(f), "stated"
    if year:
        return Reading(f"{year:04d}-{letter}{nth}", "stated")
    base, basis = frame.base
    if base is None:
        return unknown("quarter")
    year = relative_year(f.get("rel"), base)
    if year is None:
        begun = (base.month - 1) // (12 // parts) + 1
        year = base.year - (nth > begun and f.get("tense") != "future")
    return Reading(f"{year:04d}-{letter}{nth}", basis)


def _year_ago(f: Fields, frame: Frame) -> Reading:
    """ "the year-ago quarter": the quarter last spoken of, a year before; else the quarter of last year."""
    base, basis = frame.base
    told = frame.quarter
    if base is None:
        return unknown("quarter")
    if told:
        return Reading(f"{year_of(f) or int(told[:4]) - 1:04d}-Q{told[-1]}", "relative")
    return Reading(f"{year_of(f) or base.year - 1:04d}", basis)


def _fiscal(f: Fields, frame: Frame) -> Reading:
    """Whose fiscal year is not said: July before to June after bounds the usual ones."""
    if "short" in f:
        short = int(f["short"].lstrip("'’‘"))
        year: int | None = short if short > 999 else 2000 + short if short < 60 else 1900 + short
    else:
        year = year_of(f)
    if year is not None and year in SOLAR_YEARS:
        return Reading(value_at(persian(year)[0], "Y"), "stated", persian(year), "year")
    basis: Basis = "stated"
    if year is None:
        base, basis = frame.deictic
        year = relative_year(f.get("rel"), base) if base else None
    if year is None:
        return unknown("year")
    return Reading(f"{year:04d}", basis, (date(year - 1, 7, 1), date(year + 1, 6, 30)))


def season(f: Fields, frame: Frame) -> Reading:
    season, year = f["season"], year_of(f)
    if year:
        return Reading(f"{year:04d}-{season}", "stated")
    base, basis = frame.base
    if base is None:
        return Reading(f"XXXX-{season}", "open", grain="season")
    rel = f.get("rel")
    year = relative_year(rel, base) if rel and "season_of_year" in f else None
    if year is None:
        begun = SEASONS[season] <= base.month
        over = SEASONS[season] + 3 <= base.month
        year = base.year
        if rel in BACK:
            year -= not over
        elif rel in ON:
            year += begun
        elif (season == "WI" and base.month <= 2) or (
            rel is None and basis != "relative" and not begun and f.get("tense") == "past"
        ):
            year -= 1
    return Reading(f"{year:04d}-{season}", basis)


def _era(f: Fields, frame: Frame) -> Reading:
    year = int(float(f["number"])) if f["number"] else 0
    if f["era"] == "BC":
        return Reading(f"BC{year:04d}", "stated", grain="year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"there is no year {year} in a report")
    return Reading(f"{year:04d}", "stated")


def _century(f: Fields, frame: Frame) -> Reading:
    nth = int(f["nth"].rstrip("sthndr")) + (20 if "number" in f else 0)
    if f.get("era") == "BC" or f.get("unit") == "millennium" or not 1 <= nth <= 22:
        return unknown("century")
    return Reading(f"{nth - 1:02d}", "stated", None if nth > 1 else (date(1, 1, 1), date(100, 12, 31)))


def _decade(f: Fields, frame: Frame) -> Reading:
    word = f["decade"]
    digits = "".join(c for c in word if c.isdecimal())
    value = digits[:3] if len(digits) > 2 else word if word.isdecimal() else f"19{digits[0]}"
    return Reading(value, "stated")


def _year(f: Fields, frame: Frame) -> Reading:
    if f.get("era") == "BC":
        return Reading(f"BC{int(f['year']):04d}", "stated", grain="year")
    year = year_of(f)
    if "number" in f:
        year = int(float(f["number"]))
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"there is no year {year} in a report")
    if "short" in f:
        digits = int(f["short"].lstrip("'’‘"))
        century = frame.told.year // 100 * 100 if frame.told and f["short"].isdecimal() else 0
        year = digits if digits > 999 else (century or (1900 if digits > 40 else 2000)) + digits
    if year in SOLAR_YEARS and frame.today and "short" not in f:
        if not frame.solar:
            raise ValueError("the year may be of the Solar Hijri calendar or of the Gregorian")
        return _persian({"year": str(year)}, frame)
    return Reading(f"{year:04d}", "stated") if year else unknown("year")


def _year_in_words(f: Fields, frame: Frame) -> Reading:
    return Reading(f["words"], "stated") if f["words"].isdecimal() else unknown("year")


def _persian(f: Fields, frame: Frame) -> Reading:
    return _foreign(f, frame, persian)


def _islamic(f: Fields, frame: Frame) -> Reading:
    return _foreign(f, frame, islamic)


def _foreign(f: Fields, frame: Frame, calendar: Calendar) -> Reading:
    """A date of another calendar; its value is the Gregorian one where it is a day or lies in one year or
    month.
    """
    year = year_of(f)
    if year is None:
        return unknown()
    month = int(f["month"]) if "month" in f else None
    day = int(f["day"].rstrip("sthndr")) if "day" in f else None
    first, last = calendar(_own_year(year, month, calendar), month, day)
    middle = first + (last - first) // 2
    value = middle.isoformat() if day else value_at(middle, "M") if month else value_at(middle, "Y")
    return Reading(value, "stated", (first, last), "day" if day else "month" if month else "year")


def _own_year(year: int, month: int | None, calendar: Calendar) -> int:
    """The calendar's own year; "Ramadan 2021" names a month of one calendar and a year of another."""
    if month is None or year < GREGORIAN:
        return year
    begun = [y for y in range(year - 622, year - 577) if calendar(y, month, 15)[0].year == year]
    if len(begun) != 1:
        raise ValueError(f"{len(begun)} such months lie in {year}")
    return begun[0]


def _weekday(f: Fields, frame: Frame) -> Reading:
    """A bare weekday is the last one, the day itself included, unless its clause looks ahead."""
    base, basis = frame.counted
    if "day" not in f:
        return unknown()
    if base is None:
        return Reading(f"XXXX-WXX-{f['day']}", "open", grain="day")
    back = (base.isoweekday() - int(f["day"])) % 7
    rel = f.get("rel")
    if rel == "last" or (rel == "past" and not back):
        day = base - timedelta(back or 7)
    elif rel in ON or (basis == "relative" and rel not in BACK):
        day = base + timedelta(-back % 7 or 7 * (rel in ON))
    elif rel == "this":
        day = base + timedelta(-back % 7) if f.get("tense") != "past" else base - timedelta(back)
    elif f.get("tense") == "future":
        day = base + timedelta(-back % 7)
    else:
        day = base - timedelta(back)
    return Reading(day.isoformat() + clock_of(f), basis)


def _holiday(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.base
    year = year_of(f)
    if year:
        return Reading(_feast(f, year).isoformat(), "stated")
    if base is None:
        return unknown()
    rel = f.get("rel")
    found = [_feast(f, y) for y in range(base.year - 1, base.year + 2)]
    if rel in BACK or rel in ON:
        day = max(x for x in found if x < base) if rel in BACK else min(x for x in found if x > base)
    else:
        day = _around(found, base, f)
    return Reading(day.isoformat(), basis)


def _feast(f: Fields, year: int) -> date:
    day, which = f["day"].lower(), f.get("which")
    if day == "christmas":
        return date(year, 12, 24 if which == "eve" else 25)
    if day == "year":
        return date(year, 12, 31) if which == "eve" else date(year, 1, 1)
    if day == "easter":
        return easter(year)
    if day == "nowruz":
        return persian(year - 621, 1, 1)[0]
    if day == "halloween":
        return date(year, 10, 31)
    first = date(year, 11, 1)  # Thanksgiving: fourth Thursday of November
    return first + timedelta((3 - first.weekday()) % 7 + 21)


DATED: dict[str, Callable[[Fields, Frame], Reading]] = {
    "iso": _iso, "slash": _slash, "date": _date, "day": _day_only, "month": _month,
    "month-of-year": _month_of_year, "quarter": _quarter, "year-ago": _year_ago, "fiscal": _fiscal,
    "season": season, "era": _era, "century": _century, "decade": _decade, "year": _year,
    "year-in-words": _year_in_words, "persian": _persian, "islamic": _islamic, "weekday": _weekday,
    "holiday": _holiday,
}  # fmt: skip
