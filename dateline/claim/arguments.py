"""Who did what to whom in one clause: the arguments of a verb or of a noun that names a deed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.sentence import Sentence

RELATIVE = frozenset({"who", "which", "that", "whom"})
# Verbs that lend their subject, tense and polarity to the noun they carry ("carried out an attack").
LIGHT = frozenset(
    (
        "carry launch conduct stage mount hold make begin start perform undertake execute wage lead open continue"
        " resume commit do give have take deliver issue impose sign file run host organise organize intensify step"
        " coordinate direct complete commence pursue join attend announce declare"
    ).split()
)
# "according to the governor" is a voice, not an argument.
FRAMING = frozenset({"according", "due", "thanks", "owing", "prior", "because", "despite", "regarding"})
# These always have an object: a past form without one, as headlines cut it, is a passive ("303 fighters killed").
SUFFERED = frozenset(
    {"kill", "wound", "injure", "displace", "arrest", "detain", "behead", "abduct", "kidnap", "capture"}
)
# "A meeting took place between …": what hangs on these belongs to their subject.
HAPPENING = frozenset(
    {"take", "occur", "happen", "begin", "start", "continue", "resume", "erupt", "break", "end", "rage"}
)
BEYOND = ("between", "with", "against", "on", "by")
NOUNS_DO = frozenset({"nsubj", "nsubjpass", "pobj", "dobj"})
PLACED = frozenset({"in", "at", "near", "on", "inside", "outside", "around", "across", "throughout", "from", "to"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A trigger and its arguments: slot name → tokens that head them. ``verb`` carries the tense and polarity."""

    trigger: int
    verb: int
    slots: dict[str, list[int]] = field(default_factory=dict)
    particles: frozenset[str] = frozenset()

    def first(self, *names: str) -> tuple[str, int] | None:
        """The first filled slot among these names, and its head."""
        return next(((n, self.slots[n][0]) for n in names if self.slots.get(n)), None)


def clause_of(s: Sentence, i: int) -> Clause:
    """The arguments of token ``i``, a verb or a noun."""
    return _verbal(s, i) if s.is_verb(i) and not gerund(s, i) else _nominal(s, i)


def gerund(s: Sentence, i: int) -> bool:
    """True for an -ing form that stands as a noun does: "*shelling* of the port", "*fighting* between clans"."""
    return s.tags[i] == "VBG" and s.labels[i] in NOUNS_DO and not any(s.kids(i, "dobj", "aux", "nsubj"))


def _verbal(s: Sentence, i: int) -> Clause:
    slots: dict[str, list[int]] = {}
    passive = s.passive(i) or _cut_passive(s, i)
    subject = _antecedent(s, i, _subject(s, i, passive))
    if subject is not None:
        slots["object" if passive else "subject"] = [subject]
    if passive and (agent := s.agent_of(i)) is not None:
        slots["subject"] = [agent]
    if not passive or s.kid(i, "dobj") is not None:
        objects = s.kids(i, "dobj", "attr", "oprd", "acomp", "dative")
        heads = [_pobj(s, o) if s.labels[o] == "dative" and s.pos[o] == "ADP" else o for o in objects]
        kept = [o for o in heads if o is not None and not _cut_off(s, i, o)]
        if kept:
            slots.setdefault("object", kept) if not passive else slots.setdefault("second", kept)
        elif _object_gap(s, i):
            slots["object"] = [s.heads[i]]
        elif (raised := _raised(s, i)) is not None:
            slots["object"] = [raised]
    _prepositions(s, i, slots)
    for o in slots.get("object", [])[:1]:
        if s.heads[o] == i:
            _prepositions(s, o, slots)
    that = [c for c in s.kids(i, "xcomp", "ccomp", "pcomp", "advcl") if s.labels[c] != "advcl" or s.tags[c] == "VB"]
    that += [c for p in s.kids(i, "prep") for c in s.kids(p, "pcomp")]
    if that:
        slots["that"] = that
    particles = {s.words[c].lower() for c in s.kids(i, "prt", "advmod")}
    particles |= {s.words[c].lower() for c in s.kids(i, "prep") if not s.children[c]}
    return Clause(i, i, slots, frozenset(particles))


def _cut_passive(s: Sentence, i: int) -> bool:
    """ "303 fighters killed: ministry"; "Retaken by the army on 3 May."."""
    if s.tags[i] in ("VBN", "VBD") and s.kid(i, "agent") is not None and s.kid(i, "dobj") is None:
        return True
    if s.lemmas[i] not in SUFFERED or s.tags[i] not in ("VBD", "VBN") or s.kid(i, "auxpass") is not None:
        return False
    return not any(s.labels[c] == "dobj" and not _cut_off(s, i, c) for c in s.children[i]) and not any(
        s.lemmas[c] == "have" for c in s.kids(i, "aux")
    )


def _cut_off(s: Sentence, verb: int, other: int) -> bool:
    """True where a colon or dash parts the two: what follows is a headline's voice."""
    low, high = sorted((verb, other))
    return any(s.words[k] in (":", " - ", "–", "—") for k in range(low + 1, high))


def _subject(s: Sentence, i: int, passive: bool) -> int | None:
    own = s.subject_of(i)
    if own is not None:
        return own
    head = s.heads[i]
    if s.labels[i] == "acl" and s.tags[i] == "VBN" and passive:
        return head
    if s.labels[i] == "xcomp" and s.labels[head] == "acomp":  # "the two are likely to meet"
        return s.subject_of(s.heads[head])
    if s.labels[i] == "xcomp" and s.is_verb(head):
        return s.kid(head, "dobj", "nsubjpass", "nsubj")
    if s.labels[i] == "pcomp" and s.pos[head] == "ADP" and s.is_verb(s.heads[head]):
        return s.kid(s.heads[head], "dobj") or s.subject_of(s.heads[head])
    return None


def _antecedent(s: Sentence, i: int, subject: int | None) -> int | None:
    """The noun that a relative pronoun stands for."""
    if subject is not None and s.words[subject].lower() in RELATIVE:
        verb = i
        for _ in range(4):
            if s.labels[verb] == "relcl":
                return s.heads[verb]
            verb = s.heads[verb]
    return subject


def _object_gap(s: Sentence, i: int) -> bool:
    """True in "the town which they took": the head noun is the object."""
    if s.labels[i] != "relcl" or s.kid(i, "nsubj") is None:
        return False
    subject = s.kid(i, "nsubj")
    return subject is not None and s.words[subject].lower() not in RELATIVE


def _raised(s: Sentence, i: int) -> int | None:
    """In "allowed inspectors to enter" the parser hangs the object on the second verb."""
    for c in s.kids(i, "ccomp", "xcomp"):
        if s.tags[c] == "VB" and any(s.tags[a] == "TO" for a in s.kids(c, "aux")):
            return s.kid(c, "nsubj")
    return None


def _pobj(s: Sentence, p: int) -> int | None:
    return s.kid(p, "pobj")


def _prepositions(s: Sentence, i: int, slots: dict[str, list[int]]) -> None:
    for name, target in prepositional(s, i):
        slots.setdefault(name, []).append(target)


def prepositional(s: Sentence, i: int) -> Iterator[tuple[str, int]]:
    """(preposition, head of its object) for each phrase on ``i``; "out of" counts as "from"."""
    for p in s.children[i]:
        name = s.words[p].lower()
        if s.labels[p] not in ("prep", "agent", "dative") or name in FRAMING:
            continue
        for inner in (p, *s.kids(p, "prep")):
            target = _pobj(s, inner)
            if target is not None:
                yield ("from" if name == "out" else s.words[inner].lower()), target


def _nominal(s: Sentence, i: int) -> Clause:
    slots: dict[str, list[int]] = {}
    _prepositions(s, i, slots)
    for label, name in (("poss", "poss"), ("compound", "pre"), ("amod", "pre"), ("nmod", "pre")):
        for c in s.kids(i, label):
            slots.setdefault(name, []).append(c)
    for c in list(slots.get("pre", ())):
        slots["pre"] += [d for d in s.kids(c, "compound", "amod", "conj", "nmod") if d not in slots["pre"]]
    that = list(s.kids(i, "acl", "ccomp", "relcl"))
    if that:
        slots["that"] = that
    verb = light_verb(s, i)
    beyond = ("on", "against") if s.labels[i] == "dobj" else BEYOND if _happens(s, i) else ()
    if verb is None and beyond:
        for name, target in prepositional(s, s.heads[i]):
            if name in beyond:
                slots.setdefault(name, []).append(target)
    if verb is not None:
        carried = _verbal(s, verb)
        if "subject" in carried.slots and carried.slots["subject"][0] != i:
            slots["subject"] = carried.slots["subject"]
        for name, heads in carried.slots.items():
            if name not in ("subject", "object", "that"):
                slots.setdefault(name, []).extend(h for h in heads if h not in slots.get(name, ()))
    return Clause(i, i if verb is None else verb, slots, frozenset())


def _happens(s: Sentence, i: int) -> bool:
    """True for a deed of which a verb says only that it was so: "a meeting took place between the two"."""
    return s.labels[i] == "nsubj" and s.lemmas[s.heads[i]] in HAPPENING


def light_verb(s: Sentence, i: int) -> int | None:
    """The light verb that carries noun ``i`` as its object or passive subject, or None."""
    top = i
    while s.labels[top] == "conj":
        top = s.heads[top]
    head = s.heads[top]
    if s.labels[top] in ("dobj", "nsubjpass") and s.is_verb(head) and s.lemmas[head] in LIGHT:
        return head
    if s.labels[i] != "dobj":
        acl = next((c for c in s.kids(i, "acl") if s.tags[c] == "VBN" and s.lemmas[c] in LIGHT), None)
        if acl is not None:
            return acl
    return None
