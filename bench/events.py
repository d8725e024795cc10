"""Scores events inside one war: ``python -m bench.events [--data DIR] [--show]``.

UCDP's events with the headlines that they rest on. A headline (its words, its day, who printed it) that stands under
one event only is a report of its own. Those under several events are left out; the names of the dead that a memorial
register gives as "headlines" (fewer than three words) are counted in the last rows alone. A headline is placed by

* *acts*: its acts, as our pipeline reads them, in the events that the shipped joiner makes; the main act is the assault
  that is told most often. A headline in which we read no act stands alone.
* *acts and words*: the same, and headlines of one day of publication that share rare words come together too, unless
  their acts speak against it. That is how a headline without an act is placed. In the record words decide nothing:
  this row shows what is left to those who read a day's headlines.

An agency's own slug ("UPDATE 2-") is cut off before reading.
"""

import argparse
import csv
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from pathlib import Path

import sqlalchemy as sa

from bench.stories import Labels, b_cubed, pairwise
from dateline.across import ActTold
from dateline.join.events import grouped, linked, vetoed
from dateline.join.threads import text_of
from dateline.lexicons.rarity import load_rarity
from dateline.record import Page, Record
from dateline.store import tables as t
from dateline.store.context import Context
from dateline.store.telling import Lifter

SLUG = re.compile(r"^(?:UPDATE|WRAPUP|WRAP|RPT|EXCLUSIVE|FACTBOX|CORRECTED)[ \d]*[-:]\s*")
ENTRY = re.compile(r'"([^",]*),(\d{4}-\d\d-\d\d),([^"]*)"')
SHORTEST = 3  # words of a headline
ALIKE = 0.1  # cosine of two headlines of one day from which they are looked at together …
MEAN = 0.07  # … and the mean between two groups from which they are one; both set on the two open years
LINKED = 1.0  # a link between acts is as good as the same words


@dataclass(frozen=True, slots=True)
class Headline:
    """One printed headline, and the event that UCDP took from it."""

    title: str
    day: date
    office: str
    event: str


def headlines(path: Path) -> list[Headline]:
    """Those that stand under one event only, by day."""
    csv.field_size_limit(1 << 24)
    events: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for office, day, title in ENTRY.findall(row["source_article"]):
                events[day, title.strip(), office].add(row["id"])
    found = sorted((*key, min(ids)) for key, ids in events.items() if len(ids) == 1)
    return [Headline(title, date.fromisoformat(day), office, event) for day, title, office, event in found]


def acts_of(given: Sequence[Headline]) -> dict[int, list[ActTold]]:
    """Number of a headline → its acts, as the record tells them."""
    found: defaultdict[int, list[ActTold]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "events.sqlite") as record:
        pages = (Page(f"{words(h)}\n".encode(), str(n), h.day.isoformat(), h.office) for n, h in enumerate(given))
        for _ in record.add_all(pages):
            pass
        with record.database.reading() as connection:
            context = Context(connection, list(connection.scalars(sa.select(t.pages.c.report))))
            lifter = Lifter(context, record.atlas.lexicons)
            for row in connection.execute(sa.select(t.events)):
                found[int(context.pages[row.report].source)].append(lifter.act(row))
    return found


def words(headline: Headline) -> str:
    """What it says, without the agency's slug."""
    return SLUG.sub("", headline.title)


def by_acts(many: int, acts: Mapping[int, Sequence[ActTold]]) -> list[str]:
    """The event of each headline: that of its main act."""
    event = {act.id: found for found in grouped([a for told in acts.values() for a in told]) for act in found}
    out = [f"alone {n}" for n in range(many)]
    for n, told in acts.items():
        main = min(told, key=lambda a: (a.type != "ASSAULT", -len({x.report for x in event[a.id]}), a.start))
        out[n] = event[main.id][0].id
    return out


def by_acts_and_words(given: Sequence[Headline], acts: Mapping[int, Sequence[ActTold]]) -> list[int]:
    """Groups of headlines, the most alike first; each pair's likeness is its words' or, at best, a link of acts."""
    rarity = load_rarity()
    terms = [dict(text_of("", None, words(h), "", rarity).terms) for h in given]
    likeness: dict[tuple[int, int], float] = {}
    for n, m in combinations(range(len(given)), 2):
        if (given[m].day - given[n].day).days > 1:
            continue
        both = [(a, b) for a, b in product(acts.get(n, ()), acts.get(m, ())) if a.type == b.type == "ASSAULT"]
        if any(linked(a, b) for a, b in both):
            likeness[n, m] = LINKED
        elif given[n].day == given[m].day:
            alike = sum(x * terms[m].get(word, 0.0) for word, x in terms[n].items())
            likeness[n, m] = -1.0 if both and all(vetoed(a, b) for a, b in both) else alike
    return _together(len(given), likeness)


def _together(many: int, likeness: Mapping[tuple[int, int], float]) -> list[int]:
    group = {n: [n] for n in range(many)}
    for (n, m), alike in sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0])):
        one, other = group[n], group[m]
        if alike < ALIKE or one is other:
            continue
        between = [likeness.get((min(x, y), max(x, y)), 0.0) for x in one for y in other]
        if sum(between) / len(between) >= MEAN:
            one.extend(other)
            group.update(dict.fromkeys(other, one))
    return [min(group[n]) for n in range(many)]


def report(name: str, gold: Labels, ours: Labels) -> None:
    """One row of the table."""
    print(f"{name:34}{len(set(ours)):6}   pair {pairwise(gold, ours)}   B³ {b_cubed(gold, ours)}")


def show(given: Sequence[Headline], ours: Labels) -> None:
    """Our groups of two and more, with UCDP's event before each headline."""
    for group in (g for g, n in Counter(ours).items() if n > 1):
        print("--")
        for headline, mine in zip(given, ours, strict=True):
            if mine == group:
                print(f"   {headline.event:>8} {headline.day} {headline.title[:100]}")


def main() -> None:
    """Score every file of UCDP's events there is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    parser.add_argument("--show", action="store_true", help="print our groups")
    options = parser.parse_args()
    paths = sorted((options.data / "record").glob("ucdp_ged_*.csv"))
    if not paths:
        print(f"skipped: no ucdp_ged_*.csv in {options.data / 'record'}")
    for path in paths:
        every = headlines(path)
        given = [h for h in every if len(h.title.split()) >= SHORTEST]
        gold = [h.event for h in given]
        acts = acts_of(given)
        print(
            f"{path.name}: {len(given)} headlines, {len(set(gold))} events; {len(acts)} headlines with an act of ours"
        )
        report("each alone", gold, [*range(len(given))])
        report("acts", gold, by_acts(len(given), acts))
        placed = by_acts_and_words(given, acts)
        report("acts and words", gold, placed)
        print(f"with the {len(every) - len(given)} names and numbers that are no headlines, each alone:")
        rest = [h.event for h in every if len(h.title.split()) < SHORTEST]
        alone = [-1 - n for n in range(len(rest))]
        report("each alone", [*gold, *rest], [*range(len(given)), *alone])
        report("acts and words", [*gold, *rest], [*placed, *alone])
        if options.show:
            show(given, placed)


if __name__ == "__main__":
    main()
