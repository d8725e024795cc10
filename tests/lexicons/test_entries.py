"""Every entry of every word list is well formed, and the reader refuses what is not."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import LexiconError
from dateline.lexicons.load import OURS, Entry, Lexicons, load_lexicons

LISTS = load_lexicons()
ENTRIES = [pytest.param(e, id=e.id) for entries in LISTS.entries.values() for e in entries]
ID = re.compile(r"[a-z_]+(\.[a-z0-9_-]+)*")
STARRED = re.compile(r"\*[^*\s](?:[^*]*[^*\s])?\*")
# Classes of words that other rules put together; those rules carry the examples.
CLASSES = frozenset(e.id for e in LISTS.entries["kinds"]) | {
    e.id for e in LISTS.entries["times"] if e.scope in ("piece", "part", "kernel")
}
# Entries that owe us an example: a sentence with its hit starred. Strict, so that a debt paid shows.
OWING = frozenset({"blocks.dateline.not_places", "stories.roundup", "stories.theme"})
GOOD = '[about]\norigin = "mine"\nlicence = "CC0-1.0"\n\n[[entry]]\nid = "cue.croak"\nwords = ["croak"]\n'


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_has_an_id_and_words(entry: Entry) -> None:
    """An id is lower-case words with dots between, and no word is blank."""
    assert ID.fullmatch(entry.id)
    assert entry.words and all(word.strip() for word in entry.words)


def _due() -> Iterator[Any]:
    for entry in (e for entries in LISTS.entries.values() for e in entries if e.id not in CLASSES):
        marks = [pytest.mark.xfail(strict=True, reason="no example yet")] if entry.id in OWING else []
        yield pytest.param(entry, id=entry.id, marks=marks)


@pytest.mark.parametrize("entry", list(_due()))
def test_an_entry_shows_what_it_finds(entry: Entry) -> None:
    """There is an example, and each example stars its hit."""
    assert entry.yes
    assert all(STARRED.search(example) for example in entry.yes)


def test_an_id_stands_once_over_all_lists() -> None:
    """A rule id leads to one entry of one file."""
    raw = [m for path in sorted(OURS.glob("en/*.toml")) for m in re.findall(r'^id = "(.+?)"', path.read_text(), re.M)]
    assert len(raw) == len(ENTRIES)
    assert not sorted(i for i in set(raw) if raw.count(i) > 1)


@pytest.mark.parametrize("path", sorted(OURS.glob("*.tsv")), ids=lambda p: p.name)
def test_a_table_says_where_it_is_from(path: Path) -> None:
    """The comment at the top of a table names origin and licence."""
    top = " ".join(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")).lower()
    assert "origin:" in top
    assert "licence:" in top


# --- overlays -----------------------------------------------------------------------------------------------


def overlay(folder: Path, **files: str) -> Lexicons:
    for name, text in files.items():
        stem, ending = name.rsplit("_", 1)
        (folder / f"{stem}.{ending}").write_text(text, encoding="utf-8")
    return load_lexicons(folder)


def test_an_overlay_adds_entries(tmp_path: Path) -> None:
    """A folder of one's own adds its words to ours, and the version tells that they were read."""
    laid = overlay(tmp_path, cues_toml=GOOD)
    entry = laid.word("cues", "croak")
    assert entry is not None
    assert entry.id == "cue.croak"
    assert laid.word("cues", "say") == LISTS.word("cues", "say")
    assert laid.version != LISTS.version


def test_an_entry_of_the_same_id_is_replaced(tmp_path: Path) -> None:
    """The later folder wins, whole entry by whole entry."""
    laid = overlay(tmp_path, cues_toml=GOOD.replace("cue.croak", "cue.say"))
    assert laid.word("cues", "croak") is not None
    assert laid.word("cues", "say") is None


def test_an_overlay_adds_rows(tmp_path: Path) -> None:
    """Rows of a table are laid over by id, as entries are."""
    row = "id\tname\tkind\tcountry\taliases\tdomain\nout:fenbell\tThe Fen Bell\tnewspaper\tGB\tFen Bell\t\n"
    laid = overlay(tmp_path, outlets_tsv=row)
    assert laid.rows["out:fenbell"]["name"] == "The Fen Bell"
    assert len(laid.tables["outlets"]) == len(LISTS.tables["outlets"]) + 1


def test_the_same_files_have_the_same_version() -> None:
    """The version is a digest of what was read, and of nothing else."""
    assert load_lexicons().version == load_lexicons().version


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("cues_toml", "[about", "not valid TOML"),
        ("cues_toml", GOOD.replace('origin = "mine"', ""), "lacks origin"),
        ("cues_toml", GOOD.replace('licence = "CC0-1.0"', ""), "lacks licence"),
        ("cues_toml", GOOD.replace('words = ["croak"]', ""), "entry 1 lacks 'words'"),
        ("cues_toml", GOOD.replace('id = "cue.croak"', ""), "entry 1 lacks 'id'"),
        ("outlets_tsv", "name\tkind\nFen Bell\tnewspaper\n", "no column 'id'"),
        ("outlets_tsv", "id\tname\nfen\tFen Bell\tnewspaper\n", "more cells"),
    ],
)
def test_a_broken_list_is_refused(name: str, text: str, says: str, tmp_path: Path) -> None:
    """The error names the file and what is missing."""
    with pytest.raises(LexiconError, match=re.escape(says)) as caught:
        overlay(tmp_path, **{name: text})
    assert str(tmp_path) in str(caught.value)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    """A folder that is not there is an error, not an empty list."""
    with pytest.raises(LexiconError, match="no such lexicon folder"):
        load_lexicons(tmp_path / "none")
