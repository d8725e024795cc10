"""Annotated corpora of attribution, as texts with gold spans, and the candidates of a text labelled by them.

Two formats are read: PolNeAR's (a folder with ``text/*.txt`` and brat standoff in ``attributions/*_????.ann``) and
GUM's as JSON Lines (one document a line: ``id``, ``text``, ``attributions`` with ``source``, ``cue``, ``content``).
Spans are 0-based, end-exclusive and count code points of the text as it stands in the file.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

from dateline.attribute.candidate import Candidate
from dateline.attribute.filter import Example
from dateline.attribute.page import Page
from dateline.attribute.weigh import features
from dateline.errors import InputError
from dateline.model import Span

ROLES = ("source", "cue", "content")
NOTE = re.compile(r"[TE]\d+(?:\t|\r?$)")  # a mark or an event; a marked text with a line's end goes on in other lines
ALIKE = 0.4  # Dice of contents from which a candidate is what the annotators meant

Pairs = Sequence[tuple[int, int]]
Skip = Callable[[InputError], None]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution, as character spans; ``cluster`` is the source's coreference cluster."""

    source: Pairs
    cue: Pairs
    content: Pairs
    nested: bool = False
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One document. ``outermost``: nothing told inside a content is annotated; ``spoken``: attitudes are not."""

    name: str
    text: str
    gold: Sequence[Gold]
    discard: Pairs = ()
    outermost: bool = False
    spoken: bool = False


def _stop(error: InputError) -> Never:
    raise error


def polnear(folder: Path, skip: Skip = _stop) -> Iterator[Text]:
    """Documents of a PolNeAR-format folder; the first annotator by name counts.

    A document that cannot be read is handed to ``skip`` as an InputError naming file and line, and left out; by
    default the error is raised. A folder in which no text has annotations is raised in any case.
    """
    found = False
    for path in sorted((folder / "text").glob("*.txt")):
        notes = sorted((folder / "attributions").glob(f"{path.stem}_????.ann"))
        if not notes:
            continue
        found = True
        try:
            text = _read(path)
            gold, discard = _brat(notes[0], len(text))
        except InputError as error:
            skip(error)
        else:
            yield Text(path.stem, text, gold, discard, outermost=True)
    if not found:
        raise InputError(
            "holds no text/NAME.txt with attributions/NAME_????.ann", where=str(folder), todo="see dateline fit --help"
        )


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:  # newline: offsets count every character
            return file.read()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 ({error.reason} at byte {error.start})", where=str(path)) from error


def _brat(path: Path, length: int) -> tuple[list[Gold], Pairs]:
    """Events of roles Source, Cue and Content over text-bound marks; lines of other types are passed over."""
    spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    gold = []
    for number, line in enumerate(_read(path).split("\n"), 1):
        try:
            parts = line.rstrip("\r").split("\t")
            if not NOTE.match(line):
                continue
            if line.startswith("T"):
                kind, where = parts[1].split(" ", 1)
                spans[parts[0]] = kind, _offsets([p.split() for p in where.split(";")], length)
            else:
                gold.append(_event(parts[1], spans))
        except (ValueError, IndexError, KeyError) as error:
            raise InputError(f"line {number} does not parse: {line[:60]!r}", where=str(path)) from error
    return gold, [s for kind, found in spans.values() if kind == "Discard" for s in found]


def _event(line: str, spans: dict[str, tuple[str, list[tuple[int, int]]]]) -> Gold:
    """ "Attribution:T4 Content:T3 Cue:T2 Source:T1": roles may be numbered, and may come more than once."""
    roles: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for role, name in (part.split(":") for part in line.split()[1:]):
        if name in spans:  # an event's argument may be an event
            roles[re.sub(r"\d+$", "", role).lower()] += spans[name][1]
    source, cue, content = (sorted(roles[role]) for role in ROLES)
    return Gold(source, cue, content)


def _offsets(pairs: Sequence[Sequence[Any]], length: int) -> list[tuple[int, int]]:
    """Raises ValueError for anything but spans of the text."""
    spans = [(int(start), int(end)) for start, end in pairs]
    if not all(0 <= start < end <= length for start, end in spans):
        raise ValueError("a span that is empty or beyond the text's end")
    return spans


def gum(path: Path, skip: Skip = _stop) -> Iterator[Text]:
    """Documents of a GUM-style JSON Lines file; errors as for ``polnear``, naming the line."""
    number = 0
    for number, line in enumerate(_read(path).splitlines(), 1):
        try:
            row = json.loads(line)
            text = row["text"]
            yield Text(row["id"], text, [_gum_gold(a, len(text)) for a in row["attributions"]], spoken=True)
        except (ValueError, KeyError, TypeError) as error:
            said = f"line {number} is no annotated document ({type(error).__name__}: {error})"
            skip(InputError(said, where=str(path), todo="see dateline fit --help"))
    if not number:
        raise InputError("is empty", where=str(path))


def _gum_gold(row: dict[str, Any], length: int) -> Gold:
    source, cue, content = (_offsets(row[role], length) for role in ROLES)
    nested = bool(row.get("inside_content_of") or row.get("inside_source_clause"))
    return Gold(source, cue, content, nested, row.get("source_eid"))


def labelled(text: Text, page: Page, candidates: Sequence[Candidate]) -> Iterator[Example]:
    """Every candidate on which the annotation has a view: right where cues overlap and contents are much alike."""
    gold = [(_words(page, g.cue), _words(page, g.content)) for g in text.gold]
    inside = {t for _, content in gold for t in content} if text.outermost else set()
    for c in candidates:
        if c.head in inside or (text.spoken and c.policy == "attitude"):
            continue
        cue, content = set(c.cue), {t for t in c.content if _is_word(page, t)}
        right = any(cue & q and _dice(content, told) >= ALIKE for q, told in gold)
        yield Example(tuple(features(page, c)), right)


def _words(page: Page, spans: Pairs) -> set[int]:
    return {t for start, end in spans for t in page.tokens_in(Span(start, end)) if _is_word(page, t)}


def _is_word(page: Page, token: int) -> bool:
    return any(map(str.isalnum, page.words[token]))


def _dice(mine: set[int], theirs: set[int]) -> float:
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))
