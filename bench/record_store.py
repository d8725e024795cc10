"""What keeping costs: ``python -m bench.record_store [--reports N] [--record PATH] [--folder DIR]``.

The sample reports (and the pages of a folder, where one is named) are read once and varied N times: other bytes,
another day within ten years, other towns. So the time is that of adding beyond reading. Then the record is asked,
many questions of many kinds, and some reports are read again for the rate of a rebuild. Documented run: 100,000.
"""

import argparse
import hashlib
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

from dateline.cli.samples import samples
from dateline.errors import InputError
from dateline.kit import load_kit
from dateline.model import Act, Figure, Hold, Place, Statement
from dateline.pipeline import extract_all
from dateline.read.page import read_report
from dateline.record import BATCH, Page, Record
from dateline.stage import Doc, Kit
from dateline.store.asked import Asked
from dateline.store.frames import asked_for

FIRST, DAYS = date(2015, 1, 1), 3650
TOWNS = 5_000  # made up, beside those of the samples
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("events", {}),
    ("events", {"within": "Herat"}),
    ("events", {"within": "Afghanistan", "type": "ASSAULT"}),
    ("events", {"actor": "Taliban"}),
    ("events", {"actor": "Taliban", "within": "Kunduz"}),
    ("events", {"since": "2019-03-01", "until": "2019-03-07"}),
    ("events", {"as_of": "2018-06-30", "place": "Kabul"}),
    ("events", {"known": "2030-01-01", "within": "Nimroz"}),
    ("events", {"within": "80 km of Herat"}),
    ("statements", {"voice": "Russia"}),
    ("statements", {"type": "denies", "since": "2020-01-01"}),
    ("statements", {"place": "Kandahar"}),
    ("holds", {"within": "Afghanistan"}),
    ("holds", {"place": "Herat", "as_of": "2017-12-31"}),
    ("figures", {"type": "killed"}),
    ("figures", {"type": "killed", "within": "Helmand"}),
    ("reports", {}),
    ("reports", {"voice": "Taliban", "since": "2018-01-01", "until": "2018-01-31"}),
    ("places", {"within": "Afghanistan"}),
    ("actors", {"type": "military"}),
    ("search", {"words": '"losing momentum"'}),
    ("search", {"words": "momentum moscow"}),
)

TOGETHER: tuple[tuple[str, dict[str, Any]], ...] = (  # asked once: these weigh all that is told of a place or a side
    ("holdings", {"place": "Kunduz", "as_of": "2018-06-30"}),
    ("tensions", {"within": "Herat"}),
    ("tempo", {"within": "Herat", "as_of": "2018-06-30"}),
    ("assessments", {"since": "2018-01-01", "until": "2018-03-31"}),
)


def read(folder: Path | None, kit: Kit) -> list[tuple[bytes, Doc]]:
    """The samples and the pages of the folder, as bytes and as read."""
    given = [(s.raw, s.name, s.published) for s in samples()]
    paths = sorted(p for p in folder.rglob("*") if p.suffix in (".txt", ".html")) if folder else []
    reports = [(raw, read_report(raw, name, day)) for raw, name, day in given]
    for path in paths:
        try:
            reports.append((path.read_bytes(), read_report(path.read_bytes(), str(path))))
        except InputError as error:
            print(f"skipped: {error}")
    docs = extract_all([report for _, report in reports], kit)
    return [(raw, doc) for (raw, _), doc in zip(reports, docs, strict=True)]


def varied(given: Sequence[tuple[bytes, Doc]], many: int) -> Iterator[tuple[Page, Doc]]:
    """As many reports, each of bytes of its own."""
    chance = random.Random(11)
    for number in range(many):
        raw, doc = given[number % len(given)]
        raw += f"\n{number}".encode()
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        id = f"sha256:{hashlib.sha256(raw).hexdigest()}"
        report = replace(doc.report, id=id, published=day.isoformat(), published_by="given")
        yield Page(raw, f"{number}.txt", day.isoformat()), Doc(report, _notes(doc, id, chance))


def _notes(doc: Doc, report: str, chance: random.Random) -> dict[type, tuple[Any, ...]]:
    """The same notes with statements of their own ids, and one town moved."""

    def own(id: str | None) -> str | None:
        return None if id is None else "s:" + hashlib.sha256(f"{report}{id}".encode()).hexdigest()[:16]

    notes = dict(doc.notes)
    notes[Statement] = tuple(replace(s, id=own(s.id) or "", within=own(s.within)) for s in doc.of(Statement))
    notes[Act] = tuple(replace(c, statement=own(c.statement)) for c in doc.of(Act))
    notes[Hold] = tuple(replace(c, statement=own(c.statement)) for c in doc.of(Hold))
    notes[Figure] = tuple(replace(c, statement=own(c.statement)) for c in doc.of(Figure))
    notes[Place] = tuple(
        _moved(p, chance) if p.kind == "settlement" and chance.random() < 0.3 else p for p in doc.of(Place)
    )
    return notes


def _moved(place: Place, chance: random.Random) -> Place:
    town = chance.randrange(TOWNS)
    point = 30 + town % 97 / 12, 61 + town % 131 / 11
    return replace(place, name=f"Town {town}", latitude=point[0], longitude=point[1], gazetteer=f"bench:{town}")


def add(record: Record, given: Sequence[tuple[bytes, Doc]], many: int) -> list[tuple[int, float, float]]:
    """For each batch: reports, seconds on the wall, seconds of this process's CPU."""
    spent = []
    for part in batched(varied(given, many), BATCH):
        start, busy = time.perf_counter(), time.process_time()
        record.add_docs(part)
        spent.append((len(part), time.perf_counter() - start, time.process_time() - busy))
    return spent


def tell_pace(spent: Sequence[tuple[int, float, float]]) -> None:
    """Both clocks, and what 100,000 would take at the pace of the last quarter: a fuller record is slower to add to."""
    many, wall, cpu = (sum(column) for column in zip(*spent, strict=True))
    print(f"added in {wall:.1f} s beyond reading them ({cpu:.1f} s of CPU), {many / wall:,.0f} a second")
    many, wall, cpu = (sum(column) for column in zip(*spent[-max(1, len(spent) // 4) :], strict=True))
    print(f"100,000 at the last pace: {wall / many * 1e5:,.0f} s on the wall, {cpu / many * 1e5:,.0f} s of CPU")


def one_more(record: Record, given: Sequence[tuple[bytes, Doc]]) -> float:
    """Seconds for a single report that is not there yet."""
    raw, doc = given[0]
    pair = next(varied([(raw + b"\none more", doc)], 1))
    start = time.perf_counter()
    record.add_docs([pair])
    record.join()
    return time.perf_counter() - start


def join(record: Record, many: int) -> None:
    """What joining costs: copies, events, and all that they touch."""
    start, busy = time.perf_counter(), time.process_time()
    record.join()
    wall, cpu = time.perf_counter() - start, time.process_time() - busy
    print(f"joined in {wall:.1f} s ({cpu:.1f} s of CPU), {many / wall:,.0f} a second", flush=True)


def ask(record: Record, rounds: int, asked: Sequence[tuple[str, dict[str, Any]]] = ASKED) -> dict[str, list[float]]:
    """Milliseconds of the first fifty rows of each question."""
    spent: dict[str, list[float]] = {}
    for _ in range(rounds):
        for view, filters in asked:
            start = time.perf_counter()
            list(record.ask(view, replace_limit(asked_for(filters))))
            name = " ".join([view, *(f"{k} {v}" for k, v in filters.items())])
            spent.setdefault(name, []).append(1000 * (time.perf_counter() - start))
    return spent


def replace_limit(asked: Asked) -> Asked:
    """At most fifty rows, as a screen shows."""
    return replace(asked, limit=50)


def rebuild_rate(given: Sequence[tuple[bytes, Doc]], kit: Kit, folder: Path) -> float:
    """Reports a second that are read again and written, over the pages as given."""
    with Record.open(folder / "rebuilt.sqlite", kit) as record:
        record.add_docs([(Page(raw, f"{n}"), doc) for n, (raw, doc) in enumerate(given)])
        start = time.perf_counter()
        record.rebuild()  # joins too
        return len(given) / (time.perf_counter() - start)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description="What keeping costs.")
    options.add_argument("--reports", type=int, default=2000, help="how many are made by varying")
    options.add_argument("--record", help="a file or PostgreSQL URL; by default a file that is thrown away")
    options.add_argument("--folder", type=Path, help="more pages to vary")
    options.add_argument("--data", type=Path, help="not used; the samples are the data")
    asked = options.parse_args(arguments)
    kit = load_kit()
    given = read(asked.folder, kit)
    words = statistics.mean(len(doc.report.text.split()) for _, doc in given)
    with tempfile.TemporaryDirectory() as folder:
        place = asked.record or str(Path(folder) / "bench.sqlite")
        with Record.open(place, kit) as record:
            print(f"{asked.reports:,} reports of {words:.0f} words", flush=True)
            tell_pace(add(record, given, asked.reports))
            join(record, asked.reports)
            print(f"one more, joined too: {1000 * one_more(record, given):.0f} ms", flush=True)
            if record.database.path:
                with record.database.engine.connect() as connection:
                    connection.exec_driver_sql("ROLLBACK")  # of nothing yet; a checkpoint is no part of a transaction
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                size = record.database.path.stat().st_size
                print(f"record: {size / 1e6:,.0f} MB, {size / asked.reports:,.0f} bytes a report")
            spent_ms = ask(record, 5)
            together_ms = ask(record, 1, TOGETHER)
        every = sorted(ms for found in spent_ms.values() for ms in found)
        print(f"answers: median {statistics.median(every):.0f} ms, p95 {every[int(0.95 * len(every))]:.0f} ms")
        for name, found in sorted((spent_ms | together_ms).items(), key=lambda pair: -statistics.median(pair[1])):
            print(f"  {statistics.median(found):7.1f} ms (first {found[0]:.0f})  {name}")
        print(f"rebuild: {rebuild_rate(given, kit, Path(folder)):.0f} reports a second, reading included")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
