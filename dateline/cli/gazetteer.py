"""``dateline gazetteer``: build the map, add places of one's own, or say what it is made of."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from dateline.cli.columns import table
from dateline.cli.screen import console_for_output, sections
from dateline.kit import gazetteer_path, load_gazetteer
from dateline.lexicons.gazetteer import about as sources
from dateline.lexicons.gazetteer import import_geonames, import_names, import_pcodes, import_table
from dateline.lexicons.load import load_lexicons

IMPORTERS = {"geonames": import_geonames, "names": import_names, "pcodes": import_pcodes, "csv": import_table}


@click.group(short_help="Build the map, or say what it is made of.")
def command() -> None:
    """The map: places with their names, kinds and chains, in one file."""


@command.command()
@click.option("--quiet", is_flag=True, help="No progress bar.")
def build(quiet: bool) -> None:
    """Build the map from the installed packages; does nothing when it is current."""
    console = Console(stderr=True, quiet=quiet)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("the map", total=1.0)
        map_ = load_gazetteer(load_lexicons(), lambda what, share: bar.update(task, description=what, completed=share))
    click.echo(f"The map is at {gazetteer_path()}, version {map_.version}")


@command.command()
def about() -> None:
    """What the map is built from, with licences and attributions."""
    rows = sources()
    columns = {
        "holds": [row["what"] for row in rows],
        "from": [" ".join(filter(None, (row["from"], row["version"]))) for row in rows],
        "licence": [row["licence"] for row in rows],
        "credit": [row["credit"] for row in rows],
    }
    sections("What the map is built from", [("Sources", table(columns, gap=1))], console_for_output())


@command.command(name="import")
@click.argument("kind", type=click.Choice(list(IMPORTERS)))
@click.argument("file", type=click.Path(path_type=Path))
def bring(kind: str, file: Path) -> None:
    """Add places of your own to the map; ids of every authority are kept side by side.

    KIND is geonames (allCountries or a country's .txt or .zip), names (alternateNamesV2), pcodes (OCHA boundaries as
    GeoJSON) or csv (id, name, lat, lon …). A file with bad rows is refused whole, with their numbers. Keep FILE: the
    map is built anew when its packages change, and what was brought is then brought again by hand.
    """
    load_gazetteer(load_lexicons())
    count = IMPORTERS[kind](gazetteer_path(), file)
    click.echo(f"{count:,} new {'names' if kind == 'names' else 'places'} from {file}")
