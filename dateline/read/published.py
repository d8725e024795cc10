"""The day a report was published: as given, as the page's metadata say, or as a line near its top says."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from dateline.errors import UsageError
from dateline.model import PublishedBy, Warning
from dateline.read.datelines import dateline, full_date, is_day_line, short_year_date

TOP_LINES = 12  # printed lines in which a day line stands; headline, standfirst and byline come before it
FIRST, LAST = 1000, 9000  # years: days and weeks before and after are in the calendar too
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
NUMBERS = re.compile(r"\d{4}-?\d\d|\d+$")  # ISO or nothing: the library would turn month and day to make them fit
EITHER_WAY = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})\b")
OFFSET = re.compile(r"(?:[+-]\d\d:?\d\d|\d\s*Z|\b(?:UTC|GMT))\s*(?:\(.*\))?$")
PUBLISHED = re.compile(r"\b(?:published|posted|first published|issued|released|created)\b", re.IGNORECASE)
UNDATED = Warning("no publication date: relative days stay open")


def parse_published(words: str) -> str:
    """ISO 8601 date or date-time of a date as people and pages write it.

    Day, month and year must all be there; "05/08/2021" is refused, for it is two days. A time zone is kept
    only where it is an offset, UTC or GMT: letters such as IST stand for several. Raises UsageError.
    """
    words = words.strip()
    found = _iso(words) or _written(words)
    if found is None:
        raise UsageError(f"{words[:60]!r} is no full date", todo="write it as 2021-08-05 or 5 August 2021")
    if not FIRST <= int(found[:4]) < LAST:
        raise UsageError(f"no news was printed in the year {int(found[:4])}", todo="give the year in four digits")
    return found


def _iso(words: str) -> str | None:
    try:
        if ISO_DAY.match(words):
            return date.fromisoformat(words).isoformat()
        if re.match(r"\d{4}-\d\d-\d\d[T ]\d\d", words):
            return datetime.fromisoformat(words).isoformat()
        if re.match(r"\d{8}$", words):
            return date.fromisoformat(words).isoformat()
    except ValueError:
        return None
    return None


def _written(words: str) -> str | None:
    numbers = EITHER_WAY.match(words)
    if len(words) > 100 or NUMBERS.match(words) or (numbers and _two_readings(*numbers.groups())):
        return None
    import dateparser  # loads two hundred languages' rules; only dates in words need it

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    found = dateparser.parse(words, languages=["en"], settings=settings)
    if found is None:
        return None
    if not re.search(r"\d[:.]\d\d|\d\s*[ap]\.?m", words, re.IGNORECASE):
        return str(found.date().isoformat())
    return str((found if OFFSET.search(words) else found.replace(tzinfo=None)).isoformat())


def _two_readings(first: str, second: str, year: str) -> bool:
    """True for numbers that may be day and month either way round, and for years of two digits."""
    return len(year) == 2 or (int(first) <= 12 and int(second) <= 12 and first != second)


def from_metadata(values: Iterable[str]) -> tuple[str | None, list[Warning]]:
    """The first of a page's own dates that can be read, and a warning for each before it that cannot."""
    warnings: list[Warning] = []
    for value in values:
        try:
            return parse_published(value), warnings
        except UsageError as error:
            warnings.append(Warning(f"the page's publication date cannot be read: {error.message}"))
    return None, warnings


def from_text(lines: Sequence[str]) -> tuple[str | None, list[Warning]]:
    """The day that a line or a dateline near the top gives, year and all; none where two lines differ."""
    top = [line for line in lines if line.strip()][:TOP_LINES]
    days = [(line, day) for line in top if (day := _day_of(line))]
    stated = {day for line, day in days if PUBLISHED.search(line)} or {day for _, day in days}
    if len(stated) > 1:
        return None, [Warning(f"{len(stated)} dates near the top could be the day of publication")]
    return (stated.pop().isoformat() if stated else None), []


def _day_of(line: str) -> date | None:
    line = line.strip()
    if is_day_line(line):
        return full_date(line)
    opening = dateline(line, opens=True, shouted=False)
    if opening is None:
        return None
    head = line[: opening[0]]
    return full_date(head) or short_year_date(head)


def published(
    given: str | None, metadata: Sequence[str], lines: Sequence[str]
) -> tuple[str | None, PublishedBy | None, tuple[Warning, ...]]:
    """Day of publication, how it is known, what to warn of. Raises UsageError where `given` is no date."""
    if given is not None:
        return parse_published(given), "given", ()
    found, warnings = from_metadata(metadata)
    if found:
        return found, "metadata", tuple(warnings)
    found, more = from_text(lines)
    if found:
        return found, "text", (*warnings, *more)
    return None, None, (*warnings, *more, UNDATED)
