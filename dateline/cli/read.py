"""``dateline read``: pages in, records out; one bad page does not stop the others."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from dateline.cli.screen import show
from dateline.errors import InputError
from dateline.exports.contract import encode, engine_of
from dateline.exports.policy import VOICES, voiced
from dateline.kit import load_kit
from dateline.model import Report
from dateline.pipeline import extract_all
from dateline.read.outlets import with_outlet
from dateline.read.page import read_report
from dateline.read.published import parse_published

SOME_FAILED, ALL_FAILED = 1, 3


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for, apart from the files."""

    published: str | None
    outlet: str | None
    voices: str
    flat: bool
    as_json: bool


@click.command(short_help="Read reports and print their records.")
@click.argument("files", nargs=-1, required=True, metavar="FILE… | -")
@click.option("--published", metavar="DATE", help="Day of publication (ISO 8601, or as in 5 August 2021).")
@click.option("--outlet", metavar="NAME", help="Who printed it: an id or name from outlets.tsv, or any name.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a report (dateline/1).")
@click.option("--model", default="md", show_default=True, help="md, sm, an installed package, or a folder.")
@click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Lay your own word lists over ours.",
)
@click.option(
    "--voices",
    type=click.Choice(list(VOICES)),
    default="+attitudes",
    show_default=True,
    help="Which statements to print.",
)
@click.option("--flat", is_flag=True, help="Leave out statements told inside another.")
@click.option(
    "--filter",
    "fitted",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Weigh statements by a filter that dateline fit made.",
)
def command(files: tuple[str, ...], model: str, lexicons: tuple[Path, ...], fitted: Path | None, **rest: str) -> int:
    """Read each FILE (text or HTML; - is standard input) and print its record.

    A page that cannot be read is named on standard error, the others are read, and the exit code is 1 (3 when
    none could be read).
    """
    options = Options(**rest)  # type: ignore[arg-type]
    if options.published:
        parse_published(options.published)
    pages = Pages(files, options.published)
    readable = iter(pages)
    first = next(readable, None)
    if first is None:  # nothing to load the parser for
        return ALL_FAILED
    kit = load_kit(model, lexicons, fitted)
    reports = (with_outlet(r, options.outlet, kit) for part in ([first], readable) for r in part)
    for doc in extract_all(reports, kit):
        doc = voiced(doc, options.voices, options.flat)
        if options.as_json:
            sys.stdout.buffer.write(encode(doc, engine_of(kit)) + b"\n")
            sys.stdout.buffer.flush()
        else:
            show(doc, kit.lexicons)
    return SOME_FAILED if pages.failed else 0


@dataclass
class Pages:
    """Reports of the files that can be read; each of the others gets a line on standard error."""

    files: tuple[str, ...]
    published: str | None
    failed: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Report]:
        for name in self.files:
            try:
                yield read_report(raw_bytes(name), name, self.published)
            except InputError as error:
                click.echo(f"dateline: {error}", err=True)
                self.failed.append(name)


def raw_bytes(name: str) -> bytes:
    """The raw bytes of a file or of standard input; raises InputError."""
    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    if path.is_dir():
        raise InputError("is a folder", where=name, todo="name the files in it")
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=name, todo="check the name") from error
    except ValueError as error:  # a NUL in the name
        raise InputError("is no file name", where=repr(name)) from error
