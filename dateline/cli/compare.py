"""``dateline compare A B``: two sides' figures side by side, deliveries, drills; of one side, or of all, as series."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
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
    "losses": "Losses, as said", "strength": "Strength, as said", "people": "People, as said",
    "deliveries": "Deliveries", "drills": "Drills",
}  # fmt: skip
WORD = {"own": "own", "enemy": "enemy", "other": ""}
VOICE = 48  # characters

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
    parts: list[tuple[str, RenderableType]] = []
    for about, title in TITLES.items():
        some = [row for row in rows if row["about"] == about]
        if some:
            more = [Text(f"the first {most} of {len(some)}; --limit N shows more")] if len(some) > most else []
            parts.append((title, Group(_table(about, list(islice(some, most)), len(sides)), *more)))
    head = Text(" and ".join(sides) or "All sides", style="bold")
    chart = charts(rows, sides, console.width)
    sections(Group(head, Text(), chart) if chart.renderables else head, parts, console)


def _named(asked: Asked) -> list[str]:
    return [name for name in (asked.side, asked.other) if name is not None]


def _table(about: str, rows: Sequence[Row], sides: int) -> RenderableType:
    left_out = {"of"} if sides == 1 else set()
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


type Cells = dict[str, Callable[[Row], str]]

NUMBERS: Cells = {
    "day": _day,
    "what": lambda row: row["counts"],
    "number": written,
    "of": lambda row: row["side"] or "",
    "says": lambda row: short(row["voice"], VOICE),
    "word": lambda row: WORD[row["word"]],
    "counted": lambda row: row["scope"] if row["scope"] in ("day", "since", "part", "total") else "",
    "change": _change,
    "place": lambda row: row["place"] or "",
    "in": lambda row: f"{row['reports']} reports" if row["reports"] > 1 else "",
    "id": lambda row: row["id"],
}
DELIVERIES: Cells = {
    "day": _day,
    "from": lambda row: row["side"] or "",
    "to": lambda row: ", ".join(row["to"]),
    "what": lambda row: row["counts"],
    "how many": _many,
    "says": lambda row: short(row["voice"], VOICE),
    "id": lambda row: row["id"],
}
DRILLS: Cells = {
    "day": _day,
    "who": lambda row: row["side"] or "",
    "with": lambda row: ", ".join(row["to"]),
    "how many": lambda row: f"{_many(row)} {row['unit'] or ''}".strip(),
    "place": lambda row: row["place"] or "",
    "says": lambda row: short(row["voice"], VOICE),
    "id": lambda row: row["id"],
}
CELLS = {"losses": NUMBERS, "strength": NUMBERS, "people": NUMBERS, "deliveries": DELIVERIES, "drills": DRILLS}
