"""Who died, as each sentence tells it: counted groups, persons by name, and those nobody counted."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from dateline.claim.arguments import clause_of
from dateline.claim.counts import DEATHS, Words, counted_noun, words_of
from dateline.claim.guard import Guard, guard_of
from dateline.claim.roll import Called, group_of, roll_call
from dateline.claim.scene import Scene, scene_of
from dateline.claim.status import Operators, operators, status_of
from dateline.claim.tolls import Group, Telling
from dateline.model import Figure, Quantity
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit

BESIDE = frozenset({"with", "alongside"})
MORE = frozenset({"also", "other", "another", "additional", "additionally", "too", "further", "others"})
UNREAL = frozenset({"denied", "hypothetical", "planned"})
ORDINALS = {
    w: n for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2)
}  # "a fifth man was killed"
OTHERS = frozenset({"wounded", "missing", "captured", "displaced", "resettled", "released", "buildings", "places"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
ASIDE = frozenset({"relcl", "acl"})
# After these comes a place, a day or a cause; "at least" and "as many as" still count.
AWAY = frozenset("in on at near by when after as during while before who because following".split())
COUNTS_ON = frozenset({"least", "most", "many", "well"})
# A deed of this day and place is not told in a sentence that speaks of another, or of the whole war.
ELSEWHERE = re.compile(
    r"\bsince\b|\b(?:separate|previous|earlier|different|another|other|second) (?:incident|strike|attack|raid)s?\b"
    r"|\bin the (?:war|conflict)\b|\bso far\b|\blist of\b|\bassessed separately\b"
)


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading one report's dead takes."""

    scene: Scene
    words: Words
    operators: Operators
    guard: Guard
    people: Mapping[str, bool]  # word for somebody → is it a fighter
    amounts: Mapping[str, Quantity]
    killed: Set[str]  # amounts that count the dead, parts of others left out
    others: Set[str]  # amounts that count the wounded, the missing, houses: anything but the dead


def reader_of(doc: Doc, kit: Kit) -> Reader:
    """Index the report's notes and the words for people."""
    scene = scene_of(doc, kit)
    figures, words = doc.of(Figure), words_of(kit.lexicons)
    return Reader(
        scene, words, operators(kit.lexicons), guard_of(doc, kit.lexicons), words.people,
        amounts={q.id: q for q in doc.of(Quantity)},
        killed={f.quantity for f in figures if f.counts == "killed" and f.scope != "part" and f.status not in UNREAL},
        others={f.quantity for f in figures if f.counts in OTHERS},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A telling of the dead where it stands: its sentence, and the word that tells it."""

    telling: Telling
    sentence: Sentence
    at: int


def victims(doc: Doc, kit: Kit) -> list[Told]:
    """One telling for each word that tells somebody dead, in order of the text."""
    reader = reader_of(doc, kit)
    out: list[Told] = []
    for s in doc.of(Sentence):
        if s.block not in reader.guard.silent and not (out and elsewhere(s)):
            out += told_dead(reader, s)
    return out


def tellings(doc: Doc, kit: Kit) -> list[Telling]:
    """What ``victims`` tell, without where."""
    return [x.telling for x in victims(doc, kit)]


def told_dead(reader: Reader, s: Sentence) -> list[Told]:
    """The tellings of one sentence; most hold no word for it, and cost nothing."""
    return list(told(reader, s)) if _deadly(reader, s) else []


def _deadly(reader: Reader, s: Sentence) -> bool:
    """True for a sentence with a word that may tell somebody dead, or a count of the dead."""
    return not reader.words.deadly.isdisjoint(s.lemmas) or any(
        q.id in reader.killed for _, q in reader.scene.quantities.inside(s.span)
    )


def elsewhere(s: Sentence) -> bool:
    """True where a sentence speaks of another deed than the report's own, or of the whole war."""
    return ELSEWHERE.search(" ".join(s.words).lower()) is not None


def told(reader: Reader, s: Sentence) -> Iterator[Told]:
    """What each such word of one sentence tells, nobody twice; then the tolls that stand as bare figures."""
    called = _called(reader, s)
    start, seen = 0, set[int]()
    for i in range(len(s)):
        if not _kills(reader, s, i):
            continue
        regions = _regions(reader, s, i, start)
        unreal = _unreal(reader, s, i)
        groups = () if unreal else tuple(g for r in regions for g in roll_call(called, r))
        if not groups and not unreal and s.is_verb(i) and reader.words.of("does", s.lemmas[i]) is None:
            regions = [range(start, i) if s.kid(i, "auxpass") is not None else range(i + 1, _stop(s, i + 1))]
            groups = roll_call(called, regions[0])
        start = max([start, i + 1, *(r.stop for r in regions)])
        seen.update(k for r in regions for k in r)
        if groups:
            yield Told(Telling(groups, _more(s, i, regions)), s, i)
    yield from _bare(reader, called, seen)


def _unreal(reader: Reader, s: Sentence, i: int) -> bool:
    """ "no deaths", "did not mention any injuries or deaths"."""
    first = s.heads[i] if s.labels[i] == "conj" else i
    return status_of(s, i, reader.operators) in UNREAL or any(
        s.words[c].lower() in ("any", "no") for c in s.kids(first, "det")
    )


def _bare(reader: Reader, called: Called, seen: Set[int]) -> Iterator[Told]:
    """ "put the toll at ten", "resulted in two deaths", "a number of deaths and injuries", "martyrs arrived"."""
    s = called.sentence
    for first, (tokens, _, quantity) in called.amounts.items():
        if first not in seen and quantity.id in reader.killed:
            more = any(w.lower() in MORE for w in s.words[tokens[-1] + 1 : tokens[-1] + 3])  # "two additional deaths"
            yield Told(Telling((group_of(s, tokens, quantity, False),), more), s, first)
    within = {t for tokens, noun, _ in called.amounts.values() for t in range(tokens[0], max(noun, tokens[-1]) + 1)}
    for i, lemma in enumerate(s.lemmas):
        nth = ORDINALS.get(lemma) if seen and s.words[i - 1 : i] == ("a",) else None
        if nth is not None and s.lemmas[min(i + 1, len(s) - 1)].lower() in reader.people:
            yield Told(Telling((Group(nth, nth),)), s, i)
        uncounted = s.tags[i] == "NNS" and lemma in DEATHS and s.words[i + 1 : i + 2] != ("of",)
        if uncounted and i not in seen and i not in within and not _unreal(reader, s, i):
            yield Told(Telling((Group(2, None, vague=True),)), s, i)


def _called(reader: Reader, s: Sentence) -> Called:
    amounts = {}
    for span, quantity in reader.scene.quantities.inside(s.span):
        tokens = s.tokens_in(span)
        if quantity.id in reader.others:
            continue
        noun = counted_noun(s, tokens)
        amounts[tokens[0]] = (tokens, _whose(s, noun) if noun in tokens else noun, quantity)
    dates = {t for span, _ in reader.scene.times.inside(s.span) for t in s.tokens_in(span)}
    dates |= {t for span, _ in reader.scene.places.inside(s.span) for t in s.tokens_in(span)}
    dates |= {t for e in s.entities if e.label in ("DATE", "TIME") for t in range(e.first, e.last + 1)} - set(amounts)
    return Called(s, amounts, reader.people, dates)


def _whose(s: Sentence, number: int) -> int:
    """ "498 of *its soldiers*": the noun of which the number is a part, else the number."""
    targets = (t for p in s.kids(number, "prep") if s.words[p].lower() == "of" for t in s.kids(p, "pobj"))
    return next((t for t in targets if s.tags[t] == "NNS"), number)


def _kills(reader: Reader, s: Sentence, i: int) -> bool:
    lemma = s.lemmas[i].lower()
    scopes = ("undergoes", "does") if s.is_verb(i) else ("of",)
    entries = (reader.words.of(scope, lemma) for scope in scopes)
    return any(e is not None and e.gives["counts"] == "killed" for e in entries)


def _regions(reader: Reader, s: Sentence, i: int, start: int) -> list[range]:
    """Where those stand whom token ``i`` tells dead: before a passive and beside it, or after the word."""
    if not s.is_verb(i):
        after = range(i + 2, _stop(s, i + 2))
        return [after] if s.words[i + 1 : i + 2] == ("of",) else []
    slots = clause_of(s, i).slots
    does = reader.words.of("does", s.lemmas[i]) is not None
    if not does and not s.passive(i) and not (s.tags[i] == "VBN" and "subject" not in slots):
        return [range(i + 1, _stop(s, i + 1))]
    subject = slots.get("subject" if does else "object", [i])[0]
    regions = [] if s.pos[subject] == "PRON" else [range(_clause_start(s, i, start), i)]
    beside = next((k for k in range(i + 1, min(len(s), i + 30)) if s.words[k].lower() in BESIDE), None)
    if beside is not None and not any(s.words[k] in (":", ";") or s.tags[k] in FINITE for k in range(i, beside)):
        regions.append(range(beside + 1, _stop(s, beside + 1)))
    return regions


def _clause_start(s: Sentence, i: int, start: int) -> int:
    """After the last word before ``i`` that ends another clause: "reported that", an earlier verb."""
    if s.labels[i] in ASIDE:
        return max(start, s.edges(s.heads[i])[0])
    for j in range(i - 1, start - 1, -1):
        own = s.heads[j] == i and s.labels[j] in ("aux", "auxpass")
        verb = s.tags[j] in FINITE and not own and s.labels[j] not in ASIDE and s.labels[s.heads[j]] not in ASIDE
        if (verb and s.words[j].lower() not in ("was", "were", "had", "been")) or (
            s.labels[j] == "mark" and s.words[j].lower() == "that"
        ):
            return j + 1
    return start


def _stop(s: Sentence, k: int) -> int:
    """The first word from ``k`` on that leads away from those told: a place, a day, the next verb."""
    if [w.lower() for w in s.words[k : k + 1]] in (["and"], ["or"]) and s.tags[k + 1 : k + 2] in (
        ("VBG",),
        ("VBD",),
        ("VBN",),
    ):
        k += 2  # "killing and wounding a number of people"
    for j in range(k, len(s)):
        low = s.words[j].lower()
        following = s.words[j + 1].lower() if j + 1 < len(s) else ""
        if (low in AWAY and following not in COUNTS_ON) or s.tags[j] in FINITE:
            return j
        if s.tags[j] == "VBG" and low != "including":
            return j
    return len(s)


def _more(s: Sentence, i: int, regions: list[range]) -> bool:
    """ "were *also* killed", "*other* members", "*another* boy"."""
    near = [*s.kids(i, "advmod"), *(k for r in regions for k in r)]
    return any(s.words[k].lower() in MORE for k in near)
