"""How reliable people hold the sources to be: Admiralty's letters, by the keys that origins have."""

from datetime import date

from sqlalchemy import Connection

from dateline.join.origins import correspondent_of
from dateline.lexicons.load import Lexicons
from dateline.store.rulings import load, settled


def letters(connection: Connection, lexicons: Lexicons, known: date | None = None) -> dict[str, str]:
    """Key of an origin → A to F, as ruled by the end of a day, UTC, or until now."""
    found: dict[str, str] = {}
    for r in settled(load(connection, known)):
        if r.verdict == "reliability":
            what, _, id = r.about.partition(":")
            name = lexicons.rows.get(id, {}).get("name", id)
            found[correspondent_of(name) if what == "outlet" else id] = r.get("letter") or "F"
    return found
