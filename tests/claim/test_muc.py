"""The scorer of MUC-4 templates counts as the rules of 1992 do, on templates written for this."""

from datetime import date

import pytest

from bench.muc_candidates import Candidate, Page
from bench.muc_fill import near, weighed
from bench.muc_score import aligned, compare, head, right, scores
from bench.muc_text import Filler, Template, day_of, read_keys
from dateline.model import Report
from dateline.stage import Doc

KEY = """;;; a comment
0.  MESSAGE: ID                     TST9-MUC9-0001
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
4.  INCIDENT: TYPE                  ATTACK
2.  INCIDENT: DATE                  - 04 FEB 90
9.  PERP: INDIVIDUAL ID             "REBEL COLUMN" / "REBELS"
                                    ? "MEN"
12. PHYS TGT: ID                    *
18. HUM TGT: NAME                   "PEREZ"
19. HUM TGT: DESCRIPTION            "MAYOR": "PEREZ"
21. HUM TGT: NUMBER                 1: "PEREZ"

0.  MESSAGE: ID                     TST9-MUC9-0002
1.  MESSAGE: TEMPLATE               *
"""


def template(kind: str, **slots: str) -> Template:
    return {"type": (Filler((kind,)),)} | {slot: (Filler((value,)),) for slot, value in slots.items()}


def test_a_key_is_read() -> None:
    """Alternatives, cross-references, optional fillers and empty messages are told apart."""
    (name, told, optional), (other, none, _) = read_keys(KEY)
    assert told is not None
    assert (name, optional, other, none) == ("TST9-MUC9-0001", True, "TST9-MUC9-0002", None)
    assert told["individual"] == (Filler(("REBEL COLUMN", "REBELS")), Filler(("MEN",), (), True))
    assert told["description"] == (Filler(("MAYOR",), ("PEREZ",)),)
    assert told["person number"] == (Filler(("1",), ("PEREZ",)),)
    assert told["thing"] == ()


def test_the_day_of_a_message_is_in_its_first_lines() -> None:
    """A header without a day gives none."""
    assert day_of("QUITO, 4 FEB 90 (XYZ) --") == date(1990, 2, 4)
    assert day_of("QUITO (XYZ) --") is None


@pytest.mark.parametrize(
    ("value", "last"),
    [("MEMBERS OF THE FRONT", "MEMBER"), ("THE MAYOR", "MAYOR"), ("FRONT [FPQ]", "FRONT"), ("THE", "")],
)
def test_the_head_is_the_last_word_before_what_describes_it(value: str, last: str) -> None:
    """Articles, phrases with a preposition and brackets are passed over."""
    assert head(value) == last


@pytest.mark.parametrize(
    ("slot", "ours", "key", "score"),
    [
        ("individual", Filler(("REBELS",)), Filler(("REBEL COLUMN", "REBELS")), 1.0),
        ("individual", Filler(("REBEL LEADER",)), Filler(("REBEL COLUMN",)), 0.5),
        ("person number", Filler(("1",), ("PEREZ",)), Filler(("1",), ("GOMEZ",)), 0.5),
        ("date", Filler(("04 FEB 90",)), Filler(("- 04 FEB 90",)), 0.5),
        ("location", Filler(("PERU: LIMA (CITY)",)), Filler(("PERU: LIMA (CITY)",)), 1.0),
        ("location", Filler(("PERU",)), Filler(("PERU: LIMA (CITY)",)), 0.5),
        ("location", Filler(("CHILE",)), Filler(("PERU: LIMA (CITY)",)), 0.0),
    ],
)
def test_a_filler_is_right_half_right_or_wrong(slot: str, ours: Filler, key: Filler, score: float) -> None:
    """Strings by their heads, set fills by whom they are said of, places by their last name."""
    assert right(slot, ours, key) == score


def test_an_optional_filler_counts_only_when_given() -> None:
    """Leaving out what may be left out costs no recall."""
    key = (Filler(("REBELS",)), Filler(("MEN",), (), True))
    assert compare("individual", (Filler(("REBELS",)),), key).gold == 1
    assert compare("individual", (Filler(("REBELS",)), Filler(("MEN",))), key).gold == 2


def test_templates_of_one_type_are_paired_by_what_they_share() -> None:
    """The pair that shares most comes first, and types never mix."""
    key = [template("ATTACK", name="PEREZ"), template("ATTACK", name="GOMEZ"), template("BOMBING")]
    ours = [template("ATTACK", name="GOMEZ"), template("ARSON")]
    assert aligned(ours, key) == [(0, 1), (1, None), (None, 0), (None, 2)]


def test_missed_and_spurious_templates_count_with_every_filler() -> None:
    """A template too many costs precision, one too few recall, an optional one too few nothing."""
    ours, key = [template("ARSON", name="PEREZ")], [template("ATTACK", name="GOMEZ")]
    both = list(scores(ours, key, frozenset(), ("type", "name")))
    assert (sum(s.predicted for _, s in both), sum(s.gold for _, s in both)) == (2, 2)
    spared = list(scores(ours, key, frozenset({0}), ("type", "name")))
    assert sum(s.gold for _, s in spared) == 0


def test_the_sentence_that_tells_most_comes_first() -> None:
    """The odds of the sentences order those of a candidate, and are seen in it and in the whole."""
    one = Candidate((0, 1), "MEN", False, None, None, ("head man",))
    page = Page(Doc(Report("t", "t", "")), (one,), (("bias",), ("bias", "word attack")), ("bias",))
    seen = weighed(page, [0.05, 0.95])
    assert seen.candidates[0].sentences == (1, 0)
    assert "odds > 0.9" in seen.candidates[0].features
    assert "odds 0 > 0.9" in seen.whole
    assert near(seen, seen.candidates) == ("bias", "word attack")
