"""Comparisons on 4,609 dated claims of losses: ``python -m bench.comparisons [--data DIR] [--every N]``.

First the claims themselves, as figures: each series must be of one source, side, thing and way of counting, each of
these must be one series, and every number of one day must be one point. Then our reader: for every Nth claim a sentence
is written by a template of ours, with the number, side and source of that claim, read into a record as a report of that
day, and asked for with ``compare``. Ships, air-defence systems, artillery, special vehicles and mixed categories are
left out there: nothing counts them.
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dateline.across import ActTold, Amount, FigureTold, Hop, Who
from dateline.join.comparisons import Beside, Side, compared
from dateline.kit import load_kit
from dateline.record import Page, Record

START = date(2022, 2, 23)  # the data's day 1 is the 24th
EVERY = 20
SOURCES = {
    "UA Source": Who("gov.ua.defence", "Ukrainian Defence Ministry", "government", "UA", ("gov.ua", "state.ua")),
    "RU Source": Who("gov.ru.defence", "Russian Defence Ministry", "government", "RU", ("gov.ru", "state.ru")),
    "US Source": Who("gov.us.defence", "Pentagon", "government", "US", ("gov.us", "state.us")),
    "GB Source": Who("gov.gb.defence", "UK Ministry of Defence", "government", "GB", ("gov.gb", "state.gb")),
    "United Nations": Who("un", "United Nations", "organisation"),
    "OSI": Who("open source project|", "open source project", "organisation"),
    "Other": Who("others|", "others", "organisation"),
}
STATES = {
    name: Who(key, name, "state", key[-2:].upper()) for name, key in (("Ukraine", "state.ua"), ("Russia", "state.ru"))
}
SIDES = tuple(Side(name, frozenset({who.key})) for name, who in STATES.items())
COUNTS = {  # category → what is counted, and the noun
    "Military Deaths": ("killed", "soldier"), "Military Injuries": ("wounded", "soldier"),
    "Military Casualties": ("casualties", "soldier"), "Civilian Deaths": ("killed", "civilian"),
    "Civilian Injuries": ("wounded", "civilian"), "Civilian Casualties": ("casualties", "civilian"),
    "Tanks": ("tanks", "tank"), "Jets": ("aircraft", "jet"), "Helicopters": ("aircraft", "helicopter"),
    "UAVs": ("aircraft", "drone"), "Armored Vehicles": ("vehicles", "armoured vehicle"),
    "Vehicles & Fuel Tanks": ("vehicles", "truck"), "Artillery": ("weapons", "artillery piece"),
    "MLRS": ("weapons", "rocket launcher"), "Ships": ("ships", "ship"), "AA Systems": ("weapons", "air defence system"),
    "Aircraft (unspecified)": ("aircraft", "aircraft"),
    "Special Military Motor Vehicles": ("vehicles", "special vehicle"),
    "Tanks & Armored Combat Vehicles": ("vehicles", "tank or armoured vehicle"),
}  # fmt: skip
UNREAD = ("Ships", "AA Systems", "Artillery", "Special Military Motor Vehicles", "Tanks & Armored Combat Vehicles")
HIT = ActTold(
    "e:hit", "", None, None, None, 0, 0, "", None, (), None, "happened", None, None, "ASSAULT", "destroy", "destroy",
    (), (), (), (), None,
)  # fmt: skip
SAYS = {
    "UA Source": "Ukraine's Defence Ministry", "RU Source": "the Russian Defence Ministry", "US Source": "the Pentagon",
    "GB Source": "Britain's Defence Ministry", "United Nations": "the UN human rights office",
    "OSI": "the open-source project Wrecktally", "Other": "the Kestrel Institute",
}  # fmt: skip
ADJECTIVE = {"Ukraine": "Ukrainian", "Russia": "Russian"}
PEOPLE = {
    "killed": (
        "{Source} said {n} {adjective} {noun}s had been killed {when}.",
        "{n} {adjective} {noun}s have been killed {when}, according to {source}.",
        "{n} {adjective} {noun}s have died {when}, {source} said.",
        "At least {n} {adjective} {noun}s were killed {when}, {source} said.",
    ),
    "wounded": (
        "{Source} said {n} {adjective} {noun}s had been wounded {when}.",
        "{n} {adjective} {noun}s were injured {when}, according to {source}.",
    ),
    "casualties": ("{Source} put {adjective} losses at {n} {noun}s killed or wounded {when}.",),
}
ARMS = (
    "{side} has lost {n} {noun}s {when}, {source} said.",
    "{Source} said {side} had lost {n} {noun}s {when}.",
    "{n} {adjective} {noun}s have been destroyed {when}, according to {source}.",
    "{Source} said {n} {adjective} {noun}s had been destroyed {when}.",
)
WHEN = {
    "Cumulative": ("since the start of the invasion", "since 24 February"),
    "Day": ("in the past 24 hours", "over the past day"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of the data."""

    day: date
    source: str
    side: str
    category: str
    frame: str
    number: float
    least: bool
    most: bool

    @property
    def kind(self) -> tuple[str, str, str, str]:
        return self.source, self.side, self.category, self.frame


def claims(path: Path) -> list[Claim]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Claim(
                START + timedelta(int(row["days"])), row["claim_source"], row["loss_country"], row["category"],
                row["time_frame"], float(row["loss_count"]), row["minimum"] == "1", row["maximum"] == "1",
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


# --- the claims as figures -------------------------------------------------------------------------------------------


def figures(rows: Sequence[Claim]) -> Iterator[FigureTold]:
    for n, c in enumerate(rows):
        counts, noun = COUNTS[c.category]
        who = SOURCES[c.source]
        bound = "at_least" if c.least else "up_to" if c.most else "exact"
        yield FigureTold(
            f"f:{n:05}", f"r{n:05}", None, None, c.day, 0, 1, "", None, (Hop("speaker", who, who.name),), "asserts",
            "happened", None, None, counts, Amount(c.number, c.number, c.number, noun), bound,
            "since" if c.frame == "Cumulative" else "day", STATES[c.side],
            HIT.id if counts in ("tanks", "aircraft", "vehicles", "weapons", "ships") else None, (),
        )  # fmt: skip


def series(rows: Sequence[Claim]) -> None:
    """Print whether series come out right."""
    points = compared(figures(rows), SIDES, Beside(acts={HIT.id: HIT}))
    of = {f"f:{n:05}": claim for n, claim in enumerate(rows)}
    kinds: dict[str, set[tuple[str, str, str, str]]] = defaultdict(set)
    for point in points:
        kinds[point.series].update(of[id].kind for id in point.tellings)
    there = {claim.kind for claim in rows}
    numbers = {(c.kind, c.day, c.number, c.least, c.most) for c in rows}
    pure = sum(len(found) == 1 for found in kinds.values())
    whole = sum(sum(kind in found for found in kinds.values()) == 1 for kind in there)
    right = sum(p.word == _word(of[p.id]) for p in points)
    print(f"{len(rows)} claims: {len(points)} points of {len(numbers)} distinct numbers of a day")
    print(f"series {len(kinds)}, of one source, side, thing and way of counting {pure}")
    print(f"kinds {len(there)}, of one series {whole}")
    print(f"whose word right {right / len(points):.3f}; by word {dict(Counter(p.word for p in points))}")
    for source in SOURCES:
        mine = [p for p in points if of[p.id].source == source and p.change is not None]
        falls = [p for p in mine if p.change is not None and p.change < 0]
        known = _falls([c for c in rows if c.source == source and c.frame == "Cumulative"])
        print(f"  {source:<15} steps {len(mine):>4}  falls {len(falls):>3} (by the data {known})")
    print(f"falls in counts of a day called falls: {sum(p.change is not None for p in points if p.scope == 'day')}")


def _word(claim: Claim) -> str:
    speaker = {"UA Source": "Ukraine", "RU Source": "Russia"}.get(claim.source)
    return "other" if speaker is None else "own" if speaker == claim.side else "enemy"


def _falls(rows: Sequence[Claim]) -> int:
    """How often the last number of a day is below that of the day before it with one, kind by kind."""
    falls = 0
    for kind in {claim.kind for claim in rows}:
        last: dict[date, float] = {}
        for claim in rows:
            if claim.kind == kind:
                last[claim.day] = claim.number
        numbers = [last[day] for day in sorted(last)]
        falls += sum(b < a for a, b in pairwise(numbers))
    return falls


# --- our reader ------------------------------------------------------------------------------------------------------


def sentence(claim: Claim, turn: int) -> str:
    counts, noun = COUNTS[claim.category]
    templates = PEOPLE.get(counts, ARMS)
    source, when = SAYS[claim.source], WHEN[claim.frame]
    words = templates[turn % len(templates)].format(
        source=source, Source=source[0].upper() + source[1:], n=f"{claim.number:,.0f}", noun=noun, side=claim.side,
        adjective=ADJECTIVE[claim.side], when=when[turn // len(templates) % len(when)],
    )  # fmt: skip
    return words.replace("aircrafts", "aircraft")


def reader(rows: Sequence[Claim], every: int) -> None:
    """Print how much of what was claimed comes out of sentences."""
    asked = [(c, sentence(c, n)) for n, c in enumerate(rows[::every]) if c.category not in UNREAD]
    now = datetime(2024, 1, 1, tzinfo=UTC)
    pages = [Page(f"KYIV, {c.day:%B %-d}. {text}".encode(), f"{n:04}", str(c.day)) for n, (c, text) in enumerate(asked)]
    with TemporaryDirectory() as folder, Record.open(Path(folder) / "record", load_kit, lambda: now) as record:
        ids = [added.id for added in record.add_all(pages)]
        every_figure = record.figures().to_dicts()
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in record.compare("Ukraine", "Russia").to_dicts():
            found[row["report"]].append(row)
    numbers = {(row["report"], row["value"], row["counts"]) for row in every_figure}
    counted: Counter[str] = Counter()
    misses: list[str] = []
    for id, (claim, text) in zip(map(str, ids), asked, strict=True):
        counts = COUNTS[claim.category][0]
        counted["read"] += (id, claim.number, counts) in numbers
        matching = [row for row in found[id] if (row["value"], row["counts"]) == (claim.number, counts)]
        got = matching[0] if matching else None
        if got is None or got["side"] != claim.side:
            misses.append(text)
            continue
        counted["compared, on the right side"] += 1
        counted["whose word"] += got["word"] == _word(claim)
        counted["a loss"] += got["about"] == "losses"
        counted["running or of a day"] += got["scope"] == ("since" if claim.frame == "Cumulative" else "day")
    print(f"\nread from {len(asked)} sentences of our own:")
    for name, right in counted.items():
        print(f"  {name:<28} {right / len(asked):.3f}")
    for text in misses[:: max(1, len(misses) // 8)]:
        print(f"  missed: {text}")


def main() -> None:
    """Score if the data are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    parser.add_argument("--every", type=int, default=EVERY)
    given = parser.parse_args()
    path = given.data / "record/ukraine_loss_claims_pnas2023.csv"
    if not path.is_file():
        print(f"skipped: no {path}")
        return
    rows = claims(path)
    series(rows)
    reader(rows, given.every)


if __name__ == "__main__":
    main()
