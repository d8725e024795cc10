"""What only many reports together tell, scored: ``python -m bench.record [--data DIR] [--own] [--errors]``.

1. The forty gold stories of ``tests/cases/record``, open and held halves apart: roots and counts of origins, copies,
   events, verdicts on pairs of numbers, tensions, who holds what. *Read* is end to end, from the text; *given* hands
   the joiner the voice or the amount that our reading missed, so that the joiner is measured apart from the reader.
   ``--errors`` prints what is wrong in the open half; the held half is never shown.
2. Copies made for the purpose out of the ECB+ texts, and alarms on pairs of one story that share no text.
3. The benches of stories, events, holdings and tempo, each by itself, unless ``--own``.

Beside ours stand rules that others have published: one origin a report, a text or a name; the last report wins, the
majority of reports, and VIINA's majority of sources (each outlet's last word, the most common wins).
"""

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench import record_copies
from bench.record_gold import stories
from bench.record_score import NUMBERS, Scores, Share, f1, macro_f1, score, updates_in_conflict
from bench.score import Score
from dateline.kit import load_kit

ROOT = Path(__file__).parents[1]
OTHERS = ("stories", "events", "holdings", "tempo")
ALARM = 0.20  # two texts of one story that share more, or two whole sentences, are reprints that the corpus has itself

type Cell = Callable[[Scores], object]

ROWS: Sequence[tuple[str, str, Cell]] = (
    ("roots right, kind and name: read", "≥ .90", lambda s: s.roots["read"]),
    ("… with the voice given", "", lambda s: s.roots["given"]),
    ("kind of root right: read", "", lambda s: s.kinds["read"]),
    ("… with the voice given", "", lambda s: s.kinds["given"]),
    ("which claims are of one origin, pair F: read", "", lambda s: _f(s.same_root["read"])),
    ("… with the voice given", "", lambda s: _f(s.same_root["given"])),
    ("facts with too many origins: read", "≤ .02", lambda s: s.over["read"]),
    ("… with the voice given", "", lambda s: s.over["given"]),
    ("… one a report", "", lambda s: s.over["one a report"]),
    ("… one a text", "", lambda s: s.over["one a text"]),
    ("… one a name", "", lambda s: s.over["one a name"]),
    ("facts with just as many: read", "", lambda s: s.equal["read"]),
    ("… with the voice given", "", lambda s: s.equal["given"]),
    ("… one a report", "", lambda s: s.equal["one a report"]),
    ("copies P / R", "", lambda s: f"{s.copies.precision:.3f} / {s.copies.recall:.3f}"),
    ("events: words on which we have an act", "", lambda s: s.events_found),
    ("events B³ F: all words", ".90", lambda s: f"{f1(s.events):.3f}"),
    ("… of those on which we have an act", "", lambda s: f"{f1(s.events_read):.3f}"),
    ("number verdicts macro-F1: read", "≥ .85", lambda s: f"{macro_f1(s.read):.3f}"),
    ("… with the figures given", "", lambda s: f"{macro_f1(s.given):.3f}"),
    ("… “it differs, so it is a conflict”", "", lambda s: f"{macro_f1(s.naive):.3f}"),
    ("updates called a clash: read", "≤ .05", lambda s: updates_in_conflict(s.read)),
    ("… with the figures given", "", lambda s: updates_in_conflict(s.given)),
    ("… “it differs, so it is a conflict”", "", lambda s: updates_in_conflict(s.naive)),
    ("tensions P / R", "", lambda s: _all(s.tensions.values())),
    ("holdings right", "", lambda s: s.holdings["ours"]),
    ("… last report wins", "", lambda s: s.holdings["last report wins"]),
    ("… majority of reports", "", lambda s: s.holdings["majority of reports"]),
    ("… majority of outlets (VIINA)", "", lambda s: s.holdings["majority of outlets"]),
)


def _f(found: Score) -> str:
    return f"{found.f1:.3f} (P {found.precision:.2f} R {found.recall:.2f})"


def _all(found: Iterable[Score]) -> str:
    both = Score()
    for one in found:
        both.add(one.right, one.predicted, one.gold)
    right = min(both.right, both.predicted)
    return f"{right / both.predicted if both.predicted else 0:.3f} / {both.recall:.3f} ({both.gold:.0f})"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        prog="bench.record", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT / ".." / "shared" / "data")
    parser.add_argument("--own", action="store_true", help="leave the benches of others out")
    parser.add_argument("--errors", action="store_true", help="show what is wrong in the open stories")
    given = parser.parse_args()
    print(gold_table(errors=given.errors))
    print(copies_table(given.data))
    if not given.own:
        others(given.data)


def gold_table(errors: bool = False) -> str:
    """The forty stories, open and held."""
    kit = load_kit()
    halves = [score(stories(kit, lambda n, odd=odd: n % 2 == odd), kit) for odd in (1, 0)]  # type: ignore[misc]
    lines = ["| own gold | open | held | goal |", "|---|---|---|---|"]
    lines += [f"| {name} | {cell(halves[0])} | {cell(halves[1])} | {goal} |" for name, goal, cell in ROWS]
    lines += ["", "| verdict, figures given | open | held |", "|---|---|---|"]
    lines += [f"| {name} | {' | '.join(str(_verdict(half.given, name)) for half in halves)} |" for name in NUMBERS]
    lines += ["", "| tension | open P / R | held P / R |", "|---|---|---|"]
    fields = sorted({field for half in halves for field in half.tensions})
    lines += [f"| {field} | {' | '.join(_all([half.tensions[field]]) for half in halves)} |" for field in fields]
    return "\n".join([*lines, "", *(halves[0].wrong if errors else [])])


def _verdict(pairs: Sequence[tuple[str, str]], name: str) -> Share:
    """How many of the pairs of one verdict are given it."""
    ours = [found for gold, found in pairs if gold == name]
    return Share(ours.count(name), len(ours))


def copies_table(data: Path) -> str:
    """Reprints of four kinds that are recognised, and alarms."""
    try:
        found = record_copies.score(record_copies.texts(data))
    except FileNotFoundError:
        return f"copies: skipped, no ECB+ texts under {data}\n"
    lines = ["| copies made of ECB+ texts | recognised | goal |", "|---|---|---|"]
    lines += [
        f"| {kind} | {Share(found.seen[kind], found.made[kind])} | ≥ {goal:.2f} |"
        for kind, goal in record_copies.GOAL.items()
    ]
    doubtful = [c for _, _, c in found.alarms if c.share < ALARM and c.sentences < 2]
    sure, rest = len(found.alarms) - len(doubtful), f"{len(doubtful)} of {found.pairs}"
    lines += [
        f"| pairs of one story that share a fifth of a text or two whole sentences | {sure} | |",
        f"| other pairs taken for copies: share below {ALARM:.2f}, no two sentences | {rest} | 0 |",
    ]
    return "\n".join([*lines, ""])


def others(data: Path) -> None:
    """Run the benches beside this one that are there."""
    for name in OTHERS:
        if importlib.util.find_spec(f"bench.{name}") is None:
            print(f"\n=== {name}: not there, skipped")
            continue
        print(f"\n=== {name}\n", flush=True)
        sys.argv = [f"bench.{name}", "--data", str(data)]
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
