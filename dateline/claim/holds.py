"""Who holds, takes, loses, contests or leaves a place, and how much of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dateline.claim.arguments import Clause, clause_of
from dateline.claim.guard import Guard, figurative, guard_of, holds_none
from dateline.claim.patterns import Pattern, Patterns, given, patterns
from dateline.claim.scene import Scene, actors_of, members, scene_of
from dateline.claim.status import Operators, operators, status_of
from dateline.claim.whens import time_of
from dateline.model import Act, Actor, Block, Hold, Level, Place, Quantity, Span, Statement, Time
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

LEVELS: Mapping[str, Level] = {
    "most": "most", "majority": "most", "bulk": "most", "part": "part", "half": "part", "portion": "part",
    "area": "part", "some": "part", "swathe": "part", "third": "part", "quarter": "part", "corner": "part",
    "centre": "centre", "center": "centre", "downtown": "centre", "heart": "centre", "headquarters": "centre",
    "district": "districts", "neighbourhood": "districts", "neighborhood": "districts", "street": "districts",
    "outskirts": "outskirts", "gate": "outskirts", "edge": "outskirts", "suburb": "outskirts", "approach": "outskirts",
    "all": "whole", "whole": "whole", "entire": "whole", "entirety": "whole",
}  # fmt: skip
WORDS: Mapping[str, Level] = {
    "partially": "part", "partly": "part", "mostly": "most", "largely": "most", "entirely": "whole",
    "fully": "whole", "completely": "whole", "almost": "most",
}  # fmt: skip
STANDS_FOR = frozenset(
    "city town village capital it district province base airport place area settlement municipality hamlet".split()
)
# A building of a town is not the town; unless the map knows it by name, it is nobody's holding.
SITES = frozenset("airport base compound prison headquarters building road highway bridge post palace".split())
SHARES = frozenset("all most some half part third quarter whole majority bulk rest number dozen".split())
GROUND = frozenset({"ground", "place", "pronoun"})
PARTS = frozenset("centre center quarter half outskirts downtown".split())
TOWNS = frozenset({"settlement", "district", "site"})
PASSIVE_START = frozenset({"VBN", "VBD"})
CLAIMS = frozenset({"claim", "allege"})
BODIES = frozenset({"state", "government", "military", "armed_group", "organisation"})  # that have men of their own
POSTS = frozenset("base garrison camp barracks".split())  # who leaves his base in a town leaves the town
CONCEDES = frozenset({"concede", "admit", "acknowledge", "confirm", "deny"})
LABEL = 6  # words of a line that names a place and nothing else
LISTS = frozenset({"including", "like", "as"})  # "six capitals, including these"; "such as"


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading one report's holds takes."""

    scene: Scene
    frames: Patterns
    words: Operators
    guard: Guard
    events: Mapping[Span, str]


@stage(needs=(Block, Sentence, Time, Place, Actor, Quantity, Statement, Act), gives=Hold)
def holds(doc: Doc, kit: Kit) -> Iterator[Hold]:
    """One hold for each place that a filled pattern of ``holds.toml`` names."""
    reader = Reader(
        scene_of(doc, kit), patterns(kit.lexicons, "holds"), operators(kit.lexicons), guard_of(doc, kit.lexicons),
        {a.trigger: a.id for a in doc.of(Act)},
    )  # fmt: skip
    by_id = {p.id: p for p in doc.of(Place)}
    last: Place | None = None  # what "the city" stands for: the place held last, at first the headline's only town
    reached = 0
    for s in doc.of(Sentence):
        before = Span(reached, s.span.end)  # a dateline or label before the sentence is no sentence of its own
        towns = {p.id for _, p in reader.scene.places.inside(before) if p.kind in TOWNS and _told_of(doc, p)}
        reached = s.span.end
        if last is None and len(towns) == 1:
            last = by_id[min(towns)]
        last = _label(reader.scene, s) or last
        if holds_none(reader.guard, s):
            continue
        found = [f for i in range(len(s)) if (f := _fit(reader, s, i))]
        told = {h for _, pattern, used in found for h in used}  # "lost *control* of the town" is one hold, not two
        here: list[tuple[int, Hold]] = []
        for clause, pattern, _ in found:
            if clause.trigger in told:
                continue
            for hold in _holds(reader, s, clause, pattern, last):
                last = by_id[hold.place]
                here.append((clause.trigger, hold))
        yield from (hold for i, hold in here if not any(_undone(s, i, hold, j, later) for j, later in here))


def _undone(s: Sentence, i: int, hold: Hold, j: int, later: Hold) -> bool:
    """ "Troops returned to the town two days *after* they were *forced* out of it": no longer so."""
    if hold.place != later.place or hold.other is None or hold.other != later.holder:
        return False
    return j in s.ancestors(i) and any(s.words[c].lower() == "after" for c in s.kids(i, "mark", "prep"))


def _told_of(doc: Doc, place: Place) -> bool:
    """False for a town that stands in a dateline alone: the report was written there and is of another."""
    lines = [b.span for b in doc.of(Block) if b.kind == "dateline"]
    return any(not any(line.holds(m) for line in lines) for m in place.mentions)


def _label(scene: Scene, s: Sentence) -> Place | None:
    """The place that a line names and nothing else, or that a colon sets off: notes below and after are about it."""
    end = next((k for k, w in enumerate(s.words) if w in (":", ".", "–", "—")), len(s))
    if not 0 < end < LABEL or (end + 1 < len(s) and s.words[end] == "."):
        return None
    own = next((p for span, p in scene.places.meeting(s.over(0, end - 1)) if span == s.over(0, end - 1)), None)
    return own if own is not None and own.kind != "country" else None


def _fit(reader: Reader, s: Sentence, i: int) -> tuple[Clause, Pattern, list[int]] | None:
    """The pattern that token ``i`` triggers, and the words that the pattern itself names."""
    noun = s.pos[i] in ("NOUN", "PROPN")
    if not noun and (not s.is_verb(i) or s.labels[i] in ("aux", "auxpass", "compound")):
        return None
    lines = reader.frames.get((s.lemmas[i].lower(), noun), ())
    if not lines or figurative(reader.guard, s, i):
        return None
    clause = _conceded(s, _claimed(s, clause_of(s, i)))
    pattern = next((p for p in lines if reader.scene.fits(s, clause, p)), None)
    if pattern is None:
        return None
    used = [h for x in pattern.slots for h in clause.slots.get(x.name, ()) if s.lemmas[h].lower() in x.lemmas]
    return clause, pattern, used


def _claimed(s: Sentence, clause: Clause) -> Clause:
    """ "Capture *claimed* by the rebels": who claims a deed did it."""
    i = clause.trigger
    near = (s.heads[i], *s.kids(i, "acl")) if not s.is_verb(i) else ()
    verb = next((v for v in near if s.lemmas[v] in CLAIMS and s.kid(v, "agent") is not None), None)
    agent = s.agent_of(verb) if verb is not None and "by" not in clause.slots else None
    return clause if agent is None else replace(clause, slots={**clause.slots, "by": [agent], "claimed": [agent]})


def _conceded(s: Sentence, clause: Clause) -> Clause:
    """ "The junta *concedes* the loss", "militants *deny* the loss": it would be theirs."""
    i = clause.trigger
    verb = s.heads[i]
    if s.is_verb(i) or s.labels[i] != "dobj" or s.lemmas[verb] not in CONCEDES or "poss" in clause.slots:
        return clause
    subject = s.subject_of(verb)
    return clause if subject is None else replace(clause, slots={**clause.slots, "poss": [subject]})


def _holds(reader: Reader, s: Sentence, clause: Clause, pattern: Pattern, last: Place | None) -> Iterator[Hold]:
    entry, scene, i = pattern.entry, reader.scene, clause.trigger
    head, places = _where(scene, s, clause, pattern, last)
    if not places:
        return
    statement = scene.statement(s, i)
    holder, holders = _actor(scene, s, clause, given(entry, "holder", ()), head, statement)
    other, others = _actor(scene, s, clause, given(entry, "other", ()), head, statement)
    evidence = (*(("holder", w) for w in holders), *(("other", w) for w in others))
    level = level_of(s, clause, head)
    if level is None and entry.gives.get("presence"):
        level = "presence"
    time = time_of(scene, s, clause, statement)
    status = "possible" if "claimed" in clause.slots else status_of(s, i, reader.words, statement)
    amounts = share_of(scene, s, head) if head is not None else ()
    for place in places:
        yield Hold(
            place=place.id, holder=holder, other=other if other != holder else None, state=entry.gives["state"],
            time=time.id if time else None, event=reader.events.get(s.over(i, i)),
            statement=statement.id if statement else None, span=s.over(i, i), rule=entry.id,
            level=level, status=status, quantities=amounts, evidence=evidence,
        )  # fmt: skip


def _where(
    scene: Scene, s: Sentence, clause: Clause, pattern: Pattern, last: Place | None
) -> tuple[int | None, list[Place]]:
    """The head of the first slot that names places, and those; else the place that a bare note is about.

    A slot of which the pattern asks that it be ground goes before the others: "entered the *town* in the south".
    """
    entry = pattern.entry
    left = entry.gives["state"] == "withdrawn"
    doer = s.agent_of(clause.trigger) if s.is_verb(clause.trigger) else None
    wanted = [x for x in pattern.slots if x.classes and not x.never]
    asked = {x.name for x in wanted if x.classes & GROUND}
    names = [n for n in given(entry, "place", ()) if n in asked or all(x.name != n for x in wanted)]
    for name in sorted(names, key=lambda n: n not in asked):
        for head in clause.slots.get(name, []):
            places = places_of(scene, s, head, last, left)
            if places and head != doer and not fresh_note(s, clause.trigger):
                return head, places
    if left and last in [p for head in clause.slots.get("to", []) for p in places_of(scene, s, head, None)]:
        return None, []  # "I withdrew to the next town"
    return None, _elliptic(s, clause, last, left)


def _elliptic(s: Sentence, clause: Clause, last: Place | None, left: bool) -> list[Place]:
    """A note such as "Captured by rebels on 3 May." is about the place named last, and so is "they have left"."""
    i = clause.trigger
    if last is None or ("claimed" in clause.slots and (i == 0 or s.words[i - 1] == ":")):
        return [last] if last is not None else []
    if not s.is_verb(i):
        return []
    if left and not {"from", "object"} & clause.slots.keys():
        return [last]
    bare = s.tags[i] in PASSIVE_START and all(s.is_verb(h) for h in clause.slots.get("object", ()))  # "claimed taken"
    return [last] if fresh_note(s, i) or (bare and _opens(s, i)) else []


def _opens(s: Sentence, i: int) -> bool:
    """True for a verb with nothing but adverbs and "claimed to be" before it: "Possibly captured by"."""
    claimed = s.lemmas[s.heads[i]] in CLAIMS and s.kid(i, "agent") is not None  # "sources claimed retaken by troops"
    return i <= 2 or claimed or all(s.tags[k] in ("RB", "VBN", "VBD", "TO", "VB", "CC") for k in range(i))


def fresh_note(s: Sentence, i: int) -> bool:
    """A participle that begins a note of its own, full stop forgotten: "by rebels 3 May *Retaken* by troops"."""
    return i > 0 and s.words[i][0].isupper() and s.tags[i] in PASSIVE_START and s.words[i + 1 : i + 2] == ("by",)


def _actor(
    scene: Scene,
    s: Sentence,
    clause: Clause,
    names: tuple[str, ...],
    place: int | None,
    statement: Statement | None,
) -> tuple[str | None, tuple[Span, ...]]:
    """The actor in the first of these slots that names any, and its words; words alone where they name nobody known.

    ``place`` heads the words for the place, which is not its own holder.
    """
    unknown: tuple[Span, ...] = ()
    for name in names:
        for head in (h for h in clause.slots.get(name, []) if h != place):
            ids, words = actors_of(scene, s, _claimant(s, head))
            ids = _speakers(scene, s, head, statement) or ids or _possessed(scene, s, head)
            if ids:
                return ids[0], words
            if not unknown and name not in ("of", "in", "object") and s.pos[head] in ("PROPN", "NOUN"):
                unknown = words
    return None, unknown


def _claimant(s: Sentence, head: int) -> int:
    """ "The ministry says *it* holds the town": the one who says so."""
    verb = s.heads[head]
    if s.words[head].lower() in ("it", "they", "we") and s.labels[verb] == "ccomp":
        return next(s.kids(s.heads[verb], "nsubj"), head)
    return head


def _speakers(scene: Scene, s: Sentence, head: int, statement: Statement | None) -> tuple[str, ...]:
    """ "The ministry said *its men* held the town", "*our* units hold it": the men of the one who says so."""
    first = statement.sources[0] if statement and statement.sources else None
    if statement is None or first is None or first.actor is None or first.span is None:
        return ()
    own = {s.words[c].lower() for c in s.kids(head, "poss")}
    theirs = statement.form == "indirect" and s.span.holds(first.span) and own & {"its", "their"}
    ours = statement.form in ("direct", "mixed") and own & {"our", "my"}
    return (first.actor,) if (theirs or ours) and scene.by_id[first.actor].kind in BODIES else ()


def _possessed(scene: Scene, s: Sentence, head: int) -> tuple[str, ...]:
    """ "into the hands of the rebels", "under government control"."""
    for p in s.kids(head, "prep"):
        for target in s.kids(p, "pobj"):
            ids, _ = actors_of(scene, s, target)
            if ids:
                return ids
    return ()


def places_of(scene: Scene, s: Sentence, head: int, last: Place | None, left: bool = False) -> list[Place]:
    """The places that a phrase names: its head and what is joined to it, an apposition, an "of", or a word that stands
    for the town named last. ``left``: a base in a town counts too."""
    out: list[Place] = []
    for member in sorted({m for top in (*members(s, head), *_listed(s, head)) for m in members(s, top)}):
        place = _place(scene, s, member, last, depth=1 if left and s.lemmas[member].lower() in POSTS else 0)
        if place is not None and place not in out:
            out.append(place)
    return [p for p in out if not any(q is not p and _within(q, p) for q in out)]


def _within(inner: Place, outer: Place) -> bool:
    """True in "Goma, North Kivu": the second tells where the first is."""
    return (outer.kind == "country" and inner.country == outer.country) or inner.admin1 == outer.name


def _listed(s: Sentence, head: int) -> Iterator[int]:
    """Names that a parser hangs below the last or the first of a list ("took A, B and C"), or after "including"."""
    for c in s.kids(head, "nmod", "compound", "appos"):
        low, high = sorted((c, head))
        if s.pos[c] == "PROPN" and any(s.words[k] in (",", "and") for k in range(low, high)):
            yield c
    for p in s.kids(head, "prep"):
        if s.words[p].lower() in LISTS:
            yield from s.kids(p, "pobj")


def _place(scene: Scene, s: Sentence, head: int, last: Place | None, depth: int = 0) -> Place | None:
    own = scene.places.around(s.over(head, head))
    if own is not None:
        return None if s.tags[head] == "JJ" else own  # "one Australian and one English climber"
    if depth == 0 and s.lemmas[head].lower() in SITES:
        return None
    if _stands_for(s, head) or any(_stands_for(s, c) for c in s.kids(head, "poss")):
        return last
    if head and s.lemmas[head] in ("centre", "center") and s.lemmas[head - 1].lower() in STANDS_FOR:
        return last  # "City centre retaken by troops"
    for c in s.kids(head, "appos", "compound", "nmod", "poss", "amod"):
        found = scene.places.around(s.over(c, c))
        if found is not None and found.kind != "country":
            return found
    for p in s.kids(head, "prep"):
        if s.words[p].lower() in ("of", "in", "near", "at", "within") and depth < 4:
            for target in s.kids(p, "pobj"):
                found = _place(scene, s, target, last, depth + 1)
                if found is not None:
                    return found
    return last if _part_of_town(s, head) else None


def _part_of_town(s: Sentence, i: int) -> bool:
    """ "the centre", "the northern quarter", with nothing said of what."""
    the = any(s.words[c].lower() == "the" for c in s.kids(i, "det"))
    return the and s.lemmas[i].lower() in PARTS and s.kid(i, "compound", "nmod", "poss") is None


def _stands_for(s: Sentence, i: int) -> bool:
    low = s.words[i].lower()
    if low == "it":
        verb = s.heads[i]
        return s.labels[i] != "dobj" or s.labels[verb] != "conj"
    return low in STANDS_FOR and (any(s.words[c].lower() == "the" for c in s.kids(i, "det")))


def level_of(s: Sentence, clause: Clause, head: int | None) -> Level | None:
    """How much of the place: from the head of the phrase, its modifiers, or an adverb."""
    for c in s.kids(clause.trigger, "advmod"):
        if s.words[c].lower() in WORDS:
            return WORDS[s.words[c].lower()]
    if head is None:
        return None
    found = [level for i in _down(s, head) if (level := _own_level(s, i)) is not None]
    return next((level for level in found if level not in ("whole", "most")), found[0] if found else None)


def _own_level(s: Sentence, head: int) -> Level | None:
    """What one noun and its modifiers say."""
    for i in [head, *s.kids(head, "amod", "det", "compound", "nmod", "predet")]:
        level = LEVELS.get(s.lemmas[i].lower())
        if level is not None and (i != head or s.pos[i] in ("NOUN", "ADJ", "DET", "PRON")):
            return level
    return None


def _down(s: Sentence, head: int) -> Iterator[int]:
    """The head of a phrase and what it is a number or share of: "*13* of the 17 *districts*", "the *whole* of the
    *centre*"."""
    yield head
    counts = s.tags[head] in ("CD", "JJS") or s.lemmas[head].lower() in SHARES
    for p in s.kids(head, "prep") if counts else ():
        if s.words[p].lower() == "of":
            for target in s.kids(p, "pobj"):
                yield from _down(s, target)


def share_of(scene: Scene, s: Sentence, head: int) -> tuple[str, ...]:
    """ "nine of ten districts": ids of the amounts in the phrase."""
    first, last = s.edges(head)
    return tuple(q.id for _, q in scene.quantities.inside(s.over(first, last)))[:2]
