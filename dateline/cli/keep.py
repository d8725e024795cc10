"""Looking after the record: ``dateline changed | remove | release | rebuild | verify``."""

import sys
from functools import partial
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dateline.cli.columns import table
from dateline.cli.place import existing, kit_options, record_option
from dateline.cli.screen import console_for_output
from dateline.kit import load_kit

NOT_WHOLE = 6


@click.command(short_help="List what is new, made anew or gone since a day.")
@click.argument("day", metavar="DAY")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one id a line.")
@record_option
def changed(day: str, as_json: bool, record: str | None) -> None:
    """List the ids that were added, changed by a rebuild, or are gone, since the beginning of DAY (UTC)."""
    with existing(record) as opened:
        rows = opened.changed_since(day)
    if as_json:
        sys.stdout.buffer.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
    else:
        columns = ("change", "id", "at")
        console_for_output().print(table({name: [row[name] for row in rows] for name in columns}))


@click.command(short_help="Take reports out, as if they had never been there.")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@record_option
def remove(ids: tuple[str, ...], record: str | None) -> None:
    """Take reports out with everything derived from them; only the log says that they were there."""
    with existing(record) as opened:
        opened.remove(*ids)
    click.echo(f"{len(ids)} removed")


@click.command(short_help="Freeze the record under a name.")
@click.argument("name")
@click.option("--into", type=click.Path(path_type=Path), metavar="FOLDER", help="Where; by default beside the record.")
@record_option
def release(name: str, into: Path | None, record: str | None) -> None:
    """Copy the record as it is to a file that is never written to; ask it with --record and the path printed."""
    with existing(record) as opened:
        click.echo(opened.release(name, into))


@click.command(short_help="Derive everything anew from the reports kept.")
@record_option
@kit_options
def rebuild(record: str | None, model: str, lexicons: tuple[Path, ...]) -> None:
    """Read every report again with this version, model and word lists. If it is cut short, run it again."""
    columns = (TextColumn("reading again"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        existing(record, partial(load_kit, model, lexicons)) as opened,
        Progress(*columns, console=Console(stderr=True), transient=True) as bar,
    ):
        task = bar.add_task("", total=None)
        opened.rebuild(lambda done, whole: bar.update(task, completed=done, total=whole))
        click.echo(opened.digest())


@click.command(short_help="Check that the record is whole.")
@record_option
def verify(record: str | None) -> int:
    """Check every byte kept and every row derived against the hashes written with them."""
    with existing(record) as opened:
        problems = opened.verify()
    for line in problems:
        click.echo(f"dateline: {line}", err=True)
    if not problems:
        click.echo("the record is whole")
    return NOT_WHOLE if problems else 0
