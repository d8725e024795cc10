"""Takes in what a user brings: GeoNames dumps, dated names, p-coded boundaries, a table of one's own.

Everything is read and checked before anything is written, so a bad row leaves the map as it was. What is taken in
is lost when the map is built anew from other packages; keep the files that you bring.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from dateline.errors import LexiconError
from dateline.lexicons.gazetteer.folding import fold
from dateline.lexicons.gazetteer.outlines import pack, radius
from dateline.lexicons.gazetteer.taking import Newcomer, add_name, rewriting, take_in
from dateline.model import PlaceKind

# GeoNames feature class and code → our kind (https://www.geonames.org/export/codes.html)
CLASSES = {"P": "settlement", "H": "water", "T": "relief", "U": "relief", "S": "site", "R": "site", "V": "relief"}
UNITS = {"ADM1": "province", "ADM2": "district", "ADM3": "district", "ADM4": "district", "PCLI": "country"}
SHOWN = 20  # bad rows named in an error; more are counted


def import_geonames(map_: Path, dump: Path) -> int:
    """A GeoNames country file or allCountries, .txt or .zip. Gives how many places are new.

    Raises LexiconError where the file is not one, naming rows that cannot be read.
    """
    bad: list[str] = []
    found = [n for number, line in _lines(dump) if (n := _geonames_row(number, line, bad))]
    _refuse(dump, bad)
    if not found:
        raise LexiconError("holds no GeoNames rows", where=str(dump), todo="name a GeoNames .txt or .zip file")
    return take_in(map_, found)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines of a text file, or of the largest text in a zip."""
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as packed:
                inside = [i for i in packed.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename]
                if not inside:
                    raise LexiconError("holds no .txt file", where=str(path), todo="name a GeoNames zip")
                with packed.open(max(inside, key=lambda i: i.file_size)) as raw:
                    yield from enumerate(io.TextIOWrapper(raw, encoding="utf-8"), 1)
        else:
            with path.open(encoding="utf-8") as lines:
                yield from enumerate(lines, 1)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise LexiconError(f"cannot be read: {error}", where=str(path), todo="name a readable UTF-8 file") from error


def _geonames_row(number: int, line: str, bad: list[str]) -> Newcomer | None:
    cells = line.rstrip("\n").split("\t")
    if len(cells) != 19:
        bad.append(f"row {number}: {len(cells)} columns, not 19")
        return None
    id, name, _, others, lat, lon, group, code, country = cells[:9]
    kind = UNITS.get(code) or CLASSES.get(group)
    point = _point(number, lat, lon, bad)
    if kind is None or point is None:
        return None
    names: list[tuple[str, str | None, str | None]] = [(n, None, None) for n in others.split(",") if len(n) > 3]
    parents = (country, f"{country}.{cells[10]}", f"{country}.{cells[10]}.{cells[11]}")
    population = int(cells[14]) if cells[14].isdigit() else 0
    return Newcomer(f"geonames:{id}", name, kind, code or "PPL", country or None, *point, population, names, parents)


def import_names(map_: Path, dump: Path, languages: Iterable[str] = ("en", "", "fr", "es", "de")) -> int:
    """Dated and undated names from GeoNames' alternateNamesV2, for places that the map has. Gives how many."""
    wanted, rows, bad = frozenset(languages), [], list[str]()
    for number, line in _lines(dump):
        cells = line.rstrip("\n").split("\t")
        if len(cells) not in (8, 10):
            bad.append(f"row {number}: {len(cells)} columns, not 10")
            continue
        since, until = (cells[8] or None, cells[9] or None) if len(cells) == 10 else (None, None)
        if cells[2] in wanted and len(cells[3]) > 2:
            usual = 100 if cells[4] == "1" else 55 if cells[7] == "1" else 70
            rows.append((f"geonames:{cells[1]}", cells[3], usual, since, until))
    _refuse(dump, bad)
    with rewriting(map_) as db:
        before = db.total_changes
        for id, name, weight, since, until in rows:
            spot = db.execute("SELECT n, known FROM spot WHERE id = ?", (id,)).fetchone()
            if spot and (key := fold(name)):
                add_name(db, spot[0], key, weight, spot[1], (since, until))
        return db.total_changes - before


def import_pcodes(map_: Path, file: Path) -> int:
    """OCHA p-coded boundaries, GeoJSON with ADMn_EN and ADMn_PCODE properties. Gives how many places are new.

    A unit that the map has, by name and place, gets the p-code beside its id and the outline.
    """
    from shapely.geometry import shape

    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LexiconError(f"is not GeoJSON: {error}", where=str(file), todo="name a GeoJSON file") from error
    bad: list[str] = []
    found = []
    for number, feature in enumerate(features, 1):
        unit = _pcode(number, feature, shape, bad)
        if unit:
            found.append(unit)
    _refuse(file, bad)
    return take_in(map_, found)


def _pcode(number: int, feature: Any, shape: Any, bad: list[str]) -> Newcomer | None:
    values = {str(k).upper(): v for k, v in (feature.get("properties") or {}).items()}
    level = max((n for n in range(5) if values.get(f"ADM{n}_PCODE")), default=None)
    if level is None:
        bad.append(f"row {number}: no ADMn_PCODE")
        return None
    name = next((values[k] for k in (f"ADM{level}_EN", f"ADM{level}_REF", f"ADM{level}_FR") if values.get(k)), None)
    if not name or not feature.get("geometry"):
        bad.append(f"row {number}: no name or no outline")
        return None
    outline = shape(feature["geometry"]).buffer(0)
    point = outline.representative_point()
    kind = ("country", "province", "district", "district", "district")[level]
    code = str(values["ADM0_PCODE"])[:2] if values.get("ADM0_PCODE") else str(values[f"ADM{level}_PCODE"])[:2]
    parents = tuple(f"pcode:{values[f'ADM{n}_PCODE']}" for n in range(level) if values.get(f"ADM{n}_PCODE"))
    return Newcomer(
        f"pcode:{values[f'ADM{level}_PCODE']}", str(name), kind, f"ADM{level}", code,
        round(point.y, 5), round(point.x, 5), parents=(code, *parents),
        radius=radius(outline.area, point.y), rings=pack(outline.simplify(0.01)),
    )  # fmt: skip


def import_table(map_: Path, file: Path) -> int:
    """A CSV of one's own: id, name, lat, lon, and as wanted kind, country, names (apart by "|"), population, radius_km.

    Gives how many places are new. Raises LexiconError naming every row with a bad point, kind or number, with an
    empty or repeated id; then nothing is taken in.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = {"id", "name", "lat", "lon"} - set(reader.fieldnames or ())
            if missing:
                raise LexiconError(
                    f"lacks the columns {', '.join(sorted(missing))}", where=str(file), todo="add them to the first row"
                )
            rows = list(enumerate(reader, 2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LexiconError(f"cannot be read: {error}", where=str(file), todo="save it as UTF-8 CSV") from error
    bad: list[str] = []
    seen: dict[str, int] = {}
    found = [n for number, row in rows if (n := _own_row(number, row, seen, bad))]
    _refuse(file, bad)
    return take_in(map_, found)


def _own_row(number: int, row: dict[str, Any], seen: dict[str, int], bad: list[str]) -> Newcomer | None:
    id, name = (row["id"] or "").strip(), (row["name"] or "").strip()
    if not id or not name:
        bad.append(f"row {number}: no id or no name")
        return None
    if id in seen:
        bad.append(f"row {number}: id {id!r} is that of row {seen[id]}")
        return None
    seen[id] = number
    kind = (row.get("kind") or "settlement").strip()
    if kind not in get_args(PlaceKind):
        bad.append(f"row {number}: kind {kind!r} is none of {', '.join(get_args(PlaceKind))}")
        return None
    point = _point(number, row["lat"], row["lon"], bad)
    numbers = [(row.get(column) or "0").strip() for column in ("population", "radius_km")]
    if not all(n.replace(".", "", 1).isdigit() for n in numbers):
        bad.append(f"row {number}: population or radius_km is not a number")
        return None
    if point is None:
        return None
    names: list[tuple[str, str | None, str | None]] = [
        (n, None, None) for n in (row.get("names") or "").split("|") if n
    ]
    country = (row.get("country") or "").strip().upper() or None
    own = id if ":" in id else f"own:{id}"
    return Newcomer(
        own, name, kind, "OWN", country, *point, int(float(numbers[0])), names,
        (country,) if country else (), float(numbers[1]) or None,
    )  # fmt: skip


def _point(number: int, lat: str | None, lon: str | None, bad: list[str]) -> tuple[float, float] | None:
    try:
        point = float(lat or ""), float(lon or "")
    except ValueError:
        bad.append(f"row {number}: {lat!r}, {lon!r} is not a point")
        return None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180) or point == (0.0, 0.0):
        bad.append(f"row {number}: {lat}, {lon} lies nowhere on land or sea that has a name")
        return None
    return point


def _refuse(file: Path, bad: list[str]) -> None:
    if bad:
        more = f" and {len(bad) - SHOWN} more" if len(bad) > SHOWN else ""
        raise LexiconError("; ".join(bad[:SHOWN]) + more, where=str(file), todo="mend these rows; nothing was taken in")
