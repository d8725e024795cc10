"""How rare a word is in news, as counts that ship with the package, and the words of a text as they are counted.

The counts (``en/rarity.tsv``) were made by ``tools/fit_rarity.py`` from open texts only; a word that is not in them
counts as rare. They are fixed: what one report weighs must not change because another was added.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from pathlib import Path

from dateline.errors import LexiconError

OURS = Path(__file__).parent / "en" / "rarity.tsv"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# Words that tell no story from another. Written for the project.
STOP = frozenset(
    "a about after also an and are as at be been before but by can could for from had has have he her his how i in into"
    " is it its it's more no not of on or over said say says she than that the their they this to under was we were"
    " what when where which who will with would you".split()
)
UNSEEN = 1.0  # occurrences that a word without a count is taken to have


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of ``total`` stretches of text each word stands."""

    counts: Mapping[str, int]
    total: int

    def __call__(self, word: str) -> float:
        """Natural logarithm of how many stretches there are to one with the word; 0 for a word that is everywhere."""
        return log(1 + self.total / self.counts.get(word, UNSEEN))


def load_rarity(path: Path = OURS) -> Rarity:
    """Read the counts: ``#`` comments, then ``word TAB count`` lines, the total under ``*``.

    Raises LexiconError where the file cannot be read so.
    """
    counts: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and line[0] != "#":
            word, _, count = line.partition("\t")
            if not count.isdecimal():
                raise LexiconError(f"line {number} has no count", where=str(path), todo="write: word, tab, count")
            counts[word] = int(count)
    if "*" not in counts:
        raise LexiconError("lacks the total", where=str(path), todo="add a line: *, tab, number of stretches")
    return Rarity(counts, counts.pop("*"))


def counted_words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text as they are counted, and whether each is written as a name is: capital, not first.

    Lower-cased, without endings of number and tense, without the words that tell no story from another.
    """
    before = 0
    for hit in WORD.finditer(text):
        low = hit[0].lower()
        if low not in STOP and len(low) > 1:
            between = text[before : hit.start()]
            yield stem(low), hit[0][0].isupper() and before > 0 and not set(between) & set('.!?:\n"“”')
        before = hit.end()


def stem(word: str) -> str:
    """A lower-cased word without the endings of number and tense; rough, for counting only."""
    word = re.sub(r"['’]s?$", "", word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
    if len(word) > 6 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 5 and word.endswith("ed"):
        word = word[:-2]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
