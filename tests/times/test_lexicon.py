"""Every rule of the list proves itself both ways."""

import re

import pytest

from dateline.find.times_grammar import grammar
from dateline.lexicons.load import Entry
from dateline.model import Span, TimeExpression
from tests.times.reading import LEXICONS, read

RULES = [entry for entry in LEXICONS.entries["times"] if entry.scope == "rule"]


def unstarred(example: str) -> tuple[str, list[Span]]:
    """The example without its stars, and the stretches that they set off."""
    text, spans = "", []
    for number, piece in enumerate(example.split("*")):
        if number % 2:
            spans.append(Span(len(text), len(text) + len(piece)))
        text += piece
    return text, spans


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.id)
def test_yes_examples(entry: Entry) -> None:
    """A rule finds what is starred in its examples, to the character, and nothing of its own elsewhere."""
    assert entry.yes, "every rule has an example"
    for example in entry.yes:
        text, starred = unstarred(example)
        hits = {e.span: e.rule for e in read(text).of(TimeExpression)}
        assert set(starred) <= set(hits), (example, [s.of(text) for s in hits])
        assert entry.id in hits.values(), (example, hits)
        assert {span for span, rule in hits.items() if rule == entry.id} <= set(starred), example


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.id)
def test_no_examples(entry: Entry) -> None:
    """A rule stays silent where its counter-examples look like it."""
    assert entry.no, "every rule has a counter-example"
    for example in entry.no:
        assert entry.id not in {e.rule for e in read(example).of(TimeExpression)}, example


def test_rule_ids_are_rules() -> None:
    """Every rule of the list is in the compiled grammar, in its order."""
    assert [rule.id for rule in grammar(LEXICONS.entries["times"]).rules] == [entry.id for entry in RULES]


def test_no_match_without_a_kernel() -> None:
    """What is passed over unread could not have matched: the kernel leaves no rule's example out."""
    compiled = grammar(LEXICONS.entries["times"])
    unguarded = re.compile(compiled.matcher.pattern[compiled.matcher.pattern.index(")") + 1 :])
    for entry in RULES:
        for example in entry.yes:
            text, _ = unstarred(example)
            words = re.findall(r"\w+|\S", text)
            code = compiled.encode(words)
            guarded = [m.span() for m in compiled.matcher.finditer(code)]
            assert guarded == [m.span() for m in unguarded.finditer(code)], example
