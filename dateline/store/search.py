"""Full-text search. Words are folded by us, so both databases find the same; hits are marked in the text as printed.

A query is words that must all be there; ``"two words"`` in that order, ``word*`` a beginning, ``-word`` not there.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.errors import UsageError
from dateline.store.codec import unpack

WORD = re.compile(r"[^\W_]+")
TERM = re.compile(r'(?P<no>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
AROUND = 90  # characters shown on each side of a hit
OPEN, CLOSE = "[", "]"


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row; ``open_ended`` when the last is a beginning only."""

    words: tuple[str, ...]
    wanted: bool = True
    open_ended: bool = False


def folded(text: str) -> str:
    """Lower case, without marks on letters, one blank between words."""
    words: list[str] = WORD.findall(text)
    return " ".join(words).lower() if text.isascii() else " ".join(map(_plain, words))


def terms(query: str) -> tuple[Term, ...]:
    """What a query asks for. Raises UsageError where it asks for no word at all."""
    found = []
    for m in TERM.finditer(query):
        words = tuple(folded(m["phrase"] if m["phrase"] is not None else m["word"]).split())
        if words:
            found.append(Term(words, not m["no"], (m["word"] or "").endswith("*")))
    if not any(term.wanted for term in found):
        raise UsageError(f"nothing to search for in {query!r}", todo="name a word that is to be there")
    return tuple(found)


def create(connection: Connection) -> None:
    """The index, empty. SQLite's keeps no copy of the words: they stand in the report's text."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("CREATE VIRTUAL TABLE found USING fts5(words, content='', detail='full')")
        connection.exec_driver_sql("CREATE VIRTUAL TABLE map USING rtree(spot, south, north, west, east)")
    else:
        connection.exec_driver_sql("CREATE TABLE found (report BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
        connection.exec_driver_sql("CREATE INDEX found_words ON found USING gin (words)")


def drop(connection: Connection) -> None:
    """Away with the index, if there is one."""
    for table in ("found", "map"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")


def index(connection: Connection, pages: Sequence[tuple[int, str]]) -> None:
    """Take in the words of reports, given as (key, text)."""
    rows = [(report, folded(text)) for report, text in pages]
    if rows and connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO found(rowid, words) VALUES (?, ?)", rows)
    elif rows:
        connection.exec_driver_sql("INSERT INTO found VALUES (%s, to_tsvector('simple', %s))", rows)


def forget(connection: Connection, pages: Sequence[tuple[int, str]]) -> None:
    """Take out the words of reports; SQLite's index must be told which words they were."""
    rows = [(report, folded(text)) for report, text in pages]
    if rows and connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO found(found, rowid, words) VALUES ('delete', ?, ?)", rows)
    elif rows:
        connection.exec_driver_sql("DELETE FROM found WHERE report = %s", [(report,) for report, _ in rows])


def matching(connection: Connection, wanted: Sequence[Term]) -> "sa.TextClause":
    """Selects the keys of reports whose words are those asked for."""
    if connection.dialect.name == "sqlite":
        return sa.text("SELECT rowid FROM found WHERE found MATCH :asked").bindparams(asked=_fts5(wanted))
    asked = sa.text("SELECT report FROM found WHERE words @@ CAST(:asked AS tsquery)")
    return asked.bindparams(asked=_tsquery(wanted))


def _fts5(wanted: Sequence[Term]) -> str:
    def written(term: Term) -> str:
        return f'"{" ".join(term.words)}"{"*" if term.open_ended else ""}'

    yes = " AND ".join(written(term) for term in wanted if term.wanted)
    no = " OR ".join(written(term) for term in wanted if not term.wanted)
    return f"({yes}) NOT ({no})" if no else yes


def _tsquery(wanted: Sequence[Term]) -> str:
    def written(term: Term) -> str:
        words = [f"'{word}'" for word in term.words]
        words[-1] += ":*" if term.open_ended else ""
        return f"({' <-> '.join(words)})"

    return " & ".join(f"{'' if term.wanted else '!'}{written(term)}" for term in wanted)


def hits(text: str, wanted: Iterable[Term]) -> list[tuple[int, int]]:
    """Where the words stand in the text as printed: (start, end), in order, none inside another."""
    words = [(_plain(m[0]), m.start(), m.end()) for m in WORD.finditer(text)]
    found: list[tuple[int, int]] = []
    for term in wanted:
        size = len(term.words)
        for n in range(len(words) - size + 1) if term.wanted else ():
            run = [word for word, _, _ in words[n : n + size]]
            if run[:-1] == list(term.words[:-1]) and _ends(run[-1], term):
                found.append((words[n][1], words[n + size - 1][2]))
    return _apart(sorted(found))


def text_of(packed: bytes) -> str:
    """A report's text as ``pages`` holds it."""
    return unpack(packed).decode()


def snippet(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The words around the first hits, each hit in brackets."""
    if not places:
        return ""
    start, end = max(0, places[0][0] - AROUND), min(len(text), places[0][1] + AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", end) if text.find(" ", end) >= 0 else len(text)
    out, at = [], start
    for a, b in places:
        if start <= a and b <= end:
            out += [text[at:a], OPEN, text[a:b], CLOSE]
            at = b
    words = " ".join("".join([*out, text[at:end]]).split())
    return f"{'… ' if start else ''}{words}{' …' if end < len(text) else ''}"


def _ends(word: str, term: Term) -> bool:
    return word.startswith(term.words[-1]) if term.open_ended else word == term.words[-1]


def _apart(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in found:
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def _plain(text: str) -> str:
    """Without marks on letters; the same in both databases."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
