"""Who is who within a report: cases are data in tests/cases/actors."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Actor, Attribution, Holder, Report, Span, Warning
from dateline.pipeline import extract
from dateline.resolve.actors import actors
from dateline.stage import Doc, Kit

CASES = Path(__file__).parents[1] / "cases" / "actors"
Case = dict[str, Any]


def cases(name: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["says"]) for case in found]


def read(case: Case, kit: Kit) -> tuple[str, Sequence[Actor]]:
    report = Report("sha256:0", "case", case["text"], published=case.get("day"))
    return case["text"], extract(report, kit).of(Actor)


def at(text: str, words: str) -> Span:
    """The span of the words; "he#2" is the second "he" that stands as a word of its own."""
    word, _, number = words.partition("#")
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    return Span(*found[int(number or 1) - 1])


def actor_at(text: str, found: Sequence[Actor], words: str) -> Actor | None:
    """The actor of the smallest mention that holds the words; of the largest inside them where none does."""
    span = at(text, words)
    over = [(len(m.span), a.id) for a in found for m in a.mentions if m.span.holds(span)]
    within = [(-len(m.span), a.id) for a in found for m in a.mentions if span.holds(m.span)]
    exact = [(0, a.id) for a in found for m in a.mentions if m.span == span]
    best = min(exact or over or within, default=None)
    return next(a for a in found if a.id == best[1]) if best else None


def judge(case: Case, kit: Kit) -> None:
    text, found = read(case, kit)
    for group in case.get("same", ()):
        who = {w: actor_at(text, found, w) for w in group}
        assert None not in who.values(), who
        assert len({a.id for a in who.values() if a}) == 1, {w: a.name for w, a in who.items() if a}
    for one, other in case.get("differ", ()):
        first, second = actor_at(text, found, one), actor_at(text, found, other)
        assert first is None or first is not second, first
    for words in case.get("absent", ()):
        span = at(text, words)
        assert not [a for a in found for m in a.mentions if m.span == span]
    if "both_hold" in case:
        holders = {
            h.span.of(text) for a in extract(Report("", "", text), kit).of(Attribution) for h in a.holders if h.span
        }
        assert holders == set(case["both_hold"])
    for wanted in case.get("actor", ()):
        check(text, found, wanted)


def check(text: str, found: Sequence[Actor], wanted: dict[str, Any]) -> None:
    actor = actor_at(text, found, wanted["mention"])
    assert actor is not None, f"nobody at {wanted['mention']!r}"
    for field in ("name", "kind", "country", "lexicon", "unnamed", "count", "role"):
        if field in wanted:
            assert getattr(actor, field) == (None if wanted[field] == "none" else wanted[field]), (
                field,
                actor,
            )
    if "of" in wanted:
        owner = actor_at(text, found, wanted["of"])
        assert owner is not None and actor.of == owner.id, actor
    if "anonymity" in wanted:
        assert actor.anonymity is not None and actor.anonymity.of(text) == wanted["anonymity"], actor


@pytest.mark.parametrize("case", cases("synthetic"))
def test_mentions_of_one_are_one_actor(case: Case, kit: Kit) -> None:
    """Names, nouns and pronouns that mean one actor are gathered in it, with its kind, country and owner."""
    judge(case, kit)


@pytest.mark.parametrize("case", cases("negative"))
def test_look_alikes_stay_apart(case: Case, kit: Kit) -> None:
    """Two actors are not made one, and a place is not made an actor."""
    judge(case, kit)


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(reason="known failure", strict=True)
def test_known_failures(case: Case, kit: Kit) -> None:
    """Cases that are not right yet fail; a mended one must move."""
    judge(case, kit)


def everything(kit: Kit) -> list[Doc]:
    found = [c.values[0] for name in ("synthetic", "negative") for c in cases(name)]
    return [extract(Report("sha256:0", "case", c["text"], published=c.get("day")), kit) for c in found]


def test_every_holder_is_exactly_one_actor(kit: Kit) -> None:
    """Each holder's span is the span of a mention of exactly one actor."""
    for doc in everything(kit):
        for voice in doc.of(Attribution):
            for holder in voice.holders:
                if holder.span:
                    own = [a.id for a in doc.of(Actor) for m in a.mentions if m.span == holder.span]
                    assert len(own) == 1, (holder.span.of(doc.report.text), own)


def test_ids_are_unique_and_owners_exist(kit: Kit) -> None:
    """Ids run a0, a1 … in order of first mention; an owner is another actor of the same report."""
    for doc in everything(kit):
        found = doc.of(Actor)
        assert [a.id for a in found] == [f"a{n}" for n in range(len(found))]
        ids = {a.id for a in found}
        assert all(a.of in ids - {a.id} for a in found if a.of)
        firsts = [min(m.span for m in a.mentions) for a in found]
        assert firsts == sorted(firsts)


def test_a_holder_outside_every_sentence_is_named(kit: Kit) -> None:
    """The agency of a dateline, which nobody parses, becomes a medium with its row."""
    text = "MOSCOW, August 5. /TASS/. The road is open."
    bare = Doc(Report("sha256:0", "case", text), {Attribution: (voice(Span(19, 23)),)})
    (tass,) = [n for n in actors(bare, kit) if isinstance(n, Actor)]
    assert (tass.kind, tass.lexicon, tass.mentions[0].span) == ("media", "tass", Span(19, 23))


def voice(span: Span) -> Attribution:
    return Attribution((Holder(span, "carrier", "test"),), None, "", (), "indirect", "asserts", "test", 1.0, "report")


def test_a_name_that_changed_hands_is_told_in_an_undated_report(kit: Kit) -> None:
    """Without a day nobody can say whether the Taliban are a group or a government: one warning says so."""
    doc = extract(Report("sha256:0", "case", "The Taliban said the road was open. The Taliban hold it."), kit)
    told = [w for w in doc.of(Warning) if "undated" in w.message]
    assert len(told) == 1 and told[0].span == Span(0, 11)


def test_an_empty_report_has_no_actors(kit: Kit) -> None:
    """No words, no actors and no warning."""
    assert list(actors(Doc(Report("sha256:0", "case", "")), kit)) == []


def test_the_same_report_gives_the_same_actors(kit: Kit) -> None:
    """Two readings of one report agree in everything."""
    report = Report("sha256:0", "case", 'Moscow said no. "We wait," a diplomat said.', published=str(date(2021, 8, 5)))
    assert extract(report, kit).of(Actor) == extract(report, kit).of(Actor)


def test_countries_after_the_head_are_mentions_too(kit: Kit) -> None:
    """ "The governments of Kenya, Ghana and Mali": every mention is a stretch of text that has an end."""
    text = "The governments of Kenya, Ghana, and some other nations refused to join the plan."
    actors = extract(Report("t", "t", text), kit).of(Actor)
    assert actors and all(m.span.start < m.span.end for a in actors for m in a.mentions)


def test_a_town_that_the_parser_takes_for_a_man_is_nobody(kit: Kit) -> None:
    """Where a report names a town as its place, that name alone is no person, and "he" is somebody else."""
    text = (
        "GAO, Mali, 14 March (Delta News) -- The general staff said its soldiers had retaken the barracks at "
        "Tessit, in the Gao region.\n\nThe rebels' spokesman laughed the claim off. Nothing had changed hands, he said "
        "by telephone."
    )
    found = extract(Report("t", "t", text), kit).of(Actor)
    assert "Gao" not in {actor.name for actor in found}
    assert actor_at(text, found, "he") is not None
    assert actor_at(text, found, "he") == actor_at(text, found, "The rebels' spokesman")
