"""Scores status on words marked for factuality: ``python -m bench.status``.

Gold is a number from −3 (certainly not) to 3 (certainly so). Three classes: happened (above 1), denied (below −1),
uncertain between. Macro-F1 and mean absolute error; nothing is fitted here.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from bench.acts import macro
from dateline.claim.status import Operators, operators, status_of
from dateline.kit import load_kit
from dateline.model import Status
from dateline.sentence import Sentence
from dateline.stage import Kit

CUT = 1.0
# Both sets grade certainty, not time: "will open on Monday" counts as all but certain, "may open" as half certain.
VALUES: dict[Status, float] = {
    "happened": 3.0, "ongoing": 3.0, "predicted": 2.2, "planned": 2.0, "demanded": 1.6, "possible": 1.0,
    "hypothetical": 0.8, "denied": -2.0,
}  # fmt: skip


def bucket(value: float) -> str:
    """The class of a factuality value."""
    return "happened" if value > CUT else "denied" if value < -CUT else "uncertain"


def token_at(s: Sentence, start: int) -> int | None:
    """Index of the token that begins at or holds this offset."""
    return next((i for i in range(len(s)) if s.start(i) <= start < s.end(i)), None)


def score(path: Path, kit: Kit, words: Operators) -> None:
    """Print the scores of one file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    parsed = kit.parser.parse([(f"b{n}", 0, row["text"]) for n, row in enumerate(rows)])
    pairs: Counter[tuple[str, str]] = Counter()
    error = 0.0
    for row, sentences in zip(rows, parsed, strict=True):
        begins, at = [], 0
        for word in row["text"].split(" "):
            begins.append(at)
            at += len(word) + 1
        for target in row["targets"]:
            start = begins[target["span1"][0]]
            hit = next(((s, i) for s in sentences if (i := token_at(s, start)) is not None), None)
            value = VALUES[status_of(*hit, words)] if hit else 3.0
            pairs[bucket(target["label"]), bucket(value)] += 1
            error += abs(value - target["label"])
    total = sum(pairs.values())
    right = sum(n for (gold, ours), n in pairs.items() if gold == ours)
    scores = f"macro-F1 {macro(pairs):.3f}  accuracy {right / total:.3f}  MAE {error / total:.3f}"
    print(f"{path.name}: {total} words  {scores}")
    for gold in ("happened", "uncertain", "denied"):
        print(f"  {gold:10}", {ours: pairs[gold, ours] for ours in ("happened", "uncertain", "denied")})


def main() -> None:
    """Score every factuality file there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    folder = parser.parse_args().data / "factuality"
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        print(f"skipped: no files in {folder}")
        return
    kit = load_kit()
    words = operators(kit.lexicons)
    for path in paths:
        score(path, kit, words)


if __name__ == "__main__":
    main()
