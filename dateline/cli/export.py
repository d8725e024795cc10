"""``dateline export FORMAT VIEW FILE``: a view as a file that other programs read, with its sidecar."""

from pathlib import Path
from typing import Any

import click

from dateline.cli.ask import TABLES, filters, save
from dateline.cli.place import existing, lexicon_option, record_option
from dateline.exports.files import FORMATS
from dateline.store.frames import asked_for


@click.command(short_help="Write a view to a file that other programs read.")
@click.argument("format", type=click.Choice(list(FORMATS)), metavar="FORMAT")
@click.argument("view", type=click.Choice([view for view in TABLES if view != "search"]), metavar="VIEW")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@filters
@record_option
@lexicon_option
def command(format: str, view: str, file: Path, record: str | None, lexicons: tuple[Path, ...], **given: Any) -> None:
    """Write VIEW (reports, statements, events …) to FILE as FORMAT: jsonl, csv, parquet or geojson.

    FILE.meta.json beside it says what was asked, on what day, of which version, and what each column means.
    """
    with existing(record, lexicons=lexicons) as opened:
        save(opened, format, file, view, asked_for(given))
