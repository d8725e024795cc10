"""The record, spoken aloud: ``dateline COMMAND``. Each command's module is imported only when it is asked for.

Exit codes: 0 all went well · 1 some reports could not be read, the others were · 2 the command's words are off ·
3 no report could be read · 4 the language model · 5 a word list or the map · 6 the record on disk ·
70 a fault of the program.
"""

import importlib
import io
import os
import sys

import click

from dateline import __version__
from dateline.errors import DatelineError

COMMANDS = {
    "read": ("dateline.cli.read", "Read reports and print who said what, where, when and how surely."),
    "code": ("dateline.cli.code", "Print the acts of reports in PLOVER, CAMEO, ACLED or UCDP."),
    "demo": ("dateline.cli.demo", "Read the sample reports and show what can be told from them."),
    "fit": ("dateline.cli.fit", "Fit a filter for voices on an annotated corpus."),
    "add": ("dateline.cli.add", "Add reports to the record."),
    "reports": ("dateline.cli.ask:reports", "List the reports of the record."),
    "threads": ("dateline.cli.ask:threads", "List running stories, each by its first report."),
    "statements": ("dateline.cli.ask:statements", "List who said what, how surely."),
    "events": ("dateline.cli.ask:events", "List what is said to have happened, where and when."),
    "holds": ("dateline.cli.ask:holds", "List who is said to hold, take or lose what."),
    "figures": ("dateline.cli.ask:figures", "List how many are said to be killed, displaced, sent …"),
    "compare": ("dateline.cli.compare", "Put two sides' figures side by side, by whose word and day."),
    "holdings": ("dateline.cli.ask:holdings", "List who holds each place on a day."),
    "tempo": ("dateline.cli.ask:tempo", "List how fast each side acts, and what is said of it."),
    "assessments": ("dateline.cli.ask:assessments", "List what voices say of how a fight goes."),
    "tensions": ("dateline.cli.ask:tensions", "List claims that clash."),
    "places": ("dateline.cli.ask:places", "List the places that reports name."),
    "actors": ("dateline.cli.ask:actors", "List whom reports name."),
    "search": ("dateline.cli.ask:search", "Find reports by their words."),
    "why": ("dateline.cli.why", "Show the words, the rule and the word list behind any row."),
    "namesakes": ("dateline.cli.namesakes", "Show who or what else a name may mean, and what would settle it."),
    "rule": ("dateline.cli.rule", "Accept, reject, correct or join rows, pin a place, rate a source."),
    "rulings": ("dateline.cli.rulings", "List rulings, undo them, carry them to another record."),
    "export": ("dateline.cli.export", "Write a view to a file that other programs read."),
    "changed": ("dateline.cli.keep:changed", "List what is new, made anew or gone since a day."),
    "remove": ("dateline.cli.keep:remove", "Take reports out, as if they had never been there."),
    "release": ("dateline.cli.keep:release", "Freeze the record under a name."),
    "rebuild": ("dateline.cli.keep:rebuild", "Derive everything anew from the reports kept."),
    "verify": ("dateline.cli.keep:verify", "Check that the record is whole."),
    "gazetteer": ("dateline.cli.gazetteer", "Build the map, or say what it is made of."),
}


class Lazy(click.Group):
    """Knows its commands by name and one line each; imports a command's module on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute or "command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="dateline %(version)s")
def dateline() -> None:
    """Turns news reports on conflicts and crises into a sourced, dated, located record.

    It says what is reported, never what is true.
    """


def main() -> None:
    """Run the command line; a user's mistake gives one line on standard error and an exit code, no traceback."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a character gets a question mark
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = dateline.main(prog_name="dateline", standalone_mode=False)
        sys.stdout.flush()
    except DatelineError as error:
        code = _fail(str(error), error.code)
    except click.exceptions.Abort:
        code = _fail("stopped", 130)
    except click.ClickException as error:
        code = _fail(error.format_message(), 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> int:
    click.echo(f"dateline: {' '.join(message.split())}", err=True)
    return code
