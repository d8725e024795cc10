"""Days of the Solar Hijri (Afghan and Iranian) and the Islamic calendar as Gregorian days.

Solar Hijri: leap years by the 33-year cycle, which agrees with the astronomical calendar from 1178 to 1633 SH
(Gregorian 1799 to 2254); see K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon, and Planets
74 (1996). Islamic: the tabular (civil) calendar of Dershowitz and Reingold, "Calendrical Calculations" (4th
ed., 2018), section 7.1; the month as sighted may begin a day or two away from it, so its days are given with
that slack.
"""

from datetime import date, timedelta

PERSIAN_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # remainders of the year by 33
PERSIAN_ANCHOR = (1400, date(2021, 3, 21))  # 1 Hamal 1400
ISLAMIC_EPOCH = date(622, 7, 19)  # 1 Muharram 1 AH (16 July 622 in the Julian calendar)
SIGHTING = timedelta(2)  # slack, in days, between the tabular month and the month as sighted
ONE = timedelta(1)


def persian(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """First and last Gregorian day of a Solar Hijri year, month or day.

    Raises ValueError where there is no such day, or outside the years 1178 to 1633.
    """
    if not 1178 <= year <= 1633:
        raise ValueError(f"year {year} is outside the Solar Hijri years 1178 to 1633")
    if month is None:
        return _persian_new_year(year), _persian_new_year(year + 1) - ONE
    length = 31 if month <= 6 else 30 if month <= 11 or year % 33 in PERSIAN_LEAP else 29
    first = _persian_new_year(year) + timedelta(31 * min(month - 1, 6) + 30 * max(month - 7, 0))
    return _within(first, length, day)


def _persian_new_year(year: int) -> date:
    base, day = PERSIAN_ANCHOR
    years = range(min(base, year), max(base, year))
    days = sum(366 if y % 33 in PERSIAN_LEAP else 365 for y in years)
    return day + timedelta(days if year >= base else -days)


def islamic(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """First and last Gregorian day that an Islamic year, month or day can mean, the slack of sighting
    included.

    Raises ValueError where there is no such day, or outside the years 1 to 2000.
    """
    if not 1 <= year <= 2000:
        raise ValueError(f"year {year} is outside the Islamic years 1 to 2000")
    if month is None:
        first, last = _islamic(year, 1), _islamic(year + 1, 1) - ONE
    else:
        length = 30 if month % 2 or (month == 12 and (11 * year + 14) % 30 < 11) else 29
        first, last = _within(_islamic(year, month), length, day)
    return first - SIGHTING, last + SIGHTING


def _islamic(year: int, month: int) -> date:
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return ISLAMIC_EPOCH + timedelta(days)


def _within(first: date, length: int, day: int | None) -> tuple[date, date]:
    if day is None:
        return first, first + timedelta(length - 1)
    if not 1 <= day <= length:
        raise ValueError(f"day {day} in a month of {length} days")
    return first + timedelta(day - 1), first + timedelta(day - 1)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (anonymous algorithm; Meeus, "Astronomical Algorithms", ch.
    8).
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1)
