"""Scores figures on Airwars narratives: ``python -m bench.figures``: text → range of people killed.

Gold is the incident's least and most; an incident whose number is not known is left out. Ours: the totals of killed
that the narrative gives (parts of another figure left out). Both ends exact, gold range inside ours, and F1 of
"is it a range at all".
"""

import argparse
import json
from pathlib import Path

from dateline.kit import load_kit
from dateline.model import Figure, Quantity, Report
from dateline.pipeline import extract
from dateline.stage import Doc, Kit

LEAD = 2  # sentences; the narrative opens with the grader's own summary


def killed(doc: Doc) -> tuple[float, float] | None:
    """Least and most killed by the narrative's totals, or None where it gives none."""
    amounts = {q.id: q for q in doc.of(Quantity)}
    totals = [f for f in doc.of(Figure) if f.counts == "killed" and f.scope != "part" and f.status != "denied"]
    bounds = [(amounts[f.quantity].low, amounts[f.quantity].high) for f in totals]
    ends = [(low if low is not None else high, high if high is not None else low) for low, high in bounds]
    known = [(low, high) for low, high in ends if low is not None and high is not None]
    if not known:
        return None
    first = known[0]
    rivals = [high for low, high in known[1:] if high > first[1] and low >= first[0] and high <= 3 * first[1] + 10]
    return first[0], max([first[1], *rivals])


def score(path: Path, kit: Kit) -> None:
    """Print the scores."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = [row for row in rows if row["killed"]]
    exact = inside = right = told = real = 0
    for row in known:
        found = killed(extract(Report("bench", "bench", row["assessment"]), kit)) or (0.0, 0.0)
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
