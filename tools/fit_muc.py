"""Fits bench/muc.json, the small models that choose among what we read in a MUC-4 message.

    python -m tools.fit_muc ../shared/data

The data are the 1,300 development messages of MUC-3/4 (open); TST1 and TST2 are left alone. Each model is a logistic
one over named features (L2 penalty, L-BFGS), so the same data give the same weights. The least probability for each
choice is set on every fourth message with weights fitted to the others; then all are fitted anew on everything.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.muc import pages, total
from bench.muc_candidates import Candidate, Page
from bench.muc_fill import ROLES, Model, near, voiced, weighed
from bench.muc_score import head
from bench.muc_text import Cases, Filler, Message, read_folder
from dateline.kit import load_kit

OUT = Path(__file__).parent.parent / "bench" / "muc.json"
LEAST, SMALLEST = 4, 0.05  # times a feature must occur; weights left out
PENALTY = {"sentence": 8.0, "incident": 30.0, "type": 8.0, "role": 1.0, "near": 8.0}  # strength, 2 where not said
FOLDS = 4
MADE_ANEW = ("stage", "category", "confidence")  # choices whose features are put together for the asking
SPURIOUS = 0.15  # share of messages without a template in which one may still be made; costs no F on those kept out
GRID = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)
SETS = (
    "stage",
    "category",
    "instrument type",
    "confidence",
    "thing type",
    "thing effect",
    "person type",
    "person effect",
)
OF_ROLE = {
    "instrument type": ("instrument",), "confidence": ("organisation",), "thing type": ("thing",),
    "thing effect": ("thing",), "person type": ("name", "description"), "person effect": ("name", "description"),
}  # fmt: skip
START = {"incident": 0.5, "type": 0.4} | dict.fromkeys(ROLES, 0.3) | dict.fromkeys(SETS, 0.3)

type Pair = tuple[Message, Page]
type Examples = dict[str, tuple[list[Sequence[str]], list[frozenset[str]]]]  # group → features, values that hold


def examples(pairs: Sequence[Pair]) -> Examples:
    """Every choice in the messages, by group: what was to be seen, and what was right."""
    return _grouped(row for pair in pairs for row in _rows(*pair))


def _grouped(rows: Iterable[tuple[str, Sequence[str], Iterable[str]]]) -> Examples:
    out: Examples = {}
    for group, features, values in rows:
        seen, told = out.setdefault(group, ([], []))
        seen.append(features)
        told.append(frozenset(values))
    return out


def _rows(message: Message, page: Page) -> Iterator[tuple[str, Sequence[str], Iterable[str]]]:
    yield "incident", page.whole, ["incident"] if message.templates else []
    if message.templates:
        yield "type", page.whole, [v for t in message.templates for f in t["type"] for v in f.values]
    for c in page.candidates:
        roles = [r for r in ROLES if _fits(r, c) and any(_said(c, f) for t in message.templates for f in t[r])]
        yield "role", c.features, roles
    for template in message.templates:
        mine = [c for c in page.candidates if any(_said(c, f) for r in ROLES for f in template[r])]
        kinds = [v for f in template["type"] for v in f.values]
        yield from (("near", near(page, [c]), kinds) for c in mine)
        beside = near(page, mine)
        perpetrators = [
            f
            for c in mine
            for f in c.features
            if any(_said(c, x) for r in ("individual", "organisation") for x in template[r])
        ]
        yield "stage", beside, [v for f in template["stage"] for v in f.values[:1]]
        yield "category", [*perpetrators, *beside], [v for f in template["category"] for v in f.values[:1]]
        for slot, whose in OF_ROLE.items():
            for c in (c for c in mine if any(_said(c, f) for r in whose for f in template[r])):
                seen = voiced(page, c) if slot == "confidence" else c.features
                yield slot, seen, [f.values[0] for f in template[slot] if any(head(o) == head(c.text) for o in f.of)]


def _telling(message: Message, page: Page) -> Iterator[tuple[str, Sequence[str], Iterable[str]]]:
    """Sentences, and which of them name a victim, a target or a weapon of the key; of the perpetrator alone where there
    are none of these."""
    marks: set[int] = set()
    for template in message.templates:
        for roles in (("thing", "name", "description", "instrument"), ("individual", "organisation")):
            marks |= {
                n for c in page.candidates if any(_said(c, f) for r in roles for f in template[r]) for n in c.sentences
            }
            if marks:
                break
    yield from (("sentence", seen, ["sentence"] if n in marks else []) for n, seen in enumerate(page.beside))


def weigh(pairs: Sequence[Pair], folds: int = FOLDS) -> tuple[list[Pair], dict[str, dict[str, float]]]:
    """The pages with the odds of their sentences, each from a model fitted without it, and the model of all."""
    out: list[Pair] = list(pairs)
    for fold in range(folds):
        model = Model(_sentences([p for i, p in enumerate(pairs) if i % folds != fold]), {})
        for i in range(fold, len(pairs), folds):
            message, page = pairs[i]
            out[i] = (message, weighed(page, [model.score("sentence", seen) for seen in page.beside]))
    return out, _sentences(pairs)


def _sentences(pairs: Sequence[Pair]) -> dict[str, dict[str, float]]:
    return fit(_grouped(row for pair in pairs for row in _telling(*pair)))


def _fits(role: str, c: Candidate) -> bool:
    return role not in ("name", "description") or c.name == (role == "name")


def _said(c: Candidate, f: Filler) -> bool:
    """True where the phrase has the head of a filler; a filler that only entitles a name is another matter."""
    return not (f.of and f.values) and any(head(v) == head(c.text) for v in f.values)


def fit(found: Examples) -> dict[str, dict[str, float]]:
    """Weights of every choice that was ever right."""
    out = {}
    for group, (seen, told) in sorted(found.items()):
        counts = Counter(f for features in seen for f in set(features))
        index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST))}
        cells = [(row, index[f]) for row, features in enumerate(seen) for f in set(features) if f in index]
        table = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(seen), len(index)))
        for value in sorted({v for values in told for v in values}):
            right = np.array([value in values for values in told], float)
            if right.sum() >= LEAST:
                name = value if group in ("incident", "role", "sentence") else f"{group}:{value}"
                out[name] = _fitted(table, right, index, PENALTY.get(group, 2.0))
    return out


def _fitted(table: Any, right: Any, index: Mapping[str, int], penalty: float) -> dict[str, float]:
    def loss(weights: Any) -> tuple[float, Any]:
        margin = table @ weights
        chance = 1 / (1 + np.exp(-np.clip(margin, -30, 30)))
        fall = float((np.logaddexp(0, margin) - right * margin).sum() + 0.5 * penalty * weights @ weights)
        return fall, table.T @ (chance - right) + penalty * weights

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {f: round(float(found[i]), 2) for f, i in sorted(index.items()) if abs(found[i]) >= SMALLEST}


@dataclass(frozen=True, slots=True)
class Remembering(Model):
    """A model that keeps the score of features it has seen, by their identity where they live as long as the page."""

    known: dict[tuple[str, int], float] = field(default_factory=dict)

    def score(self, choice: str, features: Iterable[str]) -> float:
        key = (choice, id(features))
        if choice.startswith(MADE_ANEW):
            return Model.score(self, choice, features)
        if key not in self.known:
            self.known[key] = Model.score(self, choice, features)
        return self.known[key]


def thresholds(pairs: Sequence[Pair], weights: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The least probability for each choice: the best for all slots together, one choice after the other."""
    least = dict(START)
    known: dict[tuple[str, int], float] = {}
    for name in ("incident", "type", *ROLES, *SETS, "incident"):
        trials = {x: total(pairs, Remembering(weights, least | {name: x}, known)).f1 for x in GRID}
        least[name] = max(GRID, key=lambda x: trials[x])
        print(f"  {name} {least[name]}: F {trials[least[name]]:.3f}", flush=True)
    return least


def main() -> None:
    """Set the thresholds on a quarter, fit on all, write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    given = parser.parse_args()
    kit = load_kit()
    messages = read_folder(given.data / "events/muc4/dev", Cases(given.data))
    pairs = list(zip(messages, pages(messages, kit), strict=True))
    kept, held = [p for i, p in enumerate(pairs) if i % 4], pairs[::4]
    known, sentences = weigh(kept)
    trial = sentences | fit(examples(known))
    seen = Model(trial, {})
    held = [(m, weighed(page, [seen.score("sentence", x) for x in page.beside])) for m, page in held]
    least = thresholds(held, trial)
    empty = sorted(seen.score("incident", page.whole) for m, page in held if not m.templates)
    least["incident"] = max(least["incident"], round(empty[-1 - int(SPURIOUS * len(empty))] + 0.005, 2))
    card = {
        "what": "logistic models over named features; see bench/muc_fill.py and bench/muc_candidates.py",
        "data": "MUC-3/4 development messages and keys (xinyadu/gtt d829ed8), open",
        "messages": len(pairs),
        "every_fourth_message_kept_out": str(total(held, Model(trial, least))),
        "version": "muc-2",
    }
    known, sentences = weigh(pairs)
    weights = sentences | fit(examples(known))
    OUT.write_text(json.dumps({"card": card, "least": least, "weights": weights}, indent=0, sort_keys=True) + "\n")
    print(OUT, sum(map(len, weights.values())), "weights")


if __name__ == "__main__":
    main()
