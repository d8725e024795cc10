"""Scores the phases of tempo: ``python -m bench.tempo [--data DIR] [--seeds N]`` on weekly counts of UCDP's events.

Truth at the end of each week is by the full counts and a simple rule: the mean of the last six weeks over that of the
six before is above 1.5 (speeding up), below 0.6 (slowing) or between (steady); paused after two weeks with nothing
where the six weeks before the last six had 1.5 a week or more; too little to tell where all twelve weeks have fewer
than ``FEW`` events. Then we are given less: each event's reports (as many as UCDP names sources) are read or not,
beside reports on other things, and how much is read differs by week. Areas are the two provinces at war, and both
together.
"""

import argparse
import csv
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import mean

from dateline.across import Phase
from dateline.join.tempo import FASTER, QUIET_WEEKS, RECENT, SLOWER, WEEKS, monday, tempo

FEW = 12  # events in twelve weeks: one a week
OTHER_NEWS = 400  # reports a week on other things
UNSEEN = 100  # the first seed reported
PHASES: tuple[Phase, ...] = ("speeding up", "steady", "slowing", "paused", "too little to tell")

type Weeks = Mapping[date, Sequence[int]]  # Monday → for each event the number of reports on it
type Coverage = Callable[[int, random.Random], float]


def truth(counts: Sequence[int]) -> Phase:
    """The phase by the full counts of twelve weeks."""
    old, new = mean(counts[:RECENT]), mean(counts[RECENT:])
    if sum(counts) < FEW:
        return "too little to tell"
    if not any(counts[-QUIET_WEEKS:]) and old >= 1.5:
        return "paused"
    if new > FASTER * old:
        return "speeding up"
    return "slowing" if new < SLOWER * old else "steady"


def _all(week: int, chance: random.Random) -> float:
    return 1.0


def _half(week: int, chance: random.Random) -> float:
    return 0.5


def _uneven(week: int, chance: random.Random) -> float:
    return chance.uniform(0.35, 0.85)


def _doubling(week: int, chance: random.Random) -> float:
    return 0.4 if week % 24 < 12 else 0.8


COVERAGES: Mapping[str, Coverage] = {
    "all read": _all, "half read": _half, "35 to 85 % read, by week": _uneven,
    "40 and 80 % read, in turns of 12 weeks": _doubling,
}  # fmt: skip


def seen(weeks: Weeks, coverage: Coverage, chance: random.Random, twice: bool) -> tuple[list[int], list[int]]:
    """Events found and reports read, by week. ``twice``: from the middle on, every report is read in two copies."""
    found, read = [], []
    for number, week in enumerate(sorted(weeks)):
        share = coverage(number, chance)
        hits = [sum(chance.random() < share for _ in range(reports)) for reports in weeks[week]]
        copies = 2 if twice and number % 24 >= 12 else 1
        found.append(sum(1 for n in hits if n))
        read.append(copies * (sum(hits) + round(OTHER_NEWS * share)))
    return found, read


def score(areas: Mapping[str, Weeks], name: str, seeds: Sequence[int], twice: bool = False) -> Counter[tuple[str, str]]:
    """Pairs of the true phase and ours, over all areas, weeks and seeds."""
    pairs: Counter[tuple[str, str]] = Counter()
    for seed in seeds:
        for area, weeks in areas.items():
            found, read = seen(weeks, COVERAGES[name], random.Random(f"{seed}/{area}"), twice)
            full = [len(weeks[week]) for week in sorted(weeks)]
            for end in range(WEEKS, len(full) + 1):
                span = slice(end - WEEKS, end)
                ours = tempo("side", area, max(weeks), found[span], read[span])
                pairs[truth(full[span]), ours.phase] += 1
    return pairs


def load(path: Path) -> dict[str, Weeks]:
    """Events by area and week. Events of which not even the week is known (date_prec above 2) are left out."""
    areas: dict[str, dict[date, list[int]]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if int(row["date_prec"]) <= 2:
                week = monday(date.fromisoformat(row["date_start"][:10]))
                for area in ("both", row["adm_1"]):
                    areas[area][week].append(max(1, int(row["number_of_sources"])))
    first, last = min(areas["both"]), max(areas["both"])
    span = [first + timedelta(7 * n) for n in range((last - first).days // 7 + 1)]
    wanted = ("both", "Donetsk oblast", "Luhansk oblast")
    return {area: {week: areas[area].get(week, []) for week in span} for area in wanted}


def show(title: str, pairs: Counter[tuple[str, str]]) -> None:
    """One line, and what was taken for what."""
    total = sum(pairs.values())
    right = sum(n for (gold, ours), n in pairs.items() if gold == ours)
    opposite = pairs["speeding up", "slowing"] + pairs["slowing", "speeding up"]
    f1 = [_f1(pairs, phase) for phase in PHASES if any(gold == phase for gold, _ in pairs)]
    print(f"{title:48} right {right / total:.3f}  macro-F1 {mean(f1):.3f}  opposite {opposite / total:.3f}  of {total}")


def _f1(pairs: Counter[tuple[str, str]], phase: str) -> float:
    ours = sum(n for (_, o), n in pairs.items() if o == phase)
    gold = sum(n for (g, _), n in pairs.items() if g == phase)
    return 2 * pairs[phase, phase] / (ours + gold)


def main() -> None:
    """Score if the data are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    parser.add_argument("--seeds", type=int, default=5)
    asked = parser.parse_args()
    path = asked.data / "record/ucdp_ged_ukraine_2014-2015.csv"
    if not path.is_file():
        print(f"skipped: no {path}")
        return
    areas = load(path)
    seeds = range(UNSEEN, UNSEEN + asked.seeds)
    for name in COVERAGES:
        show(name, score(areas, name, seeds))
    show("half read, in one and two copies by turns", score(areas, "half read", seeds, twice=True))
    pairs = score(areas, "35 to 85 % read, by week", seeds)
    for gold in PHASES:
        print(f"  {gold:20}", {ours: n for ours in PHASES if (n := pairs[gold, ours])})


if __name__ == "__main__":
    main()
