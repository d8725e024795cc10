"""Times that hang on another: on the day of the report ("yesterday"), or on what was told last ("the day
before").

Lengths of time and repeated times stand here too: they lie on no calendar by themselves.
"""

import math
from collections.abc import Callable
from datetime import date

from dateline.model import Basis
from dateline.resolve.timex import MONTHS, duration, month_value, moved, value_at
from dateline.resolve.whens_dated import season
from dateline.resolve.whens_frame import BACK, ON, Fields, Frame, Reading, clock_of, unknown

STEP = {
    "before": -1, "earlier": -1, "previous": -1, "preceding": -1, "eve": -1,
    "after": 1, "later": 1, "next": 1, "following": 1,
}  # fmt: skip
MIDNIGHT = "T00:00"
HOURS = frozenset({"S", "min", "H"})


def _today(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.deictic
    if base is None:
        return unknown()
    return Reading(moved(base, int(f["day"]), "D").isoformat() + clock_of(f), basis)


def _two_days_off(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.deictic
    return Reading(moved(base, 2 if f["side"] == "after" else -2, "D").isoformat(), basis) if base else unknown()


def _overnight(f: Fields, frame: Frame) -> Reading:
    """The night that ended on the day of publication: it touches two days."""
    base, basis = frame.deictic
    if base is None:
        return unknown("part of day")
    return Reading(f"{base.isoformat()}TNI", basis, (moved(base, -1, "D"), base), "part of day")


def _part(f: Fields, frame: Frame) -> Reading:
    rel, side = f.get("rel"), f.get("side")
    told = side or rel in ("that", "same", "previous", "following") or rel == "next"
    base, basis = frame.anaphoric if told else frame.deictic
    if base is None:
        return unknown("part of day")
    step = STEP.get(side or "", -1 if rel in BACK else 1 if rel in ON else 0)
    return Reading(f"{moved(base, step, 'D').isoformat()}T{f['part']}", basis)


def _neighbour(f: Fields, frame: Frame) -> Reading:
    """ "the day before": one unit off the time named last, or nothing where none was."""
    base, basis = frame.anaphoric
    unit = f["unit"]
    if base is None or unit in HOURS:
        return unknown()
    if unit == "Y" and "-Q" in (frame.told_value or ""):
        return Reading(value_at(moved(base, STEP[f["side"]], "Y"), "Q"), basis)
    return Reading(value_at(moved(base, STEP[f["side"]], unit), unit), basis)


def _event(f: Fields, frame: Frame) -> Reading:
    """ "the day before the attack" hangs on something that happened, not on a time: left open."""
    return unknown()


def _that(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.anaphoric if frame.told else frame.base
    if base is None:
        return unknown()
    if "season" in f:
        return Reading(f"{base.year:04d}-{f['season']}", basis)
    if "month" in f:
        return Reading(month_value(base.year, int(f["month"])), basis)
    unit = f.get("unit", "D")
    if unit == "WE" and frame.today:  # the one just over, or the one that we are in
        weekend = moved(frame.today, 0 if frame.today.isoweekday() > 5 else -1, "W")
        return Reading(value_at(weekend, unit), frame.today_basis)
    if unit == "Q" and frame.quarter:
        return Reading(frame.quarter, "relative")
    return Reading(value_at(base, unit), basis) if unit not in HOURS and unit != "ML" else unknown()


def _away(f: Fields, frame: Frame) -> Reading:
    """ "two weeks ago" from today, "two weeks later" from the time named last; a decade or more is rough."""
    away, unit = f.get("away", "hence"), f["unit"]
    back = away in ("ago", "before")
    base, basis = frame.counted if away in ("ago", "hence") else frame.anaphoric
    if base is None:
        return unknown()
    sign = -1 if back else 1
    if back and unit == "Y" and f.get("number") == "1" and "-Q" in (frame.told_value or ""):
        return Reading(value_at(moved(frame.told or base, -1, "Y"), "Q"), "relative")
    if "number" not in f:
        return _vaguely(f, base, basis, sign)
    count = float(f["number"])
    if unit in HOURS:
        far = moved(base, sign * max(1, math.ceil(count / 24)), "D")
        return Reading(value_at(base, "D"), basis, (far, base) if back else (base, far))
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
        return Reading(
            value,
            basis,
            (moved(base, sign, "D"), base) if sign < 0 else (base, moved(base, sign, "D")),
            "day",
        )
    near = moved(base, sign * int(low), unit)
    end = moved(base, sign * int(high), unit) if high else None
    return Reading(value, basis, (end, near) if sign < 0 else (near, end), "day")


def _away_vague(f: Fields, frame: Frame) -> Reading:
    if f["away"] in ("ago", "earlier", "before"):
        base, basis = frame.deictic
        return Reading("PAST_REF", basis, (None, base), "year")
    base, basis = frame.anaphoric
    return Reading("FUTURE_REF", basis, (base, None), "year")


def _stretch(f: Fields, frame: Frame) -> Reading:
    """ "the last few months": a length that ends, or begins, at a known day."""
    unit = f["unit"]
    if "number" not in f and "many" not in f:
        return Reading("PAST_REF", *_recently(frame), grain="day")
    value = duration(_count(f), unit)
    span = f["span"]
    base, basis = frame.deictic if span in ("past", "next") else frame.anaphoric
    if base is None or span in ("first", "final"):
        return Reading(value, "open", grain="day")
    many = f.get("number") or f.get("many", "2-").partition("-")[2]
    far: date | None = None
    if many:
        far = moved(
            base,
            (-1 if span in BACK else 1) * (float(many) if unit not in HOURS else 1),
            unit if unit not in HOURS else "D",
        )
    return Reading(value, basis, (far, base) if span in BACK else (base, far), "day")


def _recently(frame: Frame) -> tuple[Basis, tuple[None, date | None]]:
    base, basis = frame.deictic
    return basis, (None, base)


def _relative(f: Fields, frame: Frame) -> Reading:
    """ "last month", "this week", "next year"; "the following week" hangs on what was told last."""
    rel, unit = f.get("rel", "this"), f.get("unit", "")
    if "season" in f:
        return season(f, frame)
    if unit == "Q" and rel in ("latest", "same") and frame.quarter:
        return Reading(frame.quarter, "relative")
    if rel in ("same", "following", "previous") or (frame.history and rel == "next"):
        base, basis = frame.anaphoric if frame.told else frame.deictic
    else:
        base, basis = frame.deictic
    if base is None or unit == "ML":
        return unknown()
    if unit in HOURS:
        return Reading("PRESENT_REF" if rel == "this" else duration("1", unit), basis, (base, base), "day")
    if unit == "DE" and rel == "past":
        return Reading(duration("1", unit), basis, (moved(base, -1, unit), base), "day")
    step = -1 if rel in BACK or (rel == "latest" and unit == "Q") else 1 if rel in ON else 0
    if unit == "WE" and step < 0 and base.isoweekday() == 7:
        step = -1
    return Reading(value_at(moved(base, step, unit), unit) + clock_of(f), basis)


def _set(f: Fields, frame: Frame) -> Reading:
    if "freq" in f:
        return Reading(f["freq"], "open", grain="day")
    if "month" in f or "season" in f:
        return Reading(f"XXXX-{f['season']}" if "season" in f else f"XXXX-{int(f['month']):02d}", "open", grain="day")
    unit = "D" if "part" in f else f["unit"]
    return Reading(duration(f.get("number") or "1", "D" if unit == "NI" else unit), "open", grain="day")


def _weekly(f: Fields, frame: Frame) -> Reading:
    return Reading(f"XXXX-WXX-{f['day']}", "open", grain="day")


def _clock_only(f: Fields, frame: Frame) -> Reading:
    """An hour of the day named last in the same block, else of today."""
    base, basis = frame.deictic
    if frame.here:
        base, basis = frame.here, "relative"
    clock = clock_of(f)
    if base is None or not clock:
        return Reading(clock or None, "open", grain="hour")
    if clock == MIDNIGHT:  # between two days: after the day told, or before the day of the report
        days = (base, moved(base, 1, "D")) if frame.here else (moved(base, -1, "D"), base)
        return Reading(base.isoformat() + clock, basis, days)
    return Reading(base.isoformat() + clock, basis)


def _length(f: Fields, frame: Frame) -> Reading:
    return Reading(duration(_count(f), f["unit"]), "open", grain="day")


def _count(f: Fields) -> str:
    """How many units: a figure, "X" for more than one that is not said, "1" for "year-long"."""
    if "number" in f:
        return f"{float(f['number']) + 0.5 * ('plus' in f):g}"
    low, _, high = f.get("many", "1-1").partition("-")
    return low if low == high else "X"


def _now(f: Fields, frame: Frame) -> Reading:
    base, basis = frame.deictic
    value = f["value"]
    days = {"PRESENT_REF": (base, base), "PAST_REF": (None, base), "FUTURE_REF": (base, None)}[value]
    return Reading(value, basis, days, "day")


HANGING: dict[str, Callable[[Fields, Frame], Reading]] = {
    "today": _today, "two-days-off": _two_days_off, "overnight": _overnight, "part": _part,
    "neighbour": _neighbour, "event": _event, "that": _that, "away": _away, "away-vague": _away_vague,
    "stretch": _stretch, "relative": _relative, "set": _set, "weekly": _weekly, "clock": _clock_only,
    "length": _length, "now": _now,
}  # fmt: skip
