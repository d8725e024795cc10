"""How each shape of time expression is read: fields and a frame of reference → a TIMEX3 value.

One small function a shape, listed in SHAPES. A reader raises ValueError, with words for the reader of the record,
where what is written cannot be ("31 February"); it gives value None where the day that the words hang on is not known.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.model import Basis
from dateline.resolve.calendars import easter, islamic, persian
from dateline.resolve.timex import DAYS, MONTHS, SEASONS, Days, days_of, duration, month_value, moved, value_at

Fields = Mapping[str, str]
FIRST_YEAR, LAST_YEAR = 1, 2200  # years beyond are slips of the pen
BACK = frozenset({"last", "past", "previous"})
ON = frozenset({"next", "following"})
STEP = {"before": -1, "earlier": -1, "previous": -1, "preceding": -1, "eve": -1, "after": 1, "later": 1, "next": 1, "following": 1}  # fmt: skip
HOURS = frozenset({"S", "min", "H"})
PART_OF_WEEK = frozenset({"WE", "NI"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reader knows beside the words: the day the report stands on, and the last time it named.

    ``today`` is None where no publication day is known; ``told`` is the last day named in the narrative, with its
    value; ``history`` is True in a passage that tells of another year, where ``told`` goes before ``today``.
    """

    today: date | None
    today_basis: Basis
    told: date | None
    told_value: str | None
    history: bool

    @property
    def base(self) -> tuple[date | None, Basis]:
        """The day from which a date without a year is understood."""
        if self.history and self.told:
            return self.told, "relative"
        return (self.today, self.today_basis) if self.today else (self.told, "relative" if self.told else "open")

    @property
    def deictic(self) -> tuple[date | None, Basis]:
        """The day that "yesterday" or "last month" is counted from."""
        return (self.today, self.today_basis) if self.today else (None, "open")

    @property
    def anaphoric(self) -> tuple[date | None, Basis]:
        """The day that "the day before" is counted from."""
        return (self.told, "relative") if self.told else (None, "open")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with its basis; ``days`` where the value alone does not bound it, ``grain`` for what lies on no calendar."""

    value: str | None
    basis: Basis
    days: tuple[date | None, date | None] | None = None
    grain: str = ""


def _open(grain: str = "day") -> Reading:
    return Reading(None, "open", grain=grain)


def year_of(fields: Fields) -> int | None:
    """The year in the words, "'89" and the "96" of "1992-96" included.

    Raises ValueError for a year that no report can mean.
    """
    if "year" in fields:
        year = int(fields["year"])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"there is no year {fields['year']} in a report")
        return year
    return None


def _iso(f: Fields, frame: Frame) -> Reading:
    return Reading(date.fromisoformat(f["iso"]).isoformat(), "stated")


def _slash(f: Fields, frame: Frame) -> Reading:
    """Month first and day first are both in use: read only where one of the two can be, or lies near publication."""
    a, b, y = (int(x) for x in f["slash"].split("/"))
    year = y if y > 99 else 1900 + y if y > 50 else 2000 + y
    found = {_day(year, m, d) for m, d in ((a, b), (b, a)) if m <= 12}
    if not found:
        raise ValueError(f"there is no month {min(a, b)}")
    if len(found) > 1:
        near = {x for x in found if frame.today and abs((x - frame.today).days) <= 31}
        if len(near) != 1:
            raise ValueError("month first or day first: both can be")
        found = near
    return Reading(found.pop().isoformat(), "stated")


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"there is no day {day} in month {month} of {year}") from error


def _relative_year(rel: str | None, base: date) -> int | None:
    if rel is None:
        return None
    return base.year + (-1 if rel in BACK else 1 if rel in ON else 0)


def _date(f: Fields, frame: Frame) -> Reading:
    month, day = int(f["month"]), int(f["day"].rstrip("sthndr"))
    year = year_of(f)
    if f.get("era") == "BC" and year:
        return Reading(f"BC{year:04d}", "stated", grain="year")
    if year:
        return Reading(_day(year, month, day).isoformat(), "stated")
    _day(2000, month, day)  # a leap year: raises for days that no year has
    base, basis = frame.base
    if base is None:
        return Reading(f"XXXX-{month:02d}-{day:02d}", "open", grain="day")
    found = [date(y, month, day) for y in range(max(base.year - 4, 1), min(base.year + 5, 9999)) if _is_day(y, month, day)]
    if basis == "relative":
        return Reading(_onward(found, base).isoformat(), basis)
    ahead = f.get("tense") == "future" or f.get("before") in ("by", "until")
    return Reading(_around(found, base, ahead).isoformat(), basis)


def _is_day(year: int, month: int, day: int) -> bool:
    return not (month == 2 and day == 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _onward(found: list[date], told: date) -> date:
    """In a narrative: the same year, or the next one where the month lies far behind what was told last."""
    near = [x for x in found if -120 <= (x - told).days]
    return near[0] if near else found[-1]


def _around(found: list[date], today: date, ahead: bool) -> date:
    """In news: what lies nearest, up to ten weeks off; further off by tense."""
    nearest = min(found, key=lambda x: abs((x - today).days))
    if abs((nearest - today).days) < 70 and (ahead or nearest <= today + timedelta(28)):
        return nearest
    after = [x for x in found if x >= today]
    before = [x for x in found if x <= today]
    return (after or found)[0] if ahead else (before or found)[-1]


def _day_only(f: Fields, frame: Frame) -> Reading:
    """ "the 15th of the month", and the "10" of "August 5 to 10"."""
    base, basis = frame.anaphoric if frame.told else frame.base
    if base is None:
        return _open()
    word = f["day"].rstrip("sthndr")
    if not word.isdecimal():
        return _open()
    return Reading(_day(year_of(f) or base.year, base.month, int(word)).isoformat(), basis)


def _month(f: Fields, frame: Frame) -> Reading:
    month, year = int(f["month"]), year_of(f)
    if f.get("era") == "BC" and year:
        return Reading(f"BC{year:04d}", "stated", grain="year")
    if year:
        return Reading(month_value(year, month), "stated")
    base, basis = frame.base
    rel = f.get("rel")
    if rel in ("last", "next", "past", "previous"):
        base, basis = frame.deictic if frame.today else frame.base
    if base is None:
        return Reading(f"XXXX-{month:02d}", "open", grain="month")
    year = base.year
    if rel in BACK:
        year -= month >= base.month
    elif rel == "next":
        year += month <= base.month
    elif rel is None and basis == "relative":
        year += month < base.month - 4
    elif rel is None:
        ahead = f.get("tense") == "future" or f.get("before") in ("by", "until")
        year += (month < base.month - 1) if ahead else -(month > base.month)
    return Reading(month_value(year, month), basis)


def _month_of_year(f: Fields, frame: Frame) -> Reading:
    """ "June last year": the year is what is relative."""
    base, basis = frame.deictic if f["rel"] != "same" else frame.anaphoric
    year = _relative_year(f["rel"], base) if base else None
    return Reading(month_value(year, int(f["month"])), basis) if year else _open("month")


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
        return _open("quarter")
    year = _relative_year(f.get("rel"), base)
    if year is None:
        begun = (base.month - 1) // (12 // parts) + 1
        year = base.year - (nth > begun and f.get("tense") != "future")
    return Reading(f"{year:04d}-{letter}{nth}", basis)


def _year_ago(f: Fields, frame: Frame) -> Reading:
    """ "the year-ago quarter": the quarter last spoken of, a year before; else the quarter of last year."""
    base, basis = frame.base
    told = frame.told_value or ""
    if base is None:
        return _open("quarter")
    if "-Q" in told:
        quarter = told[-1]
        return Reading(f"{year_of(f) or int(told[:4]) - 1:04d}-Q{quarter}", "relative")
    return Reading(f"{year_of(f) or base.year - 1:04d}", basis)


def _fiscal(f: Fields, frame: Frame) -> Reading:
    """Whose fiscal year is not said: July before to June after bounds the usual ones."""
    if "short" in f:
        short = int(f["short"].lstrip("'’‘"))
        year: int | None = short if short > 999 else 2000 + short if short < 60 else 1900 + short
    else:
        year = year_of(f)
    basis: Basis = "stated"
    if year is None:
        base, basis = frame.deictic
        year = _relative_year(f.get("rel"), base) if base else None
    if year is None:
        return _open("year")
    return Reading(f"{year:04d}", basis, (date(year - 1, 7, 1), date(year + 1, 6, 30)))


def _season(f: Fields, frame: Frame) -> Reading:
    season, year = f["season"], year_of(f)
    if year:
        return Reading(f"{year:04d}-{season}", "stated")
    base, basis = frame.base
    if base is None:
        return Reading(f"XXXX-{season}", "open", grain="season")
    rel = f.get("rel")
    year = _relative_year(rel, base) if rel and "season_of_year" in f else None
    if year is None:
        begun = SEASONS[season] <= base.month
        over = SEASONS[season] + 3 <= base.month
        year = base.year
        if rel in BACK:
            year -= not over
        elif rel in ON:
            year += begun
        elif season == "WI" and base.month <= 2:
            year -= 1
        elif rel is None and basis != "relative" and not begun and f.get("tense") == "past":
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
        return _open("century")
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
    return Reading(f"{year:04d}", "stated") if year else _open("year")


def _year_in_words(f: Fields, frame: Frame) -> Reading:
    return Reading(f["words"], "stated") if f["words"].isdecimal() else _open("year")


def _persian(f: Fields, frame: Frame) -> Reading:
    return _foreign(f, frame, persian)


def _islamic(f: Fields, frame: Frame) -> Reading:
    return _foreign(f, frame, islamic)


def _foreign(f: Fields, frame: Frame, calendar: Callable[[int, int | None, int | None], Days]) -> Reading:
    """A date of another calendar; its value is the Gregorian one where it is a day or lies in one year or month."""
    year = year_of(f)
    if year is None:
        return _open()
    month = int(f["month"]) if "month" in f else None
    day = int(f["day"].rstrip("sthndr")) if "day" in f else None
    first, last = calendar(year, month, day)
    middle = first + (last - first) // 2
    value = middle.isoformat() if day else value_at(middle, "M") if month else value_at(middle, "Y")
    return Reading(value, "stated", (first, last), "day" if day else "month" if month else "year")


def _weekday(f: Fields, frame: Frame) -> Reading:
    """A bare weekday is the last one, the day itself included, unless its clause looks ahead."""
    base, basis = frame.base if frame.history else frame.deictic
    if "day" not in f:
        return _open()
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
    return Reading(day.isoformat() + _clock(f), basis)


def _clock(f: Fields) -> str:
    """The part of a value that follows the day: "TMO", "T21:00"; empty without one."""
    if "clock" in f or "hour" in f:
        hour, _, rest = f.get("clock", f.get("hour", "")).partition(":")
        if not hour.isdecimal() or int(hour) > 24:
            return ""
        late = f.get("meridiem") == "pm" or f.get("part") in ("AF", "EV")
        number = int(hour) % 12 + 12 if late and int(hour) <= 12 else int(hour) % 12 if f.get("meridiem") else int(hour)
        return f"T{number:02d}:{rest or '00'}"
    return f"T{f['part']}" if "part" in f else ""


def _today(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.deictic
    if base is None:
        return _open()
    return Reading(moved(base, int(f["day"]), "D").isoformat() + _clock(f), basis)


def _two_days_off(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.deictic
    return Reading(moved(base, 2 if f["side"] == "after" else -2, "D").isoformat(), basis) if base else _open()


def _overnight(f: Fields, frame: Frame) -> Reading:
    """The night that ended on the day of publication: it touches two days."""
    base, basis = frame.deictic
    if base is None:
        return _open("part of day")
    return Reading(f"{base.isoformat()}TNI", basis, (moved(base, -1, "D"), base), "part of day")


def _part(f: Fields, frame: Frame) -> Reading:
    rel, side = f.get("rel"), f.get("side")
    told = side or rel in ("that", "same", "previous", "following") or rel == "next"
    base, basis = frame.anaphoric if told else frame.deictic
    if base is None:
        return _open("part of day")
    step = STEP.get(side or "", -1 if rel in BACK else 1 if rel in ON else 0)
    return Reading(f"{moved(base, step, 'D').isoformat()}T{f['part']}", basis)


def _neighbour(f: Fields, frame: Frame) -> Reading:
    """ "the day before": one unit off the time named last, or nothing where none was."""
    base, basis = frame.anaphoric
    unit = "D" if f["side"] == "eve" else f["unit"]
    if base is None or unit in HOURS:
        return _open()
    if unit == "Y" and "-Q" in (frame.told_value or ""):
        return Reading(value_at(moved(base, STEP[f["side"]], "Y"), "Q"), basis)
    return Reading(value_at(moved(base, STEP[f["side"]], unit), unit), basis)


def _that(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.anaphoric if frame.told else frame.base
    if base is None:
        return _open()
    if "season" in f:
        return Reading(f"{base.year:04d}-{f['season']}", basis)
    if "month" in f:
        return Reading(month_value(base.year, int(f["month"])), basis)
    unit = f.get("unit", "D")
    return Reading(value_at(base, unit), basis) if unit not in HOURS and unit != "ML" else _open()


def _away(f: Fields, frame: Frame) -> Reading:
    """ "two weeks ago" from today, "two weeks later" from the time named last; a decade or more is rough."""
    away, unit = f.get("away", "hence"), f["unit"]
    back = away in ("ago", "before")
    base, basis = frame.deictic if away in ("ago", "hence") else frame.anaphoric
    if base is None and away == "ago":
        base, basis = frame.base
    if base is None:
        return _open()
    sign = -1 if back else 1
    if "number" not in f:
        return _vaguely(f, base, basis, sign)
    count = float(f["number"])
    if unit in HOURS:
        return Reading(value_at(base, "D"), basis, (moved(base, min(sign, 0) * max(1, math.ceil(count / 24)), "D"), base) if back else None)
    if count != int(count) and unit in ("Y", "DE"):
        count, unit = count * MONTHS[unit], "M"
    day = moved(base, sign * count, unit)
    if unit in ("DE", "CE", "ML"):
        slack = MONTHS[unit] / 2
        return Reading(value_at(day, "Y"), basis, (moved(day, -slack, "M"), moved(day, slack, "M")), "decade")
    return Reading(value_at(day, unit), basis)


def _vaguely(f: Fields, base: date, basis: Basis, sign: int) -> Reading:
    """ "a few days ago": bounded by the least and the most that the words can mean."""
    low, _, high = f.get("many", "2-").partition("-")
    value = "PAST_REF" if sign < 0 else "FUTURE_REF"
    unit = f["unit"]
    if unit in HOURS:
        return Reading(value, basis, (moved(base, sign, "D"), base) if sign < 0 else (base, moved(base, sign, "D")), "day")
    near = moved(base, sign * int(low), unit)
    far = moved(base, sign * int(high), unit) if high else None
    return Reading(value, basis, (far, near) if sign < 0 else (near, far), "day")


def _away_vague(f: Fields, frame: Frame) -> Reading:
    if f["away"] in ("ago", "earlier", "before"):
        base, basis = frame.deictic
        return Reading("PAST_REF", basis, (None, base), "year")
    base, basis = frame.anaphoric
    return Reading("FUTURE_REF", basis, (base, None), "year")


def _stretch(f: Fields, frame: Frame) -> Reading:
    """ "the last few months": a length that ends, or begins, at a known day."""
    unit, count = f["unit"], f.get("number", "")
    if not count and "many" not in f:
        return Reading("PAST_REF", *_recently(frame), grain="day")
    value = duration(count or "X", unit)
    span = f["span"]
    base, basis = frame.deictic if span in ("past", "next") else frame.anaphoric
    if base is None or span in ("first", "final"):
        return Reading(value, "open", grain="day")
    many = count or f.get("many", "2-").partition("-")[2]
    far: date | None = None
    if many:
        far = moved(base, (-1 if span in BACK else 1) * (float(many) if unit not in HOURS else 1), unit if unit not in HOURS else "D")
    return Reading(value, basis, (far, base) if span in BACK else (base, far), "day")


def _recently(frame: Frame) -> tuple[Basis, tuple[None, date | None]]:
    base, basis = frame.deictic
    return basis, (None, base)


def _relative(f: Fields, frame: Frame) -> Reading:
    """ "last month", "this week", "next year"; "the following week" hangs on what was told last."""
    rel, unit = f.get("rel", "this"), f.get("unit", "")
    if "season" in f:
        return _season(f, frame)
    if rel in ("same", "following", "previous") or (frame.history and rel == "next"):
        base, basis = frame.anaphoric if frame.told else frame.deictic
    elif rel == "latest":
        base, basis = frame.anaphoric if "-Q" in (frame.told_value or "") else frame.deictic
    else:
        base, basis = frame.deictic
    if base is None or unit == "ML":
        return _open()
    if unit in HOURS:
        return Reading("PRESENT_REF" if rel == "this" else duration("1", unit), basis, (base, base), "day")
    step = -1 if rel in BACK else 1 if rel in ON else 0
    if unit == "WE" and step < 0 and base.isoweekday() == 7:
        step = -1
    return Reading(value_at(moved(base, step, unit), unit) + _clock(f), basis)


def _holiday(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.base
    year = year_of(f)
    if year:
        return Reading(_feast(f, year).isoformat(), "stated")
    if base is None:
        return _open()
    rel = f.get("rel")
    found = [_feast(f, y) for y in range(base.year - 1, base.year + 2)]
    if rel in BACK or rel in ON:
        day = max(x for x in found if x < base) if rel in BACK else min(x for x in found if x > base)
    else:
        day = _around(found, base, f.get("tense") == "future")
    return Reading(day.isoformat(), basis)


def _feast(f: Fields, year: int) -> date:
    day, which = f["day"], f.get("which")
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


def _set(f: Fields, frame: Frame) -> Reading:
    if "freq" in f:
        return Reading(f["freq"], "open", grain="day")
    unit = "D" if "part" in f else "Y" if "season" in f or "month" in f else f["unit"]
    return Reading(duration(f.get("number") or "1", "D" if unit == "NI" else unit), "open", grain="day")


def _weekly(f: Fields, frame: Frame) -> Reading:
    return Reading(f"XXXX-WXX-{f['day']}", "open", grain="day")


def _clock_only(f: Fields, frame: Frame) -> Reading:
    """An hour of the day named last in this narrative, else of today."""
    base, basis = frame.deictic if not frame.history else frame.anaphoric
    clock = _clock(f)
    if base is None or not clock:
        return Reading(clock or None, "open", grain="hour")
    return Reading(base.isoformat() + clock, basis)


def _length(f: Fields, frame: Frame) -> Reading:
    unit, count = f["unit"], f.get("number", "")
    if not count:
        count = "X" if "many" in f else "1"
    if "." in count and unit in MONTHS and unit == "Y" and count.endswith(".5"):
        return Reading(f"P{count.split('.')[0]}Y6M" if not count.startswith("0") else "P6M", "open", grain="year")
    return Reading(duration(count, unit), "open", grain="day")


def _now(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.deictic
    value = f["value"]
    days = {"PRESENT_REF": (base, base), "PAST_REF": (None, base), "FUTURE_REF": (base, None)}[value]
    return Reading(value, basis, days, "day")


SHAPES: dict[str, Callable[[Fields, Frame], Reading]] = {
    "iso": _iso, "slash": _slash, "date": _date, "day": _day_only, "month": _month, "quarter": _quarter,
    "year-ago": _year_ago, "fiscal": _fiscal, "season": _season, "era": _era, "century": _century,
    "decade": _decade, "year": _year, "year-in-words": _year_in_words, "persian": _persian, "islamic": _islamic,
    "weekday": _weekday, "weekly": _weekly, "today": _today, "two-days-off": _two_days_off,
    "overnight": _overnight, "part": _part, "neighbour": _neighbour, "that": _that, "away": _away,
    "away-vague": _away_vague, "stretch": _stretch, "relative": _relative, "holiday": _holiday, "set": _set,
    "clock": _clock_only, "length": _length, "now": _now, "month-of-year": _month_of_year,
}  # fmt: skip


def read(shape: str, fields: Fields, frame: Frame) -> Reading:
    """Read one expression.

    Raises ValueError, saying what is wrong with it, for a time that cannot be.
    """
    return SHAPES[shape](fields, frame)


__all__ = ["PART_OF_WEEK", "Fields", "Frame", "Reading", "days_of", "read"]
