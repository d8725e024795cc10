"""Fits dateline/resolve/settings.json, the small model behind "where did this act happen?".

    python -m tools.fit_settings ../shared/data/places/event_location_train.jsonl

The data are the open sentences of ahalterman/event_location (MIT): a verb and the place where it happened, or
none. Each sentence is read by our own pipeline; the model weighs each place against the others and against
none (conditional logit, L2 penalty, L-BFGS), so the same data give the same weights. What is printed and goes
into the card is the score on a quarter that was kept out; the weights shipped are then fitted on everything.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.place_data import EventPlace, event_places
from dateline.find.names import names
from dateline.find.places import place_names
from dateline.kit import load_kit
from dateline.model import Block, Place, Report, Span
from dateline.resolve.places import places
from dateline.resolve.settings import features, ground_of, none_features
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit

OUT = Path(__file__).parent.parent / "dateline" / "resolve" / "settings.json"
PENALTY, LEAST = 1.0, 3  # strength of the L2 penalty; times that a feature must occur
BIAS = 0.5  # taken off "none": in the data many acts lack a place that the sentence does state
SMALLEST = 0.02  # weights nearer to nought are left out
BATCH = 400


@dataclass(frozen=True, slots=True)
class Example:
    """One verb: features of "none" and of every place, and which of these are right."""

    choices: list[list[str]]
    right: list[bool]
    stated: bool  # whether the annotators named a place at all


def read(rows: Sequence[EventPlace], kit: Kit) -> list[Example]:
    """Parse, find, resolve and describe each sentence."""
    out = []
    for at in range(0, len(rows), BATCH):
        batch = rows[at : at + BATCH]
        parsed = kit.parser.parse([(str(i), 0, row.text) for i, row in enumerate(batch)])
        out += [_example(row, tuple(sentences), kit) for row, sentences in zip(batch, parsed, strict=True)]
    return out


def _example(row: EventPlace, sentences: tuple[Sentence, ...], kit: Kit) -> Example:
    doc = Doc(Report(id="", source="", text=row.text), {Sentence: sentences, Block: ()})
    for stage in (names, place_names, places):
        doc = doc.adding(stage(doc, kit), *stage.gives)
    stated = bool(row.places)
    home = next((s for s in sentences if s.span.start <= row.verb[0] < s.span.end), None)
    if home is None:
        return Example([], [], stated)
    tokens = home.tokens_in(Span(*row.verb))
    trigger = next((i for i in tokens if home.pos[i] == "VERB"), tokens[0])
    grounds = []
    for place in doc.of(Place):
        for span in place.mentions:
            ground = ground_of(home, span, place) if span.meets(home.span) else None
            if ground:
                grounds.append((span, ground))
    grounds.sort(key=lambda pair: pair[0])
    right = [any(span.meets(Span(*g)) for g in row.places) for span, _ in grounds]
    described = features(home, trigger, [g for _, g in grounds])
    return Example([none_features(home, trigger, len(grounds)), *described], [not stated, *right], stated)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weights of all features that occur often enough."""
    used = [e for e in examples if len(e.choices) > 1 and any(e.right)]
    counts = Counter(f for e in used for choice in e.choices for f in set(choice))
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST))}
    cells = [
        (row, index[f]) for row, choice in enumerate(c for e in used for c in e.choices) for f in choice if f in index
    ]
    sizes = [len(e.choices) for e in used]
    table = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(sum(sizes), len(index)))
    right = np.array([r for e in used for r in e.right], float)
    starts = np.cumsum([0, *sizes[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: Any) -> tuple[float, Any]:
        margin = table @ weights
        raised = np.exp(margin - np.maximum.reduceat(margin, starts)[group])
        total, good = np.add.reduceat(raised, starts), np.add.reduceat(raised * right, starts)
        slope = table.T @ (raised / total[group] - raised * right / good[group])
        fall = float((np.log(total) - np.log(good)).sum() + 0.5 * PENALTY * weights @ weights)
        return fall, slope + PENALTY * weights

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights = {f: round(float(found[i]), 3) for f, i in index.items() if abs(found[i]) >= SMALLEST}
    weights["none"] = round(weights.get("none", 0.0) - BIAS, 3)
    return weights


def score(examples: Sequence[Example], weights: dict[str, float]) -> dict[str, float]:
    """Precision, recall and F1 of the place chosen; a wrong place is both a false and a missing one."""
    right = predicted = gold = 0
    for example in examples:
        margins = [sum(weights.get(f, 0.0) for f in choice) for choice in example.choices]
        best = int(np.argmax(margins)) if margins else 0
        gold += example.stated
        predicted += best > 0
        right += best > 0 and example.right[best]
    precision, recall = right / max(predicted, 1), right / max(gold, 1)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
    }


def main() -> None:
    """Fit on three quarters, score on the fourth, then fit on all and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    examples = read(list(event_places(options.file)), load_kit())
    order = np.random.RandomState(0).permutation(len(examples))
    quarter = len(order) // 4
    held = score([examples[i] for i in order[:quarter]], fit([examples[i] for i in order[quarter:]]))
    print("kept-out quarter", held)
    weights = fit(examples)
    card = {
        "what": "conditional logit over features of a place's path to an act; see dateline/resolve/settings.py",
        "data": "ahalterman/event_location (444a2df), open training half, sentences with one marked verb",
        "licence": "MIT",
        "rows": len(examples),
        "held_out_quarter": held,
        "date": "2026-11-23",
        "version": "settings-1",
    }
    OUT.write_text(json.dumps({"card": card, "weights": dict(sorted(weights.items()))}, indent=0) + "\n")
    print(OUT, len(weights), "weights")


if __name__ == "__main__":
    main()
