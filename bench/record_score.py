"""What the gold stories say of the joiners: roots, counts, copies, events, number verdicts, tensions, holdings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from bench.record_gold import UNKNOWN, Story, Where, days, figure_at, made
from bench.score import Score
from dateline.across import ActTold, FigureTold, HoldTold, Root, Tension, Told
from dateline.join.holdings import holding
from dateline.join.numbers import ALERTS, verdict
from dateline.join.origins import counts
from dateline.join.tensions import number_tensions, tensions
from dateline.join.voices import tokens
from dateline.stage import Kit

NUMBERS = ("same", "compatible", "update", "other_scope", "rounding", "party_dispute", "conflict")


@dataclass(slots=True)
class Share:
    """How many of how many."""

    right: int = 0
    whole: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.whole += 1

    def __str__(self) -> str:
        return f"{self.right / self.whole:.3f} ({self.right}/{self.whole})" if self.whole else "–"


@dataclass(slots=True)
class Scores:
    """All that is counted over some stories. ``wrong`` is what went wrong, for open stories alone."""

    kinds: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    roots: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    same_root: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    over: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    equal: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    copies: Score = field(default_factory=Score)
    events_found: Share = field(default_factory=Share)
    events: list[tuple[float, float]] = field(default_factory=list)
    events_read: list[tuple[float, float]] = field(default_factory=list)
    read: list[tuple[str, str]] = field(default_factory=list)  # gold verdict, ours
    given: list[tuple[str, str]] = field(default_factory=list)
    naive: list[tuple[str, str]] = field(default_factory=list)  # all that is not equal is a conflict
    tensions: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    holdings: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    wrong: list[str] = field(default_factory=list)

    def note(self, story: Story, words: str) -> None:
        """Remember what is wrong in a story that may be read."""
        if story.open:
            self.wrong.append(f"{story.id} {words}")


def score(stories: Iterable[Story], kit: Kit) -> Scores:
    """Score some stories together."""
    out = Scores()
    for story in stories:
        roots = story.roots()
        _roots(story, out)
        _copies(story, out)
        _events(story, out)
        _numbers(story, kit, out)
        _tensions(story, roots, out)
        _holdings(story, roots, out)
    return out


# --- roots and counts -----------------------------------------------------------------------------------------------


def _roots(story: Story, out: Scores) -> None:
    """Roots end to end, and with the voice given that the report names, where our reading has a claim in nobody's."""
    read = [(gold, story.voice_at(story.find(gold))) for gold in story.gold["root"]]
    given = [(gold, story.voiced(claim, gold["names"])) for gold, claim in read]
    for way, entries in (("read", read), ("given", given)):
        found = story.roots(*(claim for _, claim in entries))
        for gold, claim in entries:
            _root(story, way, gold, found[claim.id], out)
        for fact in story.gold["fact"]:
            mine = [(gold["root"], claim) for gold, claim in entries if gold["fact"] == fact["key"]]
            _same_root(way, mine, found, out)
            _count(story, way, fact, [claim for _, claim in mine], found, out)


def _root(story: Story, way: str, gold: Mapping[str, Any], ours: Root, out: Scores) -> None:
    """Right is a root of the right kind and name."""
    right = ours.kind == gold["kind"] and named(ours, gold)
    out.kinds[way].add(ours.kind == gold["kind"])
    out.roots[way].add(right)
    if not right:
        out.note(
            story, f"root {way} {gold['report']} {gold['words']!r}: {_said(ours)} for {gold['kind']} {gold['root']}"
        )


def _same_root(way: str, mine: Sequence[tuple[str, Told]], found: Mapping[str, Root], out: Scores) -> None:
    """Which claims of one fact lead back to one origin."""
    for (g, a), (h, b) in combinations(mine, 2):
        ours = found[a.id].key == found[b.id].key
        out.same_root[way].add(g == h and ours, ours, g == h)


def _count(
    story: Story, way: str, fact: Mapping[str, Any], claims: Sequence[Told], found: Mapping[str, Root], out: Scores
) -> None:
    """How many origins a fact has; beside ours what counting reports, texts or names comes to."""
    if not claims:
        return
    ours = counts(claims, found, {c.id: _text(story, c) for c in claims})
    spoken = {c.chain[0].words.casefold() if c.chain else c.report for c in claims}
    rivals = (
        {"one a report": ours.reports, "one a text": ours.texts, "one a name": len(spoken)} if way == "read" else {}
    )
    for name, number in {way: ours.origins, **rivals}.items():
        out.over[name].add(number > fact["origins"])
        out.equal[name].add(number == fact["origins"])
    if ours.origins != fact["origins"]:
        keys = sorted({found[c.id].key for c in claims})
        out.note(story, f"origins {way} of {fact['key']}: {ours.origins} for {fact['origins']}: {keys}")


def _text(story: Story, claim: Told) -> str:
    while (model := story.models.get(claim.id)) in story.told:
        claim = story.told[model]
    return claim.report


def named(root: Root, gold: Mapping[str, Any]) -> bool:
    """True where half of the words of our name, or of the gold's, stand in the other's."""
    if gold["kind"] == "unnamed":
        return True
    ours = frozenset(tokens(root.name)) or frozenset(tokens(root.key.partition("|")[0]))
    ways = [frozenset(tokens(name)) for name in (gold["root"], *gold["names"])]
    return any(len(ours & way) * 2 >= min(len(ours), len(way)) > 0 for way in ways)


def _said(root: Root) -> str:
    return f"{root.kind} {root.name!r} [{root.key}] by {root.rule}"


# --- copies and events ----------------------------------------------------------------------------------------------


def _copies(story: Story, out: Scores) -> None:
    """Pairs of reports that share a text: found ones may be of two copies of one model."""
    direct = {frozenset((r["id"], r["copy_of"])) for r in story.gold["report"] if r["copy_of"]}
    family = {id: id for id in story.texts}
    for pair in sorted(map(sorted, direct)):
        first, second = family[pair[0]], family[pair[1]]
        family = {id: first if of == second else of for id, of in family.items()}
    near = {frozenset(p) for p in combinations(story.texts, 2) if family[p[0]] == family[p[1]]}
    out.copies.add(len(direct & story.copies), 0, len(direct))
    out.copies.predicted += len(direct & story.copies) + len(story.copies - near)
    for odd in story.copies - near | direct - story.copies:
        out.note(story, f"copy {sorted(odd)}: {'ours' if odd in story.copies else 'gold'} alone")


def _events(story: Story, out: Scores) -> None:
    """B³ over the words that tell of an event; those on which we have no act stand alone."""
    gold: dict[int, str] = {}
    ours: dict[int, str] = {}
    for event in story.gold["event"]:
        for told in event["told"]:
            n, acts = len(gold), story.at(story.find(told), ActTold)
            gold[n] = event["key"]
            typed = [a for a in acts if a.type == event["type"]] or acts
            if typed:
                ours[n] = story.events.get(typed[0].id, typed[0].id)
            out.events_found.add(bool(typed))
    out.events += _b_cubed(gold, {n: ours.get(n, f"none {n}") for n in gold})
    out.events_read += _b_cubed({n: gold[n] for n in ours}, ours)


def _b_cubed(gold: Mapping[int, str], ours: Mapping[int, str]) -> Iterator[tuple[float, float]]:
    """Precision and recall of each item's cluster."""
    for n in gold:
        mine, theirs = {m for m in ours if ours[m] == ours[n]}, {m for m in gold if gold[m] == gold[n]}
        yield len(mine & theirs) / len(mine), len(mine & theirs) / len(theirs)


def f1(pairs: Sequence[tuple[float, float]]) -> float:
    """Harmonic mean of mean precision and mean recall."""
    p, r = (sum(x) / len(pairs) for x in zip(*pairs, strict=True)) if pairs else (0.0, 0.0)
    return 2 * p * r / (p + r) if p + r else 0.0


# --- numbers --------------------------------------------------------------------------------------------------------


def _numbers(story: Story, kit: Kit, out: Scores) -> None:
    """Verdicts end to end, and with the figures given that our reading does not have."""
    for pair in story.gold["pair"]:
        ends = [story.find(pair[end]) for end in "ab"]
        read = [figure_at(story, where) for where in ends]
        given = _given(story, ends, read, kit)
        found = story.roots(*(f for f in given if f is not None))
        out.read.append((pair["verdict"], _verdict(read, found)[0]))
        values = {f.amount.value for f in given if f is not None}
        out.naive.append((pair["verdict"], "same" if len(values) == 1 else "conflict"))
        said, rule = _verdict(given, found)
        out.given.append((pair["verdict"], said))
        if said != pair["verdict"]:
            who = " / ".join(_said(found[f.id]) for f in given if f is not None)
            words = " / ".join(f"{pair[end]['report']} {pair[end]['words']!r}" for end in "ab")
            what = " / ".join(f"{f.counts} {f.bound} {f.amount.unit} {f.scope} {f.earliest}" for f in given if f)
            out.note(story, f"pair {words}: {said} by {rule} for {pair['verdict']}; {what}; {who}")


def _given(story: Story, ends: Sequence[Where], read: Sequence[FigureTold | None], kit: Kit) -> list[FigureTold | None]:
    """Both figures of a pair, made by hand where we have none; one of unknown fate counts what the other does."""
    out = [figure or made(story, where, kit) for figure, where in zip(read, ends, strict=True)]
    known = {f.counts for f in out if f is not None} - {UNKNOWN}
    fate = known.pop() if len(known) == 1 else UNKNOWN
    return [replace(f, counts=fate) if f is not None and f.counts == UNKNOWN else f for f in out]


def _verdict(figures: Sequence[FigureTold | None], roots: Mapping[str, Root]) -> tuple[str, str]:
    a, b = figures
    return verdict(a, b, roots) if a is not None and b is not None else ("none", "not read")


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """Mean F1 of the seven verdicts."""
    by: dict[str, Score] = {name: Score() for name in NUMBERS}
    for gold, ours in pairs:
        by[gold].add(gold == ours, 0, 1)
        if ours in by:
            by[ours].predicted += 1
    return sum(s.f1 for s in by.values() if s.gold) / max(1, sum(s.gold > 0 for s in by.values()))


def updates_in_conflict(pairs: Sequence[tuple[str, str]]) -> Share:
    """Updates that are put forward as if they could not both hold."""
    updates = [ours for gold, ours in pairs if gold == "update"]
    return Share(sum(ours in ALERTS for ours in updates), len(updates))


# --- tensions and holdings ------------------------------------------------------------------------------------------


def _tensions(story: Story, roots: Mapping[str, Root], out: Scores) -> None:
    """A tension is found where both its ends are: in the sentence of the gold's words, or by the same origin."""
    claims = [*story.told.values()]
    acts = [c for c in claims if isinstance(c, ActTold)]
    figures = [c for c in claims if isinstance(c, FigureTold)]
    holds = [c for c in claims if isinstance(c, HoldTold)]
    ours = _by_event(story, acts, figures, holds, roots)
    met: set[Tension] = set()
    for gold in story.gold.get("tension", ()):
        ends = [story.find(gold[end]) for end in "ab"]
        alike = {t for t in ours if t.on == gold["on"] and _meets(story, t, ends, roots)}
        out.tensions[gold["on"]].add(bool(alike), 0, 1)
        met |= alike
        if not alike:
            words = " / ".join(f"{gold[end]['report']} {gold[end]['words']!r}" for end in "ab")
            out.note(story, f"tension missed on {gold['on']}: {words}")
    for tension in ours:
        out.tensions[tension.on].predicted += 1
        if tension in met:
            continue
        out.wrong.append(
            f"{story.id} tension too many on {tension.on}: {_end(story, tension.a)} / {_end(story, tension.b)}"
        )


def _by_event(
    story: Story,
    acts: Sequence[ActTold],
    figures: Sequence[FigureTold],
    holds: Sequence[HoldTold],
    roots: Mapping[str, Root],
) -> list[Tension]:
    """Clashes within each event; of amounts and holders also between the claims of one running story."""
    found = {*tensions([], [], holds, roots), *number_tensions(figures, roots)}
    for event in sorted(set(story.events.values())):
        mine = [a for a in acts if story.events.get(a.id) == event]
        ids = {a.id for a in mine}
        found |= {*tensions(mine, [f for f in figures if f.act in ids], [], roots)}
    return sorted(found, key=lambda t: (t.on, t.a, t.b))


def _meets(story: Story, tension: Tension, ends: Sequence[Where], roots: Mapping[str, Root]) -> bool:
    a, b = story.told[tension.a], story.told[tension.b]
    return any(_is(story, a, x, roots) and _is(story, b, y, roots) for x, y in (ends, reversed(ends)))


def _is(story: Story, claim: Told, where: Where, roots: Mapping[str, Root]) -> bool:
    report, start, end = story.sentence(where)
    if story.reports[claim.report] == report and claim.start < end and start < claim.end:
        return True
    there = [c for c in story.at((report, start, end), type(claim)) if roots[c.id].key == roots[claim.id].key]
    return any(not isinstance(c, FigureTold) or _value(c) == _value(claim) for c in there)


def _value(claim: Told) -> float | None:
    return claim.amount.value if isinstance(claim, FigureTold) else None


def _end(story: Story, id: str) -> str:
    claim = story.told[id]
    return f"{story.reports[claim.report]} {claim.sentence[:90]!r}"


def _holdings(story: Story, roots: Mapping[str, Root], out: Scores) -> None:
    """State and holder of a place on a day, from what was published by then, beside simple rules."""
    holds = [c for c in story.told.values() if isinstance(c, HoldTold)]
    for gold in story.gold.get("holding", ()):
        on = days(gold["day"])[0]
        called = {key for word, key in story.places if word == gold["place"].casefold()}
        mine = [h for h in holds if h.place.key in called and h.published and h.published <= on]
        sides = {w.side: w.name for h in mine for w in (h.holder, h.other) if w is not None}
        said = _holding(mine, roots, on, sides)
        rivals = {
            "ours": said,
            "last report wins": _last(mine),
            "majority of reports": _majority(mine),
            "majority of outlets": _majority(_latest(mine)),
        }
        for name, (state, holder) in rivals.items():
            out.holdings[name].add(state == gold["state"] and (state != "held" or _same_holder(holder, gold["holder"])))
        if not (said[0] == gold["state"] and (said[0] != "held" or _same_holder(said[1], gold["holder"]))):
            meant = f"{gold['state']} {gold['holder']!r}"
            out.note(story, f"holding {gold['place']} {gold['day']}: {said} for {meant}; {len(mine)} claims")


def _holding(mine: Sequence[HoldTold], roots: Mapping[str, Root], on: Any, sides: Mapping[str, str]) -> tuple[str, str]:
    if not mine:
        return "unknown", ""
    found = holding(mine[0].place, mine, roots, on)
    return ("unknown" if found.state == "stale" else found.state), sides.get(found.holder or "", found.holder or "")


def _claimed(hold: HoldTold) -> tuple[str, str]:
    if hold.state in ("contested", "threatened"):
        return "contested", ""
    return ("held", hold.holder.name) if hold.holder is not None else ("unknown", "")


def _last(holds: Sequence[HoldTold]) -> tuple[str, str]:
    ordered = sorted(holds, key=lambda h: (h.published, h.start))
    return _claimed(ordered[-1]) if ordered else ("unknown", "")


def _latest(holds: Sequence[HoldTold]) -> list[HoldTold]:
    """The last word of each outlet: VIINA counts sources so."""
    found = {h.outlet: h for h in sorted(holds, key=lambda h: (h.published, h.start))}
    return [*found.values()]


def _majority(holds: Sequence[HoldTold]) -> tuple[str, str]:
    said = Counter(_claimed(h) for h in holds)
    return min(said, key=lambda s: (-said[s], s)) if said else ("unknown", "")


def _same_holder(ours: str, gold: str) -> bool:
    return bool(set(tokens(ours)) & set(tokens(gold)))
