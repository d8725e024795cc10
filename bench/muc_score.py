"""MUC-4 template scoring after the rules of 1992: templates aligned by incident type and overlap, fillers slot by slot.

A filler is right (1), half right (0.5) or wrong. Strings are right where their head words agree and half right where
they share a word; set fills are right where equal, half right where said of somebody else. Recall is over what the
key holds, precision over what was answered; all templates count, missed and spurious ones with every filler.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from bench.muc_text import Filler, Template
from bench.score import Score

STRINGS = frozenset({"instrument", "individual", "organisation", "thing", "name", "description"})
SMALL = frozenset("THE A AN HIS HER ITS THEIR SOME TWO THREE FOUR FIVE OF IN AND BY FROM ONE".split())
CUT = re.compile(r"\s(?:OF|IN|FROM|WHO|WHICH|THAT|AT|ON|FOR|BELONGING|WITH|BY)\s|[\[(,]")
OWNING = re.compile(r"['’]S\b|['’](?=\s)")
DATE = re.compile(r"\d{2} [A-Z]{3} \d{2}")
HALF, WHOLE = 0.5, 1.0


@lru_cache(maxsize=100_000)
def words(value: str) -> tuple[str, ...]:
    """Content words in capitals, without accents and without the possessive's ending."""
    found = re.findall(r"[A-Z0-9']+", OWNING.sub("", plain(value)))
    return tuple(w for w in found if w not in SMALL)


def plain(value: str) -> str:
    """In capitals and without accents, as the keys are written."""
    return "".join(c for c in unicodedata.normalize("NFKD", value.upper()) if not unicodedata.combining(c))


@lru_cache(maxsize=100_000)
def head(value: str) -> str:
    """The last word before what describes it."""
    found = words(CUT.split(value.upper().strip(" [("), maxsplit=1)[0]) or words(value)
    return found[-1].removesuffix("S") if found else ""


@lru_cache(maxsize=100_000)
def alike(ours: str, key: str) -> float:
    """How well one string says another."""
    if head(ours) and head(ours) == head(key):
        return WHOLE
    return HALF if set(words(ours)) & set(words(key)) else 0.0


def right(slot: str, ours: Filler, key: Filler) -> float:
    """How right one filler is: the best over what the key allows."""
    return max((_value(slot, a, b) * _same_one(ours, key) for a, b in product(ours.values, key.values)), default=0.0)


def _same_one(ours: Filler, key: Filler) -> float:
    """1 where both are said of the same, ½ where of others."""
    if not ours.of or not key.of:
        return WHOLE
    return WHOLE if any(alike(a, b) for a, b in product(ours.of, key.of)) else HALF


def _value(slot: str, ours: str, key: str) -> float:
    if slot in STRINGS:
        return alike(ours, key)
    if ours == key:
        return WHOLE
    if slot == "date":
        return HALF if set(DATE.findall(ours)) & set(DATE.findall(key)) else 0.0
    if slot == "location":
        return _place(ours, key)
    if slot == "confidence" and ours.startswith("SUSPECTED") and key.startswith("SUSPECTED"):
        return HALF
    return 0.0


def _place(ours: str, key: str) -> float:
    """Right where the last name agrees too, half right where only the country does."""
    a, b = ([re.sub(r"\(.*?\)", "", part).strip() for part in re.split(r":| - ", plain(x))] for x in (ours, key))
    if a[0] != b[0]:
        return 0.0
    return WHOLE if len(a) == len(b) == 1 or (len(a) > 1 and a[-1] in b[1:]) else HALF


def compare(slot: str, ours: Sequence[Filler], key: Sequence[Filler]) -> Score:
    """Fillers of one slot matched one to one, best first."""
    pairs = sorted(
        ((right(slot, a, b), i, j) for (i, a), (j, b) in product(enumerate(ours), enumerate(key))), reverse=True
    )
    used_ours, used_key, total = set[int](), set[int](), 0.0
    for score, i, j in pairs:
        if score and i not in used_ours and j not in used_key:
            used_ours.add(i)
            used_key.add(j)
            total += score
    wanted = sum(1 for j, f in enumerate(key) if j in used_key or not f.optional)
    return Score(total, len(ours), wanted)


def scores(
    ours: Sequence[Template], key: Sequence[Template], optional: frozenset[int], slots: Sequence[str]
) -> Iterator[tuple[str, Score]]:
    """(slot, score) over all templates of one message."""
    for a, b in aligned(ours, key):
        left = ours[a] if a is not None else {}
        told: Mapping[str, Sequence[Filler]] = key[b] if b is not None else {}
        if a is None and b in optional:
            continue
        for slot in slots:
            yield slot, compare(slot, left.get(slot, ()), told.get(slot, ()))


def aligned(ours: Sequence[Template], key: Sequence[Template]) -> list[tuple[int | None, int | None]]:
    """Pairs of templates of one incident type, those that share most first; the rest stand alone."""
    pairs = []
    for (a, left), (b, told) in product(enumerate(ours), enumerate(key)):
        if compare("type", left.get("type", ()), told.get("type", ())).right:
            pairs.append((-sum(compare(s, left.get(s, ()), told.get(s, ())).right for s in told), a, b))
    out: list[tuple[int | None, int | None]] = []
    for _, a, b in sorted(pairs):
        if all(a != x and b != y for x, y in out):
            out.append((a, b))
    out += [(a, None) for a in range(len(ours)) if all(a != x for x, _ in out)]
    return out + [(None, b) for b in range(len(key)) if all(b != y for _, y in out)]
