"""Over what a figure is counted (one deed, a day, since a date, a part of another figure) and whose it is."""

import re
from typing import Literal

from dateline.claim.arguments import clause_of
from dateline.claim.scene import Scene, actors_of
from dateline.model import Actor
from dateline.sentence import Sentence

type Scope = Literal["event", "day", "since", "part", "total"]
INCLUDING = frozenset({"including", "among", "include"})
SUBSET = frozenset({"dead", "killed", "victim", "wounded", "injured", "them", "fatality", "casualty", "those"})
SAID: tuple[tuple[Scope, re.Pattern[str]], ...] = (
    ("since", re.compile(r"\bsince\b|\bso far (?:this|in)\b|\b(?:this|last) year\b|\bto date\b|\bso far\b")),
    ("day", re.compile(
        r"\b(?:past|last|previous) (?:24 hours|twenty-four hours|day)\b|day alone\b|\bin (?:a|one)(?: single)? day\b"
        r"|\b(?:a|per|each|every) day\b|\bdaily\b|\bduring the day\b"
    )),
    ("total", re.compile(r"\ba total of\b|\bin (?:all|total)\b|\baltogether\b|\boverall\b")),
)  # fmt: skip
# The subject of these has, gets, gives or loses what they count.
OWNS = frozenset(
    "have own possess field deploy operate command muster mass lose suffer sustain send deliver supply donate ship give"
    " receive get acquire keep station move number total boast".split()
)
RECEIVES = frozenset({"receive", "get", "acquire"})


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


def side_of(scene: Scene, s: Sentence, noun: int, counts: str, verb: int | None) -> str | None:
    """Whose dead, troops or guns: the actor that the counted noun names; else who has, gives or loses them."""
    own = _one(scene, s, noun)
    named = _belongs(scene, s, noun, own)
    if named is not None:
        return named
    if counts == "deliveries" or (verb is not None and s.lemmas[verb] in OWNS and s.heads[noun] == verb):
        owner = _owner(scene, s, verb)
        if owner is not None:
            return owner
    return own.id if own is not None else None


def _one(scene: Scene, s: Sentence, head: int) -> Actor | None:
    ids, _ = actors_of(scene, s, head)
    return scene.by_id.get(ids[0]) if len(ids) == 1 else None


def _belongs(scene: Scene, s: Sentence, noun: int, own: Actor | None) -> str | None:
    """ "54 Taliban fighters" are the Taliban's: the actor they belong to, or the one that a modifier names."""
    if own is not None and not _nominal(own):
        return own.id
    if own is not None and own.of is not None:
        return own.of
    for c in s.kids(noun, "compound", "amod", "nmod", "poss"):
        for _, actor in scene.actors.meeting(s.over(c, c)):
            if not _nominal(actor):
                return actor.id
    return None


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
