"""Over what a figure is counted (one deed, a day, since a date, a part of another figure) and whose it is."""

import re
from dataclasses import dataclass
from typing import Literal

from dateline.claim.arguments import clause_of
from dateline.claim.scene import Scene, actors_of
from dateline.model import Actor
from dateline.sentence import Sentence

type Scope = Literal["event", "day", "since", "part", "total"]
INCLUDING = frozenset({"including", "among", "include"})
SUBSET = frozenset({"dead", "killed", "victim", "wounded", "injured", "them", "fatality", "casualty", "those"})
SAID: tuple[tuple[Scope, re.Pattern[str]], ...] = (
    ("since", re.compile(r"(?<!, )\bsince\b|\bso far (?:this|in)\b|\b(?:this|last) year\b|\bto date\b|\bso far\b")),
    ("day", re.compile(
        r"\b(?:past|last|previous) (?:24 hours|twenty-four hours|day)\b|day alone\b|\bin (?:a|one)(?: single)? day\b"
        r"|\b(?:a|per|each|every) day\b|\bdaily\b|\bduring the day\b"
    )),
    ("total", re.compile(r"\ba total of\b|\bin (?:all|total)\b|\baltogether\b|\boverall\b")),
)  # fmt: skip
# The subject of these has, gets, gives or loses what they count.
OWNS = frozenset(
    "have own possess field deploy operate command muster mass lose suffer sustain send deliver supply donate ship give"
    " receive get acquire keep station move number total boast pledge promise"
    " provide transfer sell approve allocate earmark spend buy purchase order offer lend export".split()
)
RECEIVES = frozenset({"receive", "get", "acquire", "buy", "purchase"})
TOLLS = frozenset({"loss", "toll", "dead", "death", "casualty", "fatality"})


def scope_of(s: Sentence, noun: int, tokens: range, verb: int | None) -> Scope | None:
    """A part of another figure, a running count since a date, a day's count, a total; None where it goes unsaid."""
    first = tokens[0]
    lead = {w.lower() for w in s.words[max(0, first - 3) : first]}
    if lead & INCLUDING or any(s.words[p].lower() in INCLUDING for p in s.ancestors(noun)):
        return "part"
    top = next((k for k in tokens if s.heads[k] not in tokens), tokens[-1])
    for p in s.kids(top, "prep"):
        target = s.kid(p, "pobj")
        if s.words[p].lower() == "of" and target is not None and s.words[target].lower() in SUBSET:
            return "part"
    words = " ".join(s.words[k].lower() for k in _clause(s, tokens, verb))
    return next((scope for scope, pattern in SAID if pattern.search(words)), None)


def _clause(s: Sentence, tokens: range, verb: int | None) -> list[int]:
    """The tokens of the verb's own clause, without clauses joined to it; else those around the number."""
    if verb is None:
        return list(range(max(0, tokens[0] - 4), min(len(s), tokens[-1] + 5)))
    joined = [c for c in s.kids(verb, "conj", "ccomp", "parataxis", "relcl") if c > tokens[-1] or c < tokens[0]]
    return s.subtree(verb, without=joined)


@dataclass(frozen=True, slots=True)
class Counted:
    """An amount's tokens, the noun that it counts, as what, and the verb of its clause."""

    tokens: range
    noun: int
    counts: str
    verb: int | None


def side_of(scene: Scene, s: Sentence, counted: Counted) -> str | None:
    """Whose dead, troops or guns: the actor that the counted noun names; else who has, gives or loses them.

    Somebody whom no name tells ("fourteen people") is no side.
    """
    noun, verb = counted.noun, counted.verb
    if counted.counts == "deliveries":
        return _owner(scene, s, verb)
    adjective = next(
        (s.heads[k] for k in counted.tokens if s.labels[k] == "nummod" and s.tags[s.heads[k]] == "JJ"), None
    )
    if adjective is not None and s.kid(adjective, "conj", "cc") is not None:
        return _national(scene, s, adjective)  # "1,800 *Russian* and 500 Uzbek troops"
    after = counted.tokens[-1] + 1
    if after < len(s) and s.words[after].lower() == "strong":
        noun = s.heads[after]  # "*the militia*, 75,000 strong"
    own = _one(scene, s, noun)
    named = _belongs(scene, s, noun, own if _modified(s, noun) else None) or _apart(scene, s, noun, verb)
    if named is not None:
        return named
    if verb is not None and s.lemmas[verb] in OWNS and _governs(s, verb, noun):
        return _owner(scene, s, verb)
    return own.id if own is not None and not _nominal(own) else None


def _national(scene: Scene, s: Sentence, c: int) -> str | None:
    """ "Russian": the actor that the word names; else the state of that name, or its forces, that the report names."""
    found = next((a for _, a in scene.actors.meeting(s.over(c, c)) if not _nominal(a)), None)
    if found is not None:
        return found.id
    place = scene.places.around(s.over(c, c))
    if place is None or place.kind != "country" or place.country is None:
        return None
    own = [a for a in scene.by_id.values() if a.country == place.country]
    return next((a.id for kind in ("state", "government", "military") for a in own if a.kind == kind), None)


def _modified(s: Sentence, noun: int) -> bool:
    """True where the noun's own words may name a side; "9,000 troops in the south" have none of their own."""
    return s.pos[noun] == "PROPN" or any(True for _ in s.kids(noun, "compound", "amod", "nmod", "poss"))


def _governs(s: Sentence, verb: int, noun: int) -> bool:
    """True where the noun, or what it is joined to, hangs on the verb."""
    while s.labels[noun] in ("conj", "pobj", "prep") and s.heads[noun] != verb:
        noun = s.heads[noun]
    return s.heads[noun] == verb and s.labels[noun] in ("dobj", "conj", "pobj", "prep", "attr")


def _apart(scene: Scene, s: Sentence, noun: int, verb: int | None) -> str | None:
    """ "498 of *its soldiers*", "*Russian* losses at 11,000": named by another noun than the one counted."""
    for p in s.kids(noun, "prep"):
        for target in s.kids(p, "pobj") if s.words[p].lower() == "of" else ():
            return _belongs(scene, s, target, _one(scene, s, target))
    for c in (c for v in (verb, *s.ancestors(noun)) if v is not None for c in s.kids(v, "nsubj", "dobj", "nsubjpass")):
        if s.lemmas[c] in TOLLS and c != noun:
            return _belongs(scene, s, c, None)
    return None


def _one(scene: Scene, s: Sentence, head: int) -> Actor | None:
    ids, _ = actors_of(scene, s, head)
    return scene.by_id.get(ids[0]) if len(ids) == 1 else None


def _belongs(scene: Scene, s: Sentence, noun: int, own: Actor | None) -> str | None:
    """ "54 Taliban fighters" are the Taliban's: the actor they belong to, or the one that a modifier names."""
    if own is not None and not _nominal(own):
        return own.id
    if own is not None and own.of is not None:
        return own.of
    sides = (_national(scene, s, c) for c in s.kids(noun, "compound", "amod", "nmod", "poss"))
    return next((side for side in sides if side is not None), None)


def _nominal(actor: Actor) -> bool:
    """True for somebody whom no name tells: "300 fighters", "civilians"."""
    return actor.lexicon is None and all(m.form != "name" for m in actor.mentions)


def _owner(scene: Scene, s: Sentence, verb: int | None) -> str | None:
    if verb is None:
        return None
    slots = clause_of(s, verb).slots
    heads = slots.get("from" if s.lemmas[verb] in RECEIVES else "subject", ())
    actor = next((a for h in heads if (a := _one(scene, s, h)) is not None), None)
    return actor.id if actor is not None else None
