"""Scores figures on Airwars narratives: ``python -m bench.figures``: text → range of people killed.

Gold is the incident's least and most; an incident whose number is not known is left out. Ours: the record's first
toll of people killed, as ``dateline read`` prints it under ``tolls``. Both ends exact, gold range inside ours, and F1
of "is it a range at all".
"""

import argparse
import json
from pathlib import Path

from dateline.kit import load_kit
from dateline.model import Report, Toll
from dateline.pipeline import extract
from dateline.stage import Doc, Kit

DOZENS = [24, 99]  # as our own lexicon reads the word
HANDBOOK = (12.0, 24.0)


def killed(doc: Doc) -> tuple[float, float] | None:
    """Least and most killed by the report's first toll of people that are no fighters, else its first; None without.

    An end left open is closed by the other; "dozens" are 12 to 24, as Airwars' handbook counts them.
    """
    told = [x for x in doc.of(Toll) if x.counts == "killed"]
    first = next((x for x in told if x.who != "fighter"), told[0] if told else None)
    ends = [end for end in (first.low, first.high) if end is not None] if first else []
    if not ends:
        return None
    return HANDBOOK if ends == DOZENS else (ends[0], ends[-1])


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
