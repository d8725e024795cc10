"""The change log replayed: the notes on each town read in the order they came, scored by the log's own table.

A note stands under the town's name as in ``bench/holds.py`` and is read with the day on which it was first seen as
its day of publication; what its words say of the town become claims, those in the log's own voice of one origin,
those in a side's voice of that side's. A change of the log's holder is told where a note of then or later has the new
holder and a day within ``WITHIN`` days of it, by pattern alone. The others (most have no dated sentence, and of some
the sentence gives another day than the table) are given in the log's voice, as is who held the town when it was first
seen; neither these nor what was before that are scored. Found means: to the same value, within 3 days of the stretch
between the day that the log gives and the day on which it was seen.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from bench.holds import GLUED, NOTE, SAYS, named, read, side
from bench.score import Score
from dateline.across import HoldTold, Root, Spot, Who
from dateline.join.holdings import history
from dateline.kit import load_kit
from dateline.model import Actor, Hold, Statement, Time
from dateline.stage import Doc, Kit

WITHIN, ASIDE = 3, 10  # days
MONTHS = "January February March April May June July August September October November December".split()
NAMED = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})|({'|'.join(MONTHS)}) (\d{{1,2}})\b")
OLD = re.compile(r"(\d{1,2} )?\w+ (\d{1,2},? )?20(1\d|2[01])")
LOG = Root("log", "document", "change log", None, "bench")
WHO = {key: Who(key, name, "state") for key, name in (("RU", "Russia"), ("UA", "Ukraine"))}
VALUES = frozenset({"RU", "UA", "C"})
NOTES = re.compile(
    r"[.\s]*(?=(?:\b|(?<=[a-z0-9\]]))(?:(?:Rec|[CС])aptured|Contested|Claimed|[A-Z][a-z]+ly|City|Control)\b)"
)
MEANT = {
    "RU": re.compile(r"by (Russia|pro-Russia|Donetsk|Luhansk|DPR|LPR)", re.I),
    "UA": re.compile(r"by Ukrain|Russian?s? .*withdr", re.I),
    "C": re.compile(r"contest|claim|alleg|partial|possibl|may have", re.I),
}

type Row = Mapping[str, str]
type Told = tuple[HoldTold, Root]


@dataclass(frozen=True, slots=True)
class Moved:
    """The log's holder changes to ``value`` some day between ``first`` and ``last``."""

    first: date
    last: date
    value: str


def replay(path: Path, kit: Kit | None = None) -> None:
    """Print change F1 over all towns that changed hands."""
    towns: dict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            towns[row["place"]].append(row)
    kit = kit or load_kit()
    score, bare, sentences = Score(), Score(), 0
    for place, rows in sorted(towns.items()):
        changes = list(moves(rows))
        gold = told(changes, rows)
        aside = [c for c in changes if c not in gold]
        claims = noted(place, rows, kit)
        sentences += len(claims)
        ours = found(rows, claims, aside)
        right = matched(gold, ours)
        rest = [each for n, each in enumerate(ours) if n not in right]
        score.add(len(right), len(ours) - len(matched(aside, rest, ASIDE)), len(gold))
        ours = found(rows, claims, ())
        bare.add(len(matched(changes, ours)), len(ours), len(changes))
    print(f"change log replayed ({len(towns)} towns, {sentences} claims read), change within {WITHIN} days")
    print(f"  changes that a dated sentence tells            {score}")
    print(f"  all changes, most of which no sentence tells   {bare}")


def moves(rows: Sequence[Row]) -> Iterator[Moved]:
    """Each change of the holder that the log shows."""
    known = [r for r in rows if r["held_by"] in VALUES]
    for before, now in pairwise(known):
        if before["held_by"] != now["held_by"]:
            seen, earlier = date.fromisoformat(now["observed"]), date.fromisoformat(before["observed"])
            given = next(days_named(now["as_of"], seen), seen)
            yield Moved(given if earlier <= given <= seen else seen, seen, now["held_by"])


def days_named(words: str, near: date) -> Iterator[date]:
    """Days of the log's years named in a note, by pattern alone: the check on what is told must not be our reading."""
    for day, month, month_first, day_last in NAMED.findall(OLD.sub("", words)):
        number = MONTHS.index(month or month_first) + 1
        if int(day or day_last) <= 28 or (number, int(day or day_last)) != (2, 29):
            yield date(near.year, number, min(int(day or day_last), 30 if number != 2 else 28))


def told(changes: Sequence[Moved], rows: Sequence[Row]) -> list[Moved]:
    """The changes that a dated sentence tells; of several near one sentence the nearest."""
    out: list[Moved] = []
    for row in rows:
        seen = date.fromisoformat(row["observed"])
        for sentence in NOTES.split(row["more_information"]):
            for day in days_named(sentence, seen):
                fits = [c for c in changes if MEANT[c.value].search(sentence) and meets((day, c.value), c, WITHIN)]
                out += sorted(fits, key=lambda c: abs((c.first - day).days))[:1]
    return [c for c in changes if c in out]


def meets(ours: tuple[date, str], change: Moved, within: int = WITHIN) -> bool:
    """True for the same value within so many days of the stretch in which the log has the change."""
    day, value = ours
    slack = timedelta(within)
    return value == change.value and change.first - slack <= day <= change.last + slack


def matched(changes: Sequence[Moved], ours: Sequence[tuple[date, str]], within: int = WITHIN) -> set[int]:
    """Which of ours find one of these changes, each change used once."""
    used: set[int] = set()
    for change in changes:
        hits = (n for n, each in enumerate(ours) if n not in used and meets(each, change, within))
        used.update(list(hits)[:1])
    return used


def noted(place: str, rows: Sequence[Row], kit: Kit) -> list[Told]:
    """What the notes on a town say of it, each read with the day on which it was first seen."""
    out: list[Told] = []
    last = ""
    for row in rows:
        if row["more_information"] != last and SAYS.search(row["more_information"]):
            last = row["more_information"]
            doc = read(place, GLUED.sub(". ", NOTE.sub("", last)), row["observed"], kit)
            out += lifted(doc, f"{len(out):03}", date.fromisoformat(row["observed"]))
    return out


def found(rows: Sequence[Row], told: Sequence[Told], given: Sequence[Moved]) -> list[tuple[date, str]]:
    """Our changes of the town's holder from the first day on which it was seen, by what was told and what is given."""
    first = next((r for r in rows if r["held_by"] in VALUES), None)
    if first is None:
        return []
    begun, value = date.fromisoformat(first["observed"]), first["held_by"]
    claims = [*told, _tabled(value, begun - timedelta(1)), *(_tabled(c.value, c.first) for c in given)]
    out: list[tuple[date, str]] = []
    for change in history([claim for claim, _ in claims], {claim.id: root for claim, root in claims}):
        now = change.holder or ("C" if change.state == "contested" else value)
        if now != value and change.day >= begun:
            out.append((change.day, now))
        value = now
    return out


def _tabled(value: str, day: date) -> Told:
    claim = _claim(f"table.{day}", day, WHO.get(value), "holds" if value in WHO else "contested")
    return replace(claim, earliest=day, latest=day), LOG


def lifted(doc: Doc, name: str, published: date) -> Iterator[Told]:
    """What a note says of the town, as claims with their origins."""
    names = {a.id: a.name for a in doc.of(Actor)}
    times = {t.id: t for t in doc.of(Time)}
    voices = {s.id: s for s in doc.of(Statement)}
    for n, hold in enumerate(h for h in doc.of(Hold) if h.place == "town"):
        when = times[hold.time].when if hold.time else None
        voice = voices.get(hold.statement or "")
        speaker = voice.sources[0].actor if voice and voice.sources else None
        party = side(names[speaker]) if speaker else "?"
        claim = _claim(f"{name}.{n:02}", published, WHO.get(named(doc, hold, names)), hold.state)
        other = WHO.get(side(names[hold.other])) if hold.other else None
        claim = replace(
            claim, other=other, level=hold.level, status=hold.status,
            earliest=when.earliest if when else None, latest=when.latest if when else None,
        )  # fmt: skip
        yield claim, Root(party, "party", party, party, "bench") if party in WHO else LOG


TOWN = Spot("town", "Town", "settlement")


def _claim(name: str, day: date, holder: Who | None, state: str) -> HoldTold:
    return HoldTold(
        id=name, report=name, outlet=None, country=None, published=day, start=0, end=0, sentence="", statement=None,
        chain=(), stance=None, status="happened", earliest=None, latest=None, place=TOWN, holder=holder, other=None,
        state=state, level=None, act=None,  # type: ignore[arg-type]
    )  # fmt: skip
