"""``dateline compare A B``: two sides' figures side by side, deliveries, drills; of one side, or of all, as series."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Group, RenderableType
from rich.text import Text

from dateline.cli.ask import SHOWN, filters, outputs, save, stream
from dateline.cli.bars import charts, written
from dateline.cli.columns import table
from dateline.cli.names import short
from dateline.cli.place import existing
from dateline.cli.screen import console_for_output, sections
from dateline.exports.charts import number, write_svg
from dateline.store.asked import Asked
from dateline.store.frames import asked_for

TITLES = {
    "losses": "Losses", "strength": "Strength", "people": "People", "deliveries": "Deliveries", "drills": "Drills"
}  # fmt: skip
SCOPE = {"day": "in a day", "since": "so far", "part": "among them", "total": "in all"}
VOICE = 40  # characters

type Row = Mapping[str, Any]


@click.command("compare", short_help="Put two sides' figures side by side, by whose word and day.")
@click.argument("side", metavar="[A]", required=False)
@click.argument("other", metavar="[B]", required=False)
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a chart as SVG.")
@filters
@outputs
def command(svg: Path | None, **given: Any) -> None:
    """Put the figures of A and B side by side: troops, arms, losses, by whose word and on which day.

    With A alone: its figures as series by claimant. With neither: all figures, such as --type displaced --within Herat.
    --type takes losses, strength, people, deliveries, drills, or what is counted. Numbers are shown as said; nothing is
    added up. Deliveries and drills are rows: from, to, what, how many, when.
    """
    record, lexicons, as_json, as_csv = (given.pop(name) for name in ("record", "lexicons", "as_json", "as_csv"))
    files = {format: given.pop(format) for format in ("parquet", "geojson")}
    asked = asked_for(given)
    with existing(record, lexicons=lexicons) as opened:
        for format, path in files.items():
            if path is not None:
                save(opened, format, path, "compare", asked)
        rows = list(opened.ask("compare", asked))
    if svg is not None:
        write_svg(svg, rows, _named(asked))
        click.echo(f"{svg} written", err=True)
    if as_json or as_csv:
        stream("jsonl" if as_json else "csv", "compare", rows)
    elif svg is None and not any(files.values()):
        show(rows, asked)


def show(rows: Sequence[Row], asked: Asked) -> None:
    """Charts, then a table for each section."""
    console = console_for_output()
    if not rows:
        console.print(Text("nothing found", style="dim"))
        return
    sides, most = _named(asked), asked.limit or SHOWN
    parts = [part for about in TITLES for part in _parts(about, [r for r in rows if r["about"] == about], sides, most)]
    head = Text(" and ".join(sides) or "All sides", style="bold")
    chart = charts(rows, sides, console.width)
    sections(Group(head, Text(), chart) if chart.renderables else head, parts, console)


def _named(asked: Asked) -> list[str]:
    return [name for name in (asked.side, asked.other) if name is not None]


def _parts(about: str, rows: Sequence[Row], sides: Sequence[str], most: int) -> Iterator[tuple[str, RenderableType]]:
    """A table of each side, where two are compared; else one."""
    apart = len(sides) == 2 and about not in ("deliveries", "drills")
    for side in sides if apart else (None,):
        some = [row for row in rows if side is None or row["side"] == side]
        if some:
            title = TITLES[about] + (f" of {side}" if side else "")
            more = [Text(f"the first {most} of {len(some)}; --limit N shows more", style="dim")] if some[most:] else []
            yield f"{title}, as said", Group(_table(about, some[:most], bool(sides)), *more)


def _table(about: str, rows: Sequence[Row], sided: bool) -> RenderableType:
    left_out = {"of"} if sided else set()
    return table({name: [cell(row) for row in rows] for name, cell in CELLS[about].items() if name not in left_out})


def _day(row: Row) -> str:
    if row["basis"] != "words":
        return f"({row['day'] or 'no day'})"
    first, last = row["earliest"], row["latest"]
    return str(last) if first == last or first is None else f"{first} to {last or '…'}"


def _change(row: Row) -> str:
    return "" if row["change"] is None else f"{row['change']:+,.10g}"


def _many(row: Row) -> str:
    return "" if number(row) is None else written(row)


def _noun(row: Row, noun: str | None) -> str:
    """ "12 vehicles", "1 vehicle", "25 aircraft"."""
    one = number(row) in (None, 1) or not noun or noun.endswith(("s", "craft", "people", "personnel"))
    return noun or "" if one else f"{noun}s"


def _says(row: Row) -> str:
    """The claimant, and in how many reports if more than one."""
    return short(row["voice"], VOICE) + (f" (in {row['reports']} reports)" if row["reports"] > 1 else "")


type Cells = dict[str, Callable[[Row], str]]

NUMBERS: Cells = {
    "day": _day,
    "number": lambda row: f"{written(row)} {row['counts']} {SCOPE.get(row['scope'], '')}".strip(),
    "of": lambda row: row["side"] or "",
    "says": _says,
    "change": _change,
    "place": lambda row: row["place"] or "",
    "id": lambda row: row["id"],
}
DELIVERIES: Cells = {
    "day": _day,
    "from": lambda row: row["side"] or "",
    "to": lambda row: ", ".join(row["to"]),
    "what": lambda row: f"{_many(row)} {_noun(row, row['counts'])}".strip(),
    "says": _says,
    "id": lambda row: row["id"],
}
DRILLS: Cells = {
    "day": _day,
    "who": lambda row: " with ".join(filter(None, [row["side"], ", ".join(row["to"])])),
    "what": lambda row: ", ".join(filter(None, [f"{_many(row)} {_noun(row, row['unit'])}".strip(), row["place"]])),
    "says": _says,
    "id": lambda row: row["id"],
}
CELLS = {"losses": NUMBERS, "strength": NUMBERS, "people": NUMBERS, "deliveries": DELIVERIES, "drills": DRILLS}
