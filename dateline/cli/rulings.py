"""``dateline rulings list | export | replay | undo``: what people decided, and carrying it to another record."""

import sys
from pathlib import Path
from typing import IO

import click
from rich.text import Text

from dateline.cli.columns import table
from dateline.cli.names import short
from dateline.cli.place import existing, lexicon_option, record_option
from dateline.cli.read import raw_bytes
from dateline.cli.rule import by_options, needs, tell, whose
from dateline.cli.screen import console_for_output
from dateline.model import Ruling
from dateline.store.judging import exported
from dateline.store.rulings import settled, undone
from dateline.store.verdicts import STOOD

NOTHING = "about nothing now"


@click.group(short_help="List rulings, undo them, carry them to another record.")
def command() -> None:
    """What people decided of the rows of the record; kept for good, whatever dateline reads."""


@command.command("list", short_help="List rulings, the newest last.")
@click.option("--known", metavar="DAY", help="Those made by the end of this day, UTC.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, as export does.")
@record_option
@lexicon_option
def listing(known: str | None, as_json: bool, record: str | None, lexicons: tuple[Path, ...]) -> None:
    """List every ruling: whether it holds, was overruled by a later one or undone, or is about nothing now.

    A ruling is about nothing now when its row is gone: the report was removed, or this dateline reads other rows. It is
    kept, and holds again when the row is back; the place in the report where the row stood is shown.
    """
    with existing(record, lexicons=lexicons) as opened:
        rulings = opened.rulings(known)
        nothing = {r.id for r in opened.about_nothing()}
    if as_json:
        sys.stdout.buffer.writelines(exported(rulings))
        return
    states = _states(rulings, nothing)
    told: dict[str, list[str | Text]] = {
        "n": [str(r.n) for r in rulings],
        "day": [r.at[:10] for r in rulings],
        "by": [short(r.by, 24) for r in rulings],
        "verdict": [r.verdict for r in rulings],
        "about": [_about(r, states[r.id]) for r in rulings],
        "given": [short(needs(r), 80) for r in rulings],
        "why": [short(r.why or "", 80) for r in rulings],
        "state": [Text(states[r.id], style="" if states[r.id] == "holds" else "dim") for r in rulings],
    }
    console_for_output().print(table(told) if rulings else Text("no rulings", style="dim"))


@command.command(short_help="Write rulings as JSON Lines.")
@click.argument("file", required=False, type=click.File("wb", atomic=True), default="-", metavar="[FILE]")
@record_option
def export(file: IO[bytes], record: str | None) -> None:
    """Write every ruling, undone ones too, to FILE or standard output, for replay on another record."""
    with existing(record) as opened:
        for line in exported(opened.rulings()):
            file.write(line)


@command.command(short_help="Take over the rulings of another record.")
@click.argument("file", metavar="FILE | -")
@record_option
@lexicon_option
def replay(file: str, record: str | None, lexicons: tuple[Path, ...]) -> None:
    """Append the rulings that export wrote: by whom, when and why stay as they were; those known change nothing.

    What is about nothing in this record is named, and kept.
    """
    lines = raw_bytes(file).splitlines()
    with existing(record, lexicons=lexicons) as opened:
        done = opened.replay(lines)
    for r in done.nothing:
        click.echo(f"dateline: {NOTHING}: {r.verdict} {_about(r, NOTHING)} by {r.by}, {r.at[:10]}", err=True)
    click.echo(f"{len(done.new)} taken over, {done.known} known already, {len(done.nothing)} {NOTHING}")


@command.command(short_help="Undo a ruling; both stay on record.")
@click.argument("which", metavar="N | ID")
@by_options
@record_option
def undo(which: str, by: str | None, why: str | None, record: str | None) -> None:
    """Say that a ruling no longer holds: its number from dateline rulings list, or its id."""
    with existing(record) as opened:
        tell(opened.unrule(which, whose(by), why))


def _states(rulings: tuple[Ruling, ...], nothing: set[str]) -> dict[str, str]:
    """What each ruling is now, by its id."""
    found = dict.fromkeys((r.id for r in rulings), "overruled")
    found |= dict.fromkeys((r.id for r in (*settled(rulings), *(r for r in rulings if r.verdict == "undo"))), "holds")
    return found | dict.fromkeys(nothing, NOTHING) | dict.fromkeys(undone(rulings), "undone")


def _about(ruling: Ruling, state: str) -> str:
    about = ruling.about[:23] if ruling.about.startswith("sha256:") else ruling.about
    stood = ruling.get(STOOD)
    return f"{about}, stood at {stood[:23]}…:{stood.rpartition(':')[2]}" if stood and state == NOTHING else about
