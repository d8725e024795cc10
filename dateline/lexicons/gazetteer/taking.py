"""Writes newcomers into a built map: new places are added, known ones get the newcomer's id and names beside theirs.

All is written into a copy that then takes the file's place, so a reader never meets half of it.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from dateline.lexicons.gazetteer.folding import bare, fold, loose
from dateline.lexicons.gazetteer.reader import open_gazetteer

NEAR = 0.3  # degrees within which a place of the same name is the same place


@dataclass(slots=True)
class Newcomer:
    """A place to take in. ``names`` are (name, since, until); ``parents`` GeoNames codes or p-codes, widest first."""

    id: str
    name: str
    kind: str
    feature: str
    country: str | None
    lat: float
    lon: float
    population: int = 0
    names: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    parents: tuple[str, ...] = ()
    radius: float | None = None
    rings: list[list[int]] | None = None


class rewriting:
    """A copy of the map, open for writing, that takes the map's place when all went well."""

    def __init__(self, map_: Path) -> None:
        self.map, self.copy = map_, map_.with_name(f".{map_.name}.{os.getpid()}.import")

    def __enter__(self) -> sqlite3.Connection:
        open_gazetteer(self.map).close()
        shutil.copyfile(self.map, self.copy)
        self.db = sqlite3.connect(self.copy)
        return self.db

    def __exit__(self, kind: object, *_: object) -> None:
        with closing(self.db):
            if kind is None:
                self.db.execute("INSERT OR IGNORE INTO meta VALUES ('imported', '')")
                self.db.execute("UPDATE meta SET value = ? WHERE key = 'imported'", (self._digest(),))
                self.db.commit()
        if kind is None:
            os.replace(self.copy, self.map)
        self.copy.unlink(missing_ok=True)

    def _digest(self) -> str:
        """Stands for all that was taken in, so that the record can say which map it was made with."""
        rows = self.db.execute("SELECT id, name, also FROM spot ORDER BY n")
        total = hashlib.sha256()
        for row in rows:
            total.update(repr(row).encode())
        for row in self.db.execute("SELECT key, spot, since, until FROM name ORDER BY key, spot"):
            total.update(repr(row).encode())
        return total.hexdigest()[:8]


def take_in(map_: Path, found: Iterable[Newcomer]) -> int:
    """Add newcomers, or lay their ids and names beside the places that they are."""
    new = 0
    with rewriting(map_) as db:
        last = int(db.execute("SELECT max(n) FROM spot").fetchone()[0])
        for each in sorted(found, key=lambda n: (n.kind != "country", n.kind != "province", n.id)):
            at = _same(db, each)
            if at is None:
                new, last = new + 1, last + 1
                at = last
                _insert(db, at, each)
            else:
                db.execute("INSERT OR IGNORE INTO also VALUES (?, ?)", (each.id, at))
                db.execute(
                    "UPDATE spot SET also = trim(coalesce(also, '') || ' ' || ?) "
                    "WHERE n = ? AND id != ? AND instr(coalesce(also, ''), ?) = 0",
                    (each.id, at, each.id, each.id),
                )
            if each.rings:
                db.execute("INSERT OR REPLACE INTO outline VALUES (?, ?)", (at, json.dumps(each.rings)))
            known = float(db.execute("SELECT known FROM spot WHERE n = ?", (at,)).fetchone()[0])
            for name, since, until in [(each.name, None, None), *each.names]:
                if key := fold(name):
                    add_name(db, at, key, 100 if name == each.name else 60, known, (since, until))
    return new


def _same(db: sqlite3.Connection, each: Newcomer) -> int | None:
    """The place that a newcomer is: by id, else by name and kind within a third of a degree."""
    row = db.execute("SELECT n FROM spot WHERE id = ?", (each.id,)).fetchone()
    row = row or db.execute("SELECT spot FROM also WHERE id = ?", (each.id,)).fetchone()
    if row:
        return int(row[0])
    key = fold(each.name)
    reach = NEAR if each.kind == "settlement" else 3 * NEAR
    for k in dict.fromkeys((key, bare(key))):
        row = db.execute(
            "SELECT s.n FROM name x JOIN spot s ON s.n = x.spot WHERE x.key = ? AND s.kind = ? AND x.guard = 0 "
            "AND abs(s.lat - ?) < ? AND abs(s.lon - ?) < ? ORDER BY abs(s.lat - ?) + abs(s.lon - ?) LIMIT 1",
            (k, each.kind, each.lat, reach, each.lon, reach, each.lat, each.lon),
        ).fetchone()
        if row:
            return int(row[0])
    return None


def _insert(db: sqlite3.Connection, at: int, each: Newcomer) -> None:
    above = [_unit(db, parent) for parent in each.parents]
    units = [(n, kind) for n, kind in filter(None, above)]
    first = next((n for n, kind in units if kind == "province"), None)
    second = next((n for n, kind in units if kind == "district"), None)
    known = {"country": 4.5, "province": 1.7, "settlement": 0.0, "district": -1.6}.get(each.kind, 2.0)
    known += len(str(max(each.population, 10))) - 1
    db.execute(
        "INSERT INTO spot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, ?)",
        (
            at, each.id, each.name, each.kind, each.country, first, second, each.lat, each.lon, each.population,
            each.feature, each.radius, known,
        ),
    )  # fmt: skip
    sound = loose(bare(fold(each.name)) or fold(each.name))
    if each.country and len(sound) > 2:
        db.execute("INSERT OR IGNORE INTO sound VALUES (?, ?, ?)", (sound, each.country, at))


def _unit(db: sqlite3.Connection, reference: str) -> tuple[int, str] | None:
    """The unit that a p-code or a GeoNames admin code stands for."""
    row = db.execute("SELECT n, kind FROM spot WHERE id = ?", (reference,)).fetchone()
    row = (
        row
        or db.execute(
            "SELECT s.n, s.kind FROM also a JOIN spot s ON s.n = a.spot WHERE a.id IN (?, ?)",
            (reference, f"code:{reference}"),
        ).fetchone()
    )
    return (int(row[0]), str(row[1])) if row else None


def add_name(
    db: sqlite3.Connection, at: int, key: str, weight: int, known: float, dates: tuple[str | None, str | None]
) -> None:
    """One more name of a place, unless it has it already."""
    if db.execute("SELECT 1 FROM name WHERE key = ? AND spot = ?", (key, at)).fetchone() is None:
        rank = -round(100 * (known + weight / 50))
        db.execute("INSERT INTO name VALUES (?, ?, ?, ?, 0, ?, ?)", (key, rank, at, weight, *dates))
