"""The tables that turn PLOVER into other codebooks: ``dateline/lexicons/codebooks/*.tsv``, read from the top."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dateline.errors import LexiconError

TABLES = Path(__file__).parents[2] / "lexicons" / "codebooks"
CODEBOOKS = ("plover", "cameo", "acled", "ucdp")
ANY, NONE, NOTHING = "*", "-", "nothing"
COLUMNS = ("id", "type", "mode", "marks", "code", "name", "loses")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: which acts it takes, the code it gives (None: the codebook has no place), and what is lost."""

    id: str
    type: str
    modes: frozenset[str]
    wanted: tuple[frozenset[str], ...]  # of each, one mark must hold
    barred: frozenset[str]
    code: str | None
    name: str
    loses: str

    def fits(self, kind: str, mode: str | None, marks: Collection[str]) -> bool:
        """True when the row takes an act of this type and mode with these marks."""
        return (
            kind == self.type
            and (ANY in self.modes or (mode or NONE) in self.modes)
            and self.barred.isdisjoint(marks)
            and all(not choice.isdisjoint(marks) for choice in self.wanted)
        )


type Table = Sequence[Row]


@lru_cache
def table(codebook: str) -> tuple[Row, ...]:
    """The rows of a codebook, in order. Raises LexiconError, naming file and line."""
    return tuple(_row(cells, TABLES / f"{codebook}.tsv") for cells in _lines(TABLES / f"{codebook}.tsv", COLUMNS))


@lru_cache
def words() -> Mapping[str, frozenset[str]]:
    """Word → what it marks: a side (state, group, people …) or a means (``with:mine``)."""
    return {word: frozenset(marks.split("|")) for word, marks in _lines(TABLES / "marks.tsv", ("id", "mark"))}


def coded(rows: Table, kind: str, mode: str | None, marks: Collection[str]) -> Row | None:
    """The first row that takes the act, or None where the table has none for its type."""
    return next((row for row in rows if row.fits(kind, mode, marks)), None)


def back(rows: Table, code: str) -> frozenset[tuple[str, str]]:
    """PLOVER types and modes (``*`` any, ``-`` none) whose acts can have this code; empty for a code not given."""
    return frozenset((row.type, mode) for row in rows if row.code == code for mode in row.modes)


def _lines(path: Path, columns: Sequence[str]) -> list[list[str]]:
    """Cells of each line after the comments and the header."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"cannot be read: {error}", where=str(path), todo="reinstall dateline") from error
    lines = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    if not lines or tuple(lines[0]) != tuple(columns):
        raise LexiconError("has other columns", where=str(path), todo=f"head it {', '.join(columns)}")
    for number, cells in enumerate(lines[1:], 2):
        if len(cells) != len(columns):
            raise LexiconError(f"row {number} has {len(cells)} cells", where=str(path), todo="mend the row")
    return lines[1:]


def _row(cells: Sequence[str], path: Path) -> Row:
    name, kind, modes, marks, code, title, loses = cells
    if not (kind and modes and code and loses):
        lack = f"{name} lacks a type, a mode, a code, or what it loses"
        raise LexiconError(lack, where=str(path), todo="mend the row")
    wanted = tuple(frozenset(m.split("|")) for m in marks.split() if m[0] != "!")
    barred = frozenset(m[1:] for m in marks.split() if m[0] == "!")
    lost = "" if loses == NOTHING else loses
    return Row(name, kind, frozenset(modes.split("|")), wanted, barred, None if code == NONE else code, title, lost)
