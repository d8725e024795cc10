"""Scores our own wire-chain cases: hops, whole chains, stance, nesting.

``python -m bench.chains [--held] [-v]``

A hop is right when the holder found at its place in the chain shares a word with the gold holder (or both are
unnamed); a chain is right when it has as many holders as gold and every hop is right. Statements are paired greedily
by Dice(content) + .5·[cues overlap]. ``--held`` scores the cases that were
never looked at in tuning.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import cast

from bench.score import Score, Tokens, dice
from dateline.attribute.filter import load_filter
from dateline.kit import load_kit
from dateline.model import Attribution, Block, BlockKind, Report, Span, Story
from dateline.pipeline import STAGES
from dateline.read.blocks import blocks as find_blocks
from dateline.stage import Doc, Kit
from tests.cases.voices.notation import CHAINS, Case, GoldStatement
from tests.cases.voices.notation import read as read_cases

PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
HEADINGS: tuple[BlockKind, ...] = ("headline", "crosshead")


def read_case(case: Case, kit: Kit) -> Doc:
    """The case's paragraphs as blocks of the kinds that it names, then every stage up to attribution."""
    spans = [Span(*m.span()) for m in PARAGRAPH.finditer(case.text)]
    kinds = zip(spans, case.kinds, strict=True)
    made = [Block(f"b{n}", s, cast(BlockKind, k), "case") for n, (s, k) in enumerate(kinds)]
    doc = Doc(Report(id=case.id, source=case.id, text=case.text))
    blocks = made if "dateline" not in case.tags else [b for b in find_blocks(doc, kit) if isinstance(b, Block)]
    doc = doc.adding([*blocks, Story("s0", None, tuple(b.id for b in blocks))], Block, Story)
    for stage in STAGES:
        if Block not in stage.gives and Story not in stage.gives:
            doc = doc.adding(stage(doc, kit), *stage.gives)
        if Attribution in stage.gives:
            break
    return doc


class Chains:
    """Adds up the measures over cases."""

    def __init__(self) -> None:
        self.scores: dict[str, Score] = defaultdict(Score)
        self.stances: Counter[tuple[str, str]] = Counter()
        self.wrong: list[str] = []

    def add(self, case: Case, doc: Doc) -> None:
        tokens = Tokens(case.text)
        found = spoken(doc)
        if not case.gold:
            self.scores["negatives kept silent"].add(not found, 1, 1)
            self._note(case, "spoke up", [a.rule for a in found], bool(found))
            return
        pairs = pair(case, found, tokens)
        self.scores["statements found"].add(len(pairs), len(found), len(case.gold))
        for n, gold in enumerate(case.gold):
            mate = pairs.get(n)
            self._chain(case, gold, found[mate] if mate is not None else None, tokens)
        extra = [a for n, a in enumerate(found) if n not in pairs.values()]
        self.scores["hops"].add(0, sum(len(a.holders) for a in extra), 0)
        self._note(case, "extra", [f"{a.rule}: {_words(case, a.content)}" for a in extra], bool(extra))

    def _chain(self, case: Case, gold: GoldStatement, mate: Attribution | None, tokens: Tokens) -> None:
        matches = hops_of(gold, mate, tokens)
        have, want = mate.holders if mate else (), gold.holders
        hops = sum(matches)
        whole = mate is not None and hops == len(want) == len(have)
        self.scores["hops"].add(hops, len(have), len(want))
        self.scores["whole chains"].add(whole, 1, 1)
        if len(want) > 1:
            self.scores["whole chains of two or more"].add(whole, 1, 1)
        for tag in case.tags:
            self.scores[f"  chain right: {tag}"].add(whole, 1, 1)
        if mate is not None:
            self.scores["stance"].add(mate.stance == gold.stance, 1, 1)
            self.scores["form"].add(mate.form == gold.form, 1, 1)
            self.stances[gold.stance, mate.stance] += gold.stance != mate.stance
        self._note(case, "chain", [_chain_words(case, gold, mate)], not whole)

    def _note(self, case: Case, what: str, lines: list[str], wrong: bool) -> None:
        if wrong:
            self.wrong += [f"{case.id} {what}: {line}\n    {case.text}" for line in lines]


def spoken(doc: Doc) -> list[Attribution]:
    """What the cases are scored on: reports and beliefs."""
    return [a for a in doc.of(Attribution) if a.policy in ("report", "belief")]


def hops_of(gold: GoldStatement, mate: Attribution | None, tokens: Tokens) -> list[bool]:
    """Place by place, whether the holder found there is the gold one: they share a word, or both are unnamed."""
    want = [None if h is None else tokens.of([h[:2]]) for h in gold.holders]
    have = [None if h.span is None else tokens.of([(h.span.start, h.span.end)]) for h in (mate.holders if mate else ())]
    return [
        (w is None) == (h is None) and (w is None or bool(w & (h or frozenset())))
        for w, h in zip(want, have, strict=False)
    ]


def fault(case: Case, doc: Doc) -> str | None:
    """The first thing wrong with a case in one word; None where every statement is found with chain and stance."""
    tokens, found = Tokens(case.text), spoken(doc)
    pairs = pair(case, found, tokens)
    for n, gold in enumerate(case.gold):
        mate = found[pairs[n]] if n in pairs else None
        if mate is None:
            return "missed"
        matches = hops_of(gold, mate, tokens)
        if not matches[0]:
            return "speaker"
        if not (all(matches) and len(matches) == len(gold.holders) == len(mate.holders)):
            return "carrier"
    if len(found) > len(pairs):
        return "extra"
    return "stance" if any(found[m].stance != case.gold[n].stance for n, m in pairs.items()) else None


def pair(case: Case, found: list[Attribution], tokens: Tokens) -> dict[int, int]:
    ranked = []
    for n, gold in enumerate(case.gold):
        content, cue = tokens.of(gold.content), tokens.of(gold.cue)
        for m, a in enumerate(found):
            mine = tokens.of([(s.start, s.end) for s in a.content])
            cues = bool(cue & tokens.of([(a.cue.start, a.cue.end)])) if a.cue else False
            if dice(content, mine) >= 0.5 or (cues and content & mine):
                ranked.append((-dice(content, mine) - 0.5 * cues, n, m))
    out: dict[int, int] = {}
    for _, n, m in sorted(ranked):
        if n not in out and m not in out.values():
            out[n] = m
    return out


def _words(case: Case, spans: tuple[Span, ...]) -> str:
    return " … ".join(s.of(case.text) for s in spans)


def _chain_words(case: Case, gold: GoldStatement, mate: Attribution | None) -> str:
    want = [case.text[h[0] : h[1]] if h else "-" for h in gold.holders]
    have = [h.span.of(case.text) if h.span else "-" for h in mate.holders] if mate else ["nothing"]
    return f"gold {want} found {have} {mate.rule if mate else ''}"


def as_gum(case: Case) -> str:
    """One line of GUM-style JSON: what ``dateline fit`` reads."""
    told = [
        {
            "source": [holder[:2] for holder in gold.holders if holder],
            "cue": gold.cue,
            "content": gold.content,
            "inside_content_of": gold.within,
        }
        for gold in case.gold
    ]
    return json.dumps({"id": case.id, "text": case.text, "attributions": told}, ensure_ascii=False) + "\n"


def main() -> None:
    """Print the table; with -v the wrong ones too (open cases only)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--corpus", type=Path, help="write the open cases here as a corpus for dateline fit, and stop")
    parser.add_argument("--filter", type=Path, help="a filter that dateline fit made")
    options = parser.parse_args()
    if options.corpus:
        options.corpus.write_text("".join(as_gum(c) for c in read_cases(CHAINS) if not c.held), encoding="utf-8")
        return
    kit, chains = load_kit(), Chains()
    if options.filter:
        kit.filters["voices"] = load_filter(options.filter)
    cases = [c for c in read_cases(CHAINS) if c.held == options.held]
    for case in cases:
        chains.add(case, read_case(case, kit))
    print(f"{len(cases)} {'held-out' if options.held else 'open'} cases")
    for name, score in sorted(chains.scores.items()):
        print(f"  {name:<34} {score}")
    if options.verbose and not options.held:
        print("\n".join(chains.wrong), "\n", chains.stances.most_common())


if __name__ == "__main__":
    main()
