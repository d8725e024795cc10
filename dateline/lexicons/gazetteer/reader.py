"""Reads the gazetteer file. Opening checks that the file is whole; it is never written to from here."""

import json
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from dateline.errors import LexiconError
from dateline.lexicons.gazetteer.folding import bare, fold, loose
from dateline.lexicons.gazetteer.outlines import unpack
from dateline.lexicons.gazetteer.spots import Hit, Polygon, Spot

MOST = 80  # spots looked at for one name; "San Antonio" has more, and the least known of them are never meant
GUARDS = ("", "case", "comma", "people")
COLUMNS = """s.id, s.name, s.kind, s.country, a1.name, a2.name, s.lat, s.lon, s.population,
 s.feature, a1.id, a2.id, s.radius, s.also, s.claimants, s.since, s.until, s.known"""
JOINS = "LEFT JOIN spot a1 ON a1.n = s.admin1 LEFT JOIN spot a2 ON a2.n = s.admin2"
BY_NAME = f"""SELECT {COLUMNS}, x.weight, x.guard, x.since, x.until FROM name x
 JOIN spot s ON s.n = x.spot {JOINS}
 WHERE x.key = ? ORDER BY x.rank LIMIT {MOST}"""
BY_SOUND = f"""SELECT {COLUMNS}, 50, 0, NULL, NULL FROM sound x JOIN spot s ON s.n = x.spot {JOINS}
 WHERE x.key = ? AND x.country = ? ORDER BY s.known DESC LIMIT 8"""
BY_ID = f"SELECT {COLUMNS} FROM spot s {JOINS} WHERE s.id = ?"
PROVINCES = f"SELECT {COLUMNS} FROM spot s {JOINS} WHERE s.country = ? AND s.feature = 'ADM1' ORDER BY s.n"
BY_OTHER_ID = f"SELECT {COLUMNS} FROM also x JOIN spot s ON s.n = x.spot {JOINS} WHERE x.id = ?"


class SqliteGazetteer:
    """The map on disk. Safe to share between threads; answers are remembered."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = _connect(path)
        self.built_from, imported = _check(self._db, path)
        self.version = f"{self.built_from}+{imported}" if imported else self.built_from
        self.hits = lru_cache(maxsize=30_000)(self._hits)
        self.spot = lru_cache(maxsize=10_000)(self._spot)
        self.provinces = lru_cache(maxsize=300)(self._provinces)
        self.sounding = lru_cache(maxsize=10_000)(self._sounding)

    def lookup(self, name: str) -> Sequence[Spot]:
        """Every spot that goes by this name, best known first; empty when none does."""
        return [hit.spot for hit in self.hits(name)]

    def knows(self, name: str) -> bool:
        """True when some spot goes by this name."""
        return bool(self.hits(name))

    def _hits(self, name: str) -> tuple[Hit, ...]:
        key = fold(name)
        rows = self._ask(BY_NAME, key) if key else []
        short = bare(key) if not rows else ""
        if short and short != key:
            rows = self._ask(BY_NAME, short)
        return tuple(_hit(row) for row in rows)

    def _sounding(self, name: str, countries: frozenset[str]) -> tuple[Hit, ...]:
        key = loose(bare(fold(name)) or fold(name))
        if len(key) < 3:
            return ()
        return tuple(_hit(row) for country in sorted(countries) for row in self._ask(BY_SOUND, key, country))

    def _spot(self, id: str) -> Spot | None:
        rows = self._ask(BY_ID, id) or self._ask(BY_OTHER_ID, id)
        return _spot(rows[0]) if rows else None

    def _provinces(self, country: str) -> tuple[Spot, ...]:
        return tuple(_spot(row) for row in self._ask(PROVINCES, country))

    def outline(self, id: str) -> Polygon:
        """Outer rings of a border, simplified; empty where unknown."""
        rows = self._ask("SELECT rings FROM outline JOIN spot ON n = spot WHERE id = ?", id)
        return unpack(json.loads(rows[0][0])) if rows else ()

    def about(self) -> dict[str, str]:
        """What the file was built from, by name."""
        return dict(self._ask("SELECT key, value FROM meta"))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _ask(self, query: str, *values: str) -> list[Any]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _damaged(self.path, error) from error


def open_gazetteer(path: Path) -> SqliteGazetteer:
    """Open a built gazetteer. Raises LexiconError where it is missing, half-written or not ours."""
    return SqliteGazetteer(path)


def _connect(path: Path) -> sqlite3.Connection:
    try:
        with path.open("rb") as file:
            head = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        raise LexiconError("no gazetteer there", where=str(path), todo="run: dateline gazetteer build") from error
    # SQLite file format, section 1.3: page size at 16 (1 means 65536), page count at 28
    page = int.from_bytes(head[16:18], "big")
    if head[:16] != b"SQLite format 3\0" or (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big") != size:
        raise _damaged(path, "its length is not what its first page says")
    try:
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


def _check(db: sqlite3.Connection, path: Path) -> tuple[str, str]:
    """The version that the file was built as, and a digest of what was taken in since.

    Refuses a file whose last row, written when all else was, is not there.
    """
    try:
        meta = dict(db.execute("SELECT key, value FROM meta"))
        known = db.execute("SELECT count(*) FROM name WHERE key = 'kabul'").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error
    if meta.get("whole") != "yes" or not known:
        raise _damaged(path, "it was never finished")
    return str(meta["version"]), str(meta.get("imported", ""))


def _damaged(path: Path, why: object) -> LexiconError:
    return LexiconError(f"the gazetteer is damaged ({why})", where=str(path), todo="run: dateline gazetteer build")


def _spot(row: Any) -> Spot:
    return Spot(
        id=row[0], name=row[1], kind=row[2], country=row[3], admin1=row[4], admin2=row[5],
        latitude=row[6], longitude=row[7], population=row[8], feature=row[9], within=(row[10], row[11]),
        radius_km=row[12], also=tuple(row[13].split()) if row[13] else (),
        claimants=tuple(row[14].split()) if row[14] else (), since=row[15], until=row[16], known=row[17],
    )  # fmt: skip


def _hit(row: Any) -> Hit:
    return Hit(_spot(row), row[18] / 100, GUARDS[row[19]], row[20], row[21])
