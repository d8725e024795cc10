"""A fitted filter over attribution candidates: how it is read, and how it is fitted.

Logistic regression over ``weigh.features``. Fitting uses no chance and no clock: the same candidates in the same order
give the same weights.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import LexiconError
from dateline.lexicons.linear import Linear

LEAST = 3  # candidates in which a feature must occur
PENALTY = 2.0  # half the weight of the squared weights (L2)
ROUNDS, CLOSE = 500, 1e-3  # steps at most; a gradient this small is flat
SMALLEST = 0.005  # weights nearer to nought are left out
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Example:
    """One candidate of a corpus: what a filter may look at, and whether the annotators have it too."""

    features: tuple[str, ...]
    right: bool


def load_filter(path: Path) -> Linear:
    """Read a filter as ``dateline fit`` writes it: an object with ``card`` (and ``version`` in it) and ``weights``.

    Raises LexiconError where the file is missing or is not such an object.
    """
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        version, weights = loaded["card"]["version"], {k: float(v) for k, v in loaded["weights"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(
            f"is no filter ({type(error).__name__}: {error})", where=str(path), todo="make one with dateline fit"
        ) from error
    bad = next((name for name, weight in weights.items() if not math.isfinite(weight)), None)
    if bad is not None or not isinstance(version, str):
        wrong = "has no version" if bad is None else f"gives {bad} no finite weight"
        raise LexiconError(wrong, where=str(path), todo="make one with dateline fit")
    return Linear(version, weights)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weights by feature, sorted by name: the least L2-penalised log loss, by accelerated full-batch descent.

    The step is 1 / the loss's steepest curvature, found by power iteration; momentum starts anew whenever it points
    uphill (O'Donoghue and Candès, 2015).
    """
    import numpy as np

    counts = Counter(f for e in examples for f in e.features)
    names = sorted(f for f, n in counts.items() if n >= LEAST)
    index = {f: i for i, f in enumerate(names)}
    cells = [(row, index[f]) for row, e in enumerate(examples) for f in e.features if f in index]
    if not cells:
        return {}
    rows, columns = np.array(cells).T
    right = np.array([e.right for e in examples], float)

    def margins(weights: Any) -> Any:
        return np.bincount(rows, weights[columns], len(examples))

    def gathered(values: Any) -> Any:
        return np.bincount(columns, values[rows], len(names))

    direction = np.ones(len(names))
    for _ in range(30):
        direction = gathered(margins(direction / np.linalg.norm(direction)))
    step = 1 / (0.25 * 1.05 * np.linalg.norm(direction) + PENALTY)

    weights, ahead, momentum = np.zeros(len(names)), np.zeros(len(names)), 1.0
    for _ in range(ROUNDS):
        slope = gathered(1 / (1 + np.exp(-margins(ahead))) - right) + PENALTY * ahead
        new = ahead - step * slope
        if np.abs(slope).max() < CLOSE:
            break
        if slope @ (new - weights) > 0:
            momentum = 1.0
        grown = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        weights, ahead, momentum = new, new + (momentum - 1) / grown * (new - weights), grown
    found = zip(names, new.tolist(), strict=True)
    return {name: round(weight, DIGITS) for name, weight in found if abs(weight) >= SMALLEST}


def figures(examples: Sequence[Example], fitted: Linear) -> Mapping[str, float]:
    """Precision, recall and F1 of the candidates that the filter alone finds likelier than not; mean log loss."""
    scores = [(fitted.score(e.features), e.right) for e in examples]
    hits = sum(right for score, right in scores if score >= 0.5)
    precision = hits / max(1, sum(score >= 0.5 for score, _ in scores))
    recall = hits / max(1, sum(right for _, right in scores))
    loss = -sum(math.log(max(1e-9, score if right else 1 - score)) for score, right in scores)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
        "log_loss": round(loss / max(1, len(scores)), 3),
    }
