"""Scores attribution on PolNeAR-format folders, the GUM file and our own chains: ``python -m bench.voices``.

Tokens, alignment and measures are those of the issue that asked for them: greedy alignment by
Dice(content) + .5·[cues overlap] + .25·[sources overlap]; a triple overlaps when Dice(content) ≥ .5, the cues
overlap (or gold has none) and the sources overlap (or both are empty).
"""

import argparse
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.score import Pairs, Score, Tokens, dice
from dateline.attribute.corpora import ROLES, Gold, Text, gum, polnear
from dateline.attribute.filter import load_filter
from dateline.kit import load_kit
from dateline.model import Attribution, Report, Span
from dateline.pipeline import extract
from dateline.stage import Doc, Kit

REPORTING = frozenset(
    "say tell add write note argue explain state report announce claim insist warn tweet declare suggest deny confirm "
    "allege assert contend maintain reiterate reveal disclose testify conclude predict ask reply respond answer call "
    "describe accuse blame vow pledge promise urge demand remark observe mention cite quote recall joke admit "
    "acknowledge".split()
)
SIGNS = re.compile(r"^\W*(?::|-{1,2}|[–—―])\W*$")
QUOTE = re.compile(r"[“”\"«»]|``|''|(?<!\w)[‘']|[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Item:
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    statement: bool


def predict(doc: Doc, flat: bool, voices: str) -> list[Gold]:
    """Attributions as spans; ``flat`` drops those told inside another, ``voices`` is the policy."""
    allowed = {
        "reports": ("report",),
        "+beliefs": ("report", "belief"),
        "+attitudes": ("report", "belief", "attitude"),
    }[voices]
    found = [a for a in doc.of(Attribution) if a.policy in allowed]
    out = []
    for a in found:
        if flat and any(_inside(a, o) for o in found if o is not a):
            continue
        holders = [h for h in a.holders if h.role == "speaker" or h.rule == "relay.quote"]
        source = [(h.span.start, h.span.end) for h in holders if h.span]
        out.append(Gold(source, _pair(a.cue), [(s.start, s.end) for s in a.content]))
    return out


def _pair(span: Span | None) -> Pairs:
    return [(span.start, span.end)] if span else []


def _inside(a: Attribution, other: Attribution) -> bool:
    return a.cue is not None and any(s.holds(a.cue) for s in other.content)


class Voices:
    """Adds up all measures over documents."""

    def __init__(self) -> None:
        self.scores: dict[str, Score] = defaultdict(Score)
        self.nested = Score()

    def add(self, text: Text, predicted: list[Gold]) -> None:
        tokens = Tokens(text.text)
        quoted = tokens.of(_quoted(text.text))
        drop = tokens.of(text.discard)
        gold = [_item(g, text.text, tokens, quoted, drop) for g in text.gold]
        found = [_item(p, text.text, tokens, quoted, drop) for p in predicted]
        pairs = align(gold, found)
        right = {g for g, p in pairs if overlaps(gold[g], found[p])}
        self.scores["triple overlap"].add(len(right), len(found), len(gold))
        for role in ROLES:
            a = {getattr(x, role) for x in gold} - {frozenset()}
            b = {getattr(x, role) for x in found} - {frozenset()}
            self.scores[f"exact {role}"].add(len(a & b), len(b), len(a))
        said, told = [g for g in gold if g.statement], [p for p in found if p.statement]
        hits = sum(overlaps(said[g], told[p]) for g, p in align(said, told))
        self.scores["statements"].add(hits, len(told), len(said))
        self._by_form(text, gold, right, quoted)

    def _by_form(self, text: Text, gold: list[Item], right: set[int], quoted: frozenset[int]) -> None:
        end = text.text.find("\n")
        for n, (raw, item) in enumerate(zip(text.gold, gold, strict=True)):
            share = len(item.content & quoted) / len(item.content) if item.content else 0
            form = "direct" if share >= 0.9 else "mixed" if share else "indirect"
            cue = " ".join(text.text[a:b] for a, b in raw.cue)
            sign = SIGNS.match(cue) is not None
            headline = bool(raw.content) and raw.content[0][0] < end
            names = [form] + ["headline"] * headline + ["dash or colon"] * (sign and not headline)
            for name in names:
                self.scores[f"recall: {name}"].add(n in right, 0, 1)
            if raw.nested:
                self.scores["recall: nested"].add(n in right, 0, 1)

    def table(self, title: str) -> str:
        rows = [f"  {name:<22} {score}" for name, score in sorted(self.scores.items())]
        return "\n".join([title, *rows])


def _quoted(text: str) -> Pairs:
    """Stretches between double quotation marks, line by line."""
    out, start = [], 0
    for line in text.split("\n"):
        opened: int | None = None
        for m in re.finditer(r"[“”\"«»]|``|''", line):
            if opened is None and m.group() not in "”»":
                opened = m.start()
            elif opened is not None and m.group() not in "“«":
                out.append((start + opened, start + m.end()))
                opened = None
        if opened is not None:
            out.append((start + opened, start + len(line)))
        start += len(line) + 1
    return out


def _item(g: Gold, text: str, tokens: Tokens, quoted: frozenset[int], drop: frozenset[int]) -> Item:
    source, cue, content = (tokens.of(getattr(g, r)) - drop for r in ROLES)
    words = " ".join(text[a:b] for a, b in g.cue).lower()
    statement = bool(SIGNS.match(words)) or any(_stem(w) in REPORTING for w in re.findall(r"\w+", words))
    statement = statement or "according" in words or words.strip() in ("reportedly", "allegedly", "statement")
    return Item(source, cue, content, statement or bool(content & quoted))


def _stem(word: str) -> str:
    for end, new in (("ying", "y"), ("ied", "y"), ("ies", "y"), ("ing", ""), ("ed", ""), ("s", ""), ("", "")):
        if word.endswith(end):
            stem = word[: len(word) - len(end)] + new
            for form in (stem, stem + "e"):
                if form in REPORTING:
                    return form
    return {"said": "say", "told": "tell", "wrote": "write", "written": "write"}.get(word, word)


def align(gold: list[Item], found: list[Item]) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs, best first; pairs that share neither content nor cue do not meet."""
    ranked = []
    for g, a in enumerate(gold):
        for p, b in enumerate(found):
            weight = dice(a.content, b.content) if a.content & b.content else 0.0
            weight += 0.5 * bool(a.cue & b.cue)
            if weight:
                ranked.append((-weight - 0.25 * bool(a.source & b.source), g, p))
    used: tuple[set[int], set[int]] = set(), set()
    out = []
    for _, g, p in sorted(ranked):
        if g not in used[0] and p not in used[1]:
            used[0].add(g)
            used[1].add(p)
            out.append((g, p))
    return out


def overlaps(gold: Item, found: Item) -> bool:
    """Triple overlap: content Dice ≥ .5, cue and source touch (or gold has none)."""
    source = bool(gold.source & found.source) if gold.source else not found.source
    return dice(gold.content, found.content) >= 0.5 and (not gold.cue or bool(gold.cue & found.cue)) and source


def run(texts: Iterator[Text], kit: Kit, title: str, flat: bool, voices: str) -> Voices:
    """Read, attribute and score every text; print the table."""
    voiced = Voices()
    clock, count = time.process_time(), 0
    for text in texts:
        doc = extract(Report(id=text.name, source=text.name, text=text.text), kit)
        voiced.add(text, predict(doc, flat, voices))
        count += 1
    spent = time.process_time() - clock
    print(voiced.table(f"{title}: {count} documents, {count / spent:.1f} documents per CPU-second, parser included"))
    return voiced


def main() -> None:
    """Print every table for which the data is there, and say what was skipped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folder", type=Path, help="score one PolNeAR-format folder instead")
    parser.add_argument("--filter", type=Path, help="a filter that dateline fit made")
    options = parser.parse_args()
    kit = load_kit()
    if options.filter:
        kit.filters["voices"] = load_filter(options.filter)
    folder = options.folder or options.data / "attribution/polnear/dev"
    if folder.is_dir():
        run(
            polnear(folder),
            kit,
            f"PolNeAR format ({folder.name}), outermost, all policies",
            True,
            "+attitudes",
        )
    else:
        print(f"skipped: no folder {folder}")
    file = options.data / "attribution/gum_news_interview.jsonl"
    if file.is_file():
        for genre in ("news", "interview"):
            texts = (text for text in gum(file) if f"_{genre}_" in text.name)
            run(texts, kit, f"GUM {genre}, nested kept, reports and beliefs", False, "+beliefs")
    else:
        print(f"skipped: no file {file}")


if __name__ == "__main__":
    main()
