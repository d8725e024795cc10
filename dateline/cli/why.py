"""``dateline why ID``: the words, the rule, the line of the word list, and what a row rests on."""

import sys
from functools import partial
from pathlib import Path

import click
import msgspec
from rich.text import Text
from rich.tree import Tree

from dateline.cli.names import short
from dateline.cli.place import existing, kit_options, record_option
from dateline.cli.screen import console_for_output
from dateline.explain import explain
from dateline.kit import load_kit
from dateline.store.reasons import Reason

WORDS = 300


@click.command(short_help="Show the words, the rule and the word list behind any row.")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a row.")
@record_option
@kit_options
def command(ids: tuple[str, ...], as_json: bool, record: str | None, model: str, lexicons: tuple[Path, ...]) -> None:
    """Show why each row is there; take the ID from the id column of any view.

    Of a statement its report is read again, to show what the filter weighed; of every row, what people ruled.
    """
    console = console_for_output()
    with existing(record, partial(load_kit, model, lexicons), lexicons) as opened:
        for id in ids:
            reason = explain(opened.database, opened.atlas, id, lexicons, lambda: opened.kit)
            if as_json:
                sys.stdout.buffer.write(msgspec.json.encode(reason) + b"\n")
            else:
                console.print(tree(reason))


def tree(reason: Reason, above: Tree | None = None) -> Tree:
    """The reason as a tree: facts first, then what it rests on."""
    head = Text(reason.what, style="bold").append(f"\n“{short(reason.words, WORDS)}”", "not bold")
    grown = above.add(head) if above is not None else Tree(head, guide_style="dim")
    for name, fact in reason.facts:
        grown.add(Text(f"{name}: ", style="dim").append(fact, "not dim"))
    for below in reason.because:
        tree(below, grown)
    return grown
