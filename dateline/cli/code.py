"""``dateline code``: a report's acts in another codebook, one line an act."""

import sys
from pathlib import Path

import click
import msgspec
from rich.console import Console

from dateline.cli.columns import table
from dateline.cli.names import NOBODY
from dateline.cli.read import ALL_FAILED, SOME_FAILED, Pages
from dateline.exports.codebooks.table import CODEBOOKS
from dateline.exports.codebooks.view import Coded, view
from dateline.kit import load_kit
from dateline.pipeline import extract_all
from dateline.read.published import parse_published


@click.command(short_help="Print the acts of reports in PLOVER, CAMEO, ACLED or UCDP.")
@click.argument("files", nargs=-1, required=True, metavar="FILE… | -")
@click.option("--codebook", type=click.Choice(CODEBOOKS), default="plover", show_default=True, help="Which one.")
@click.option("--published", metavar="DATE", help="Day of publication (ISO 8601, or as in 5 August 2021).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an act.")
@click.option("--all", "everything", is_flag=True, help="Print acts that have no place in the codebook too.")
@click.option("--model", default="md", show_default=True, help="md, sm, an installed package, or a folder.")
@click.option(
    "--lexicon", "lexicons", multiple=True, type=click.Path(path_type=Path), metavar="FOLDER",
    help="Lay your own word lists over ours.",
)  # fmt: skip
def command(
    files: tuple[str, ...], codebook: str, published: str | None, as_json: bool, everything: bool,
    model: str, lexicons: tuple[Path, ...],
) -> int:  # fmt: skip
    """Read each FILE (text or HTML; - is standard input) and print its acts in a codebook.

    Each act told twice is one line. What the code no longer says stands beside it; with --all so does why an act
    has no code. Exit codes are those of dateline read.
    """
    if published:
        parse_published(published)
    pages = Pages(files, published)
    reports = list(pages)
    if not reports:
        return ALL_FAILED
    for doc in extract_all(reports, load_kit(model, lexicons)):
        rows = [row for row in view(doc, codebook) if row.code or everything]
        if as_json:
            for row in rows:
                sys.stdout.buffer.write(msgspec.json.encode({"report": doc.report.id, **msgspec.to_builtins(row)}))
                sys.stdout.buffer.write(b"\n")
            sys.stdout.buffer.flush()
        else:
            _show(doc.report.source, rows, doc.report.text)
    return SOME_FAILED if pages.failed else 0


def _show(source: str, rows: list[Coded], text: str) -> None:
    """A table of one report's acts."""
    console = Console()
    console.print(source, style="bold", markup=False, highlight=False)
    if not rows:
        console.print("no act with a place in this codebook\n")
        return
    columns = {
        "code": [_code(row) for row in rows],
        "words": [text[row.start : row.end] for row in rows],
        "who": ["; ".join(row.actors) or NOBODY for row in rows],
        "to whom": ["; ".join(row.recipients) or NOBODY for row in rows],
        "where": [row.place or NOBODY for row in rows],
        "when": [_days(row) for row in rows],
        "dead": [_dead(row) for row in rows],
        "about": [", ".join((*row.context, *row.auxiliary)) if row.codebook == "plover" else "" for row in rows],
    }
    console.print(table(columns))
    for code, loses in dict.fromkeys((_code(row), row.loses) for row in rows if row.loses):
        console.print(f"{code}: loses {loses}" if code != NOBODY else f"no code: {loses}", style="dim", markup=False)
    console.print()


def _code(row: Coded) -> str:
    """The code with its name; PLOVER's with its mode."""
    if row.codebook == "plover":
        return f"{row.type} {row.mode or ''}".strip()
    return NOBODY if row.code is None else f"{row.code} {row.name}" if row.code.isdigit() else row.code


def _days(row: Coded) -> str:
    if row.earliest == row.latest:
        return row.earliest or NOBODY
    return f"{row.earliest or '…'} to {row.latest or '…'}"


def _dead(row: Coded) -> str:
    """Best, with its range where that is wider."""
    d = row.deaths
    if d is None or (d.low, d.best, d.high) == (None, None, None):
        return NOBODY
    low, best, high = ("?" if x is None else str(x) for x in (d.low, d.best, d.high))
    return best if low == best == high else f"{best} ({low}–{high})"
