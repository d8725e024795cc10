"""Scores figures on Airwars narratives: ``python -m bench.figures``: text → range of people killed.

Gold is the incident's least and most; an incident whose number is not known is left out. Ours: the totals of killed
that the narrative gives (parts of another figure left out). Both ends exact, gold range inside ours, and F1 of
"is it a range at all".
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from dateline.claim.tolls import Group, toll
from dateline.claim.victims import tellings
from dateline.kit import load_kit
from dateline.model import Report
from dateline.pipeline import extract
from dateline.stage import Doc, Kit

DOZENS = 24  # fewest, as our own lexicon reads the word


def killed(doc: Doc, kit: Kit) -> tuple[float, float] | None:
    """Least and most civilians killed, an open end closed by the other; None where nobody is told dead."""
    told = [replace(t, groups=tuple(map(as_airwars, t.groups))) for t in tellings(doc, kit)]
    total = toll(told) or toll(told, "all")
    ends = [end for end in (total.low, total.high) if end is not None] if total else []
    return (ends[0], ends[-1]) if ends else None


def as_airwars(group: Group) -> Group:
    """Airwars' handbook counts "dozens" as 12 to 24 and any other uncounted plural as two."""
    if not group.vague:
        return group
    return replace(group, low=12, high=24) if group.low == DOZENS else replace(group, low=2, high=None)


def score(path: Path, kit: Kit) -> None:
    """Print the scores."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = [row for row in rows if row["killed"]]
    exact = inside = right = told = real = 0
    for row in known:
        found = killed(extract(Report("bench", "bench", row["assessment"]), kit), kit) or (0.0, 0.0)
        low, high = row["killed"]
        exact += found == (low, high)
        inside += found[0] <= low and high <= found[1]
        told += found[0] != found[1]
        real += low != high
        right += low != high and found[0] != found[1]
    f1 = 2 * right / (told + real) if told + real else 0.0
    n = len(known)
    print(f"Airwars {n} incidents: both ends {exact / n:.3f}  inside {inside / n:.3f}  is-a-range F1 {f1:.3f}")


def main() -> None:
    """Score if the data are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    path = parser.parse_args().data / "record/airwars_even.jsonl"
    if path.is_file():
        score(path, load_kit())
    else:
        print(f"skipped: no {path}")


if __name__ == "__main__":
    main()
