"""Scores acts: ``python -m bench.acts``.

PLV: one sentence, one PLOVER root type (CONCEDE and RETREAT together as YIELD). Ours is the first act of the sentence.
Macro-F1 and accuracy over types, and accuracy over the four classes of cooperation and conflict. The set marks source
and target, which we do not look at. MUC-4: the share of messages without any template in which we code an act of
violence, and of those with one in which we do.
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dateline.kit import load_kit
from dateline.model import Act, Report
from dateline.pipeline import extract
from dateline.stage import Kit

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "YIELD": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "SANCTION": 3, "PROTEST": 4, "MOBILIZE": 4, "COERCE": 4,
    "ASSAULT": 4,
}  # fmt: skip
VIOLENT = frozenset({"ASSAULT"})
REAL = frozenset({"happened", "ongoing"})
MESSAGE = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d+)\b.*$", re.M)


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


def messages(path: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of each MUC message of a file; the texts are in capitals and are given as they are."""
    text = path.read_text(encoding="latin-1")
    marks = list(MESSAGE.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        yield mark[1], text[mark.end() : following.start() if following else len(text)]


def keyed(folder: Path) -> dict[str, bool]:
    """Message id → does it have a template, from the key files of a MUC folder."""
    found: dict[str, bool] = {}
    for path in sorted(folder.glob("*key*")):
        text = path.read_text(encoding="latin-1")
        for block in re.split(r"\n(?=0\.\s+MESSAGE: ID)", text):
            head = re.search(r"0\.\s+MESSAGE: ID\s+(\S+)", block)
            if head:
                empty = re.search(r"1\.\s+MESSAGE: TEMPLATE\s+\*", block) is not None
                found[head[1]] = found.get(head[1], False) or not empty
    return found


def muc(folder: Path, kit: Kit, limit: int) -> None:
    """Print how often violence is coded where there is a template, and where there is none."""
    gold = keyed(folder)
    told: Counter[tuple[bool, bool]] = Counter()
    paths = [p for p in sorted(folder.iterdir()) if "key" not in p.name and p.is_file()]
    for name, text in [pair for path in paths for pair in messages(path)][:limit]:
        if name in gold:
            calm = text[:1].upper() + text.capitalize()[1:] if text.isupper() else text
            found = any(a.type in VIOLENT and a.status in REAL for a in acts_in(calm, kit))
            told[gold[name], found] += 1
    none, some = told[False, True] + told[False, False], told[True, True] + told[True, False]
    if none and some:
        print(
            f"MUC-4 {folder.name}: violence coded in {told[False, True] / none:.2f} of {none} messages without a "
            f"template, in {told[True, True] / some:.2f} of {some} with one"
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
            plv(list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)), kit)
    else:
        print(f"skipped PLV: no {table}")
    if folder.is_dir():
        muc(folder, kit, given.limit)
    else:
        print(f"skipped MUC-4: no {folder}")


if __name__ == "__main__":
    main()
