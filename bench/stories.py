"""Scores threads of reports: ``python -m bench.stories [--data DIR]``.

B³ at the one setting that ships: on ECB+ (topics of two sub-topics each that are easily taken for one: two bombings,
two film premieres) the stories are the sub-topics, on News-T those of its annotators. Neither has days, so words alone
have to tell. The floors were measured on the same files, each at its own best threshold.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.join.threads import Text, grouped, text_of
from dateline.lexicons.rarity import Rarity, load_rarity

FILES = (
    ("ECB+ sub-topics", "ecbplus_topics_*.jsonl", ("title", "text", "subtopic"), ".87 → .90"),
    ("News-T", "mstream_*.jsonl", ("textCleaned", "", "clusterNo"), ".77 → .77"),
)

type Labels = Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Scored:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F {self.f1:.3f}"


def b_cubed(gold: Labels, ours: Labels) -> Scored:
    """For every item, how much of our group is its own, and how much of its own is in our group; the mean of each."""
    golds, groups, both = Counter(gold), Counter(ours), Counter(zip(gold, ours, strict=True))
    right = [(n * n / groups[o], n * n / golds[g]) for (g, o), n in both.items()]
    return Scored(sum(p for p, _ in right) / len(gold), sum(r for _, r in right) / len(gold))


def pairwise(gold: Labels, ours: Labels) -> Scored:
    """Of the pairs that we put together, how many belong so; of those that belong together, how many we put so."""
    right, predicted, wanted = (_pairs(Counter(x)) for x in (zip(gold, ours, strict=True), ours, gold))
    return Scored(right / predicted if predicted else 1.0, right / wanted if wanted else 1.0)


def _pairs(counted: Counter[Hashable]) -> float:
    return sum(n * (n - 1) / 2 for n in counted.values())


def stories(path: Path, fields: tuple[str, str, str], rarity: Rarity) -> Iterator[tuple[Text, Hashable]]:
    """The texts of a file, in its order, with the story that each belongs to."""
    title, body, gold = fields
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        yield text_of(f"{number:07}", None, row[title] or "", row.get(body) or "", rarity), row[gold]


def main() -> None:
    """Score every file of stories that there is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    folder = parser.parse_args().data / "record"
    rarity = load_rarity()
    print(f"{'on':32}{'texts':>7}{'stories':>9}{'ours':>7}   B³{'':32}floor → reach   seconds")
    for name, pattern, fields, aim in FILES:
        paths = sorted(folder.glob(pattern))
        if not paths:
            print(f"{name:32}skipped: no {pattern} in {folder}")
        for path in paths:
            texts, gold = zip(*stories(path, fields, rarity), strict=True)
            began = time.perf_counter()
            threads = grouped(texts)
            took = time.perf_counter() - began
            home = {report: thread.id for thread in threads for report in thread.reports}
            score = b_cubed(gold, [home[text.report] for text in texts])
            print(f"{name:32}{len(texts):7}{len(set(gold)):9}{len(threads):7}   {score}   {aim:15} {took:.1f}")


if __name__ == "__main__":
    main()
