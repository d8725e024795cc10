"""Which statements are let through is decided at the output, and nothing is told by a voice that was left out."""

import pytest

from dateline.exports.policy import VOICES, voiced
from dateline.model import Act, Attribution, Report, Statement
from dateline.pipeline import extract
from dateline.stage import Doc, Kit

TEXT = (
    "The governor said the bridge had been shelled on Monday.\n\n"
    "Residents fear the shelling of the town will resume.\n\n"
    "The bishop praised the fighters for the attack on the fort.\n\n"
    "The general said the villagers had promised to leave the valley."
)


@pytest.fixture(scope="module")
def doc(kit: Kit) -> Doc:
    return extract(Report(id="x", source="x", text=TEXT), kit)


@pytest.mark.parametrize(
    ("voices", "lemmas"),
    [
        ("reports", {"say", "promise"}),
        ("+beliefs", {"say", "promise", "fear"}),
        ("+attitudes", {"say", "promise", "fear", "praise"}),
    ],
)
def test_each_policy_adds_to_the_one_before(voices: str, lemmas: set[str], doc: Doc) -> None:
    """Reports, then beliefs too, then attitudes too."""
    assert {s.lemma for s in voiced(doc, voices).of(Statement)} == lemmas


def test_rules_propose_whatever_the_policy(doc: Doc) -> None:
    """Every candidate that stands is among the attributions: the policy takes away at the output only."""
    assert {a.policy for a in voiced(doc, "reports").of(Attribution)} == {"report", "belief", "attitude"}


def test_flat_keeps_the_outermost(doc: Doc) -> None:
    """What is told inside another statement is left out when flat, and names its outer one when not."""
    told = voiced(doc, "reports").of(Statement)
    inner = next(s for s in told if s.lemma == "promise")
    outer = next(s for s in told if s.id == inner.within)
    assert (outer.lemma, outer.within) == ("say", None)
    assert {s.lemma for s in voiced(doc, "reports", flat=True).of(Statement)} == {"say"}


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("voices", VOICES)
def test_nothing_hangs_in_the_air(voices: str, flat: bool, doc: Doc) -> None:
    """Whatever is left out, what stays points at statements that stay, with rule and score."""
    left = voiced(doc, voices, flat)
    ids = {s.id for s in left.of(Statement)} | {None}
    assert {s.within for s in left.of(Statement)} <= ids
    assert {a.statement for a in left.of(Act)} <= ids
    assert all(s.rule and 0 <= s.score <= 1 for s in left.of(Statement))


def test_what_a_voice_left_out_told_goes_with_it(doc: Doc) -> None:
    """An act that only a belief tells of is not in the record of reports, as a fact or otherwise."""
    beliefs = {s.id for s in doc.of(Statement) if s.policy == "belief"}
    told = [a.trigger for a in doc.of(Act) if a.statement in beliefs]
    kept = [a.trigger for a in voiced(doc, "reports").of(Act)]
    assert told
    assert not set(told) & set(kept)
