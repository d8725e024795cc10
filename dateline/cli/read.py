"""``dateline read``: pages in, records out; one bad page does not stop the others."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from dateline import __version__
from dateline.cli.screen import show
from dateline.errors import InputError
from dateline.exports.contract import Engine, encode
from dateline.exports.policy import VOICES, voiced
from dateline.kit import load_kit
from dateline.model import Outlet, Report
from dateline.pipeline import extract
from dateline.read.page import read_report
from dateline.read.published import parse_published
from dateline.stage import Kit


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for, apart from the files."""

    published: str | None
    outlet: str | None
    voices: str
    flat: bool


@click.command(short_help="Read reports and print their records.")
@click.argument("files", nargs=-1, required=True, metavar="FILE… | -")
@click.option("--published", metavar="DATE", help="Day of publication (ISO 8601, or as in 5 August 2021).")
@click.option("--outlet", metavar="NAME", help="Who printed it: an id or name from outlets.tsv, or any name.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a report (dateline/1).")
@click.option("--model", default="md", show_default=True, metavar="MODEL", help="md, sm, an installed package, or a folder.")
@click.option("--lexicon", "lexicons", multiple=True, type=click.Path(path_type=Path), metavar="FOLDER", help="Lay your own word lists over ours.")
@click.option("--voices", type=click.Choice(list(VOICES)), default="+attitudes", show_default=True, help="Which statements to print.")
@click.option("--flat", is_flag=True, help="Leave out statements told inside another.")
def command(files: tuple[str, ...], as_json: bool, model: str, lexicons: tuple[Path, ...], **rest: str) -> int:
    """Read each FILE (text or HTML; - is standard input) and print its record.

    A page that cannot be read is named on standard error, the others are read, and the exit code is 1 (3 when
    none could be read).
    """
    options = Options(**rest)  # type: ignore[arg-type]
    if options.published:
        parse_published(options.published)
    kit: Kit | None = None
    done = failed = 0
    for name in files:
        try:
            raw = _bytes(name)
            report = read_report(raw, name, options.published)
        except InputError as error:
            click.echo(f"dateline: {error}", err=True)
            failed += 1
            continue
        kit = kit or load_kit(model, lexicons)
        _print(report, options, kit, as_json)
        done += 1
    return 0 if not failed else 1 if done else 3


def _print(report: Report, options: Options, kit: Kit, as_json: bool) -> None:
    report = with_outlet(report, options.outlet, kit)
    doc = voiced(extract(report, kit), options.voices, options.flat)
    if as_json:
        sys.stdout.buffer.write(encode(doc, engine_of(kit)) + b"\n")
    else:
        show(doc)


def _bytes(name: str) -> bytes:
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


def with_outlet(report: Report, name: str | None, kit: Kit) -> Report:
    """The report with its outlet looked up by id, name or alias; an unlisted name is kept as it is."""
    name = name or report.publisher
    if not name:
        return report
    row = next(iter(_rows(name, kit)), None)
    found = Outlet(row["id"], row["name"], row["country"] or None) if row else Outlet(_slug(name), name)
    return replace(report, outlet=found, publisher=report.publisher or found.name)


def _rows(name: str, kit: Kit) -> Iterator[dict[str, str]]:
    for row in kit.lexicons.tables.get("outlets", ()):
        if name.casefold() in {row["id"].casefold(), row["name"].casefold(), *row["aliases"].casefold().split("|")}:
            yield dict(row)


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


def engine_of(kit: Kit) -> Engine:
    """What made the record: this version, the model and the word lists, by version and digest."""
    p = kit.parser
    place = kit.gazetteer.version if kit.gazetteer else None
    return Engine(__version__, p.name, p.version, p.digest, kit.lexicons.version, place)
