"""Comparisons on the terminal: one bar a number, two sides back to back, shaded by whose word it is.

Lines of our own: chart libraries draw curves over dense days, while what is compared here is a handful of numbers, each
of which needs its claimant, its bounds and whether its day is known beside it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group
from rich.text import Text

from dateline.cli.names import count, short
from dateline.exports.charts import drawable, heading, number, place_of

SHADES = {"own": ("█", "green"), "enemy": ("▒", "red"), "other": ("░", "cyan")}
WORDS = {"own": "its own word", "enemy": "the other side's", "other": "others'"}
MOST = 16  # bars of a chart
DAY, VOICE = 12, 26  # characters
BOUNDS = {"at_least": "≥ ", "up_to": "≤ ", "about": "~ "}

type Row = Mapping[str, Any]


def charts(rows: Iterable[Row], sides: Sequence[str], width: int) -> Group:
    """A chart for each thing that is counted, and what the shades mean; nothing where nothing has a number.

    ``sides`` are the names asked for: with two, the first one's bars run left and the second one's right.
    """
    told = [row for row in rows if drawable(row)]
    told.sort(key=lambda row: (place_of(row), _panel(row, sides), str(row["day"] or ""), row["voice"], row["id"]))
    panels = [_chart(title, list(some), sides, width) for title, some in groupby(told, lambda row: _panel(row, sides))]
    return Group(*(line for panel in panels for line in (*panel, Text())), *([_legend()] if panels else []))


def written(row: Row) -> str:
    """ "303", "≥ 200", "58,000–100,000", "1,000 planned"."""
    if row["value"] is not None:
        words = BOUNDS.get(row["bound"], "~ " if row["approximate"] else "") + count(row["value"])
    else:
        words = "–".join(dict.fromkeys(count(row[end]) or "…" for end in ("low", "high")))
    return words if row["status"] in ("happened", "ongoing") else f"{words} {row['status']}"


def _panel(row: Row, sides: Sequence[str]) -> tuple[str, str]:
    return heading(row), "" if len(sides) == 2 else row["side"] or ""


def _chart(title: tuple[str, str], rows: list[Row], sides: Sequence[str], width: int) -> Iterator[Text]:
    counts, side = title
    shown = thinned(rows)
    head = Text(f"{counts} of {side}" if side else counts, style="bold")
    if len(shown) < len(rows):
        head.append(f"   {len(shown)} of {len(rows)}, --json has all", style="not bold dim")
    yield head
    voice = min(VOICE, max(len(row["voice"]) for row in shown))
    most = max(number(row) or 0 for row in rows)
    longest = max(len(written(row)) for row in shown)
    room = width - DAY - voice - 3
    if len(sides) == 2:
        half = (room - 1) // 2
        yield Text(" " * (DAY + voice + 3)) + Text(
            f"{short(sides[0], half - 2)} ".rjust(half) + "│" + f" {sides[1]}", "dim"
        )
        bars = [_both(row, half, longest, most, row["side"] == sides[0]) for row in shown]
    else:
        bars = [_bar(row, room - longest - 1, most) + Text(f" {written(row)}") for row in shown]
    for row, bar in zip(shown, bars, strict=True):
        line = Text(_day(row).ljust(DAY + 1), style="dim")
        yield line.append(short(row["voice"], voice).ljust(voice + 2), style="not dim").append(bar)


def thinned(rows: Sequence[Row]) -> list[Row]:
    """As many as a chart takes: the last of each series, then others evenly over time."""
    if len(rows) <= MOST:
        return [*rows]
    last = {row["series"]: n for n, row in enumerate(rows)}
    kept = set(sorted(last.values())[-MOST:])
    rest = [n for n in range(len(rows)) if n not in kept]
    more = MOST - len(kept)
    kept.update(rest[n * (len(rest) - 1) // max(1, more - 1)] for n in range(more))
    return [rows[n] for n in sorted(kept)]


def _both(row: Row, half: int, longest: int, most: float, left: bool) -> Text:
    bar, words = _bar(row, half - longest - 1, most), written(row)
    if not left:
        return Text(" " * half + "│").append(bar).append(f" {words}")
    return Text(" " * (half - len(bar) - len(words) - 1)).append(f"{words} ").append(bar).append("│")


def _bar(row: Row, room: int, most: float) -> Text:
    """At least one character: a number that is small beside another is a number still."""
    shade, style = SHADES[row["word"]]
    return Text(shade * max(1, round(max(1, room) * (number(row) or 0) / most)) if most else "", style=style)


def _day(row: Row) -> str:
    """In brackets where the words give none and this is when it was said."""
    if row["day"] is None:
        return "(no day)"
    return f" {row['day']}" if row["basis"] == "words" else f"({row['day']})"


def _legend() -> Text:
    line = Text()
    for word, (shade, style) in SHADES.items():
        line.append(shade * 2, style=style).append(f" {WORDS[word]}   ", style="dim")
    return line.append("(day) of the saying", style="dim")
