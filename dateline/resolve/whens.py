"""Time expressions → times on the calendar: a TIMEX3 value and an interval of days, with what it rests on.

``When.basis`` names what the interval rests on: "stated", the words alone; "relative", another time that the
report names; "opening", the date in the report's opening line; "published", the day of publication; "open",
where none of these says. Open intervals are left open: no publication date is made up, and none is lent to an
act.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from dateline.model import Basis, Block, Time, TimeExpression, TimeType, Warning, When
from dateline.resolve.timex import days_of
from dateline.resolve.whens_dated import DATED
from dateline.resolve.whens_frame import Frame, Reading
from dateline.resolve.whens_hanging import HANGING
from dateline.stage import Doc, Kit, stage

READERS = {**DATED, **HANGING}  # shape → reader
STATED = frozenset({"date", "month", "year", "iso", "season", "quarter", "slash"})
TELLS = frozenset({
    "date", "iso", "month", "year", "day", "weekday", "today", "neighbour", "away", "part", "that", "season",
    "quarter", "era", "persian", "islamic", "holiday", "relative", "two-days-off",
})  # fmt: skip
DATE_LINES = frozenset({"dateline", "byline", "credit"})
LINE = 60  # characters at most of a line that holds little but a date
PLACE_IN_CAPITALS = re.compile(r"[A-Z][A-Z .'’-]+(?:, [A-Z][\w.]+)*, ")  # "KABUL, ", "LASHKAR GAH, Afghanistan, "
OPENED = re.compile(r"(?i)\b(between|from)\s+(?:the\s+|early\s+|late\s+|mid-)?$")
JOINS = frozenset({"to", "through", "until", "till", "-", "–", "—"})
LENGTH = re.compile(r"PT?[\dX]")
WITHIN_A_DAY = frozenset({"hour", "part of day"})  # "before noon" is still that day
OPENING = 400  # characters from the top in which a report's opening date may stand
HISTORY = (
    8,
    0.8,
)  # a narrative: so many dates with years, so great a share of them two years or more from publication
LEAD = 40  # characters from a block's beginning in which the year of an aside stands
ASIDE = 2  # a year so far back begins an aside, up to the end of its block
ONE = timedelta(1)


@stage(needs=(Block, TimeExpression), gives=Time)
def whens(doc: Doc, kit: Kit) -> Iterator[Time | Warning]:
    """A Time for every expression that can be, in order; a Warning for every one that cannot ("31
    February").
    """
    found = doc.of(TimeExpression)
    story = _Story(doc, found)
    made: list[Time] = []
    for at, expression in enumerate(found):
        try:
            made.append(story.time(at, f"t{len(made)}"))
        except ValueError as error:
            words = expression.span.of(doc.report.text)
            yield Warning(f"no time can be made of {words!r}: {error}", expression.span)
    yield from _ranges(made, doc.report.text)


def _ranges(made: Sequence[Time], text: str) -> Iterator[Time]:
    """Both ends of "from 5 to 10 August" take the whole interval; every other time stays as it is."""
    if not made:
        return
    joined = [_one_range(a, b, text) for a, b in pairwise(made)]
    for each, back, on in zip(made, [False, *joined], [*joined, False], strict=True):
        at = int(each.id[1:])
        if on and not back:
            each = replace(each, when=replace(each.when, latest=made[at + 1].when.latest))
        elif back and not on:
            each = replace(each, when=replace(each.when, earliest=made[at - 1].when.earliest))
        yield each


def _one_range(a: Time, b: Time, text: str) -> bool:
    between = text[a.span.end : b.span.start].strip().lower()
    opened = OPENED.search(text, max(0, a.span.start - 24), a.span.start)
    if between not in JOINS and not (between == "and" and opened and opened[1].lower() == "between"):
        return False
    first, last = a.when.earliest, b.when.latest
    return first is not None and last is not None and first <= last and "open" not in (a.when.basis, b.when.basis)


class _Story:
    """Walks the expressions of one report and keeps what was told last."""

    def __init__(self, doc: Doc, found: Sequence[TimeExpression]) -> None:
        self.found, self.text = found, doc.report.text
        self.blocks = doc.of(Block)
        self.today, self.basis = doc.report.day, "published"
        if self.today is None:
            self.today, self.basis = _opening(found, self.blocks, self.text), "opening"
        self.narrative = _is_history(found, self.today)
        self.solar = any(e.shape == "persian" for e in found)
        self.told: date | None = None
        self.told_value: str | None = None
        self.quarter: str | None = None
        self.block = -1  # index of the block that the walk is in
        self.here: date | None = None  # last day named in this block
        self.aside = False  # the block has named a year that is not this one

    def time(self, at: int, id: str) -> Time:
        """Read one expression and move the narrative on.

        Raises ValueError where it cannot be.
        """
        expression = self.found[at]
        fields = dict(expression.fields)
        self._enter(expression)
        reading = READERS[expression.shape](fields, self._frame(expression))
        days = days_of(reading.value) if reading.value else None
        bounds, grain = days if days else ((None, None), reading.grain or "day")
        first, last = reading.days if reading.days else bounds
        if days and expression.shape in TELLS:
            self._tell(reading, days[0][0], expression.span.start)
        basis = reading.basis if (first or last or reading.basis == "open") else "open"
        if grain not in WITHIN_A_DAY:
            first, last = self._bracketed(fields.get("before", ""), first, last)
        when = When(first, last, reading.grain or grain, basis)
        return Time(id, expression.span, _type(reading.value, expression.type), reading.value, when, expression.rule)

    def _enter(self, expression: TimeExpression) -> None:
        here = self.block
        while here + 1 < len(self.blocks) and (here < 0 or self.blocks[here].span.end <= expression.span.start):
            here += 1
        if here != self.block:
            self.block, self.here, self.aside = here, None, False

    def _frame(self, expression: TimeExpression) -> Frame:
        basis: Basis = "opening" if self.basis == "opening" else "published"
        return Frame(
            self.today,
            basis,
            self.told,
            self.told_value,
            quarter=self.quarter,
            here=self.here,
            history=self.narrative,
            aside=self.aside,
            solar=self.solar,
        )

    def _tell(self, reading: Reading, first: date, at: int) -> None:
        value = reading.value or ""
        self.told, self.told_value = first, value
        if "-Q" in value:  # the quarter that a page of business news is about is the last one that it names
            self.quarter = max(self.quarter or value, value)
        if len(value) >= len("2021-08-05") and "W" not in value:
            self.here = first
        if reading.basis == "stated" and self.today:
            leads = at - self.blocks[self.block].span.start <= LEAD if self.blocks else False
            self.aside = self.today.year - first.year >= ASIDE and (self.aside or leads)
        elif reading.basis == "published":
            self.aside = False

    def _bracketed(self, before: str, first: date | None, last: date | None) -> tuple[date | None, date | None]:
        """The interval that "since", "until", "by", "before" and "after" make of a time."""
        today = None if self.narrative or self.aside else self.today
        if before == "since" and first:
            return first, today if today and today >= first else None
        if before in ("until", "by") and last:
            return (today if today and today <= last else None), last
        if before == "before" and first:
            return None, _next(first, -1)
        if before == "after" and last:
            return _next(last, 1), None
        return first, last


def _type(value: str | None, found: TimeType) -> TimeType:
    """The value's own type goes before the rule's: "the past decade" is a length, "noon Saturday" an hour."""
    if not value or found == "SET":
        return found
    if LENGTH.match(value):
        return "DURATION"
    return "TIME" if value[0].isdecimal() and "T" in value else found


def _next(day: date, step: int) -> date | None:
    try:
        return day + step * ONE
    except OverflowError:
        return None


def _opening(found: Sequence[TimeExpression], blocks: Sequence[Block], text: str) -> date | None:
    """The full date of the line that opens the page, if it has one: on a line of its own, or after a place in
    capitals.
    """
    for expression in found:
        if expression.span.start > OPENING:
            return None
        fields = dict(expression.fields)
        block = next((b for b in blocks if b.span.holds(expression.span)), None)
        if block is None or expression.shape not in ("date", "iso") or not {"year", "iso"} & set(fields):
            continue
        before = text[block.span.start : expression.span.start]
        if block.kind in DATE_LINES or len(block.span) <= LINE or PLACE_IN_CAPITALS.fullmatch(before):
            try:
                value = READERS[expression.shape](fields, Frame(None, "open", None, None)).value
            except ValueError:
                continue
            return date.fromisoformat(value) if value and "T" not in value and len(value) == 10 else None
    return None


def _is_history(found: Sequence[TimeExpression], today: date | None) -> bool:
    years = [int(dict(e.fields)["year"]) for e in found if e.shape in STATED and "year" in dict(e.fields)]
    if len(years) < HISTORY[0]:
        return False
    if today is None:
        return True
    return sum(abs(year - today.year) >= 2 for year in years) >= HISTORY[1] * len(years)
