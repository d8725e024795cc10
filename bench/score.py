"""Arithmetic shared by the scorers: precision and recall, token sets, greedy alignment."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"\w+(?:['’\-.]\w+)*|\$?\d[\d,.]*")
Pairs = Sequence[tuple[int, int]]


@dataclass(slots=True)
class Score:
    """True positives, predictions and gold items; adds up over documents (micro average)."""

    right: float = 0
    predicted: float = 0
    gold: float = 0

    def add(self, right: float, predicted: float, gold: float) -> None:
        self.right += right
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  ({self.gold:.0f} gold)"


class Tokens:
    """A text's scoring tokens; a span becomes the set of tokens that it touches. Punctuation never counts."""

    def __init__(self, text: str) -> None:
        found = [m.span() for m in TOKEN.finditer(text)]
        self.starts = [a for a, _ in found]
        self.ends = [b for _, b in found]

    def of(self, spans: Pairs) -> frozenset[int]:
        out: set[int] = set()
        for start, end in spans:
            i = bisect_left(self.ends, start + 1)
            while i < len(self.starts) and self.starts[i] < end:
                out.add(i)
                i += 1
        return frozenset(out)


def dice(a: frozenset[int], b: frozenset[int]) -> float:
    """2·|a∩b| / (|a|+|b|); 1 when both are empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0
