"""Which record a command is about: ``--record``, DATELINE_RECORD, or the one in the user's data folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import platformdirs

from dateline.kit import load_kit
from dateline.record import Record
from dateline.stage import Kit

type Command = Callable[..., Any]


def record_option(command: Command) -> Command:
    """Adds ``--record``; the command is given it as ``record``."""
    return click.option(
        "--record", envvar="DATELINE_RECORD", metavar="PATH", help="Which record: a file or a PostgreSQL URL."
    )(command)


def lexicon_option(command: Command) -> Command:
    """Adds ``--lexicon``; the command is given the folders as ``lexicons``."""
    return click.option(
        "--lexicon",
        "lexicons",
        multiple=True,
        envvar="DATELINE_LEXICON",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Lay your own word lists over ours.",
    )(command)


def kit_options(command: Command) -> Command:
    """Adds ``--model`` and ``--lexicon``."""
    model = click.option("--model", default="md", show_default=True, help="md, sm, an installed package, or a folder.")
    return model(lexicon_option(command))


def record_at(place: str | None) -> str:
    """Where the record lies."""
    return place or str(platformdirs.user_data_path("dateline") / "record.sqlite")


def existing(place: str | None, kit: Callable[[], Kit] = load_kit, lexicons: tuple[Path, ...] = ()) -> Record:
    """The record, which must be there already, asked with these word lists over ours. Raises StoreError."""
    return Record.open(record_at(place), kit, make=False, lexicons=lexicons)
