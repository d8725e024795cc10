"""Reads the word lists. A site lays its own folder over ours: same file names, entries of the same id win.

TOML files (``en/*.toml``) hold rules as data: an ``[about]`` table (``origin``, ``licence``) and any number of
``[[entry]]`` tables with ``id``, ``words``, ``gives``, ``scope``, and ``yes`` and ``no`` examples in which the
hit is starred (``"Officials *said* it fell"``). TSV files (``actors.tsv``, ``outlets.tsv``) have ``#`` comment
lines naming origin and licence, then one header line. A rule id never changes its meaning.
"""

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.errors import LexiconError

OURS = Path(__file__).parent
NAMED_IN = ("name", "aliases", "loaded", "adjectives", "capital")
FIRST = re.compile(r"[^\s\-'’]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule as data."""

    id: str
    words: tuple[str, ...]
    gives: Mapping[str, Any]
    scope: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write the name of a row of ``actors.tsv`` or ``outlets.tsv``."""

    written: str
    column: str  # name | aliases | loaded | adjectives | capital
    table: str
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicons:
    """All word lists, ours and a site's own. ``version`` is a digest of every file that was read.

    Compared by identity: what a stage derives from the lists can be kept between reports (``lru_cache``).
    """

    entries: Mapping[str, tuple[Entry, ...]]  # file stem, such as "cues" → entries
    tables: Mapping[str, tuple[Mapping[str, str], ...]]  # file stem, such as "actors" → rows
    version: str
    words: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)  # stem → word → entry
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # id of an actor or outlet → its row
    names: Mapping[str, tuple["Name", ...]] = field(default_factory=dict)  # first word → names, longest first

    def word(self, stem: str, word: str) -> Entry | None:
        """The entry of ``en/<stem>.toml`` that lists this word or phrase, lower-cased."""
        return self.words.get(stem, {}).get(word)

    def gives(self, stem: str, key: str) -> Mapping[str, Any]:
        """Word → what its entry gives under ``key``, for every word of one list."""
        return {w: e.gives[key] for w, e in self.words.get(stem, {}).items() if key in e.gives}


def load_lexicons(*overlays: Path) -> Lexicons:
    """Read our lists, then each overlay folder in turn.

    Raises LexiconError, naming file and entry, where a file cannot be read or lacks a field.
    """
    entries: dict[str, dict[str, Entry]] = {}
    tables: dict[str, dict[str, Mapping[str, str]]] = {}
    digest = hashlib.sha256()
    for folder in (OURS, *overlays):
        if not folder.is_dir():
            raise LexiconError(
                "no such lexicon folder", where=str(folder), todo="name a folder of .toml and .tsv files"
            )
        for path in sorted([*folder.glob("*.toml"), *folder.glob("en/*.toml")]):
            digest.update(path.name.encode() + path.read_bytes())
            for entry in _read_toml(path):
                entries.setdefault(path.stem, {})[entry.id] = entry
        for path in sorted(folder.glob("*.tsv")):
            digest.update(path.name.encode() + path.read_bytes())
            for row in _read_tsv(path):
                tables.setdefault(path.stem, {})[row["id"]] = row
    listed = {stem: tuple(found.values()) for stem, found in entries.items()}
    words = {stem: {w: e for e in found for w in e.words} for stem, found in listed.items()}
    rows = {stem: tuple(found.values()) for stem, found in tables.items()}
    whose: dict[str, tuple[Mapping[str, str], ...]] = {
        stem: rows[stem] for stem in ("actors", "outlets") if stem in rows
    }
    by_id = {row["id"]: row for table in whose.values() for row in table}
    return Lexicons(listed, rows, digest.hexdigest()[:16], words, by_id, _names(whose))


def first_word(name: str) -> str:
    """The part of a name before the first space, hyphen or apostrophe: what names are filed under."""
    return FIRST.match(name)[0]  # type: ignore[index]


def _names(tables: Mapping[str, tuple[Mapping[str, str], ...]]) -> dict[str, tuple[Name, ...]]:
    filed: dict[str, list[Name]] = {}
    for table, rows in tables.items():
        for row in rows:
            for column in NAMED_IN:
                for written in filter(None, (row.get(column) or "").split("|")):
                    filed.setdefault(first_word(written), []).append(Name(written, column, table, row))
    return {word: tuple(sorted(found, key=lambda n: -len(n.written))) for word, found in filed.items()}


def _read_toml(path: Path) -> Iterator[Entry]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"not valid TOML: {error}", where=str(path), todo="mend that line") from error
    for missing in {"origin", "licence"} - set(data.get("about", {})):
        raise LexiconError(f"[about] lacks {missing}", where=str(path), todo="say where the words came from")
    for number, raw in enumerate(data.get("entry", []), 1):
        try:
            yield Entry(
                id=raw["id"],
                words=tuple(raw["words"]),
                gives=raw.get("gives", {}),
                scope=raw.get("scope", ""),
                yes=tuple(raw.get("yes", ())),
                no=tuple(raw.get("no", ())),
                file=path.name,
            )
        except KeyError as error:
            raise LexiconError(
                f"entry {number} lacks {error}", where=str(path), todo="give every entry an id and words"
            ) from error


def _read_tsv(path: Path) -> Iterator[Mapping[str, str]]:
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    except UnicodeDecodeError as error:
        raise LexiconError(f"not UTF-8: {error}", where=str(path), todo="save it as UTF-8") from error
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    if not reader.fieldnames or "id" not in reader.fieldnames:
        raise LexiconError("has no column 'id'", where=str(path), todo="start it with a header line")
    for number, row in enumerate(reader, 2):
        if None in row:
            raise LexiconError(f"row {number} has more cells than the header", where=str(path), todo="mend the row")
        yield row
