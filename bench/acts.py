"""Scores acts: ``python -m bench.acts``.

PLV: one sentence, one PLOVER root type (CONCEDE and RETREAT together as YIELD). Ours is the first act of the sentence.
Macro-F1 and accuracy over types, and accuracy over the four classes of cooperation and conflict. The set marks source
and target; as a gold record each row wants type, source and target together. MUC-4: the share of messages without any
template in which we code an act of violence, and of those with one in which we do.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import permutations, product
from pathlib import Path

from bench.muc_score import head, words
from bench.muc_text import Cases, read_folder
from bench.score import Score
from dateline.kit import load_kit
from dateline.model import Act, Actor, Report
from dateline.pipeline import extract
from dateline.stage import Doc, Kit

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "YIELD": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "SANCTION": 3, "PROTEST": 4, "MOBILIZE": 4, "COERCE": 4,
    "ASSAULT": 4,
}  # fmt: skip
VIOLENT = frozenset({"ASSAULT"})
REAL = frozenset({"happened", "ongoing"})


def acts_in(text: str, kit: Kit) -> tuple[Act, ...]:
    """Acts of one text, in the order of ids."""
    return extract(Report("bench", "bench", text), kit).of(Act)


def macro(pairs: Counter[tuple[str, str]]) -> float:
    """Mean F1 over the gold types."""
    scores = []
    for kind in {gold for gold, _ in pairs}:
        right = pairs[kind, kind]
        told = sum(n for (_, ours), n in pairs.items() if ours == kind)
        real = sum(n for (gold, _), n in pairs.items() if gold == kind)
        scores.append(2 * right / (told + real) if told + real else 0.0)
    return sum(scores) / len(scores)


def plv(rows: Sequence[Mapping[str, str]], kit: Kit) -> None:
    """Print the PLV table."""
    pairs: Counter[tuple[str, str]] = Counter()
    quads = 0
    for row in rows:
        found = acts_in(row["sentence"], kit)
        ours = YIELD.get(found[0].type, found[0].type) if found else "none"
        pairs[row["gold_root"], ours] += 1
        quads += QUAD.get(ours) == QUAD[row["gold_root"]]
    right = sum(n for (gold, ours), n in pairs.items() if gold == ours)
    print(
        f"PLV {len(rows)} sentences: macro-F1 {macro(pairs):.3f}  accuracy {right / len(rows):.3f}  "
        f"4-class {quads / len(rows):.3f}"
    )
    for kind in sorted({gold for gold, _ in pairs}):
        missed = Counter({ours: n for (gold, ours), n in pairs.items() if gold == kind and ours != kind})
        print(f"  {kind:10} right {pairs[kind, kind]:4}  missed as {dict(missed.most_common(4))}")


def records(rows: Sequence[Mapping[str, str]], kit: Kit) -> None:
    """Print how many gold records (type, source, target) we have among our acts, and how many of ours are right.

    A sentence can stand for several records; each of ours answers one at most, and all that have someone on either
    side count as answers. Two actors and no recipient do it to each other. Scored twice: by the words that an act's
    actor and recipient rest on, and by the actors that the record holds for it, under any of their names. Such a
    string is right where its head word stands in the marked words or theirs in it, endings aside. That is milder than
    asking for the same span, since the set marks "the ministry's handling of the case" where we name the ministry;
    but type and both sides must be right at once.
    """
    gold: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        gold.setdefault(row["sentence"], []).append(row)
    scores, typed = {_by_words: Score(), _by_names: Score()}, 0
    for sentence, wanted in gold.items():
        doc = extract(Report("bench", "bench", sentence), kit)
        for sides, score in scores.items():
            left = [a for a in doc.of(Act) if sum(map(len, sides(doc, a))) > 1]
            score.add(0, len(left), len(wanted))
            for row in wanted:
                hit = next((a for a in left if _is(a, sides(doc, a), row)), None)
                left = [a for a in left if a is not hit]
                score.right += hit is not None
        typed += sum(any(YIELD.get(a.type, a.type) == row["gold_root"] for a in doc.of(Act)) for row in wanted)
    print(f"PLOVER records, type + source + target, by the act's words: {scores[_by_words]}")
    print(f"  by the record's actors: {scores[_by_names]}")
    print(f"  type among the sentence's acts: recall {typed / len(rows):.3f}")


type Sides = tuple[list[set[str]], list[set[str]]]  # for each actor, and for each recipient: how it is called


def _by_words(doc: Doc, act: Act) -> Sides:
    """The words in the act's sentence."""
    actors, others = (
        [{span.of(doc.report.text)} for n, span in act.evidence if n == x] for x in ("actor", "recipient")
    )
    return actors, others


def _by_names(doc: Doc, act: Act) -> Sides:
    """The names of the record's actors, and all that this report calls them."""
    called = {a.id: {a.name, *(m.span.of(doc.report.text) for m in a.mentions)} for a in doc.of(Actor)}
    return [called[i] for i in act.actors], [called[i] for i in act.recipients]


def _is(act: Act, sides: Sides, row: Mapping[str, str]) -> bool:
    """True when type, source and target are those of the record."""
    if YIELD.get(act.type, act.type) != row["gold_root"]:
        return False
    actors, others = sides
    pairs = product(actors, others) if others else permutations(actors, 2)  # what both do to each other
    return any(_any(a, row["source"]) and _any(b, row["target"]) for a, b in pairs)


def _any(ours: set[str], theirs: str) -> bool:
    return any(_alike(x, theirs) for x in ours)


def _alike(ours: str, theirs: str) -> bool:
    a, b = head(ours), head(theirs)
    return bool(a and b) and (a == b or a in _stems(theirs) or b in _stems(ours))


def _stems(value: str) -> set[str]:
    return {w.removesuffix("S") for w in words(value)}


def muc(folder: Path, cases: Cases, kit: Kit, limit: int) -> None:
    """Print how often violence is coded where there is a template, and where there is none."""
    told: Counter[tuple[bool, bool]] = Counter()
    for message in read_folder(folder, cases)[:limit]:
        found = any(a.type in VIOLENT and a.status in REAL for a in acts_in(message.text, kit))
        told[bool(message.templates), found] += 1
    none, some = told[False, True] + told[False, False], told[True, True] + told[True, False]
    if none and some:
        print(
            f"MUC-4 {folder.name}: any act of violence in {told[False, True] / none:.2f} of {none} messages without a "
            f"template, in {told[True, True] / some:.2f} of {some} with one (templates: python -m bench.muc)"
        )


def main() -> None:
    """Run what there is data for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    parser.add_argument("--limit", type=int, default=100, help="MUC messages read")
    given = parser.parse_args()
    table, folder = given.data / "events/PLV_train.tsv", given.data / "events/muc4/tst1"
    kit = load_kit()
    if table.is_file():
        with table.open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        plv(rows, kit)
        records(rows, kit)
    else:
        print(f"skipped PLV: no {table}")
    if folder.is_dir():
        muc(folder, Cases(given.data), kit, given.limit)
    else:
        print(f"skipped MUC-4: no {folder}")


if __name__ == "__main__":
    main()
