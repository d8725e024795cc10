"""``dateline reports | statements | events …``: one set of filters and outputs for every view of the record."""

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from dateline import __version__
from dateline.cli.columns import table
from dateline.cli.names import count, short
from dateline.cli.place import existing, lexicon_option, record_option
from dateline.cli.screen import STANCE, STATUS, console_for_output
from dateline.exports.files import FORMATS, write_file
from dateline.record import Record
from dateline.store.asked import AREAS, POLICIES, Asked
from dateline.store.frames import asked_for

SHOWN = 50  # rows of a table, unless --limit says otherwise
WORDS = 110  # characters of a cell
STYLES: Mapping[str, Mapping[str, str]] = {"stance": STANCE, "status": STATUS}
FILTERS = {
    "place": ("NAME", "This very place."),
    "within": ("NAME", "In this place, or within so far of it: '50 km of Herat'."),
    "actor": ("NAME", "Who does it, bears it or is named; of events not who tells of it."),
    "type": ("TYPE", "Of events a PLOVER type, of statements a stance, of holds a state, of figures what is counted."),
    "since": ("DAY", "Not over before this day."),
    "until": ("DAY", "Begun by this day."),
    "voice": ("NAME", "Who says so, or passes it on, or whom these belong to."),
    "standing": ("STANDING", "Events that are confirmed, corroborated, reported, single, contested or doubtful."),
    "as-of": ("DAY", "What was so by this day."),
    "known": ("DAY", "What the record knew by the end of this day, UTC."),
    "rulings": ("WHICH", "applied (rejected rows left out), all, none (as dateline has it), accepted, rejected, open."),
}
BY = "How many places each side holds in each district, province or country."
THREAD = "Of the running story that this report is of."
BEST = "Whose rule picks the best of several numbers: ucdp (the default) or acled."
TELLINGS = "Each telling of an event, as one report has it."
# what a table shows of each view; everything is in the other outputs
TABLES: dict[str, tuple[str, ...]] = {
    "reports": ("published", "outlet", "title", "words", "ruled", "id"),
    "search": ("published", "outlet", "snippet", "hits", "id"),
    "threads": ("first", "last", "title", "reports", "texts", "outlets", "places", "id"),
    "statements": ("published", "speaker", "stance", "words", "outlet", "ruled", "id"),
    "events": ("earliest", "what", "who", "place", "told", "standing", "ruled", "id"),
    "holds": ("earliest", "place", "state", "status", "holder", "other", "voice", "ruled", "id"),
    "figures": ("earliest", "counts", "number", "unit", "side", "status", "voice", "words", "ruled", "id"),
    "holdings": ("day", "place", "admin1", "state", "holder", "since", "weights", "origins"),
    "tallies": ("area", "day", "places", "held", "contested", "stale", "unknown"),
    "tempo": ("side", "area", "until", "phase", "weeks", "read", "ratio", "said"),
    "assessments": ("first", "origin", "kind", "side", "direction", "words", "reports", "texts"),
    "tensions": ("on", "verdict", "place", "earliest", "a says", "b says"),
    "places": ("name", "kind", "admin1", "country", "reports", "first", "last", "id"),
    "actors": ("name", "kind", "country", "reports", "first", "last", "id"),
}


def asking(name: str) -> click.Command:
    """The command of one view."""

    def run(
        record: str | None,
        lexicons: tuple[Path, ...],
        as_json: bool,
        as_csv: bool,
        parquet: Path | None,
        geojson: Path | None,
        **given: Any,
    ) -> None:
        asked = asked_for(given)
        view = "tallies" if asked.by is not None else name
        with existing(record, lexicons=lexicons) as opened:
            for format, path in (("parquet", parquet), ("geojson", geojson)):
                if path is not None:
                    save(opened, format, path, view, asked)
            if as_json or as_csv:
                stream("jsonl" if as_json else "csv", view, opened.ask(view, asked))
            elif parquet is None and geojson is None:
                show(
                    view, opened.ask(view, asked if asked.limit is not None else _one_more(asked)), asked.limit or SHOWN
                )

    run.__doc__ = f"{LINES[name]}\n\n{CLOCKS}"
    command: Callable[..., Any] = outputs(filters(run))
    if name == "reports":
        command = click.option("--thread", metavar="ID", help=THREAD)(command)
    if name == "events":
        command = click.option("--best", type=click.Choice(POLICIES), metavar="RULE", help=BEST)(command)
        command = click.option("--tellings", is_flag=True, default=None, help=TELLINGS)(command)
    if name == "holdings":
        command = click.option("--by", type=click.Choice(AREAS), metavar="AREA", help=BY)(command)
    if name == "search":
        command = click.argument("words", metavar="WORDS")(command)
    return click.command(name, short_help=LINES[name])(command)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the filters."""
    command = click.option("--limit", type=int, metavar="N", help="At most so many rows.")(command)
    for name, (metavar, line) in reversed(FILTERS.items()):
        command = click.option(f"--{name}", metavar=metavar, help=line)(command)
    return command


def outputs(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the ways to put rows out, and ``--record`` and ``--lexicon``."""
    file = click.Path(path_type=Path, dir_okay=False)
    command = click.option("--geojson", type=file, metavar="FILE", help="Write a GeoJSON file.")(command)
    command = click.option("--parquet", type=file, metavar="FILE", help="Write a Parquet file.")(command)
    command = click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")(command)
    command = click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one row a line.")(command)
    return record_option(lexicon_option(command))


def save(record: Record, format: str, path: Path, view: str, asked: Asked) -> None:
    """One file with its sidecar."""
    about = {
        "asked": asked.told(),
        "day": record.now().date().isoformat(),
        "dateline": __version__,
        "record": record.database.where,
    }
    write_file(path, format, view, record.ask(view, asked), about)
    click.echo(f"{path} and {path}.meta.json written", err=True)


def stream(format: str, view: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows on standard output."""
    for piece in FORMATS[format](view, rows):
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def show(view: str, rows: Iterable[Mapping[str, Any]], most: int) -> None:
    """A table; a line below says where there is more."""
    found = list(islice(rows, max(0, most) + 1))  # rows that make no sense say so when they are asked for
    shown = found[:most]
    cells = {name.replace("_", " "): [_cell(name, row) for row in shown] for name in TABLES[view]}
    console = console_for_output()
    if shown:
        console.print(table(cells))
    if view == "events" and shown:
        console.print(Text("told: reports / texts / independent origins", style="dim"))
    if not shown:
        console.print(Text("nothing found", style="dim"))
    elif len(found) > most:
        console.print(Text(f"the first {most}; --limit N shows more, --json all", style="dim"))


def _one_more(asked: Asked) -> Asked:
    return asked_for({name: getattr(asked, name) for name in Asked.__slots__} | {"limit": SHOWN + 1})


def _cell(name: str, row: Mapping[str, Any]) -> str | Text:
    value = MADE[name](row) if name in MADE else row[name]
    if name == "earliest":
        return _days(row["earliest"], row["latest"])
    if name == "snippet":
        return _marked(str(value))
    if isinstance(value, list):
        value = "; ".join(value)
    words = "" if value is None else str(value) if name == "id" else short(str(value), WORDS)
    if name == "id" and words.startswith("sha256:"):
        words = words[:23]
    return Text(words, style=STYLES[name].get(words, "")) if name in STYLES else words


def _number(row: Mapping[str, Any]) -> str:
    if row["value"] is not None:
        return count(row["value"])
    return "–".join(dict.fromkeys(count(row[end]) or "…" for end in ("low", "high")))


def _days(first: date | None, last: date | None) -> str:
    if first == last:
        return "" if first is None else str(first)
    return f"{first or '…'} to {last or '…'}"


def _what(row: Mapping[str, Any]) -> str:
    return f"{row['type']} {row['status']}".removesuffix(" happened")


def _who(row: Mapping[str, Any]) -> str:
    return " → ".join(filter(None, (", ".join(row["actors"]), ", ".join(row["recipients"]))))


def _told(row: Mapping[str, Any]) -> str:
    """Three numbers and never fewer: reports, texts, origins."""
    counts = [row[name] for name in ("reports", "texts", "origins")]
    return "" if counts[0] is None else " / ".join(map(str, counts))


def _marked(snippet: str) -> Text:
    """Hits in colour, and in brackets still for those who see none."""
    line = Text(snippet)
    line.highlight_regex(r"\[[^\]]*\]", style="bold yellow")
    return line


def _side_of(row: Mapping[str, Any], side: str) -> str:
    published = row[f"{side}_published"]
    words = short(row[f"{side}_words"], WORDS)
    return f"{row[f'{side}_voice']} ({published or 'no day'}): {words}"


MADE: Mapping[str, Callable[[Mapping[str, Any]], str]] = {"number": _number, "what": _what, "who": _who, "told": _told,
    "a says": lambda row: _side_of(row, "a"), "b says": lambda row: _side_of(row, "b"),
    "weeks": lambda row: " ".join(row["weeks"]), "read": lambda row: " ".join(row["read"]),
}  # fmt: skip
LINES = {
    "reports": "List the reports of the record, newest first.",
    "threads": "List running stories: reports of some weeks that share rare words, newest first.",
    "statements": "List who said what, how surely, newest first.",
    "events": "List what is said to have happened, where and when, newest first.",
    "holds": "List who is said to hold, take or lose what, newest first.",
    "figures": "List how many are said to be killed, displaced, sent …, newest first.",
    "holdings": "List who holds each place on a day, by the weight of what is said; with --since each change.",
    "tempo": "List how fast each side acts, and beside it what voices say of that.",
    "assessments": "List what voices say of how a fight goes, by whom it comes from in the end.",
    "tensions": "List claims that cannot both hold, or that parties put differently, newest first.",
    "places": "List the places that reports name, the most named first.",
    "actors": "List whom reports name, the most named first.",
    "search": 'Find reports by their words: all of WORDS, "in this order", begin*, -without.',
}
CLOCKS = (
    "A row with no day of its own counts by the day its report was published. Days are written 2021-08-15. "
    "--as-of asks what was so, --known what the record knew by then."
)
reports, statements, events, holds = map(asking, ("reports", "statements", "events", "holds"))
figures, places, actors, search = map(asking, ("figures", "places", "actors", "search"))
threads = asking("threads")
holdings, tempo, assessments, tensions = map(asking, ("holdings", "tempo", "assessments", "tensions"))
