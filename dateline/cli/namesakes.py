"""``dateline namesakes NAME``: who or what else a name may mean, and what would settle it."""

import sys
from pathlib import Path

import click
import msgspec
from rich.text import Text

from dateline.cli.columns import table
from dateline.cli.names import short
from dateline.cli.place import existing, lexicon_option, record_option
from dateline.cli.screen import console_for_output
from dateline.errors import UsageError
from dateline.store.namesakes import Known, Namesake

WIDEST = 160


@click.command(short_help="Show who or what else a name may mean, and what would settle it.")
@click.argument("name", metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@record_option
@lexicon_option
def command(name: str, as_json: bool, record: str | None, lexicons: tuple[Path, ...]) -> None:
    """Show the actors and places that go by NAME, how reports call them, and candidates for being one with them.

    Nothing is merged by a guess. The line shown for a candidate goes into the actors.tsv of a folder of your own, below
    the line of column names; then: dateline rebuild --lexicon FOLDER. A place is settled by dateline rule REPORT place.
    """
    with existing(record, lexicons=lexicons) as opened:
        found = opened.namesakes(name)
        columns = opened.actor_columns
    if not found.actors and not found.places:
        raise UsageError(f"nobody and nothing is called {name!r} in the record or on the map")
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
        return
    for known in found.actors:
        _tell(known)
    lines = [c.line for known in found.actors for c in known.candidates]
    if lines:
        click.echo(
            "\nThe line that is right goes into actors.tsv in a folder of your own, below the names of its columns:"
        )
        click.echo(columns)
        click.echo("\n".join(dict.fromkeys(lines)))
    if found.places:
        _tell_places(found.places)


def _tell(known: Known) -> None:
    console = console_for_output()
    head = " · ".join(
        filter(
            None,
            [known.kind, known.country, known.lexicon, f"{known.reports} report{'s' * (known.reports != 1)}", known.id],
        )
    )
    console.print(Text(known.name, style="bold").append(f"  {head}", "not bold dim"))
    for what, words in (("called", known.aliases), ("as", known.roles)):
        if words:
            console.print(Text(f"  {what} ", style="dim").append(short("; ".join(words), WIDEST), "not dim"))
    for c in known.candidates:
        line = Text("  may be ", style="yellow").append(c.name, "not yellow")
        console.print(line.append(f"  {' · '.join(filter(None, [c.why, c.country, c.id]))}", "dim"))


def _tell_places(places: tuple[Namesake, ...]) -> None:
    cells = {
        "place": [p.chain for p in places],
        "reports": [str(p.reports or "") for p in places],
        "id": [p.id for p in places],
    }
    console_for_output().print(table(cells))
