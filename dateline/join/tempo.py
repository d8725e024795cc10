"""How fast a side acts in an area: distinct events a week, the recent weeks against the earlier ones.

Reading more finds more, or finds the same again; which of the two it was is not known. So the ratio of rates is taken
twice, with the weeks' reading as exposure and without, and a change of pace is told only where both tell it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import mean

from dateline.across import Event, Phase, Spot, Tempo
from dateline.join.ratio import ratio

WEEKS = 12
RECENT = 6  # weeks, against the six before: shorter spans follow the noise of weekly counts
FASTER, SLOWER = 1.5, 0.6  # ratios of rates
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95  # a 90 % interval about the median
QUIET = 3.0  # events awaited in a run of weeks without one: a chance of 5 % under the old pace ("rule of three")
QUIET_WEEKS = 2
WIDE = 6.0  # an interval whose ends differ by more than this factor tells nothing
RULES = {
    "tempo.empty": "nothing was read, or nothing counted",
    "tempo.faster": f"{FASTER} times the earlier rate or more, by what was read and without",
    "tempo.slower": f"{SLOWER} of the earlier rate or less, by what was read and without",
    "tempo.steady": "neither, by what was read and without",
    "tempo.wide": f"the ends of the ratio's interval are more than {WIDE} times apart",
    "tempo.paused": f"no event for weeks in which {QUIET} were due",
}


def tempo(side: str, area: str, until: date, weeks: Sequence[int], read: Sequence[int]) -> Tempo:
    """The phase of one side in one area at the end of the last of ``weeks``.

    ``weeks`` are numbers of distinct events and ``read`` numbers of reports read, a week each, oldest first and as many
    of one as of the other; the last ``RECENT`` are the recent ones, the ``RECENT`` before them the earlier ones.
    ``ratio``, ``low`` and ``high`` are those with the reading as exposure; None where nothing was read or counted.
    """
    pairs = list(zip(weeks, read, strict=True))
    old, new = pairs[-2 * RECENT : -RECENT], pairs[-RECENT:]
    level = mean(r for _, r in old) if old else 0.0
    if level == 0 or not any(r for _, r in new) or not any(weeks):
        none: Phase = "too little to tell"
        return Tempo(side, area, until, tuple(weeks), tuple(read), none, None, None, None, "tempo.empty")
    earlier = sum(e for e, _ in old)
    recent = sum(e for e, _ in new)
    exposure = mean(r for _, r in new) / level * len(new) / len(old)
    # What more reading brought is scaled down to the earlier reading, so that reading more never makes us surer.
    closer = max(1.0, exposure * len(old) / len(new))
    read_ratio = [ratio(recent / closer, earlier, exposure / closer, part) for part in (LOW, MIDDLE, HIGH)]
    bare_ratio = [ratio(recent, earlier, len(new) / len(old), part) for part in (LOW, MIDDLE, HIGH)]
    phase, rule = _phase(read_ratio, bare_ratio)
    if _paused([e for e, _ in new], [r for _, r in new], earlier / (level * len(old))):
        phase, rule = "paused", "tempo.paused"
    low, middle, high = (round(x, 3) for x in read_ratio)
    return Tempo(side, area, until, tuple(weeks), tuple(read), phase, middle, low, high, rule)


def _phase(read: Sequence[float], bare: Sequence[float]) -> tuple[Phase, str]:
    """The phase by both ratios, each as low end, median and high end."""
    if all(low > 1 and middle >= FASTER for low, middle, _ in (read, bare)):
        return "speeding up", "tempo.faster"
    if all(high < 1 and middle <= SLOWER for _, middle, high in (read, bare)):
        return "slowing", "tempo.slower"
    if max(r[2] / r[0] for r in (read, bare)) > WIDE:
        return "too little to tell", "tempo.wide"
    return "steady", "tempo.steady"


def _paused(events: Sequence[int], read: Sequence[int], pace: float) -> bool:
    """True after weeks without an event in which at least three were due. ``pace`` is in events a report read."""
    quiet = next((n for n, e in enumerate(reversed(events)) if e), len(events))
    return quiet >= QUIET_WEEKS and pace * sum(read[len(read) - quiet :]) >= QUIET


# --- many at once -----------------------------------------------------------------------------------------------


def monday(day: date) -> date:
    """The first day of the ISO week that ``day`` lies in."""
    return day - timedelta(day.weekday())


def week_of(event: Event) -> date | None:
    """The Monday of the week in which an event happened; None where that may be more than one week, or any."""
    known = [monday(d) for d in (event.earliest, event.latest) if d is not None]
    return known[0] if len(known) == 2 and known[0] == known[1] else None


def tempos(
    events: Iterable[Event],
    read: Mapping[date, int],
    until: date,
    area: Callable[[Spot], str | None],
    weeks: int = WEEKS,
) -> tuple[Tempo, ...]:
    """The tempo of every side in every area, by side and area.

    ``read`` gives how many reports were read in each week, by its Monday; ``until`` lies in the last week counted;
    ``area`` names a place's province, say, or gives None for one that does not count. An event of two sides counts
    for each; one of which not even the week is known counts for none.
    """
    last = monday(until)
    span = [last - timedelta(7 * n) for n in reversed(range(weeks))]
    counts: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)
    for event in events:
        week = week_of(event)
        name = area(event.place) if event.place is not None else None
        if week is not None and name is not None:
            for side in {who.side for who in event.actors}:
                counts[side, name][week] += 1
    reading = [read.get(week, 0) for week in span]
    return tuple(
        tempo(side, name, until, [counts[side, name][week] for week in span], reading) for side, name in sorted(counts)
    )
