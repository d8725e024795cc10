"""Counts how rare words are in news, for ``dateline/lexicons/en/rarity.tsv``.

    python -m tools.fit_rarity [--data ../shared/data]

Only texts marked open are read: MUC-4 (public), Wikinews articles of GUM (CC BY) and MEANTIME (CC BY), the notes of
the change-log of control in Ukraine (CC BY), and the sentences of event_location (MIT). Each is cut into stretches of
``STRETCH`` counted words; a word's count is the number of stretches that have it. Words met less than ``LEAST``
times are left out. The same data give the same file.
"""

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

from dateline.lexicons.rarity import OURS, counted_words

STRETCH, SHORTEST, LEAST = 60, 4, 3
HEAD = """# How many stretches of 60 counted words have the word; * is their number. Made by tools/fit_rarity.py.
# origin: MUC-4, GUM (Wikinews), MEANTIME (Wikinews), event_location, change-log of control in Ukraine
# licence: counts of open texts (public; CC BY; MIT); no text is kept
"""


def texts(data: Path) -> Iterator[str]:
    """Every open text, in order."""
    for path in sorted(p for part in ("dev", "tst1", "tst2") for p in (data / "events/muc4" / part).glob("*")):
        if "key" not in path.name:
            yield from re.split(r"\n\s*\n", path.read_text(encoding="utf-8", errors="replace"))
    for line in _lines(data / "attribution/gum_news_interview.jsonl"):
        yield json.loads(line)["text"]
    for path in sorted((data / "times/meantime").glob("*/*.xml")):
        yield " ".join(re.findall(r"<token[^>]*>([^<]*)</token>", path.read_text(encoding="utf-8")))
    for row in csv.DictReader(_lines(data / "record/ukraine_control_changelog_to_2022-09.csv")):
        yield row["more_information"]
    for line in _lines(data / "places/event_location_train.jsonl"):
        yield json.loads(line)["text"]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def main() -> None:
    """Count and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    counts: Counter[str] = Counter()
    total = 0
    for text in texts(parser.parse_args().data):
        for stretch in batched((word for word, _ in counted_words(text)), STRETCH):
            if len(set(stretch)) >= SHORTEST:
                total += 1
                counts.update(set(stretch))
    kept = sorted((word, n) for word, n in counts.items() if n >= LEAST)
    lines = "".join(f"{word}\t{n}\n" for word, n in [("*", total), *kept])
    OURS.write_text(HEAD + lines, encoding="utf-8")
    print(f"{len(kept)} words in {total} stretches → {OURS}")


if __name__ == "__main__":
    main()
