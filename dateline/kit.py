"""Loads what the stages are given: parser, word lists, map, small models. The only code that asks the machine."""

from pathlib import Path

from dateline.find.parser import load_parser
from dateline.lexicons.load import load_lexicons
from dateline.stage import Kit


def load_kit(model: str = "md", lexicons: tuple[Path, ...] = ()) -> Kit:
    """Everything that stages need beside the report.

    Raises ModelError or LexiconError, each naming the file and what to do.
    """
    return Kit(parser=load_parser(model), lexicons=load_lexicons(*lexicons))
