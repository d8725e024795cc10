"""Blocks and stories of plain text: the cases in tests/cases/read, and laws that hold for any text."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.lexicons.load import load_lexicons
from dateline.model import Block, Report, Story, Warning
from dateline.read.blocks import blocks
from dateline.read.lines import LONGEST
from dateline.read.page import read_report
from dateline.read.stories import stories
from dateline.stage import Doc, Kit

from .conftest import NoParser

CASES = Path(__file__).parents[1] / "cases" / "read"
SAMPLES = Path(__file__).parents[2] / "samples"
KIT = Kit(parser=NoParser(), lexicons=load_lexicons())  # hypothesis does not take function-scoped fixtures
SEVERAL = {"21": 3, "26": 4, "30": 4, "32": 4}  # sample number → stories, as samples/README.md says


def read(text: str, kit: Kit = KIT) -> Doc:
    doc = Doc(Report(id="x", source="x", text=text))
    doc = doc.adding(blocks(doc, kit), *blocks.gives)
    return doc.adding(stories(doc, kit), *stories.gives)


def cases(name: str) -> Iterator[Any]:
    for case in tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]:
        yield pytest.param(case, id=case["name"])


def check_case(case: dict[str, Any]) -> None:
    doc = read(case["text"])
    found = [(b.kind, b.span.of(doc.report.text)) for b in doc.of(Block)]
    wanted = [line.split(": ", 1) for line in case["blocks"]]
    assert [kind for kind, _ in found] == [kind for kind, _ in wanted]
    for (_, words), (_, opening) in zip(found, wanted, strict=True):
        assert words.startswith(opening)
    assert {b.id: b.repeats for b in doc.of(Block) if b.repeats} == case.get("repeats", {})
    if "stories" in case:
        assert [story.headline or "" for story in doc.of(Story)] == case["stories"]


@pytest.mark.parametrize("case", [*cases("wild"), *cases("synthetic"), *cases("negative")])
def test_case(case: dict[str, Any]) -> None:
    """Each case has exactly the blocks, repeats and stories that it lists."""
    check_case(case)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", [*cases("known_failures")])
def test_known_failure(case: dict[str, Any]) -> None:
    """What we know we get wrong, until it comes right."""
    check_case(case)


PRINTED = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(
            ["KABUL, Aug 5 (AP) —", "Photo: Agency", "(Agency)", "TOWN FALLS", "By A Reporter", "- item",
             "1. item", "> said", "a | b", "Home | World | Sport", "5 August 2021", "22:10", "He left.",
             "A man sweeps. (AFP)", "\t", "", "\r", "…", "“",
             "The army said on Monday that the town had fallen to the rebels after two days."]
        ),
        max_size=14,
    ).flatmap(lambda parts: st.sampled_from(["\n", "\n\n", "\r\n", " "]).map(lambda glue: glue.join(parts))),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(PRINTED)
def test_every_printed_character_lies_in_one_block(text: str) -> None:
    """Blocks stand in order, never overlap, are trimmed, and hold every character that is not white space."""
    found = read(text).of(Block)
    held = [i for block in found for i in range(block.span.start, block.span.end)]
    assert held == sorted(set(held))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(held)
    assert all(b.span.of(text) == b.span.of(text).strip() != "" for b in found)
    assert [b.id for b in found] == [f"b{i}" for i in range(len(found))]


@settings(max_examples=100, deadline=None)
@given(PRINTED)
def test_every_block_but_boilerplate_lies_in_one_story(text: str) -> None:
    """Stories share out all blocks that are not boilerplate, and a headline lies in its own story."""
    doc = read(text)
    shared = [id for story in doc.of(Story) for id in story.blocks]
    assert shared == [b.id for b in doc.of(Block) if b.kind != "boilerplate"]
    assert all(story.headline is None or story.headline in story.blocks for story in doc.of(Story))


@settings(max_examples=100, deadline=None)
@given(PRINTED)
def test_repeats_point_back_to_a_first_telling(text: str) -> None:
    """A repeat names an earlier block which is itself no repeat."""
    seen: dict[str, Block] = {}
    for block in read(text).of(Block):
        assert block.repeats is None or seen[block.repeats].repeats is None
        seen[block.id] = block


def test_a_line_of_a_megabyte_is_cut_and_warned_of() -> None:
    """An endless paragraph becomes blocks that a parser can take, cut at sentence ends and warned of."""
    doc = read("The army said on Monday that the town had fallen. " * 20_000)
    assert max(len(b.span) for b in doc.of(Block)) <= LONGEST
    assert all(b.span.of(doc.report.text).endswith(".") for b in doc.of(Block))
    assert len(doc.of(Warning)) == len(doc.of(Block)) - 1


def test_every_rule_id_names_its_stage(words_kit: Kit) -> None:
    """Rules of blocks begin with "blocks.", so that an explanation leads to the right file."""
    for case in cases("wild"):
        assert all(b.rule.startswith("blocks.") for b in read(case.values[0]["text"], words_kit).of(Block))


@pytest.mark.parametrize("path", sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.html")]), ids=lambda p: p.name[:2])
def test_samples_carry_as_many_stories_as_they_say(path: Path) -> None:
    """Each sample report has one story, save the four whose point is to have several."""
    report = read_report(path.read_bytes(), path.name)
    doc = Doc(report)
    doc = doc.adding(blocks(doc, KIT), *blocks.gives)
    doc = doc.adding(stories(doc, KIT), *stories.gives)
    assert len(doc.of(Story)) == SEVERAL.get(path.name[:2], 1)
    assert doc.of(Block)[0].kind == "headline"
