"""Scores holds on the Ukraine change log: ``python -m bench.holds``: dated note → who holds the town.

Each row has a town, the day of observation, the note of that day ("Captured by … Recaptured by …") and who held it:
one side, the other, or contested. We read the note under the town's name; the town is given, so that the map does not
count. The last hold that happened decides, its holder mapped to a side. Rows whose note tells of no hold are left out.
Two scores: dated notes that say why (the note's last date is that of the state, within three days), and all notes,
among them those that tell only of an older turn than the state beside them ("captured in March", held by the other
side in September).
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from dateline.kit import load_kit
from dateline.model import Actor, Hold, Place, Report, Span, Statement
from dateline.pipeline import STAGES, extract
from dateline.stage import Doc, Kit

OTHER = {"RU": "UA", "UA": "RU"}
RUSSIAN = ("russia", "donetsk", "luhansk", "dpr", "lpr", "separatist", "crimea")
SAYS = re.compile(r"captur|seiz|occup|liberat|retak|contest|control|withdr|lost|regain", re.I)
GLUED = re.compile(r"(?<=[a-z0-9\])])\.?(?=[A-Z][a-z]+(?:ed|ly)? )")
NOTE = re.compile(r"\[\d+\]")
DAY = re.compile(
    r"(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December),? (\d{4})"
)
NEAR = timedelta(days=3)


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
    told = {x.id: x for x in doc.of(Statement)}
    held: str | None = None
    for hold in doc.of(Hold):
        if hold.status not in ("happened", "ongoing", "possible", "denied"):
            continue
        now = "C" if hold.state == "contested" or hold.level in ("part", "centre") else named(doc, hold, names)
        if now == "?" and hold.other and hold.state in ("lost", "withdrawn"):
            now = OTHER.get(side(names[hold.other]), "?")
        if hold.status == "denied":
            now = OTHER.get(now, "?") if held is None else "?"  # not taken by one: still the other's
        statement = told.get(hold.statement or "")
        if hold.status == "possible" or (statement is not None and statement.lemma in ("claim", "allege")):
            now = as_claimed(hold, now, held)
        held = held if now == "?" else now
    return held


def as_claimed(hold: Hold, now: str, held: str | None) -> str:
    """What a mere claim is worth: nothing sure against what is known or of those gone; else that the other holds on."""
    if held not in (None, now) or hold.state == "withdrawn":
        return "C"
    return OTHER.get(now, now) if hold.state == "holds" else now


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


def last_day(words: str) -> date | None:
    """The last full date that the words name."""
    found = DAY.findall(words)
    return datetime.strptime(" ".join(found[-1]), "%d %B %Y").date() if found else None


def says_why(row: Mapping[str, str]) -> bool:
    """True where the note's last date is that of the state beside it: the others tell of an older turn."""
    noted, since = last_day(row["more_information"]), last_day(row["as_of"])
    return noted is not None and since is not None and abs(noted - since) <= NEAR


def score(rows: Sequence[Mapping[str, str]], kit: Kit) -> None:
    """Print the scores over different (town, note) pairs, the latest observation of each."""
    latest = {(r["place"], r["more_information"]): r for r in rows if SAYS.search(r["more_information"])}
    titles = ("dated notes that say why", "all notes, those of an older turn too", "dated, the town found on the map")
    why, every, found = (Counter[tuple[str, str]]() for _ in titles)
    for (place, note), row in latest.items():
        clean, gold = GLUED.sub(". ", NOTE.sub("", note)), row["held_by"]
        ours = holder(read(place, clean, row["observed"], kit)) or "none"
        every[gold, ours] += 1
        if says_why(row):
            why[gold, ours] += 1
            plain = extract(Report("bench", "bench", f"{place}.\n\n{clean}", published=row["observed"]), kit)
            found[gold, holder(plain) or "none"] += 1
    print(f"change log, {len(rows)} rows, {every.total()} different notes")
    for title, pairs in zip(titles, (why, every, found), strict=True):
        show(title, pairs)


def show(title: str, pairs: Counter[tuple[str, str]]) -> None:
    """Print the share right, and what was taken for what."""
    right = sum(n for (gold, ours), n in pairs.items() if gold == ours)
    print(f"{title}: right {right / max(1, pairs.total()):.3f} of {pairs.total()}")
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
