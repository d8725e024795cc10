"""``dateline add``: reports into the record; one bad page does not stop the others."""

import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click
import msgspec

from dateline.cli.place import kit_options, record_at, record_option
from dateline.cli.read import raw_bytes
from dateline.errors import InputError
from dateline.kit import load_kit
from dateline.read.published import parse_published
from dateline.record import Added, Page, Record

SOME_FAILED, ALL_FAILED = 1, 3
ENDINGS = frozenset({".txt", ".html", ".htm"})


@click.command(short_help="Add reports to the record.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE… | -")
@click.option("--published", metavar="DATE", help="Day of publication (ISO 8601, or as in 5 August 2021).")
@click.option("--outlet", metavar="NAME", help="Who printed it: an id or name from outlets.tsv, or any name.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a report.")
@record_option
@kit_options
def command(
    sources: tuple[str, ...],
    published: str | None,
    outlet: str | None,
    as_json: bool,
    record: str | None,
    model: str,
    lexicons: tuple[Path, ...],
) -> int:
    """Add each SOURCE (a text or HTML file, a folder of them, - is standard input) to the record.

    A page of the same bytes as one that is there changes nothing. What cannot be read is named on standard error,
    the others are added, and the exit code is 1 (3 when none could be read).
    """
    if published:
        parse_published(published)
    told: Counter[str] = Counter()
    with Record.open(record_at(record), partial(load_kit, model, lexicons)) as opened:
        for added in opened.add_all(_pages(sources, published, outlet, told)):
            told[added.state] += 1
            _tell(added, as_json)
    if not as_json:
        click.echo(f"{told['added']} added, {told['known']} known already, {told['failed']} failed")
    return 0 if not told["failed"] else SOME_FAILED if told["added"] or told["known"] else ALL_FAILED


def _tell(added: Added, as_json: bool) -> None:
    if added.note:
        _complain(added.note if added.state == "failed" else f"{added.source}: {added.note}")
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(added) + b"\n")
        sys.stdout.buffer.flush()


def _complain(words: str) -> None:
    click.echo(f"dateline: {' '.join(words.split())}", err=True)


def _pages(sources: tuple[str, ...], published: str | None, outlet: str | None, told: Counter[str]) -> Iterator[Page]:
    for name in sources:
        for file in _files(name):
            try:
                yield Page(raw_bytes(file), file, published, outlet)
            except InputError as error:
                _complain(str(error))
                told["failed"] += 1


def _files(name: str) -> Iterator[str]:
    """The file itself, or the pages of a folder and those below, by name."""
    folder = Path(name)
    if name != "-" and folder.is_dir():
        yield from (str(path) for path in sorted(folder.rglob("*")) if path.suffix.lower() in ENDINGS)
    else:
        yield name
