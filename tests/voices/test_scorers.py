"""The scorers, on examples that can be reckoned by hand."""

import pytest

from bench.chains import hops_of, pair
from bench.score import Score, Tokens, dice
from bench.voices import Item, Voices, align, overlaps
from dateline.attribute.corpora import Gold, Text
from dateline.model import Attribution, Holder, Span
from tests.cases.voices.notation import Case, parse

TEXT = "Rebels fled, officials said. Troops stayed."


def item(source: str, cue: str, content: str, statement: bool = True) -> Item:
    """An item from digits: "12" is the token set {1, 2}."""
    s, q, c = (frozenset(map(int, digits)) for digits in (source, cue, content))
    return Item(s, q, c, statement)


def spans(words: str, text: str = TEXT) -> list[tuple[int, int]]:
    at = text.index(words)
    return [(at, at + len(words))]


def test_tokens_leave_punctuation_out() -> None:
    """Words with inner marks and amounts are one token each; commas, quotes and stops are none."""
    text = "“$1,200 isn’t much,” said al-Amin."
    assert Tokens(text).of([(0, len(text))]) == frozenset(range(5))


def test_a_span_takes_every_token_that_it_touches() -> None:
    """Half a word counts as the word; a span of punctuation is empty."""
    tokens = Tokens(TEXT)
    assert tokens.of([(3, 9)]) == {0, 1}
    assert tokens.of([(11, 13)]) == frozenset()


def test_score_adds_up() -> None:
    """Precision is over predictions, recall over gold, F1 their harmonic mean; nothing gives nought."""
    score = Score()
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)
    score.add(1, 2, 4)
    score.add(1, 2, 0)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(("a", "b", "value"), [("12", "23", 0.5), ("", "", 1), ("1", "", 0), ("123", "12", 0.8)])
def test_dice(a: str, b: str, value: float) -> None:
    """Twice the shared over the sum; two empty sets are alike."""
    assert dice(frozenset(map(int, a)), frozenset(map(int, b))) == value


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        (item("1", "2", "34"), item("1", "2", "34"), True),
        (item("1", "2", "34"), item("01", "2", "4567"), False),  # Dice 1/3
        (item("1", "2", "34"), item("1", "2", "45"), True),  # Dice 1/2
        (item("1", "2", "34"), item("1", "5", "34"), False),  # another cue
        (item("1", "", "34"), item("1", "5", "34"), True),  # gold has no cue
        (item("", "2", "34"), item("1", "2", "34"), False),  # gold has no source
        (item("", "2", "34"), item("", "2", "34"), True),
    ],
)
def test_triple_overlap(gold: Item, found: Item, right: bool) -> None:
    """Contents are half alike, cues touch unless gold has none, sources touch unless both are empty."""
    assert overlaps(gold, found) is right


def test_alignment_is_greedy_and_one_to_one() -> None:
    """The best pair goes first, and what it took is gone for the others."""
    gold = [item("1", "2", "34"), item("5", "6", "3478")]
    found = [item("5", "6", "34"), item("1", "2", "7")]
    # gold 0 with found 0: 1.0; gold 1 with found 0: 2/3 + .5 + .25 goes first; gold 0 with found 1: .5 + .25
    assert align(gold, found) == [(1, 0), (0, 1)]


def test_what_shares_only_a_source_does_not_meet() -> None:
    """A common speaker alone makes no pair."""
    assert align([item("1", "2", "3")], [item("1", "4", "5")]) == []


def test_voices_counts() -> None:
    """One of two predictions right against one of one gold; a longer content is no exact one."""
    gold = Gold(spans("officials"), spans("said"), spans("Rebels fled"))
    right = Gold(spans("officials"), spans("said"), spans("Rebels fled, officials"))
    wrong = Gold([], [], spans("Troops stayed"))
    voices = Voices()
    voices.add(Text("x", TEXT, [gold]), [right, wrong])
    assert str(voices.scores["triple overlap"]) == "P 0.500  R 1.000  F1 0.667  (1 gold)"
    assert voices.scores["exact content"].right == 0
    assert voices.scores["exact cue"].f1 == 1
    assert voices.scores["recall: indirect"].recall == 1
    assert (voices.scores["statements"].predicted, voices.scores["statements"].gold) == (1, 1)


def test_a_chain_is_compared_place_by_place() -> None:
    """Holders match where they share a word or are both unnamed; a missing place matches nothing."""
    case = case_of("[k1<2:Radio Orlov] [q1:quoted] [s1:a mayor] [q1:as saying] [c1:the dam held].")
    tokens = Tokens(case.text)
    speaker, carrier = (Span(*spans(w, case.text)[0]) for w in ("mayor", "Radio"))
    assert hops_of(case.gold[0], attribution(case, speaker, carrier), tokens) == [True, True]
    assert hops_of(case.gold[0], attribution(case, carrier), tokens) == [False]
    assert hops_of(case.gold[0], attribution(case, None, carrier), tokens) == [False, True]
    assert hops_of(case.gold[0], None, tokens) == []
    assert pair(case, [attribution(case, speaker)], tokens) == {0: 0}


def case_of(marked: str) -> Case:
    return parse(
        "# id: x\n# tags: relay\n# held: no\n# kinds: paragraph\n" + marked + "\n"
        "# 1: stance=asserts form=indirect within=- speaker_type=official chain=2"
    )


def attribution(case: Case, *holders: Span | None) -> Attribution:
    content = Span(*spans("the dam held", case.text)[0])
    chain = tuple(Holder(span, "carrier" if n else "speaker", "test") for n, span in enumerate(holders))
    return Attribution(chain, None, "quote", (content,), "indirect", "asserts", "test", 1.0, "report")
