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
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit


def killed(doc: Doc) -> tuple[float, float] | None:
    """Least and most killed: the first sentence that tells a total, and what others put above it; None if none does."""
    amounts = {q.id: q for q in doc.of(Quantity)}
    sentences = doc.of(Sentence)
    totals = [f for f in doc.of(Figure) if f.counts == "killed" and f.scope != "part" and f.status != "denied"]
    known = [(f, *ends) for f in totals if (ends := bounds(amounts[f.quantity])) is not None]
    if not known:
        return None
    first = next(s for s in sentences if s.span.holds(known[0][0].span))
    lead = [(f, low, high) for f, low, high in known if first.span.holds(f.span)]
    low, high = lead[0][1], max(high for _, _, high in lead)
    rivals = [h for f, bottom, h in known if f not in [x for x, _, _ in lead] and high < h <= 2 * high + 5]
    return low, max([high, *rivals])


def bounds(quantity: Quantity) -> tuple[float, float] | None:
    """Both ends of an amount, an open one closed by the other; a vague one ("dozens") is no count."""
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    return (ends[0], ends[-1]) if ends and not quantity.rule.endswith("vague") else None


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
