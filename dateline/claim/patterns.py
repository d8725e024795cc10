"""Trigger patterns as written in the lexicons, made ready for matching.

A pattern is one line of words, read from left to right:

    impose object=sanction|embargo      the verb "impose" whose object is headed by one of these
    pull out                            the verb "pull" with the particle or adverb "out"
    fall subject=@place to=@actor       with the named arguments; ``@`` names a class of ``kinds.toml``
    attack/n on=*                       the noun "attack"; ``*`` is any argument
    fight object!=@abstract             the argument must not be of that class (or must be absent)

Slot names are ``subject`` and ``object`` (the logical ones: passives are turned round), ``that`` (the verb of a
complement), ``pre`` (what stands before a noun), ``poss``, and any preposition. The more a pattern asks for, the
sooner it is taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.errors import LexiconError
from dateline.lexicons.load import Entry, Lexicons


@dataclass(frozen=True, slots=True)
class Slot:
    """What one argument must be: a lemma or a class, any, or none of these."""

    name: str
    lemmas: frozenset[str]
    classes: frozenset[str]
    any: bool
    never: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a lexicon entry; ``weight`` counts what it asks for."""

    lemma: str
    noun: bool
    particles: frozenset[str]
    slots: tuple[Slot, ...]
    weight: int
    entry: Entry


type Patterns = Mapping[tuple[str, bool], tuple[Pattern, ...]]


class _Keyed:
    """Lexicons as a cache key: their digest says all that they hold."""

    __slots__ = ("lexicons",)

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons

    def __hash__(self) -> int:
        return hash(self.lexicons.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and other.lexicons.version == self.lexicons.version


def patterns(lexicons: Lexicons, *stems: str) -> Patterns:
    """(lemma, is a noun) → the patterns that begin with it, most demanding first. Raises LexiconError."""
    return _patterns(_Keyed(lexicons), stems)


def classes(lexicons: Lexicons) -> Mapping[str, frozenset[str]]:
    """Lemma → the classes of ``kinds.toml`` that list it."""
    return _classes(_Keyed(lexicons))


@lru_cache(maxsize=32)
def _patterns(key: _Keyed, stems: tuple[str, ...]) -> Patterns:
    found: dict[tuple[str, bool], list[Pattern]] = {}
    for stem in stems:
        for entry in key.lexicons.entries.get(stem, ()):
            for line in entry.words:
                pattern = _compile(line, entry)
                found.setdefault((pattern.lemma, pattern.noun), []).append(pattern)
    return {k: tuple(sorted(v, key=lambda p: -p.weight)) for k, v in found.items()}


@lru_cache(maxsize=32)
def _classes(key: _Keyed) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in key.lexicons.entries.get("kinds", ()):
        for word in entry.words:
            found.setdefault(word, set()).add(str(entry.gives["class"]))
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _compile(line: str, entry: Entry) -> Pattern:
    head, *rest = line.split()
    noun = head.endswith("/n")
    slots = tuple(_slot(part, line, entry) for part in rest if "=" in part)
    particles = frozenset(part for part in rest if "=" not in part)
    weight = sum(_weight(s) for s in slots) + 2 * len(particles)
    return Pattern(head.removesuffix("/n"), noun, particles, slots, weight, entry)


def _slot(part: str, line: str, entry: Entry) -> Slot:
    name, _, wanted = part.partition("=")
    never = name.endswith("!")
    choices = wanted.split("|")
    if not name.rstrip("!") or not all(choices):
        raise LexiconError(f"pattern {line!r} has an empty slot", where=f"{entry.file} {entry.id}", todo="fill it")
    return Slot(
        name.rstrip("!"),
        frozenset(c for c in choices if c[0] not in "@*"),
        frozenset(c[1:] for c in choices if c[0] == "@"),
        "*" in choices,
        never,
    )


def _weight(slot: Slot) -> int:
    """How much a slot asks: what is done to whom tells acts apart better than who does it."""
    if slot.never or (slot.name == "subject" and (slot.classes or slot.any)):
        return 1
    return 5 if slot.lemmas and not slot.classes and not slot.any else 2 if slot.any else 3


def given(entry: Entry, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """A list of names that an entry gives under ``key``, or the default."""
    value: Any = entry.gives.get(key)
    return default if value is None else tuple(str(v) for v in value)
