"""Scores holds on the Ukraine change log: ``python -m bench.holds``: dated note → who holds the town.

Each row has a town, the day of observation, the note of that day ("Captured by … Recaptured by …") and who held it:
one side, the other, or contested. We read the note under the town's name; the town is given, so that the map does not
count. The last hold that happened decides, its holder mapped to a side. Rows whose note tells of no hold are left out,
and counted.
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from dateline.kit import load_kit
from dateline.model import Actor, Hold, Place, Report, Span, Statement
from dateline.pipeline import STAGES
from dateline.stage import Doc, Kit

OTHER = {"RU": "UA", "UA": "RU"}
RUSSIAN = ("russia", "donetsk", "luhansk", "dpr", "lpr", "separatist", "crimea")
SAYS = re.compile(r"captur|seiz|occup|liberat|retak|contest|control|withdr|lost|regain", re.I)
GLUED = re.compile(r"(?<=[a-z0-9\])])\.?(?=[A-Z][a-z]+(?:ed|ly)? )")
NOTE = re.compile(r"\[\d+\]")


def side(name: str) -> str:
    """RU or UA, by the holder's name."""
    low = name.lower()
    return "RU" if any(word in low for word in RUSSIAN) else "UA" if "ukrain" in low else "?"


def named(doc: Doc, hold: Hold, names: Mapping[str, str]) -> str:
    """The side of a hold's holder: by the actor's name, else by the words."""
    known = side(names[hold.holder]) if hold.holder else "?"
    words = " ".join(span.of(doc.report.text) for field, span in hold.evidence if field == "holder")
    return known if known != "?" else side(words)


def holder(doc: Doc) -> str | None:
    """The side that holds the town by the last hold told, C where it is contested, None where nothing is told."""
    names = {a.id: a.name for a in doc.of(Actor)}
    claims = {x.id: x.lemma for x in doc.of(Statement)}
    held: str | None = None
    for hold in doc.of(Hold):
        if hold.status not in ("happened", "ongoing", "possible", "denied"):
            continue
        now = "C" if hold.state == "contested" or hold.level in ("part", "centre") else named(doc, hold, names)
        if now == "?" and hold.other and hold.state in ("lost", "withdrawn"):
            now = OTHER.get(side(names[hold.other]), "?")
        if hold.status == "denied":
            now = OTHER.get(now, "?") if held is None else "?"  # not taken by one: still the other's
        claimed = hold.status == "possible" or claims.get(hold.statement or "") in ("claim", "allege")
        if claimed and held not in (None, now):
            now = "C"  # a mere claim against what is known
        held = held if now == "?" else now
    return held


def read(place: str, note: str, day: str, kit: Kit) -> Doc:
    """The note under the town's name, with the town as its one settlement."""
    doc = Doc(Report("bench", "bench", f"{place}.\n\n{note}", published=day))
    town = Place("town", place, "settlement", "UA", None, None, None, None, None, 1.0, (Span(0, len(place)),))
    for stage in STAGES:
        doc = doc.adding(stage(doc, kit), *stage.gives)
        if Place in stage.gives:
            others = [p for p in doc.of(Place) if not any(m.meets(town.mentions[0]) for m in p.mentions)]
            doc = Doc(doc.report, {**doc.notes, Place: (town, *others)})
    return doc


def score(rows: Sequence[Mapping[str, str]], kit: Kit) -> None:
    """Print the scores over different (town, note) pairs, the latest observation of each."""
    latest = {(r["place"], r["more_information"]): r for r in rows if SAYS.search(r["more_information"])}
    pairs: Counter[tuple[str, str]] = Counter()
    for (place, note), row in latest.items():
        found = holder(read(place, GLUED.sub(". ", NOTE.sub("", note)), row["observed"], kit))
        pairs[row["held_by"], found or "none"] += 1
    right = sum(n for (gold, ours), n in pairs.items() if gold == ours)
    total = sum(pairs.values())
    print(f"change log {total} notes: right {right / total:.3f}  ({len(rows)} rows in all)")
    for gold in sorted({g for g, _ in pairs}):
        print(f"  {gold}", {ours: n for (g, ours), n in sorted(pairs.items()) if g == gold})


def main() -> None:
    """Score if the data are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    path = parser.parse_args().data / "record/ukraine_control_changelog_to_2022-09.csv"
    if not path.is_file():
        print(f"skipped: no {path}")
        return
    with path.open(encoding="utf-8") as lines:
        score(list(csv.DictReader(lines)), load_kit())


if __name__ == "__main__":
    main()
