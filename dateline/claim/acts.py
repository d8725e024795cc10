"""What is said to have happened, in PLOVER's terms: one act for each trigger whose pattern is filled.

Types, modes and roles come from ``acts.toml``, ``acts_verbal.toml`` and ``acts_wider.toml``; how surely, ``status.py``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.claim.arguments import LIGHT, Clause, clause_of, gerund
from dateline.claim.contexts import Contexts, contexts_of
from dateline.claim.guard import (
    Guard,
    among_beasts,
    by_nature,
    figurative,
    guard_of,
    holds_none,
    long_ago,
    made_up,
    neither,
    spared,
    supposed,
)
from dateline.claim.parties import ARMED, PHYSICAL, doer, named, recipient_of
from dateline.claim.patterns import Pattern, Patterns, given, patterns
from dateline.claim.same import came_of, effect, told_before
from dateline.claim.scene import Scene, actors_of, members, scene_of
from dateline.claim.status import Operators, operators, status_of
from dateline.claim.whens import time_of
from dateline.lexicons.load import Lexicons
from dateline.model import Act, Actor, Place, Quantity, Setting, Span, Statement, Status, Story, Time
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

FIRST, WIDER = ("acts", "acts_verbal"), ("acts_wider",)  # the wider list speaks where the first are silent
CARRIES = (LIGHT | {"reach", "pay", "lend", "strike"}) - {"deliver"}  # verbs that leave the name of the deed to a noun
VERBAL = ("subject", "by")
NOMINAL = ("subject", "by", "poss", "pre", "from")
# PLOVER manual: what is promised for the future is AGREE; a promised retreat from ground is CONCEDE.
PROMISED = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE"}
COMMITTING = frozenset({"AGREE", "THREATEN", "REQUEST", "REJECT", "CONCEDE"})
YIELDING = frozenset({"RETREAT", "CONCEDE", "AGREE", "AID", "CONSULT"})
ASKED = frozenset({"RETREAT", "CONCEDE", "AID", "CONSULT", "COOPERATE", "SUPPORT", "AGREE"})
MODES = {
    "RETREAT": "yield",
    "CONCEDE": "yield",
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
    "CONSULT": "meet",
}
THREATS = {"ASSAULT": "violence", "COERCE": "restrict", "SANCTION": "relations", "PROTEST": "restrict"}
ABLE = frozenset({"actor", "armed", "named", "person", "deed", "weapon", "place", "owned"})
NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"})
HARMED = frozenset({"person", "armed", "named"})
WILL = frozenset({"will", "would", "wo", "'ll", "’ll"})
MUST = frozenset({"must", "should"})
NOT_WHERE = frozenset({"subject", "by", "with", "poss", "that", "as", "between"})
ROLES = (*VERBAL, "between", "of", "poss")


@dataclass(frozen=True, slots=True)
class Draft:
    """An act before it has an id, with the tokens it rests on."""

    act: Act
    sentence: Sentence
    clause: Clause


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading one report's acts takes."""

    scene: Scene
    frames: Patterns
    words: Operators
    guard: Guard
    contexts: Contexts


@stage(needs=(Story, Sentence, Time, Place, Setting, Actor, Quantity, Statement), gives=Act)
def acts(doc: Doc, kit: Kit) -> Iterator[Act]:
    """Acts in order of the text; within a sentence the main clause's first. ``same_as`` points at the first telling."""
    reader = reader_of(doc, kit)
    told: list[Act] = []
    for s in doc.of(Sentence):
        here: dict[int, Act] = {}
        for draft in sorted(drafts(reader, s), key=lambda d: (_depth(s, d.clause.trigger), d.clause.trigger)):
            cause = here.get(came_of(s, draft.clause))
            act = replace(draft.act, id=f"e{len(told)}")
            act = replace(act, same_as=effect(act, cause) if cause else told_before(act, told))
            told.append(act)
            here[draft.clause.trigger] = act
            yield act


def reader_of(doc: Doc, kit: Kit) -> Reader:
    """Index the report and compile the lexicons."""
    words = kit.lexicons
    about = contexts_of(doc, words)
    return Reader(scene_of(doc, kit), frames_of(words), operators(words), guard_of(doc, words), about)


@lru_cache(maxsize=4)
def frames_of(lexicons: Lexicons) -> Patterns:
    """Patterns of the first lists, each word's followed by those of the wider list."""
    first, wider = patterns(lexicons, *FIRST), patterns(lexicons, *WIDER)
    return {key: first.get(key, ()) + wider.get(key, ()) for key in first.keys() | wider.keys()}


def drafts(reader: Reader, s: Sentence) -> list[Draft]:
    """Every act of one sentence, those that another of them already tells left out."""
    if holds_none(reader.guard, s):
        return []
    found = {d.clause.trigger: d for i in range(len(s)) if (d := _draft(reader, s, i)) is not None}
    found = {i: d for i, d in found.items() if not _told_by_verb(d, found)}
    found = _with_subjects(found)
    return [_committed(reader, d, found) for d in found.values()]


def _depth(s: Sentence, i: int) -> int:
    return sum(1 for _ in s.ancestors(i))


def _with_subjects(found: dict[int, Draft]) -> dict[int, Draft]:
    """A deed that is the subject of its own effect is one act: "the air strike hit a clinic"."""
    out = dict(found)
    for i, draft in found.items():
        heads = (h for name in ("subject", "in") for h in draft.clause.slots.get(name, []))
        deed = next((found[h] for h in heads if h in found and found[h].act.type == draft.act.type), None)
        if deed is None or draft.act.type != "ASSAULT" or deed.clause.trigger not in out:
            continue
        act = replace(
            draft.act,
            mode=draft.act.mode or deed.act.mode,
            actors=deed.act.actors,
            places=_merged(draft.act.places, deed.act.places),
            time=draft.act.time or deed.act.time,
            evidence=tuple(e for e in draft.act.evidence if e[0] != "actor") + deed.act.evidence,
        )
        out[i] = replace(draft, act=act)
        del out[deed.clause.trigger]
    return out


def _told_by_verb(draft: Draft, found: dict[int, Draft]) -> bool:
    """True for a noun whose verb has the same act as its trigger ("held *talks*")."""
    for other in found.values():
        if other.clause.trigger != draft.clause.trigger and other.act.type == draft.act.type:
            heads = other.clause.slots.get("object", [])
            if draft.clause.trigger in heads and draft.clause.trigger != other.clause.trigger:
                return True
    return False


def _committed(reader: Reader, draft: Draft, found: dict[int, Draft]) -> Draft:
    """PLOVER's rule for what is not yet: a promise, a refusal, a demand or a threat is an act of words, done by
    saying it; unless a verb that says so ("agreed to send") is an act of its own."""
    act, s, verb = draft.act, draft.sentence, draft.clause.verb
    modals = {s.words[c].lower() for c in s.kids(verb, "aux")}
    above = next((h for h in s.ancestors(verb) if s.is_verb(h)), None)
    if above in found and found[above].act.type in COMMITTING:
        return draft
    if act.status == "denied" and act.type in YIELDING and modals & WILL:
        return replace(draft, act=replace(act, type="REJECT", mode=MODES.get(act.type), status="happened"))
    if act.status == "demanded" and modals & MUST and act.type in ASKED:
        return replace(draft, act=_asked(reader, draft))
    if act.status != "planned":
        return draft
    if act.type in THREATS and modals & WILL:
        return replace(draft, act=replace(act, type="THREATEN", mode=THREATS[act.type]))
    if act.type == "RETREAT" and act.mode in ("withdraw", "ceasefire", "disarm"):
        return replace(draft, act=replace(act, type="CONCEDE", mode=None))
    if act.type == "RETREAT" and act.mode != "resign":
        return replace(draft, act=replace(act, type="AGREE", mode=None))
    if act.type in PROMISED:
        return replace(draft, act=replace(act, type=PROMISED[act.type], mode=None))
    return draft


def _asked(reader: Reader, draft: Draft) -> Act:
    """ "They must withdraw", said by someone: a request by the speaker to the one who should act."""
    act, s = draft.act, draft.sentence
    statement = reader.scene.statement(s, draft.clause.trigger)
    speaker = statement.sources[0].actor if statement and statement.sources else None
    return replace(
        act,
        type="REQUEST",
        mode=MODES.get(act.type, "change"),
        actors=(speaker,) if speaker else (),
        recipients=act.actors,
        status="happened",
    )


def _draft(reader: Reader, s: Sentence, i: int) -> Draft | None:
    """The act that token ``i`` triggers, by the most demanding pattern that fits, or None."""
    noun = s.pos[i] in ("NOUN", "PROPN") or gerund(s, i)
    if not noun and (not s.is_verb(i) or _no_verb(s, i)):
        return None
    lemma = s.lemmas[i].lower()
    word = s.words[i].lower()
    lines = next((x for w in (lemma, word, word.removesuffix("s")) if (x := reader.frames.get((w, noun)))), ())
    if not lines or figurative(reader.guard, s, i) or made_up(reader.guard, s, i):
        return None
    clause = clause_of(s, i)
    for pattern in lines:
        if reader.scene.fits(s, clause, pattern):
            return _filled(reader, s, clause, pattern)
    return None


def _no_verb(s: Sentence, i: int) -> bool:
    """Auxiliaries and participles that only describe: "captured towns", "17 bodies and 92 wounded"."""
    label, head = s.labels[i], s.heads[i]
    return label in ("aux", "auxpass", "amod", "compound") or (
        label in ("conj", "appos", "nmod") and s.tags[i] == "VBN" and not s.is_verb(head) and not s.passive(i)
    )


def _filled(reader: Reader, s: Sentence, clause: Clause, pattern: Pattern) -> Draft | None:
    entry, scene = pattern.entry, reader.scene
    actor = doer(scene, s, clause, given(entry, "actor", NOMINAL if pattern.noun else VERBAL))
    recipient = recipient_of(scene, s, clause, pattern, actor)
    if not _political(reader, s, clause, pattern, actor) or not _anchored(scene, s, clause, pattern):
        return None
    if _timeless(scene, s, clause):
        return None
    i = clause.trigger
    statement = scene.statement(s, i)
    status = _status(reader, s, i, statement)
    time = time_of(scene, s, clause, statement)
    doers = named(scene, s, actor[1], statement) if actor else ((), ())
    suffer = actors_of(scene, s, recipient[1]) if recipient else ((), ())
    act_type, mode = _type(entry.gives["type"], entry.gives, s, clause)
    mode = mode or (_means(scene, s, clause) if act_type == "ASSAULT" else None)
    if entry.gives.get("reciprocal") and recipient and recipient[0] in ("with", "object"):
        doers = (_merged(doers[0], suffer[0]), doers[1] + suffer[1])
        suffer = ((), ())
    places = _places(scene, s, clause, bool(entry.gives.get("ground")))
    amounts = _amounts(scene, s, clause)
    context = _merged(tuple(entry.gives.get("context", ())), reader.contexts.of(s))
    if long_ago(reader.guard, s, (), time):
        context = (*context, "historical")
    evidence = _evidence(actor=doers[1], recipient=suffer[1], place=places[1], time=(time.span,) if time else ())
    name = _deed(reader, s, clause, pattern)
    act = Act(
        id="", type=act_type, mode=mode, context=context, trigger=s.over(name, name), lemma=s.lemmas[name].lower(),
        actors=doers[0], recipients=tuple(a for a in suffer[0] if a not in doers[0]), places=places[0],
        quantities=amounts, time=time.id if time else None, status=status,
        statement=statement.id if statement else None, same_as=None, rule=entry.id, evidence=evidence,
    )  # fmt: skip
    return Draft(act, s, clause)


def _status(reader: Reader, s: Sentence, i: int, statement: Statement | None) -> Status:
    """What the guard sees of a deed left undone or only supposed comes before what its own words say."""
    if neither(s, i) or spared(s, i):
        return "denied"
    return "hypothetical" if supposed(s, i) else status_of(s, i, reader.words, statement)


def _deed(reader: Reader, s: Sentence, clause: Clause, pattern: Pattern) -> int:
    """The word that names the act: for a verb that only carries it, the noun ("held *talks*", "imposed a *curfew*")."""
    i = clause.trigger
    if pattern.noun or s.lemmas[i].lower() not in CARRIES:
        return i
    asked = {w for slot in pattern.slots if slot.name == "object" and not slot.never for w in slot.lemmas}
    for h in clause.slots.get("object", []):
        lemma = s.lemmas[h].lower()
        nouns = reader.frames.get((lemma, True), ())
        thing = reader.scene.kinds(s, h) & {"place", "ground", "person", "armed"}
        if (lemma in asked and not thing) or any(p.entry.gives["type"] == pattern.entry.gives["type"] for p in nouns):
            return h
    return i


def _type(kind: str, gives: object, s: Sentence, clause: Clause) -> tuple[str, str | None]:
    """Type and mode; drills held with others are cooperation (PLOVER manual, MOBILIZE)."""
    table = dict(gives) if isinstance(gives, dict) else {}
    mode = table.get("mode") or None
    joint = any(s.lemmas[h].lower() == "joint" for h in clause.slots.get("pre", []))
    if table.get("joint") and (joint or clause.slots.get("with")):
        return "COOPERATE", None
    return kind, mode


def _means(scene: Scene, s: Sentence, clause: Clause) -> str | None:
    """The mode that a weapon gives ("attacked with rockets"), or None where none or two kinds are named."""
    heads = [m for h in clause.slots.get("with", []) for m in (h, *s.kids(h, "amod", "compound"))]
    modes = {k.removeprefix("by_") for h in heads for k in scene.kinds(s, h) if k.startswith("by_")}
    return modes.pop() if len(modes) == 1 else None


def _merged(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    return (*one, *(a for a in two if a not in one))


def _evidence(**fields: tuple[Span, ...]) -> tuple[tuple[str, Span], ...]:
    return tuple((name, span) for name, spans in fields.items() for span in spans)


def _political(reader: Reader, s: Sentence, clause: Clause, pattern: Pattern, actor: tuple[str, int] | None) -> bool:
    """An act needs someone who can act; nature, illness and abstract things are left out."""
    scene, entry = reader.scene, pattern.entry
    if any(s.lemmas[h] in ("number", "toll", "count") for h in clause.slots.get("object", [])):
        return False
    if among_beasts(reader.guard, s, clause) or (
        entry.gives["type"] in PHYSICAL and by_nature(reader.guard, s, clause)
    ):
        return False
    if entry.gives["type"] in PHYSICAL and any(
        "abstract" in (k := scene.kinds(s, h))
        and not k & {"actor", "place", "owned"}
        and (s.lemmas[h] != "target" or name == "object")  # a target is met, or attacked
        for name in ("subject", "object", "pre", "for", "on", "against")
        for h in clause.slots.get(name, [])
    ):
        return False
    if entry.gives["type"] in ARMED and (doers := clause.slots.get("subject")):
        harmed = any(scene.kinds(s, h) & HARMED for h in clause.slots.get("object", []))
        things = all(s.pos[h] == "NOUN" for h in doers)
        if (things or not harmed) and not any(scene.kinds(s, h) & ABLE for h in doers):
            return False
    who = frozenset(given(entry, "who", ()))
    return not who or (actor is not None and bool(who & scene.kinds(s, actor[1])))


def _timeless(scene: Scene, s: Sentence, clause: Clause) -> bool:
    """True for what is done as a rule: in the present, on set days or with no day, place or name in the sentence."""
    verb = clause.verb
    helpers = {s.words[c].lower() for c in s.kids(verb, "aux", "auxpass")}
    plain = (s.tags[verb] in ("VBZ", "VBP") and not helpers) or helpers == {"can"}
    if not plain or s.words[-1] != ".":
        return False
    times = [time for _, time in scene.times.inside(s.span)]
    if any(time.type == "SET" for time in times):
        return True
    named = any(e.label in NAMES for e in s.entities) or any(True for _ in scene.places.inside(s.span))
    return not times and not named


def _anchored(scene: Scene, s: Sentence, clause: Clause, pattern: Pattern) -> bool:
    """A noun alone is a topic; a deed has a doer, a target, a place, a day or a number to it."""
    if not pattern.noun or clause.verb != clause.trigger:
        return True
    tree = s.over(*s.edges(clause.trigger))
    if any(True for _ in scene.times.inside(tree)) or any(True for _ in scene.places.inside(tree)):
        return True
    if clause.first("by", "on", "against", "between", "with", "in", "at", "near", "from", "of", "poss"):
        heads = [h for n in clause.slots for h in clause.slots[n] if n != "pre"]
        return any(scene.kinds(s, h) & {"actor", "place", "person", "named", "armed"} for h in heads)
    verb = s.heads[clause.trigger]
    told = s.labels[clause.trigger] in ("nsubj", "nsubjpass", "dobj", "pobj") and s.tags[verb] in (
        "VBD",
        "VBN",
        "IN",
    )
    return told and bool(clause.slots.get("pre"))


def _places(scene: Scene, s: Sentence, clause: Clause, ground: bool) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Places named by the arguments that can say where; else the one that the resolver chose for the trigger."""
    ids: list[str] = []
    words: list[Span] = []
    for name, heads in clause.slots.items():
        if name in NOT_WHERE and not (ground and name == "subject" and "object" not in clause.slots):
            continue
        for head in (m for h in heads for m in members(s, h)):
            for span, place in scene.places.inside(s.over(*_bounds(s, head))):
                if place.id not in ids and span not in place.associative:
                    ids.append(place.id)
                    words.append(span)
    chosen = scene.settings.get(s.over(clause.trigger, clause.trigger))
    if chosen is not None and not ids:
        return (chosen.place,), (chosen.evidence,)
    return tuple(ids), tuple(words)


def _bounds(s: Sentence, head: int) -> tuple[int, int]:
    """First and last token of a phrase, its clauses cut off."""
    stop = [c for c in s.children[head] if s.labels[c] in ("relcl", "acl", "advcl", "ccomp", "appos", "conj")]
    tree = s.subtree(head, without=stop)
    return tree[0], tree[-1]


def _amounts(scene: Scene, s: Sentence, clause: Clause) -> tuple[str, ...]:
    spans = [s.over(*_bounds(s, h)) for n, heads in clause.slots.items() if n != "that" for h in heads]
    found = [q.id for span in spans for _, q in scene.quantities.inside(span)]
    return tuple(dict.fromkeys(found))
