"""Rows of ``compare`` as a chart in SVG: a panel for each thing counted, a line for each claimant, days at the foot.

Colour says whose losses or troops, the dash whose word, a hollow mark that the day is that of the saying. Every mark
names its row. The same rows give the same bytes. Written out here, since chart libraries of this size know neither
bounds nor hollow marks, and the one in wide use is under the LGPL.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import ceil, floor, log10
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from dateline.exports.files import whole
from dateline.join.comparisons import FAMILIES, LOSSES, PEOPLE, STRENGTH

DRAWN = (*LOSSES, *STRENGTH, *PEOPLE)  # what has numbers to draw, in this order
WIDTH, LEFT, RIGHT, TOP, PANEL, GAP = 960, 76, 250, 76, 180, 78  # pixels
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8c6d00", "#56b4e9")  # Okabe and Ito's, told apart by all eyes
DASH = {"own": "", "enemy": "7 3", "other": "2 3"}
LINE = 14  # pixels between two labels
TICKS = 5  # days that are named
MOST_LABELS = 13  # lines of a panel that are named at the right, those that go on last
FEW = 8  # points of a panel, whose numbers then stand beside them

type Row = Mapping[str, Any]


def number(row: Row) -> float | None:
    """What is drawn: the value, else the middle of what bounds it."""
    known = [row[end] for end in ("low", "high") if row[end] is not None]
    if row["value"] is not None:
        return float(row["value"])
    return sum(known) / len(known) if known else None


def drawable(row: Row) -> bool:
    """True for numbers of losses, strength and people."""
    return number(row) is not None and row["about"] in ("losses", "strength", "people")


def place_of(row: Row) -> tuple[str, int]:
    """What orders panels: what they are about, then what is counted."""
    return row["about"], DRAWN.index(row["counts"])


def write_svg(path: Path, rows: Iterable[Row], sides: Sequence[str]) -> None:
    """Write the chart; the file is there whole or not at all. Raises InputError."""
    with whole(path) as file:
        file.write(svg(rows, sides).encode())


def svg(rows: Iterable[Row], sides: Sequence[str]) -> str:
    """The chart; ``sides`` are the names asked for."""
    drawn = [row for row in rows if drawable(row) and row["day"] is not None]
    drawn.sort(key=lambda row: (place_of(row), heading(row), row["series"], row["day"], row["id"]))
    panels = [(title, list(some)) for title, some in groupby(drawn, key=heading)]
    names = [*sides, *sorted({row["side"] or "" for row in drawn} - {*sides})]
    days = [row["day"] for row in drawn] or [date(2000, 1, 1)]
    axes = Axes(min(days), max(days), names)
    height = TOP + len(panels) * (PANEL + GAP) + 20
    title = f"{' and '.join(sides) or 'All sides'}: figures as said"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        'role="img" font-family="sans-serif" font-size="12" fill="#222">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        _text(LEFT, 24, title, 'font-size="16" font-weight="bold"'),
        *_legend(sides),
    ]
    for n, (name, some) in enumerate(panels):
        parts += [f'<g transform="translate(0 {TOP + n * (PANEL + GAP) + 24})">', *_drawn(name, some, axes), "</g>"]
    if not panels:
        parts.append(_text(LEFT, TOP, "nothing to draw: no number with a day"))
    return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True, slots=True)
class Axes:
    """What all panels share: the days along the foot, and a colour for each side."""

    first: date
    last: date
    names: Sequence[str]

    def x(self, day: date) -> float:
        """Pixels from the left; a single day stands in the middle."""
        span = (self.last - self.first).days
        share = (day - self.first).days / span if span else 0.5
        return round(LEFT + 12 + share * (WIDTH - LEFT - RIGHT - 24), 1)

    def colour(self, row: Row) -> str:
        """By whose losses, troops or people they are."""
        return COLOURS[self.names.index(row["side"] or "") % len(COLOURS)]

    def ticks(self) -> list[date]:
        """Some days, the first and the last among them."""
        span = (self.last - self.first).days
        steps = min(TICKS - 1, span) or 1
        return sorted({self.first + timedelta(round(span * n / steps)) for n in range(steps + 1)})


def heading(row: Row) -> str:
    """What a panel is of: people and families are counted apart."""
    return f"{row['counts']} (families)" if row["unit"] in FAMILIES else str(row["counts"])


def _drawn(name: str, rows: Sequence[Row], axes: Axes) -> Iterator[str]:
    most = _round_up(max(max(number(row) or 0, row["high"] or 0) for row in rows))
    yield _text(LEFT, -24, name, 'font-weight="bold"')
    for n in (0, 1, 2) if most % 2 == 0 else (0, 2):
        y = PANEL - PANEL * n / 2
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#ddd"/>'
        yield _text(LEFT - 8, y + 4, f"{most * n / 2:,.10g}", 'text-anchor="end" fill="#666"')
    for day in axes.ticks():
        yield _text(axes.x(day), PANEL + 18, day.isoformat(), 'text-anchor="middle" fill="#666"')
    ends: list[tuple[float, str, Row]] = []
    for _, line in groupby(rows, key=lambda row: row["series"]):
        points = list(line)
        yield from _line(points, axes, most, named=len(rows) <= FEW)
        ends.append((_y(number(points[-1]) or 0, most), f"{points[-1]['voice']}: {_written(points[-1])}", points[-1]))
    yield from _labels(ends, axes)


def _line(points: Sequence[Row], axes: Axes, most: float, named: bool) -> Iterator[str]:
    colour, dash = axes.colour(points[0]), DASH[points[0]["word"]]
    places = [(axes.x(row["day"]), _y(number(row) or 0, most)) for row in points]
    if any(row["change"] is not None for row in points):  # one count that is kept up, not a day's or a deed's
        path = " ".join(f"{x},{y}" for x, y in places)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dash}"/>'
    else:
        for x, y in places:
            yield f'<path d="M{x} {PANEL} V{y}" stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dash}"/>'
    for row, (x, y) in zip(points, places, strict=True):
        if row["value"] is None and None not in (row["low"], row["high"]):
            ends = f'y1="{_y(row["low"], most)}" y2="{_y(row["high"], most)}"'
            yield f'<line x1="{x}" x2="{x}" {ends} stroke="{colour}" stroke-width="1.5"/>'
        fill = colour if row["basis"] == "words" else "#fff"
        told = escape(f"{row['day']} {row['voice']}: {_written(row)} {row['counts']}, {row['side'] or 'side not said'}")
        if named:
            yield _text(x, y - 8, _written(row), f'font-size="11" text-anchor="middle" fill="{colour}"')
        mark = f'cx="{x}" cy="{y}" r="{4 if named else 2.5}" fill="{fill}" stroke="{colour}" stroke-width="1.5"'
        yield f"<circle {mark}><title>{told} ({row['basis']}) {row['id']}</title></circle>"


def _labels(ends: Iterable[tuple[float, str, Row]], axes: Axes) -> Iterator[str]:
    """The claimant and last number of each line, at the right, none on another; a thin line leads from its end."""
    floor_y = float(-LINE)
    listed = sorted(
        sorted(ends, key=lambda end: (end[2]["day"], end[1]))[-MOST_LABELS:], key=lambda end: (end[0], end[1])
    )
    room = max(0.0, PANEL + 12 - LINE * len(listed))
    for n, (y, words, row) in enumerate(listed):
        at = max(floor_y + LINE, min(y, room + LINE * n))
        floor_y = at
        x, colour, right = axes.x(row["day"]), axes.colour(row), WIDTH - RIGHT + 10
        yield f'<path d="M{x + 5} {y} L{right - 4} {at}" fill="none" stroke="{colour}" stroke-width=".4"/>'
        yield _text(right, at + 4, _cut(words), f'fill="{colour}"')


def _legend(sides: Sequence[str]) -> Iterator[str]:
    x = float(LEFT)
    for side, colour in zip(sides, COLOURS, strict=False):
        yield f'<rect x="{x}" y="36" width="12" height="12" fill="{colour}"/>'
        yield _text(x + 18, 46, f"of {side}", f'fill="{colour}"')
        x += 40 + 7 * len(f"of {side}")
    for word, said in (("own", "its own word"), ("enemy", "the other side's"), ("other", "anybody else's")):
        yield f'<line x1="{x}" x2="{x + 26}" y1="42" y2="42" stroke="#222" stroke-dasharray="{DASH[word]}"/>'
        yield _text(x + 32, 46, said)
        x += 50 + 6.5 * len(said)
    yield f'<circle cx="{x + 4}" cy="42" r="4" fill="#fff" stroke="#222"/>'
    yield _text(x + 14, 46, "day of the saying")


def _y(value: float, most: float) -> float:
    return round(PANEL - PANEL * value / most, 1)


def _round_up(value: float) -> float:
    """The next 1, 2, 3, 4, 5, 6, 8 or 10 times a power of ten."""
    power = 10.0 ** floor(log10(value)) if value > 0 else 1.0
    return power * next(n for n in (1, 2, 3, 4, 5, 6, 8, 10) if n >= ceil(value / power * 1000) / 1000)


def _written(row: Row) -> str:
    if row["value"] is not None:
        bound = {"at_least": "≥ ", "up_to": "≤ ", "about": "~ "}.get(row["bound"], "")
        words = f"{bound}{row['value']:,.10g}"
    else:
        words = "–".join(f"{row[end]:,.10g}" if row[end] is not None else "…" for end in ("low", "high"))
    return words if row["status"] in ("happened", "ongoing") else f"{words} {row['status']}"


def _cut(words: str) -> str:
    most = (RIGHT - 16) // 7  # characters of 12 pixels, about
    if len(words) <= most:
        return words
    name, _, rest = words.rpartition(": ")
    return f"{name[: most - len(rest) - 3].rstrip()}…: {rest}"


def _text(x: float, y: float, words: str, how: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" {how}>{escape(words)}</text>'
