"""Compiles ``lexicons/en/times.toml`` into one matcher over word classes.

A text is cut into tokens; each token becomes one character that stands for the set of classes its word is in
("May" is a month; "second" a unit and an ordinal). The rules are then one regular expression over that short
string, so a page is read once, however many rules there are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dateline.errors import LexiconError
from dateline.lexicons.load import Entry

TOKEN = re.compile(
    r"""\d{4}-\d\d-\d\d(?![\d-]) | \d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/]) | \d{1,2}:\d\d(?::\d\d)?(?!\d)
    | (?:1\d|20)\d0['’]?s\b | ['’‘]\d0s\b | ['’‘]\d\d(?![\d\w]) | o['’]clock\b | ['’](?:s|ll)\b
    | \b[1-3]/[2-8]\b(?!/) | \b[AB]\.[CD]\.(?:E\.)? | \d+(?:,\d{3})+(?:\.\d+)? |
    \d+(?!(?:am|pm|AM|PM|st|nd|rd|th)\b)[^\W\d_]\w* | \d+(?:\.\d+)?(?:(?:st|nd|rd|th)\b)? | [AaPp]\.[Mm]\.? |
    (?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu(?:rs?)?
    |Fri|Sat|Sun|[Nn]o)\. |
    [^\W\d_]+ | \S""",
    re.VERBOSE,
)
# What a token with a digit in it can be; the first that fits wins.
NUMERIC = (
    (re.compile(r"\d{4}-\d\d-\d\d"), frozenset({"iso"})),
    (re.compile(r"\d+/\d+/\d+"), frozenset({"slash"})),
    (re.compile(r"\d/\d"), frozenset({"fraction"})),
    (re.compile(r"\d+:.*"), frozenset({"clock"})),
    (re.compile(r"(?:(?:1\d|20)\d|['’‘]\d)0['’]?s"), frozenset({"decade"})),
    (re.compile(r"['’‘]\d\d"), frozenset({"shortyear"})),
    (re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)"), frozenset({"ordinal"})),
    (re.compile(r"1\d{3}|2[01]\d\d"), frozenset({"num", "year"})),
    (re.compile(r"0?[1-9]|[12]\d|3[01]"), frozenset({"num", "day"})),
    (re.compile(r"0+|\d{5,}"), frozenset({"num", "longyear"})),
    (re.compile(r"[\d.,]+"), frozenset({"num"})),
)
PATTERN = re.compile(r"\s*(?:(?P<name>\w+)=|(?P<word>'[^']+'|\w+)|(?P<mark>\(\?<?[=!]|[()|?*]))")
FIRST_CHAR = 0xE000  # Unicode private use: no class character means anything inside a regular expression
Group = tuple[str, str, tuple[str, ...]]  # group in the big expression, field, pieces it may be


@dataclass(frozen=True, slots=True)
class Rule:
    """One lexicon rule; ``groups`` are (group in the big expression, field, pieces it may be)."""

    id: str
    gives: Mapping[str, Any]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens ``first`` to ``last`` (exclusive) match ``rule``; fields hold piece values or words."""

    rule: Rule
    first: int
    last: int
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules. ``classes`` maps a word to its class character, ``values`` (piece, word) to a
    value.
    """

    classes: Mapping[str, str]
    members: Mapping[str, frozenset[str]]
    values: Mapping[tuple[str, str], str]
    matcher: re.Pattern[str]
    rules: tuple[Rule, ...]
    plain: tuple[str, str] = field(default=("x", "X"))

    def encode(self, words: Sequence[str]) -> str:
        """One class character a token."""
        known = self.classes
        plain = self.plain[0]
        return "".join([known.get(w) or (plain if w.isalpha() and w.islower() else self._odd(w)) for w in words])

    def _odd(self, word: str) -> str:
        first = word[0]
        if first.isalpha():
            return self.classes.get(_key(word), self.plain[first.isupper()])
        if any(c.isdecimal() for c in word) and word.isascii() | (first in "’‘"):
            return self.classes[_numeric(word)]
        return self.plain[0]

    def hits(self, words: Sequence[str], code: str) -> Iterator[Hit]:
        """Rule matches from left to right, none over another."""
        for match in self.matcher.finditer(code):
            rule = self.rules[int(str(match.lastgroup)[1:])]
            fields = []
            for group, name, pieces in rule.groups:
                first, last = match.span(group)
                if first >= 0 and last > first:
                    fields.append((name, self._value(words[first:last], pieces)))
            yield Hit(rule, match.start(), match.end(), tuple(fields))

    def _value(self, words: Sequence[str], pieces: Sequence[str]) -> str:
        if len(words) == 1:
            for piece in pieces:
                for form in (words[0], words[0].lower()):
                    if (piece, form) in self.values:
                        return self.values[piece, form]
        return " ".join(words).lower()

    def is_in(self, char: str, piece: str) -> bool:
        """True when words of this class character belong to ``piece``."""
        return char in self.members[piece]


def _key(word: str) -> str:
    """How a word not listed as it stands is looked up: lower-cased, with a mark for a capital first
    letter.
    """
    return ("^" if word[0].isupper() else "") + word.lower()


@lru_cache(maxsize=4096)
def _numeric(word: str) -> str:
    for number, (shape, _) in enumerate(NUMERIC):
        if shape.fullmatch(word):
            return f"#{number}"
    return ""  # "17b", "600km"


def grammar(entries: tuple[Entry, ...]) -> Grammar:
    """The compiled form of these entries; compiled once for each different list.

    Raises LexiconError, naming the entry, where a pattern cannot be read.
    """
    return _compile(tuple((e.id, e.scope, e.words, _frozen(e.gives)) for e in entries))


def _frozen(gives: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in gives.items())


Row = tuple[str, str, tuple[str, ...], tuple[tuple[str, Any], ...]]


@lru_cache(maxsize=4)
def _compile(rows: tuple[Row, ...]) -> Grammar:
    pieces, values = _pieces(rows)
    for _, scope, patterns, _ in rows:
        for pattern in patterns if scope in ("rule", "part") else ():
            for literal in re.findall(r"'([^']+)'", pattern):
                pieces.setdefault(f"'{literal}'", set()).add(literal)
    classes, members = _classes(pieces)
    parts = {row[0].rsplit(".", 1)[1]: row[2] for row in rows if row[1] == "part"}
    writer = _Writer(members, parts)
    rules: list[Rule] = []
    sources: list[str] = []
    for id, scope, patterns, gives in rows:
        if scope == "rule":
            source, groups = writer.rule(id, patterns)
            sources.append(f"(?P<r{len(rules)}>{source})")
            rules.append(Rule(id, dict(gives), groups))
    plain = (classes[""], classes["^"])
    kernel = "".join(sorted({c for row in rows if row[1] == "kernel" for p in row[2] for c in members[p]}))
    ahead = f"(?=[^{''.join(plain)}]*?[{kernel}])" if kernel else ""
    return Grammar(classes, members, values, re.compile(f"{ahead}(?:{'|'.join(sources)})"), tuple(rules), plain)


def _pieces(rows: tuple[Row, ...]) -> tuple[dict[str, set[str]], dict[tuple[str, str], str]]:
    pieces: dict[str, set[str]] = {}
    values: dict[tuple[str, str], str] = {}
    for id, scope, words, gives in rows:
        if scope == "piece":
            name = id.rsplit(".", 1)[1]
            pieces[name] = set(words)
            for word, value in zip(words, dict(gives).get("values", words), strict=True):
                values[name, word] = value
    return pieces, values


def _classes(pieces: Mapping[str, set[str]]) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """A character for every set of pieces that some word has, and for every piece its characters.

    A word listed in lower case is found in any case; one listed with a capital only as it stands.
    """
    sets: dict[str, frozenset[str]] = {"": frozenset(), "^": frozenset({"capital"})}
    for word in {w for words in pieces.values() for w in words}:
        loose = frozenset(p for p, words in pieces.items() if word.lower() in words)
        exact = loose | {p for p, words in pieces.items() if word in words}
        if word == word.lower():
            sets[word] = loose
            sets[f"^{word}"] = loose | {"capital"}
        else:
            sets[word] = exact | {"capital"}
    sets |= {f"#{number}": kinds for number, (_, kinds) in enumerate(NUMERIC)}
    chars = {kinds: chr(FIRST_CHAR + n) for n, kinds in enumerate(sorted(set(sets.values()), key=sorted))}
    names = {"capital", *pieces, *(kind for _, kinds in NUMERIC for kind in kinds)}
    members = {name: frozenset(c for kinds, c in chars.items() if name in kinds) for name in names}
    return {word: chars[kinds] for word, kinds in sets.items()}, members


class _Writer:
    """Turns the patterns of the lexicon into regular expressions over class characters."""

    def __init__(self, members: Mapping[str, frozenset[str]], parts: Mapping[str, tuple[str, ...]]) -> None:
        self.members, self.parts, self.count = members, parts, 0

    def rule(self, id: str, patterns: Sequence[str]) -> tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]]:
        groups: list[tuple[str, str, tuple[str, ...]]] = []
        source = "|".join(self.pattern(id, p, groups) for p in patterns)
        try:
            re.compile(source)
        except re.error as error:
            raise LexiconError(f"pattern cannot be read: {error}", where=id, todo="mend its words") from error
        return source, tuple(groups)

    def pattern(self, id: str, text: str, groups: list[Group]) -> str:
        """One pattern; named groups met on the way are added to ``groups``."""
        out: list[str] = []
        at, name = 0, ""
        while text[at:].strip():
            token = PATTERN.match(text, at)
            if token is None:
                raise LexiconError(f"pattern cannot be read at {text[at:]!r}", where=id, todo="mend its words")
            at = token.end()
            if token["name"]:
                name = token["name"]
                continue
            opening = ""
            if name:
                opening = f"(?P<g{self.count}>"
                groups.append((f"g{self.count}", name, (*_pieces_after(token["word"], text[at:]), name)))
                self.count, name = self.count + 1, ""
            if token["word"]:
                out.append(f"{opening}{self.word(id, token['word'])}" + (")" if opening else ""))
            else:
                out.append(opening or ("(?:" if token["mark"] == "(" else token["mark"]))
        return "".join(out)

    def word(self, id: str, word: str) -> str:
        if word in self.parts:
            return "(?:" + "|".join(self.pattern(id, p, []) for p in self.parts[word]) + ")"
        if word not in self.members:
            raise LexiconError(f"no such piece: {word}", where=id, todo="list it, or mend its name")
        return "[" + "".join(sorted(self.members[word])) + "]"


def _pieces_after(word: str | None, rest: str) -> tuple[str, ...]:
    """Pieces that a named group may hold: the one word, or those up to the closing bracket."""
    return (word,) if word else tuple(re.findall(r"(?<!')\b\w+\b(?!')", rest[: rest.find(")")]))
