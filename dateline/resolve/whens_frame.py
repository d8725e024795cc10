"""What a reader of time expressions is given, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dateline.model import Basis

Fields = Mapping[str, str]
FIRST_YEAR, LAST_YEAR = 1, 2200  # years beyond are slips of the pen
UNIVERSAL = frozenset({"GMT", "UTC", "Z"})
BACK = frozenset({"last", "past", "previous"})
ON = frozenset({"next", "following"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reader knows beside the words: the day the report stands on, and the last time it named.

    ``today`` is None where no publication day is known. ``told`` is the first day of the time named last,
    with its value and ``quarter`` the last quarter of a year named; ``here`` is the last day named in the
    same block. In a ``history`` or an ``aside`` (a passage that tells of another year) ``told`` goes before
    ``today``.
    """

    today: date | None
    today_basis: Basis
    told: date | None
    told_value: str | None
    quarter: str | None = None
    here: date | None = None
    history: bool = False
    aside: bool = False
    solar: bool = False  # the report names a month or year of the Solar Hijri calendar

    @property
    def base(self) -> tuple[date | None, Basis]:
        """The day from which a date without a year is understood."""
        if (self.history or self.aside) and self.told:
            return self.told, "relative"
        return (self.today, self.today_basis) if self.today else (self.told, "relative" if self.told else "open")

    @property
    def deictic(self) -> tuple[date | None, Basis]:
        """The day that "yesterday" or "last month" is counted from."""
        return (self.today, self.today_basis) if self.today else (None, "open")

    @property
    def counted(self) -> tuple[date | None, Basis]:
        """The day that "two years ago" and a weekday are counted from: in a history without a day, what was
        told.
        """
        return self.base if self.history and not self.today else self.deictic

    @property
    def anaphoric(self) -> tuple[date | None, Basis]:
        """The day that "the day before" is counted from."""
        return (self.told, "relative") if self.told else (None, "open")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with its basis; ``days`` where the value alone does not bound it, ``grain`` for what lies on no
    calendar.
    """

    value: str | None
    basis: Basis
    days: tuple[date | None, date | None] | None = None
    grain: str = ""


def unknown(grain: str = "day") -> Reading:
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


def day_in(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"there is no day {day} in month {month} of {year}") from error


def relative_year(rel: str | None, base: date) -> int | None:
    if rel is None:
        return None
    return base.year + (-1 if rel in BACK else 1 if rel in ON else 0)


def clock_of(f: Fields) -> str:
    """The part of a value that follows the day: "TMO", "T21:00"; empty without one."""
    if "clock" in f or "hour" in f:
        hour, _, rest = f.get("clock", f.get("hour", "")).partition(":")
        if not hour.isdecimal() or int(hour) > 24:
            return ""
        late = f.get("meridiem") == "pm" or f.get("part") in ("AF", "EV")
        number = int(hour) % 12 + 12 if late and int(hour) <= 12 else int(hour) % 12 if f.get("meridiem") else int(hour)
        return f"T{number:02d}:{rest or '00'}{'Z' if f.get('zone') in UNIVERSAL else ''}"
    return f"T{f['part']}" if "part" in f else ""
