"""Scores who is who among sources, on the GUM news and interview file: ``python -m bench.actors``.

Two sources of a document that are one actor in gold should be one for us, and others not. Pairs: precision,
recall and F1 over all pairs of sources within a document, and the share of pairs that are judged right.
Clusters: B-cubed (mean of precision and recall), the share of sources whose whole cluster is right. Sources
and contents are given (gold), so that the finding of attributions does not count.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.score import Score
from dateline.kit import load_kit
from dateline.model import Actor, Attribution, Block, Holder, Mention, Quotation, Report, Span, Story
from dateline.pipeline import extract
from dateline.resolve.actors import actors
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit


@dataclass(slots=True)
class Clusters:
    """Adds up over documents."""

    pairs: Score
    judged: Score
    bcubed: Score
    whole: Score

    @staticmethod
    def empty() -> "Clusters":
        return Clusters(Score(), Score(), Score(), Score())

    def add(self, gold: Sequence[str], ours: Sequence[str]) -> None:
        """Two labellings of the same sources, in the same order."""
        n = len(gold)
        for i in range(n):
            for j in range(i):
                same, told = gold[i] == gold[j], ours[i] == ours[j]
                self.pairs.add(same and told, told, same)
                self.judged.add(same == told, 1, 1)
        for i in range(n):
            a = {j for j in range(n) if gold[j] == gold[i]}
            b = {j for j in range(n) if ours[j] == ours[i]}
            share = len(a & b)
            self.bcubed.right += 0.5 * (share / len(a) + share / len(b))
            self.bcubed.predicted += 1
            self.bcubed.gold += 1
            self.whole.add(a == b, 1, 1)

    def __str__(self) -> str:
        return (
            f"pairs {self.pairs}   judged right {self.judged.recall:.3f}   "
            f"B³ {self.bcubed.recall:.3f}   whole cluster {self.whole.recall:.3f} of {self.whole.gold:.0f}"
        )


def with_gold(doc: Doc, given: Sequence[tuple[Span, tuple[Span, ...]]]) -> Doc:
    """The document with these sources, each with its content, in place of the attributions that we found."""
    voices = tuple(
        Attribution(
            (Holder(span, "speaker", "gold"),),
            None,
            "",
            content,
            "indirect",
            "asserts",
            "gold",
            1.0,
            "report",
        )
        for span, content in given
    )
    kept: dict[type, tuple[Any, ...]] = {
        kind: notes for kind, notes in doc.notes.items() if kind in (Sentence, Mention, Quotation, Block, Story)
    }
    return Doc(doc.report, {**kept, Attribution: voices})


def labels(found: Sequence[Actor], sources: Sequence[Span]) -> list[str | None]:
    """The actor that has a mention in each source's span: the exact one first, then one that meets it."""
    exact = {m.span: a.id for a in found for m in a.mentions}
    loose = [(m.span, a.id) for a in found for m in a.mentions]
    out = []
    for span in sources:
        near = [(abs(len(s) - len(span)), name) for s, name in loose if s.meets(span)]
        out.append(exact.get(span) or (min(near)[1] if near else None))
    return out


def gold_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def run(path: Path, kit: Kit, show: bool) -> None:
    totals: dict[str, Clusters] = defaultdict(Clusters.empty)
    spent = words = 0.0
    count = 0
    for row in gold_rows(path):
        doc = extract(Report(row["id"], row["id"], row["text"], published=row["date"]), kit)
        rows = [a for a in row["attributions"] if a["source"]]
        sources = [Span(a["source"][0][0], a["source"][-1][1]) for a in rows]
        contents = [tuple(Span(*c) for c in a["content"]) for a in rows]
        gold = [str(a["source_eid"]) for a in rows]
        start = time.process_time()
        found = [
            n for n in actors(with_gold(doc, list(zip(sources, contents, strict=True))), kit) if isinstance(n, Actor)
        ]
        spent += time.process_time() - start
        count += 1
        words += row["text"].count(" ") + 1
        names = labels(found, sources)
        ours = [name or f"none{i}" for i, name in enumerate(names)]
        totals[row["genre"]].add(gold, ours)
        totals["all"].add(gold, ours)
        if show:
            _show(row, found, list(zip(sources, gold, strict=True)), ours)
    for genre, clusters in sorted(totals.items()):
        print(f"{genre:<10} {clusters}")
    print(f"actors: {count / spent:,.0f} documents/s, {words / spent:,.0f} words/s (this stage alone, one core)")


def _show(
    row: Mapping[str, Any], found: Sequence[Actor], given: Sequence[tuple[Span, str]], ours: Sequence[str]
) -> None:
    """Sources in clusters that are not as in gold."""
    print(row["id"])
    by = {a.id: a.name for a in found}
    for (span, gold), own in zip(given, ours, strict=True):
        a = {s for s, g in given if g == gold}
        b = {s for (s, _), o in zip(given, ours, strict=True) if o == own}
        sign = "" if a == b else "✗"
        print(f"   {sign}\t{gold}\t{own} {by.get(own)!r}\t{span.of(row['text'])!r} {span.start}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--show", action="store_true", help="print every cluster")
    options = parser.parse_args()
    path = options.data / "attribution" / "gum_news_interview.jsonl"
    if not path.is_file():
        print(f"skipped: {path} is not there")
        return
    run(path, load_kit(), options.show)


if __name__ == "__main__":
    main()
