"""Scores the cases written blind of the rules: ``python -m bench.fresh [--errors]``.

Sentences that hold no act: the share in which we claim one all the same. Sentences that hold acts: the share of acts
found (type right, on words that overlap), of those found the share with the right status, actor and recipient, and
the share of our acts that are in the sentence. The open half may be learned from; ``--errors`` shows what is wrong in
it alone.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bench.muc_score import words
from dateline.kit import load_kit
from dateline.model import Act, Hold, Report, Span
from dateline.pipeline import extract
from dateline.stage import Doc, Kit
from tests.claim.fresh import Gold, Silent, Told, silent_cases, told_cases

MATERIAL = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE", "RETREAT"})
REAL = frozenset({"happened", "ongoing"})


def read(text: str, kit: Kit) -> Doc:
    """All that the pipeline makes of a sentence, as of a day in 2021."""
    return extract(Report("bench", "bench", text, published="2021-08-06"), kit)


def false_acts(expect: str, doc: Doc) -> list[Act]:
    """Acts that a sentence without any should not give: all, or those told as material facts of the present."""
    if expect == "none":
        return list(doc.of(Act))
    return [a for a in doc.of(Act) if a.type in MATERIAL and a.status in REAL and "historical" not in a.context]


def false_holds(expect: str, doc: Doc) -> list[Hold]:
    """Holds likewise; in what is past they are allowed."""
    return [h for h in doc.of(Hold) if expect == "none" or (expect != "past" and h.status in REAL)]


def silence(rows: Sequence[Silent], kit: Kit, errors: bool) -> Counter[str]:
    """How many rows there are, and in how many an act, a hold, or any of the two is claimed."""
    count: Counter[str] = Counter()
    for row in rows:
        doc = read(row.text, kit)
        acts, holds = false_acts(row.expect, doc), false_holds(row.expect, doc)
        count.update(rows=1, acts=bool(acts), holds=bool(holds), any=bool(acts or holds))
        if errors and acts:
            told = [f"{a.type} {a.lemma} {a.status} {a.rule}" for a in acts]
            print(f"  {row.kind} {row.expect}: {row.text}\n      {told}")
    return count


def telling(rows: Sequence[Told], kit: Kit, errors: bool) -> Counter[str]:
    """Acts in the cases, found, and right in each field; and acts of ours that no case has."""
    count: Counter[str] = Counter()
    for case in rows:
        doc = read(case.text, kit)
        left = list(doc.of(Act))
        missed = []
        for gold in sorted(case.acts, key=lambda g: g.optional):
            ours = next((a for a in left if _found(a, gold, case.text)), None)
            left = [a for a in left if a is not ours]
            if gold.optional:
                continue
            count["gold"] += 1
            if ours is None:
                missed.append(gold)
                continue
            right = {
                "status": ours.status == gold.status,
                "actor": _named(ours, "actor", gold.actor, case.text),
                "recipient": _named(ours, "recipient", gold.recipient, case.text),
            }
            count.update(found=1, whole=all(right.values()), **right)
            missed += [] if right["status"] else [gold]
        count["spurious"] += len(left)
        if errors and (missed or left):
            told = [f"{a.type} {a.lemma} {a.status}" for a in doc.of(Act)]
            print(f"  {case.form}: {case.text}\n      missed {[tuple(g)[:5] for g in missed]}\n      ours {told}")
    return count


def _found(act: Act, gold: Gold, text: str) -> bool:
    return act.type == gold.type and any(act.trigger.meets(span) for span in _standing(gold.trigger, text))


def _standing(what: str, text: str) -> Iterator[Span]:
    return (Span(*hit.span()) for hit in re.finditer(rf"(?<!\w){re.escape(what)}(?!\w)", text))


def _named(act: Act, field: str, gold: str, text: str) -> bool:
    """True where ours and the case name nobody, or a content word of ours stands in theirs."""
    ours = {w for n, span in act.evidence if n == field for w in words(span.of(text))}
    return bool(ours & set(words(gold))) if ours and gold else not ours and not gold


def show(split: str, kit: Kit, errors: bool) -> None:
    """Print the scores of one half."""
    n = silence([r for r in silent_cases() if r.split == split], kit, errors)
    rows = n["rows"]
    print(
        f"{split}: false acts in {n['acts'] / rows:.3f} of {rows} sentences without one, holds {n['holds'] / rows:.3f}"
    )
    t = telling([c for c in told_cases() if c.split == split], kit, errors)
    found, gold = t["found"], t["gold"]
    right = "  ".join(f"{name} {t[name] / found:.3f}" for name in ("status", "actor", "recipient", "whole"))
    print(f"  acts found {found / gold:.3f} of {gold}, ours in the sentence {found / (found + t['spurious']):.3f}")
    print(f"  right in those found: {right}")


def main() -> None:
    """Score both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="show what is wrong in the open half")
    given, _ = parser.parse_known_args()  # python -m bench hands each of its benches the same arguments
    kit = load_kit()
    for split in ("open", "held"):
        show(split, kit, given.errors and split == "open")


if __name__ == "__main__":
    main()
