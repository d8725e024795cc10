"""Scores who holds what: ``python -m bench.holdings [--data DIR] [--seeds N]``.

1. A simulated war (``holdings_world.py``): our joiner against last report wins, majority of reports in a week,
   majority of origins in a week, and VIINA's majority of sources (each outlet's latest word, most common wins). A
   change is found if one to the same value is given between 3 days before and 7 days after. Means over seeds that
   nothing was set on.
2. The change log replayed (``holdings_replay.py``).
"""

import argparse
import random
import statistics
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from bench.holdings_replay import replay
from bench.holdings_world import CONTESTED, FIRST, Course, Said, World, claims_of, logged, made_up, told_of
from bench.score import Score
from dateline.join.holdings import history

BEFORE, AFTER = 3, 7  # days by which a change may be early or late
WEEK = 7
UNSEEN = 100  # the first seed reported; those below it are for setting constants
LETTERS = {"agency": "B", "observers": "B"}

type Method = Callable[[Sequence[Said], int], list[tuple[int, str]]]


def last_report(said: Sequence[Said], days: int) -> list[tuple[int, str]]:
    """What was printed last."""
    return changes([(s.day, s.value) for s in said])


def majority_of_reports(said: Sequence[Said], days: int) -> list[tuple[int, str]]:
    """What most reports of the last week say; ties change nothing."""
    return changes(_majority(said, days, lambda week: [s.value for s in week]))


def majority_of_origins(said: Sequence[Said], days: int) -> list[tuple[int, str]]:
    """What most origins said last in the last week."""
    return changes(_majority(said, days, lambda week: list({s.root: s.value for s in week}.values())))


def majority_of_sources(said: Sequence[Said], days: int) -> list[tuple[int, str]]:
    """VIINA's rule: of every outlet's latest word the most common; ties change nothing."""
    latest: dict[str, str] = {}
    given: list[tuple[int, str]] = []
    for s in said:
        latest[s.outlet] = s.value
        given += [(s.day, value) for value in _winner(list(latest.values()))]
    return changes(given)


def weighed(said: Sequence[Said], days: int) -> list[tuple[int, str]]:
    """Ours, with letters for the two independent voices."""
    return _history(said, LETTERS)


def weighed_unlettered(said: Sequence[Said], days: int) -> list[tuple[int, str]]:
    """Ours, knowing of nobody how reliable they are."""
    return _history(said, {})


def _history(said: Sequence[Said], letters: dict[str, str]) -> list[tuple[int, str]]:
    claims, roots = claims_of(said)
    found = [c for c in history(claims, roots, letters) if c.state != "unknown"]
    return changes([((c.day - FIRST).days, c.holder or CONTESTED) for c in found])


METHODS: dict[str, Method] = {
    "last report wins": last_report,
    "majority of reports, 7 days": majority_of_reports,
    "majority of origins, 7 days": majority_of_origins,
    "majority of sources (VIINA)": majority_of_sources,
    "dateline, no letters": weighed_unlettered,
    "dateline": weighed,
}


def changes(given: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The (day, value) pairs at which the value differs from the one before, the first left out; one a day."""
    by_day = list(dict(given).items())
    return [now for before, now in pairwise(by_day) if before[1] != now[1]]


def _majority(
    said: Sequence[Said], days: int, ballots: Callable[[Sequence[Said]], list[str]]
) -> Iterator[tuple[int, str]]:
    week: deque[Said] = deque()
    at = 0
    for day in range(days):
        while at < len(said) and said[at].day <= day:
            week.append(said[at])
            at += 1
        while week and week[0].day <= day - WEEK:
            week.popleft()
        yield from ((day, value) for value in _winner(ballots(list(week))))


def _winner(ballots: Sequence[str]) -> list[str]:
    first = Counter(ballots).most_common(2)
    return [first[0][0]] if first and (len(first) == 1 or first[0][1] > first[1][1]) else []


def matched(gold: Sequence[tuple[int, str]], ours: Sequence[tuple[int, str]], before: int, after: int) -> int:
    """How many gold changes have one of ours to the same value within so many days, each of ours used once."""
    used: set[int] = set()
    for day, value in gold:
        found = (n for n, (at, to) in enumerate(ours) if to == value and -before <= at - day <= after and n not in used)
        used.update(list(found)[:1])
    return len(used)


type War = list[tuple[Course, list[Said]]]  # each town's true history, and all that was said of it


def war(courses: Sequence[Course], world: World, seed: int) -> War:
    """One made-up war; the same seed gives the same."""
    return [(course, told_of(course, world, random.Random(f"{seed}/{n}"))) for n, course in enumerate(courses)]


def simulate(towns: War, method: Method) -> Score:
    """Score one method on one made-up war."""
    score = Score()
    for course, said in towns:
        ours = method(said, len(course))
        gold = changes(list(enumerate(course)))
        score.add(matched(gold, ours, BEFORE, AFTER), len(ours), len(gold))
    return score


WORLDS: dict[str, World] = {
    "half of the copies hidden": World(hidden=0.5),
    "twice the falsehoods": World(falsehood=2),
    "30 outlets": World(outlets=30),
    "losses admitted after 5–20 days": World(admitted=(5, 20)),
    "little said again (once in 90 days)": World(routine=1 / 90),
}


def courses_for(seed: int, path: Path) -> dict[str, list[Course]]:
    """The true histories that are at hand."""
    chance = random.Random(seed)
    out = {"made-up towns": made_up(chance)}
    return {"change log's towns": logged(path, chance), **out} if path.is_file() else out


def compare(seeds: Sequence[int], path: Path) -> None:
    """Print each method's mean change F1 on each kind of towns, and ours in worlds of other rates."""
    towns = {seed: courses_for(seed, path) for seed in seeds}
    for kind in towns[seeds[0]]:
        print(f"simulated war, {kind}, mean of {len(seeds)} seeds (least – most)")
        wars = [war(towns[seed][kind], World(), seed) for seed in seeds]
        for name, method in METHODS.items():
            print(f"  {name:46} {_line([simulate(each, method) for each in wars])}")
        for name, world in WORLDS.items():
            wars = [war(towns[seed][kind], world, seed) for seed in seeds]
            viina = statistics.mean(simulate(each, majority_of_sources).f1 for each in wars)
            print(f"  dateline: {name:36} {_line([simulate(each, weighed) for each in wars])}; VIINA {viina:.3f}")


def _line(scores: Sequence[Score]) -> str:
    f1 = [s.f1 for s in scores]
    means = [statistics.mean(x) for x in ([s.precision for s in scores], [s.recall for s in scores], f1)]
    return f"P {means[0]:.3f}  R {means[1]:.3f}  F1 {means[2]:.3f} ({min(f1):.3f} – {max(f1):.3f})"


def main() -> None:
    """Print both parts; the replay only where the change log is at hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    parser.add_argument("--seeds", type=int, default=5)
    asked = parser.parse_args()
    path = asked.data / "record/ukraine_control_changelog_to_2022-09.csv"
    compare(range(UNSEEN, UNSEEN + asked.seeds), path)
    if path.is_file():
        replay(path)
    else:
        print(f"skipped: no {path}")


if __name__ == "__main__":
    main()
