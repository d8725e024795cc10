"""Threads: which reports are one running story."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.join.threads import TOP, WINDOW, Text, cells, grouped, linked, text_of, vetoed
from dateline.lexicons.rarity import Rarity, counted_words, load_rarity, stem
from tests.join.telling import day

RARITY = load_rarity()
BRIDGE = (
    ("Bridge at Varnica falls to the flood", "The old bridge at Varnica was carried off by the flood on Monday."),
    ("Flood takes Varnica bridge", "Engineers said the flood had undermined the bridge at Varnica for days."),
    ("Varnica: mayor wants a pontoon bridge", "The mayor of Varnica asked the army for a pontoon after the flood."),
)
MINE = (
    ("Miners walk out at Kestrel pit", "Miners at the Kestrel pit stopped work over wages that were not paid."),
    ("Kestrel pit strike in second week", "The strike at the Kestrel pit went into its second week, the union said."),
)


def text(name: str, words: tuple[str, str], on: int = 0) -> Text:
    return text_of(name, day(on), *words, RARITY)


STORIES = [text(f"{n}", words, n) for n, words in enumerate((*BRIDGE, *MINE))]


def test_two_stories() -> None:
    """Reports that share rare words come together; others do not."""
    assert [thread.reports for thread in grouped(STORIES)] == [("0", "1", "2"), ("3", "4")]


def test_linked_and_filed_together() -> None:
    """Two reports of one story are linked from either side and share a cell."""
    a, b, *_ = STORIES
    assert linked(a, b) == linked(b, a) == "thread/alike"
    assert cells(a) & cells(b)
    assert linked(a, STORIES[3]) is None


def test_words_weeks_apart_are_another_story() -> None:
    """The same words after the window are not the same running story; nor is a text without a day."""
    a = STORIES[0]
    assert a.day
    late = replace(STORIES[1], day=a.day + timedelta(WINDOW + 1))
    assert vetoed(a, late) == vetoed(a, replace(late, day=None)) == "veto/days"
    assert linked(a, late) is None
    assert len(grouped([a, late])) == 2


def test_other_people_and_places_are_another_story() -> None:
    """Texts alike in words, with three names each and none in common, are two stories."""
    a = replace(STORIES[0], names=frozenset("abc"))
    assert vetoed(a, replace(STORIES[1], names=frozenset("def"))) == "veto/names"
    assert linked(a, replace(STORIES[1], names=frozenset("cde"))) == "thread/alike"


def two_stories(shared: int, own: int) -> list[Text]:
    """Two groups of three texts: so many words in common across, and so many more within each."""
    both = [f"both{n:02}" for n in range(shared)]
    return [
        text_of(f"{story}{n}", day(n), "", " ".join([*both, *(f"{story}{word:02}" for word in range(own))]), RARITY)
        for story in ("flood", "quake")
        for n in range(3)
    ]


def test_two_floods_alike_stay_two() -> None:
    """Two groups much more alike within than across stay apart, though their texts are linked."""
    texts = two_stories(30, 50)
    assert linked(texts[0], texts[3])
    assert sorted(len(thread.reports) for thread in grouped(texts)) == [3, 3]


def test_few_words_prove_no_gap() -> None:
    """The same gap between headlines of a few words keeps nothing apart."""
    assert len(grouped(two_stories(3, 5))) == 1


def test_a_text_without_words_is_alone() -> None:
    """An empty report is a story of its own and is filed nowhere."""
    empty = text("e", ("", ""))
    assert not cells(empty)
    assert len(grouped([empty, STORIES[0], replace(empty, report="f")])) == 3


def test_few_cells() -> None:
    """A text is filed under its heaviest words in two stretches of time, no more."""
    assert all(len(cells(one)) <= 2 * TOP for one in STORIES)


def test_names_weigh_more() -> None:
    """A word written as a name outweighs the same word written small."""
    named, plain = (dict(text_of("r", None, "", f"They met {w} again", RARITY).terms) for w in ("Kestrel", "kestrel"))
    assert named["kestrel"] > plain["kestrel"]


@pytest.mark.parametrize(
    ("word", "root"),
    [("cities", "city"), ("shelled", "shell"), ("shelling", "shell"), ("gas", "gas"), ("army's", "army")],
)
def test_endings_do_not_count(word: str, root: str) -> None:
    """A word is counted without its ending of number and tense."""
    assert stem(word) == root


def test_first_words_are_no_names() -> None:
    """The capital that begins a sentence makes no name."""
    assert dict(counted_words("Soldiers left. Guards stayed with Omar.")) == {
        "soldier": False, "left": False, "guard": False, "stay": False, "omar": True,
    }  # fmt: skip


def test_common_words_weigh_little() -> None:
    """What the counts know weighs less than what they have never met."""
    assert RARITY("attack") < RARITY("varnica") == Rarity({}, RARITY.total)("attack")


def test_a_broken_list_names_its_line(tmp_path: Path) -> None:
    """A line without a count, and a file without a total, are refused with a word on what to do."""
    for content, named in (("*\t5\nattack\n", "line 2"), ("attack\t5\n", "total")):
        path = tmp_path / "rarity.tsv"
        path.write_text(content)
        with pytest.raises(LexiconError, match=named):
            load_rarity(path)
