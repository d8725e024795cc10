"""One toll a deed: which tellings of the dead, wounded and missing speak of the same deed, and what they come to.

A report tells of its deeds in turn. A telling with a place of its own more than an hour's drive from the deed told so
far, or on another day, begins another; one that names neither place nor day goes on with the last. What a deed's
tellings come to is arithmetic (``tolls.py``).
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from dateline.claim.counts import counted_noun, words_of
from dateline.claim.spans import Spans
from dateline.claim.tolls import Group, Side, Telling, Total, toll
from dateline.claim.victims import UNREAL, Reader, elsewhere, reader_of, told_dead
from dateline.model import Act, Actor, Figure, Place, Quantity, Statement, Story, Time, Toll
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

POINTS = frozenset({"settlement", "district", "site"})
FAR = 0.5  # degrees, about 50 km: nearer places are one deed's, a town and its quarters
FIGURED = ("wounded", "missing")
WIDE = frozenset({"since", "day"})  # these figures are of more than one deed


@dataclass(frozen=True, slots=True)
class Item:
    """One telling: what it counts, the words, the act that they name or stand beside."""

    counts: str
    telling: Telling
    sentence: Sentence
    at: int
    act: Act | None


@dataclass(slots=True)
class Deed:
    """Tellings of one deed, and where and when it was, as far as they say."""

    story: str | None
    place: Place | None = None
    time: Time | None = None
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Map:
    """The report's acts, places, days and figures, by id or by where they stand."""

    acts: Spans[Act]
    roots: Mapping[str, Act]
    places: Mapping[str, Place]
    times: Mapping[str, Time]
    figures: Spans[Figure]
    stories: Mapping[str, str]  # block → story


@stage(needs=(Story, Sentence, Time, Place, Actor, Quantity, Statement, Act, Figure), gives=Toll)
def tolls(doc: Doc, kit: Kit) -> Iterator[Toll]:
    """The tolls of each deed: killed, wounded, missing; civilians and fighters apart."""
    deadly = words_of(kit.lexicons).deadly
    counted = any(f.counts in ("killed", *FIGURED) for f in doc.of(Figure))
    if not counted and all(deadly.isdisjoint(s.lemmas) for s in doc.of(Sentence)):
        return
    map_ = Map(
        Spans((a.trigger, a) for a in doc.of(Act)), {a.id: a for a in doc.of(Act)}, {p.id: p for p in doc.of(Place)},
        {x.id: x for x in doc.of(Time)}, Spans((f.span, f) for f in doc.of(Figure)),
        {block: story.id for story in doc.of(Story) for block in story.blocks},
    )  # fmt: skip
    number = 0
    for deed in deeds(items(doc, kit, map_), map_):
        for counts in ("killed", *FIGURED):
            for side in ("civilian", "fighter"):
                found = _toll(f"k{number}", deed, counts, side, map_)
                if found is not None:
                    yield found
                    number += 1


def items(doc: Doc, kit: Kit, map_: Map) -> list[Item]:
    """Every telling of the report, in order of the text."""
    reader = reader_of(doc, kit)
    out: list[Item] = []
    for s in doc.of(Sentence):
        if s.block in reader.guard.silent or (out and elsewhere(s)):
            continue
        out += (Item("killed", x.telling, s, x.at, _act(s, x.at, map_)) for x in told_dead(reader, s))
        out += _figured(reader, s, map_)
    return out


def _figured(reader: Reader, s: Sentence, map_: Map) -> Iterator[Item]:
    """The wounded and the missing of one sentence, as its figures count them."""
    groups: dict[str, list[Group]] = {}
    first: dict[str, int] = {}
    for span, figure in map_.figures.inside(s.span):
        if figure.counts not in FIGURED or figure.status in UNREAL or figure.scope in WIDE:
            continue
        tokens, quantity = s.tokens_in(span), reader.amounts[figure.quantity]
        fighters = reader.people.get(s.lemmas[counted_noun(s, tokens)].lower(), False)
        vague = quantity.rule.endswith("vague")
        group = Group(quantity.low, quantity.high, fighters, figure.scope == "part", vague)
        groups.setdefault(figure.counts, []).append(group)
        first.setdefault(figure.counts, tokens[0])
    for counts, found in groups.items():
        yield Item(counts, Telling(tuple(found)), s, first[counts], _act(s, first[counts], map_))


def _act(s: Sentence, at: int, map_: Map) -> Act | None:
    """The act that the word names, else the first of its sentence, as first told."""
    act = next((a for _, a in map_.acts.meeting(s.over(at, at))), None)
    act = act or next((a for _, a in map_.acts.inside(s.span)), None)
    return map_.roots.get(act.same_as, act) if act is not None and act.same_as else act


def deeds(told: Iterable[Item], map_: Map) -> list[Deed]:
    """The tellings by the deed of which they tell."""
    out: list[Deed] = []
    for item in told:
        story = map_.stories.get(item.sentence.block)
        place, time = _place(item.act, map_), map_.times.get((item.act and item.act.time) or "")
        own = [d for d in out if d.story == story]
        fitting = (d for d in reversed(own) if not _apart(d.place, place) and not _other_day(d.time, time))
        deed = own[-1] if own and place is None and time is None else next(fitting, None)
        if deed is None:
            deed = Deed(story)
            out.append(deed)
        deed.place, deed.time = deed.place or place, deed.time or time
        deed.items.append(item)
    return out


def _place(act: Act | None, map_: Map) -> Place | None:
    found = (map_.places[i] for i in (act.places if act is not None else ()) if i in map_.places)
    return next((p for p in found if p.kind in POINTS and p.latitude is not None), None)


def _apart(a: Place | None, b: Place | None) -> bool:
    """True for two points that are further apart than ``FAR``."""
    if a is None or b is None or a.id == b.id:
        return False
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return False
    wide = (a.longitude - b.longitude) * math.cos(math.radians(a.latitude))
    return math.hypot(a.latitude - b.latitude, wide) > FAR


def _other_day(a: Time | None, b: Time | None) -> bool:
    """True for two days that cannot be one: each is bounded, and neither meets the other."""
    if a is None or b is None:
        return False
    ends = (a.when.earliest, a.when.latest, b.when.earliest, b.when.latest)
    if None in ends:
        return False
    return ends[1] < ends[2] or ends[3] < ends[0]  # type: ignore[operator]


def _toll(id: str, deed: Deed, counts: str, side: Side, map_: Map) -> Toll | None:
    """What a deed's tellings of one kind and side come to."""
    ours = [x for x in deed.items if x.counts == counts]
    fallen = {(g.low, g.high) for x in ours for g in x.telling.groups if g.fighters}
    mine = [x for x in ours if any(_of(g, side, fallen) for g in x.telling.groups)]
    total = toll([x.telling for x in mine], side)
    if total is None:
        return None
    best = total.low if total.low is not None else total.high
    acts = (x.act.id for x in mine if x.act is not None)
    words = dict.fromkeys(x.sentence.over(x.at, x.at) for x in mine)
    return Toll(
        id=id, story=deed.story, event=next(acts, None),
        counts=counts,  # type: ignore[arg-type]
        who=_who(mine, side), side=_side(mine, counts, map_), low=total.low, high=total.high,
        best=None if total.vague else best, place=deed.place.id if deed.place else None,
        time=deed.time.id if deed.time else None, tellings=tuple(words), rule=_rule(mine, total),
    )  # fmt: skip


def _of(group: Group, side: Side, fallen: Set[tuple[float | None, float | None]]) -> bool:
    """True for a group of this side; a number told of fighters is not others' when it is told again."""
    if side == "fighter":
        return group.fighters
    return not group.fighters and (group.low == 1 or (group.low, group.high) not in fallen)


def _who(mine: Sequence[Item], side: Side) -> Literal["civilian", "fighter"] | None:
    """Fighters by the word for them; civilians only where the report says so."""
    if side == "fighter":
        return "fighter"
    return "civilian" if any("civilian" in x.sentence.lemmas for x in mine) else None


def _side(mine: Sequence[Item], counts: str, map_: Map) -> str | None:
    """Whose they are, where the figures that count them name one side and no other."""
    found = {
        f.side
        for span in {x.sentence.span for x in mine}
        for _, f in map_.figures.inside(span)
        if f.counts == counts and f.side is not None
    }
    return next(iter(found)) if len(found) == 1 else None


def _rule(mine: Sequence[Item], total: Total) -> str:
    """How the toll was reckoned: one telling, tellings that agree, or tellings that differ."""
    if total.vague:
        return "toll.uncounted"
    if len(mine) == 1:
        return "toll.told_once" if len(mine[0].telling.groups) == 1 else "toll.added_up"
    return "toll.agreed" if total.low == total.high else "toll.set_against"
