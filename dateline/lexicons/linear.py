"""A small fitted model as readable numbers: weights of named features in a JSON file with its card."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import ModelError


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic model over named features. ``version`` goes into each record."""

    version: str
    weights: Mapping[str, float]

    def margin(self, features: Iterable[str]) -> float:
        """Sum of the weights, natural-log odds; a feature that is not known weighs nothing."""
        get = self.weights.get
        return sum(get(feature, 0.0) for feature in features)

    def score(self, features: Iterable[str]) -> float:
        """Probability, 0–1."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.margin(features)))))


def load_linear(path: Path) -> Linear:
    """Read a model file: an object with ``card`` (data, licence, figures, date, version) and ``weights``.

    Raises ModelError where the file is missing or is not such an object.
    """
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        return Linear(str(loaded["card"]["version"]), {k: float(v) for k, v in loaded["weights"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"is not a model file: {error}", where=str(path), todo="reinstall dateline") from error
