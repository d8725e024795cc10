"""Reads `chains.txt`: marked text in, cases with offsets into the unmarked text out. See README.md here.

python tests/cases/voices/notation.py        checks every case and prints the counts
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

CHAINS = Path(__file__).with_name("chains.txt")

STANCES = frozenset(
    [
        "asserts",
        "denies",
        "declines",
        "predicts",
        "plans",
        "demands",
        "doubts",
        "accuses",
        "threatens",
        "asks",
    ]
)
FORMS = frozenset(("direct", "indirect", "mixed", "headline"))
KINDS = frozenset(("paragraph", "headline", "caption"))

LABEL = r"(?:[sqca]\d+|k\d+<\d+)"
OPENING = re.compile(rf"\[({LABEL}(?:,{LABEL})*):")
ONE_LABEL = re.compile(r"([skqca])(\d+)(?:<(\d+))?")
FIELD = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))')

Span = tuple[int, int]
Holder = tuple[int, int, str]  # start, end, "speaker" | "carrier"


class NotationError(ValueError):
    """A case that breaks the notation; the message starts with the case's id."""


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One statement of a case. `holders` runs from the speaker outwards; None where no speaker is named."""

    number: int
    holders: tuple[Holder | None, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    reason: tuple[Span, ...]  # why the speaker is not named, where the text says so
    stance: str
    form: str
    within: int | None
    speaker_type: str | None
    of: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One passage. `kinds` gives the block kind of each paragraph (paragraphs are parted by a blank line)."""

    id: str
    tags: tuple[str, ...]
    held: bool
    kinds: tuple[str, ...]
    text: str
    gold: tuple[GoldStatement, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    role: str  # s, k, q, c or a
    number: int
    position: int  # place in the chain: 1 for a speaker, 2… for carriers, 0 for the rest
    start: int
    end: int


def unmark(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """Takes the marks out of `marked`. A literal bracket is written with a backslash before it."""
    out: list[str] = []
    length = 0
    marks: list[Mark] = []
    opened: list[tuple[str, int]] = []
    at = 0
    while at < len(marked):
        opening = OPENING.match(marked, at)
        if opening:
            opened.append((opening[1], length))
            at = opening.end()
            continue
        char = marked[at]
        if char == "[":
            raise NotationError(f"a bracket that opens no mark: {marked[at : at + 20]!r}")
        if char == "]":
            if not opened:
                raise NotationError(f"a bracket that closes no mark: {marked[max(0, at - 20) : at + 1]!r}")
            labels, start = opened.pop()
            marks.extend(_marks(labels, start, length))
        else:
            if char == "\\":
                at += 1
            out.append(marked[at])
            length += 1
        at += 1
    if opened:
        raise NotationError(f"a mark left open: {opened[-1][0]}")
    return "".join(out), tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))


def _marks(labels: str, start: int, end: int) -> Iterator[Mark]:
    for role, number, position in ONE_LABEL.findall(labels):
        place = 1 if role == "s" else int(position or 0)
        yield Mark(role, int(number), place, start, end)


def full_chain(case: Case, number: int) -> tuple[Holder | None, ...]:
    """The holders of a statement and, outside them, those of every statement it stands in."""
    by_number = {statement.number: statement for statement in case.gold}
    chain: list[Holder | None] = []
    at: int | None = number
    while at is not None:
        chain.extend(by_number[at].holders)
        at = by_number[at].within
    return tuple(chain)


def read(path: Path = CHAINS) -> tuple[Case, ...]:
    """Every case of the file, checked."""
    cases = tuple(parse(block) for block in re.split(r"^---\n", path.read_text("utf-8"), flags=re.MULTILINE))
    for case_id, times in Counter(case.id for case in cases).items():
        if times > 1:
            raise NotationError(f"{case_id}: the id is given to {times} cases")
    return cases


def parse(block: str) -> Case:
    """One block of the file, between two `---` lines."""
    head: dict[str, str] = {}
    about: dict[int, dict[str, str]] = {}
    body: list[str] = []
    for line in block.strip("\n").split("\n"):
        if not line.startswith("# "):
            body.append(line)
            continue
        key, _, value = line[2:].partition(": ")
        if key.isdecimal():
            about[int(key)] = {name: quoted or bare for name, quoted, bare in FIELD.findall(value)}
        else:
            head[key] = value
    case_id = head.get("id", "?")
    try:
        text, marks = unmark("\n".join(body).strip("\n"))
        case = Case(
            id=head["id"],
            tags=tuple(head["tags"].split()),
            held=head["held"] == "yes",
            kinds=tuple(head["kinds"].split()),
            text=text,
            gold=_statements(marks, about),
        )
        check(case, marks)
    except (NotationError, KeyError) as error:
        raise NotationError(f"{case_id}: {error}") from error
    return case


def _statements(marks: tuple[Mark, ...], about: Mapping[int, Mapping[str, str]]) -> tuple[GoldStatement, ...]:
    by_number: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_number[mark.number].append(mark)
    if by_number.keys() != about.keys():
        raise NotationError(f"statements marked {sorted(by_number)}, described {sorted(about)}")
    return tuple(_statement(number, by_number[number], about[number]) for number in sorted(about))


def _statement(number: int, marks: list[Mark], fields: Mapping[str, str]) -> GoldStatement:
    def spans(role: str) -> tuple[Span, ...]:
        return tuple((mark.start, mark.end) for mark in marks if mark.role == role)

    holders = _holders(number, [mark for mark in marks if mark.position])
    if len([holder for holder in holders if holder]) != int(fields["chain"]):
        raise NotationError(f"statement {number} has {len(holders)} holders, chain={fields['chain']}")
    return GoldStatement(
        number=number,
        holders=holders,
        cue=spans("q"),
        content=spans("c"),
        reason=spans("a"),
        stance=fields["stance"],
        form=fields["form"],
        within=None if fields["within"] == "-" else int(fields["within"]),
        speaker_type=None if fields["speaker_type"] == "-" else fields["speaker_type"],
        of=fields.get("of"),
    )


def _holders(number: int, marks: list[Mark]) -> tuple[Holder | None, ...]:
    places: dict[int, Mark] = {}
    for mark in marks:
        if mark.position in places:
            raise NotationError(f"statement {number} has two holders at place {mark.position}")
        places[mark.position] = mark
    last = max(places, default=1)
    missing = [place for place in range(2, last + 1) if place not in places]
    if missing:
        raise NotationError(f"statement {number} has nobody at place {missing[0]} of its chain")
    chain: list[Holder | None] = []
    for place in range(1, last + 1):
        mark_there = places.get(place)
        role = "speaker" if place == 1 else "carrier"
        chain.append((mark_there.start, mark_there.end, role) if mark_there else None)
    return tuple(chain)


def check(case: Case, marks: tuple[Mark, ...]) -> None:
    """Raises where a case breaks a rule of the README."""
    paragraphs = list(_paragraphs(case.text))
    if len(paragraphs) != len(case.kinds) or not KINDS.issuperset(case.kinds):
        raise NotationError(f"{len(paragraphs)} paragraphs, kinds {' '.join(case.kinds)}")
    for mark in marks:
        words = case.text[mark.start : mark.end]
        if not words or words != words.strip():
            raise NotationError(f"{mark.role}{mark.number} is empty or ends in white space: {words!r}")
        if not any(start <= mark.start and mark.end <= end for start, end in paragraphs):
            raise NotationError(f"{mark.role}{mark.number} crosses a paragraph's edge: {words!r}")
    numbers = [statement.number for statement in case.gold]
    if numbers != list(range(1, len(numbers) + 1)):
        raise NotationError(f"statements are numbered {numbers}")
    if ("negative" in case.tags) != (not case.gold):
        raise NotationError("a case has statements or the tag negative")
    for statement in case.gold:
        _check_statement(case, statement)


def _check_statement(case: Case, one: GoldStatement) -> None:
    if not one.content:
        raise NotationError(f"statement {one.number} has no content")
    if not one.cue and "nocue" not in case.tags:
        raise NotationError(f"statement {one.number} has no cue, and the case no tag nocue")
    if one.stance not in STANCES or one.form not in FORMS:
        raise NotationError(f"statement {one.number}: stance {one.stance}, form {one.form}")
    if (one.speaker_type is None) != (one.holders[0] is None):
        raise NotationError(f"statement {one.number}: speaker_type does not fit the marks")
    if one.within is not None:
        outer = next((other for other in case.gold if other.number == one.within), None)
        if outer is None or not any(_inside(span, outer.content) for span in one.content):
            raise NotationError(f"statement {one.number} does not stand in the content of {one.within}")
    for spans in (one.cue, one.content, one.reason):
        if any(left[1] > right[0] for left, right in pairwise(spans)):
            raise NotationError(f"statement {one.number}: spans of one kind overlap")
    if one.form != "headline" and not {"transcript", "tweet"}.intersection(case.tags):
        _check_form(case, one)


def _check_form(case: Case, one: GoldStatement) -> None:
    if one.form != form_of(case.text, one.content):
        raise NotationError(f"statement {one.number}: form {one.form}, not {form_of(case.text, one.content)}")


def form_of(text: str, content: tuple[Span, ...]) -> str:
    """`direct` where every span is a quotation, `indirect` where none touches one, else `mixed`."""
    words = [text[start:end] for start, end in content]
    opened = [word[0] in '“"‘' for word in words]
    if all(opened):
        return "direct"
    return "mixed" if any(re.search(r"[“\"‘]", word) for word in words) else "indirect"


def _inside(span: Span, outer: tuple[Span, ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in outer)


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for paragraph in text.split("\n\n"):
        yield at, at + len(paragraph)
        at += len(paragraph) + 2


def main() -> int:
    cases = read()
    statements = [statement for case in cases for statement in case.gold]
    print(f"{len(cases)} cases, {sum(case.held for case in cases)} held out, {len(statements)} statements")
    for name, counts in (
        ("holders of its own", Counter(len([h for h in one.holders if h]) for one in statements)),
        ("stance", Counter(one.stance for one in statements)),
        ("form", Counter(one.form for one in statements)),
        ("speaker", Counter(one.speaker_type or "-" for one in statements)),
        ("tag", Counter(tag for case in cases for tag in case.tags)),
    ):
        print(f"{name}: " + " · ".join(f"{key} {times}" for key, times in counts.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
