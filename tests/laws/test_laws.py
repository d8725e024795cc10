"""What holds of every record, whatever the page: over made-up pages and over the samples."""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from dateline.exports.contract import encode, engine_of, record
from dateline.lexicons.load import load_lexicons
from dateline.model import Block, Mention, Quantity, Report, Span, Statement
from dateline.pipeline import STAGES, extract
from dateline.read.page import read_report
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit
from tests.laws.strategies import PAGES
from tests.read.conftest import NoParser

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("[0-9]*"))
ENGINE = engine_of(Kit(parser=NoParser(), lexicons=load_lexicons()))
MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(MANY, max_examples=30)
# list of the record → field → the list whose ids it holds
POINTERS = {
    name: dict(pair.split("=") for pair in pairs.split())
    for name, pairs in {
        "blocks": "story=stories repeats=blocks",
        "stories": "headline=blocks blocks=blocks",
        "actors": "of=actors",
        "statements": "within=statements said=times",
        "events": """actors=actors recipients=actors places=places quantities=quantities time=times
                     statement=statements same_as=events""",
        "control": """place=places holder=actors other=actors time=times event=events statement=statements
                      quantities=quantities""",
        "figures": "quantity=quantities side=actors event=events statement=statements time=times",
    }.items()
}


def printed(text: str, day: str | None = "2021-08-05") -> Report:
    return Report(id="sha256:0", source="x", text=text, published=day, published_by="given" if day else None)


def as_json(doc: Doc) -> dict[str, Any]:
    return json.loads(encode(doc, ENGINE))  # type: ignore[no-any-return]


def values(doc: Doc) -> bytes:
    """Report and notes as bytes, to tell whether anything in them has changed."""
    return msgspec.json.encode([doc.report, *doc.notes.values()])


def spans(value: Any) -> Iterator[Span]:
    """Every span in a note, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, Sentence):
        yield value.span
        yield from (value.over(i, i) for i in range(len(value)))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))


# --- the laws -----------------------------------------------------------------------------------------------


def a_span_is_words_of_one_block(doc: Doc) -> None:
    """A span holds at least one character of the text and never crosses a block's edge."""
    held = {i: n for n, block in enumerate(doc.of(Block)) for i in range(block.span.start, block.span.end)}
    for kind, notes in doc.notes.items():
        for span in spans(notes):
            assert 0 <= span.start < span.end <= len(doc.report.text), (kind, span)
            assert held[span.start] == held[span.end - 1], (kind, span.of(doc.report.text))


def every_id_leads_somewhere(doc: Doc) -> None:
    """What a row points to is there, and no id stands twice."""
    rows = as_json(doc)
    ids = {name: [row["id"] for row in rows[name] if "id" in row] for name in rows if isinstance(rows[name], list)}
    for name, given_ids in ids.items():
        assert len(given_ids) == len(set(given_ids)), name
    for name, pointers in POINTERS.items():
        for field, target in pointers.items():
            for row in rows[name]:
                named = row[field] if isinstance(row[field], list) else [row[field]]
                assert {i for i in named if i is not None} <= set(ids[target]), (name, field, row)
    for statement in rows["statements"]:
        assert {s["actor"] for s in statement["sources"]} - {None} <= set(ids["actors"])


def nesting_ends(doc: Doc) -> None:
    """Going from a statement to the one it is told in never comes back to it."""
    outer = {s.id: s.within for s in doc.of(Statement)}
    for start in outer:
        seen: set[str] = set()
        at: str | None = start
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = outer[at]


def notes_are_what_their_types_say(doc: Doc) -> None:
    """Every note survives the way to JSON values and back, so each field holds only what its type allows."""
    for kind, notes in doc.notes.items():
        if kind is not Sentence:
            for note in notes:
                assert msgspec.convert(msgspec.to_builtins(note), kind) == note


def the_record_is_json(doc: Doc) -> None:
    """The printed line reads back as the very rows that were printed."""
    line = encode(doc, ENGINE)
    assert b"\n" not in line
    assert json.loads(line) == json.loads(json.dumps(msgspec.to_builtins(record(doc, ENGINE))))


def every_note_names_its_rule(doc: Doc) -> None:
    """What was found says which rule found it."""
    for notes in doc.notes.values():
        assert all(note.rule for note in notes if hasattr(note, "rule"))


LAWS: tuple[Callable[[Doc], None], ...] = (
    a_span_is_words_of_one_block,
    every_id_leads_somewhere,
    nesting_ends,
    notes_are_what_their_types_say,
    the_record_is_json,
    every_note_names_its_rule,
)


@pytest.fixture(scope="module")
def records(kit: Kit) -> list[Doc]:
    """Every third sample, read."""
    return [extract(read_report(path.read_bytes(), path.name), kit) for path in SAMPLES[::3]]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_samples_keep_the_law(law: Callable[[Doc], None], records: list[Doc]) -> None:
    """Each law holds of reports as they are printed."""
    assert all(doc.of(Statement) for doc in records)
    for doc in records:
        law(doc)


class Reader:
    """A kit that Hypothesis can print in a line."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit

    def __repr__(self) -> str:
        return "reader"

    def __call__(self, text: str, day: str | None = "2021-08-05") -> Doc:
        return extract(printed(text, day), self.kit)


@pytest.fixture(scope="module")
def reader(kit: Kit) -> Reader:
    return Reader(kit)


@MANY
@given(text=PAGES)
def test_made_up_pages_keep_all_laws(reader: Reader, text: str) -> None:
    """No page, however broken, crashes the pipeline or bends a law."""
    doc = reader(text)
    for law in LAWS:
        law(doc)


@FEW
@given(text=PAGES)
def test_the_same_report_gives_the_same_record(reader: Reader, text: str) -> None:
    """Same text, same bytes: nothing of the run before is left in the kit."""
    first = encode(reader(text), ENGINE)
    reader("The governor said on Tuesday that Herat had fallen to the rebels.")
    assert encode(reader(text), ENGINE) == first


@FEW
@given(text=PAGES)
def test_a_stage_leaves_what_it_was_given(reader: Reader, text: str) -> None:
    """Stages add notes; report and earlier notes are the same objects with the same values after."""
    doc = Doc(printed(text))
    for stage in STAGES:
        before = values(doc)
        after = doc.adding(stage(doc, reader.kit), *stage.gives)
        assert values(doc) == before
        doc = after


@FEW
@given(text=PAGES)
def test_without_a_day_of_publication_nothing_rests_on_it(reader: Reader, text: str) -> None:
    """A page of no day gives no time that was counted from one."""
    rows = as_json(reader(text, day=None))
    assert not [time for time in rows["times"] if time["basis"] == "published" and time["earliest"]]


SAID = Statement("s1", None, "direct", (), None, None, (Span(0, 3),), "asserts", None, "cue.say", 1.0, "report")
BREACHES: dict[Callable[[Doc], None], Any] = {
    a_span_is_words_of_one_block: Mention(Span(0, 20), "other", "names.none"),
    every_id_leads_somewhere: replace(SAID, within="s0"),
    nesting_ends: replace(SAID, within="s1"),
    notes_are_what_their_types_say: replace(SAID, stance="sings"),  # type: ignore[arg-type]
    the_record_is_json: Quantity("q0", Span(0, 3), math.nan, None, None, False, None, "quantities.none"),
    every_note_names_its_rule: replace(SAID, rule=""),
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_law_can_be_broken(law: Callable[[Doc], None]) -> None:
    """Each law speaks up at a note that was made to break it, and not without that note."""
    doc = Doc(printed("Town falls\n\nThe rebels came at dawn."))
    doc = doc.adding((Block("b0", Span(0, 10), "headline", "x"), Block("b1", Span(12, 36), "paragraph", "x")), Block)
    law(doc)
    with pytest.raises((AssertionError, msgspec.ValidationError)):
        law(doc.adding([BREACHES[law]], type(BREACHES[law])))


def test_notes_cannot_be_changed() -> None:
    """A report is as printed for good."""
    with pytest.raises(FrozenInstanceError):
        printed("The town fell.").text = "The town stands."  # type: ignore[misc]
