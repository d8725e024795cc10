"""Loads what the stages are given: parser, words, map, small models. The only code that asks the machine."""

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs

from dateline.attribute.filter import load_filter
from dateline.find.parser import load_parser
from dateline.lexicons.gazetteer import SqliteGazetteer, build
from dateline.lexicons.linear import load_linear
from dateline.lexicons.load import Lexicons, load_lexicons
from dateline.stage import Filter, Kit

VOICES = Path(__file__).parent / "attribute" / "voices.json"  # which candidates are statements; made by dateline fit
SETTINGS = Path(__file__).parent / "resolve" / "settings.json"  # where acts happen; made by tools/fit_settings.py


def load_kit(model: str = "md", lexicons: tuple[Path, ...] = (), voices: Path | None = None) -> Kit:
    """Everything that stages need beside the report. The map is built on first use, in under a minute.

    ``voices`` is a filter that ``dateline fit`` made, in place of ours. Raises ModelError or LexiconError, each naming
    the file and what to do.
    """
    filters: dict[str, Filter] = {"settings": load_linear(SETTINGS), "voices": load_filter(voices or VOICES)}
    words = load_lexicons(*lexicons)
    return Kit(
        parser=load_parser(model),
        lexicons=words,
        gazetteer=load_gazetteer(words),
        filters=filters,
    )


def load_gazetteer(words: Lexicons, progress: Callable[[str, float], None] | None = None) -> SqliteGazetteer:
    """The map, opened; built first where it is missing, broken, or made from other packages or tables.

    ``progress`` is told what is being done and how much of the whole is done (0–1). Raises LexiconError.
    """
    return build(gazetteer_path(), words.tables["places"], words.tables["place_names"], progress)


def gazetteer_path() -> Path:
    """Where the map lies: DATELINE_GAZETTEER, or the user's data folder."""
    named = os.environ.get("DATELINE_GAZETTEER")
    return Path(named) if named else Path(platformdirs.user_data_path("dateline")) / "gazetteer.sqlite"
