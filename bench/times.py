"""Scores times and whens as TempEval-3 does: ``python -m bench.times [--data DIR] [--errors SET]
[--parsed]``.

Strict: the same characters; relaxed: any overlap; value: relaxed, and the same value. The publication date is
given and not scored. WikiWars documents are read without one, since their stories are not about the day they
were written; the others with theirs. Speed is find and resolve together, without the parser, on this
process's CPU clock.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

from dateline.find.times import times
from dateline.lexicons.load import load_lexicons
from dateline.model import Block, Report, Span, Time, TimeExpression
from dateline.resolve.whens import whens
from dateline.stage import Doc, Kit, Parser

WEEKDAYS = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
MEANTIME_SENTENCES = 5  # number of the last sentence that is annotated
DEFAULT = Path(__file__).parent.parent.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Gold:
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    text: str
    published: str | None
    gold: tuple[Gold, ...]


@dataclass(slots=True)
class Score:
    gold: int = 0
    found: int = 0
    relaxed_gold: int = 0
    relaxed_found: int = 0
    strict: int = 0
    value: int = 0
    weekdays: int = 0
    weekdays_right: int = 0
    words: int = 0
    seconds: float = 0.0
    errors: dict[str, Counter[str]] = field(default_factory=dict)

    def note(self, kind: str, words: str) -> None:
        self.errors.setdefault(kind, Counter())[words.replace("\n", " ")] += 1


def timeml(folder: Path) -> Iterator[Page]:
    """TimeML files: TIMEX3 elements inside TEXT, the publication date in DCT."""
    for path in sorted(folder.glob("*.tml")):
        source = path.read_text(encoding="utf-8", errors="replace")
        dct = re.search(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', source, re.DOTALL)
        body = re.search(r"<TEXT>(.*)</TEXT>", source, re.DOTALL)
        if body is None:
            continue
        text, gold, opened = "", [], (0, "")
        for piece in re.findall(r"<[^>]*>|[^<]+", body[1]):
            if piece.startswith("<TIMEX3"):
                value = re.search(r'value="([^"]*)"', piece)
                opened = (len(text), value[1] if value else "")
            elif piece.startswith("</TIMEX3"):
                gold.append(Gold(opened[0], len(text), opened[1]))
            elif not piece.startswith("<"):
                text += unescape(piece)
        yield Page(path.name, text, dct[1] if dct else None, tuple(gold))


def wikiwars(folder: Path) -> Iterator[Page]:
    """TIMEX2 extents over the text without its tags, counted in bytes; the document's own date stamp is left
    out.
    """
    for path in sorted((folder / "in").glob("*.sgm")):
        raw = re.sub(rb"<[^>]*>", b"", path.read_bytes())
        text = raw.decode("utf-8", errors="replace")
        key = ElementTree.parse(folder / "key" / f"{path.stem}.key.apf.xml")
        gold = []
        for timex in key.iter("timex2"):
            for seq in timex.iter("charseq"):
                start, end = (len(raw[:at].decode("utf-8", errors="replace")) for at in _bytes(seq))
                gold.append(Gold(start, end, timex.get("VAL", "")))
        stamp = min(gold, key=lambda g: g.start)
        blank = text[: stamp.start] + " " * (stamp.end - stamp.start) + text[stamp.end :]
        kept = sorted((g for g in gold if g is not stamp), key=lambda g: (g.start, -g.end))
        yield Page(path.name, blank, None, tuple(_outermost(kept)))


def _bytes(seq: ElementTree.Element) -> tuple[int, int]:
    """Extents count bytes; END is the last one of the words."""
    return int(seq.get("START", "0")), int(seq.get("END", "0")) + 1


def _outermost(gold: list[Gold]) -> Iterator[Gold]:
    """TIMEX2 may nest; TIMEX3 does not, so only the outer ones are scored."""
    reach = -1
    for each in gold:
        if each.start >= reach:
            reach = each.end
            yield each


def meantime(folder: Path) -> Iterator[Page]:
    """Tokens and TIMEX3 elements that point at them; one line a sentence, tokens joined by blanks.

    Times are annotated in the first sentences of an article only; the text is cut after them.
    """
    for path in sorted(folder.glob("**/*.xml")):
        root = ElementTree.parse(path).getroot()
        text, places, sentence = "", {}, ""
        for token in (t for t in root.iter("token") if int(t.get("sentence", "0")) <= MEANTIME_SENTENCES):
            new = token.get("sentence", "")
            text += "" if not text else "\n" if new != sentence else " "
            sentence = new
            places[token.get("t_id")] = (len(text), len(text) + len(token.text or ""))
            text += token.text or ""
        gold, published, masked = [], None, []
        for timex in root.iter("TIMEX3"):
            spans = [places[i] for a in timex.iter("token_anchor") if (i := a.get("t_id")) in places]
            if timex.get("functionInDocument") == "CREATION_TIME":
                published = published or timex.get("value", "")[:10]
                masked += spans
            elif spans:
                gold.append(Gold(min(spans)[0], max(spans)[1], timex.get("value", "")))
        for start, end in masked:
            text = text[:start] + " " * (end - start) + text[end:]
        yield Page(path.name, text, published, tuple(sorted(gold, key=lambda g: g.start)))


SETS: dict[str, Callable[[Path], Iterator[Page]]] = {
    "timebank": timeml, "aquaint": timeml, "platinum": timeml, "meantime": meantime, "wikiwars": wikiwars,
}  # fmt: skip


def blocks(text: str, whole: bool) -> Iterator[Block]:
    """One block a line; one a passage between empty lines where lines are wrapped."""
    for number, found in enumerate(re.finditer(r"(?:.+\n?)+" if whole else r".+", text)):
        yield Block(f"b{number}", Span(*found.span()), "paragraph", "bench")


def read(page: Page, kit: Kit, score: Score) -> tuple[Time, ...]:
    """Times of one page; only find and resolve are on the clock."""
    report = Report("bench", page.name, page.text, published=page.published)
    doc = Doc(report).adding(blocks(page.text, whole=not page.name.endswith(".xml")), Block)
    began = time.process_time()
    doc = doc.adding(times(doc, kit), TimeExpression)
    doc = doc.adding(whens(doc, kit), Time)
    score.seconds += time.process_time() - began
    score.words += len(page.text.split())
    return doc.of(Time)


def compare(page: Page, found: tuple[Time, ...], score: Score) -> None:
    """Count exact matches first, then overlaps, each system answer used once."""
    score.gold += len(page.gold)
    score.found += len(found)
    score.relaxed_found += sum(any(t.span.start < g.end and g.start < t.span.end for g in page.gold) for t in found)
    for gold in page.gold:
        words = page.text[gold.start : gold.end]
        near = [t for t in found if t.span.start < gold.end and gold.start < t.span.end]
        best = next(
            (t for t in near if (t.span.start, t.span.end) == (gold.start, gold.end)),
            near[0] if near else None,
        )
        if best is None:
            score.note("missed", words)
            continue
        score.relaxed_gold += 1
        if (best.span.start, best.span.end) == (gold.start, gold.end):
            score.strict += 1
        else:
            score.note("span", f"{words} <> {best.span.of(page.text)}")
        right = best.value == gold.value
        score.value += right
        if WEEKDAYS.fullmatch(words):
            score.weekdays += 1
            score.weekdays_right += (best.value or "").split("T")[0] == gold.value.split("T")[0]
        if not right:
            score.note("value", f"{words[:40]} {gold.value} <> {best.value} ({page.published})")
    for time_ in found:
        if not any(time_.span.start < g.end and g.start < time_.span.end for g in page.gold):
            score.note("extra", time_.span.of(page.text))


def _f(hits_found: int, found: int, hits_gold: int, gold: int) -> tuple[float, float, float]:
    p, r = hits_found / max(found, 1), hits_gold / max(gold, 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def row(name: str, s: Score) -> str:
    relaxed = _f(s.relaxed_found, s.found, s.relaxed_gold, s.gold)
    strict = _f(s.strict, s.found, s.strict, s.gold)
    value = _f(s.value, s.found, s.value, s.gold)
    days = f"{s.weekdays_right / s.weekdays:.3f} of {s.weekdays}" if s.weekdays else "-"
    cells = " ".join(f"{x:.3f}" for x in (*relaxed, *strict, value[2]))
    return f"{name:9} {s.gold:5} {cells}   {days:14} {s.words / max(s.seconds, 1e-9):>9,.0f}"


def main(arguments: list[str] | None = None) -> int:
    """Print one line a set; a set that is not there is named and skipped."""
    options = argparse.ArgumentParser(description="Score times on annotated news and histories.")
    options.add_argument("--data", type=Path, default=DEFAULT)
    options.add_argument("--timeml", type=Path, help="score one folder of .tml files instead")
    options.add_argument("--errors", metavar="SET", help="also list what went wrong in this set")
    options.add_argument("--top", type=int, default=40)
    asked = options.parse_args(arguments)
    kit = Kit(cast(Parser, None), load_lexicons())  # neither stage asks the parser
    # the rules are compiled once a process, off the clock
    read(Page("", "warm", None, ()), kit, Score())
    print("set        gold  relP  relR  relF  strP  strR  strF  valF   bare weekdays  words/CPU-s")
    sets = {"timeml": (timeml, asked.timeml)} if asked.timeml else {
        name: (reader, asked.data / "times" / name) for name, reader in SETS.items()
    }  # fmt: skip
    for name, (reader, folder) in sets.items():
        if not folder.is_dir():
            print(f"{name:9} skipped: no folder {folder}")
            continue
        score = Score()
        for page in reader(folder):
            compare(page, read(page, kit, score), score)
        print(row(name, score))
        if asked.errors == name:
            for kind, counted in score.errors.items():
                print(f"\n{kind}: " + "; ".join(f"{n} {w}" for w, n in counted.most_common(asked.top)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
