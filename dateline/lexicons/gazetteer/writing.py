"""Writes gathered places into a fresh SQLite file, in the order in which they will be asked for."""

import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from dateline.lexicons.gazetteer.drafts import Draft, Drafts
from dateline.lexicons.gazetteer.folding import bare, fold, loose

SCHEMA = """
PRAGMA page_size = 8192;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE spot (n INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, country TEXT, admin1 INTEGER, admin2
INTEGER,
  lat REAL, lon REAL, population INTEGER, feature TEXT, radius REAL, also TEXT, claimants TEXT, since TEXT,
  until TEXT, known REAL);
CREATE TABLE name (key TEXT, rank INTEGER, spot INTEGER, weight INTEGER, guard INTEGER, since TEXT, until
TEXT,
  PRIMARY KEY (key, rank, spot)) WITHOUT ROWID;
CREATE TABLE sound (key TEXT, country TEXT, spot INTEGER, PRIMARY KEY (key, country, spot)) WITHOUT ROWID;
CREATE TABLE also (id TEXT, spot INTEGER, PRIMARY KEY (id, spot)) WITHOUT ROWID;
CREATE TABLE outline (spot INTEGER PRIMARY KEY, rings TEXT);
"""
SPOT_COLUMNS = 17
# How likely a kind is meant by its bare name, beside ln-free log10 of its population; set by reading errors
# on TR-News and LGL, in the same units as log10 of people
BY_FEATURE = {"PCLI": 4.5, "ADM1": 1.7, "ADM2": -1.6, "ADMX": -1.6, "PPLC": 2.2, "PPLA": 0.5}
BY_KIND = {"region": 8.0, "water": 4.5, "relief": 4.5, "site": 4.0}


def known(draft: Draft) -> float:
    """How likely a place is meant when nothing else is known."""
    own = BY_FEATURE.get(draft.feature, BY_KIND.get(draft.kind, 0.0))
    return round(math.log10(draft.population + 10) + own, 3)


def write(path: Path, drafts: Drafts, meta: Mapping[str, str]) -> None:
    """Fill a new file. The row ``whole`` is written last."""
    path.unlink(missing_ok=True)
    located = {n for n, d in enumerate(drafts.all) if d.lat is not None}
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.executescript(SCHEMA)
        holes = ", ".join("?" * SPOT_COLUMNS)
        db.executemany(f"INSERT INTO spot VALUES ({holes})", _spots(drafts, located))
        db.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(_names(drafts, located)))
        db.executemany("INSERT OR IGNORE INTO sound VALUES (?, ?, ?)", sorted(_sounds(drafts, located)))
        db.executemany("INSERT OR IGNORE INTO also VALUES (?, ?)", _others(drafts, located))
        db.executemany("INSERT INTO outline VALUES (?, ?)", _outlines(drafts, located))
        db.execute("CREATE INDEX spot_id ON spot (id)")
        db.execute("CREATE INDEX spot_province ON spot (country) WHERE feature = 'ADM1'")
        db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        db.execute("INSERT INTO meta VALUES ('whole', 'yes')")
        db.commit()


def _spots(drafts: Drafts, located: set[int]) -> Iterator[tuple[object, ...]]:
    for n in sorted(located):
        d = drafts.all[n]
        yield (
            n, d.id, d.name, d.kind, d.country, d.admin1, d.admin2, d.lat, d.lon, d.population, d.feature,
            d.radius, d.also or None, d.claimants or None, d.since, d.until, known(d),
        )  # fmt: skip


def _names(drafts: Drafts, located: set[int]) -> Iterator[tuple[str, int, int, int, int, None, None]]:
    """Rows of the name table; ``rank`` puts the likeliest first."""
    for n in located:
        draft = drafts.all[n]
        base = known(draft)
        for key, (weight, guard) in draft.names.items():
            yield key, -round(100 * (base + weight / 50)), n, weight, guard, None, None


def _sounds(drafts: Drafts, located: set[int]) -> Iterator[tuple[str, str, int]]:
    for n in located:
        draft = drafts.all[n]
        if draft.kind in ("province", "district", "settlement", "site") and draft.country:
            key = fold(draft.name)
            sound = loose(bare(key) or key)
            if len(sound) > 2:
                yield sound, draft.country, n


def _others(drafts: Drafts, located: set[int]) -> Iterator[tuple[str, int]]:
    for n in located:
        for other in drafts.all[n].also.split():
            yield other, n
        if drafts.all[n].code:
            yield f"code:{drafts.all[n].code}", n


def _outlines(drafts: Drafts, located: set[int]) -> Iterator[tuple[int, str]]:
    for n in sorted(located):
        rings = drafts.all[n].rings
        if rings:
            yield n, json.dumps(rings, separators=(",", ":"))
