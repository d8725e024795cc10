"""``dateline rule ID VERDICT``: a person's decision on a row, kept beside what dateline reads."""

import getpass
from pathlib import Path

import click

from dateline.cli.place import Command, existing, lexicon_option, record_option
from dateline.errors import UsageError
from dateline.model import Ruling


def by_options(command: Command) -> Command:
    """Adds ``--by`` and ``--why``."""
    why = click.option("--why", metavar="TEXT", help="The reason, for those who come after.")
    by = click.option("--by", envvar="DATELINE_BY", metavar="NAME", help="Who decides; else the name you log in with.")
    return by(why(command))


def whose(by: str | None) -> str:
    """The name given, or the login name. Raises UsageError where there is neither."""
    try:
        return by or getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("it is not known who decides", todo="give --by NAME") from error


@click.command(short_help="Accept, reject, correct or join rows, pin a place, rate a source.")
@click.argument("id", metavar="ID")
@click.argument("verdict", metavar="VERDICT")
@click.option("--set", "edits", multiple=True, metavar="FIELD=VALUE", help="edit: the corrected value; lists with |.")
@click.option("--with", "other", metavar="ID", help="merge, split, copy: the other row; none: a copy of no report.")
@click.option("--letter", metavar="A–F", help="reliability: from completely reliable (A) to cannot be judged (F).")
@click.option("--place", metavar="PLACE", help="place: an id of the map, or a name that leaves no doubt.")
@click.option("--mention", metavar="WORDS", help="place: the words that mean it; of a report, everywhere in it.")
@by_options
@record_option
@lexicon_option
def command(
    id: str,
    verdict: str,
    edits: tuple[str, ...],
    by: str | None,
    why: str | None,
    record: str | None,
    lexicons: tuple[Path, ...],
    **given: str | None,
) -> None:
    """Decide on the row ID: accept, reject, edit, merge, split, copy, reliability or place.

    Take the ID from the id column of any view; for reliability name outlet:ID or actor:ID. Nothing that dateline reads
    is changed: views show the row as you ruled, and what dateline has beside it. dateline rulings lists and undoes.
    """
    said = {name: value for name, value in given.items() if value is not None}
    pairs = [dict(zip(("field", "value"), _halves(edit), strict=True)) for edit in edits] or [{}]
    with existing(record, lexicons=lexicons) as opened:
        for pair in pairs:
            tell(opened.rule(id, verdict, whose(by), why, **said, **pair))


def tell(ruling: Ruling) -> None:
    """One line: its number, and what was decided."""
    click.echo(f"ruling {ruling.n}: {ruling.verdict} {ruling.about}{f', {needs(ruling)}' if needs(ruling) else ''}")


def needs(ruling: Ruling) -> str:
    """What was given beside the verdict, as words."""
    given = dict(ruling.given)
    parts = [f"{given['field']} = {given['value'] or 'not known'}"] if "field" in given else []
    shown = (("mention", "“{}”"), ("place", "is {}"), ("other", "with {}"), ("letter", "{}"))
    return " ".join([*parts, *(form.format(given[name]) for name, form in shown if given.get(name))])


def _halves(edit: str) -> tuple[str, str]:
    field, sign, value = edit.partition("=")
    if not sign:
        raise UsageError(f"--set {edit!r} sets nothing", todo="write it as FIELD=VALUE")
    return field.strip(), value.strip()
