"""Names as typed → conditions on the places and actors of a record. Unknown ones are answered with near ones."""

import difflib
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from dateline.errors import UsageError
from dateline.lexicons.gazetteer import Gazetteer, Spot
from dateline.lexicons.gazetteer.folding import fold
from dateline.lexicons.load import Lexicons, first_word
from dateline.store import tables as t

AROUND = re.compile(r"(?P<km>\d+(?:\.\d+)?) ?km (?:of|from|around) (?P<name>.+)", re.IGNORECASE)
KINDED = re.compile(r"(.+) \((\w+)\)")  # "Herat (province)"
EARTH_KM, KM_A_DEGREE = 6371.0, 110.5
NEAR, ALIKE = 5, 0.7  # names offered, and how alike they must be (difflib's ratio)
WIDE = ("country", "province", "none")  # how precise a point may not be for a distance to mean something


@dataclass(frozen=True, slots=True)
class Atlas:
    """What names are looked up in beside the record."""

    gazetteer: Gazetteer | None
    lexicons: Lexicons
    named: tuple[str, ...] = ()  # actors as people named them in rulings


def at_place(connection: Connection, atlas: Atlas, name: str) -> ColumnElement[bool]:
    """True of rows of ``spots`` that are this very place. Raises UsageError where nobody knows it."""
    same = [_same(spot) for spot in chosen(atlas, name)]
    if not same and not _listed(connection, fold(name)):
        raise _unknown(connection, atlas, name)
    return sa.or_(*same) if same else t.spots.c.folded == fold(name)


def inside(connection: Connection, atlas: Atlas, name: str) -> ColumnElement[bool]:
    """True of rows of ``spots`` in or at a place, or within so many km of it: "50 km of Herat". Raises UsageError."""
    ring = AROUND.fullmatch(name.strip())
    if ring:
        return _ring(connection, atlas, ring["name"], float(ring["km"]))
    spots = chosen(atlas, name)
    if not spots:
        return at_place(connection, atlas, name)
    return sa.or_(*map(_same, spots), *(_under(s) for s in spots if s.kind in ("country", "province", "district")))


def chosen(atlas: Atlas, name: str) -> list[Spot]:
    """The best known spot of this name, with the province or town of the same name that it lies in or heads.

    "Herat, Afghanistan" takes the best known that lies in what stands behind the comma.
    """
    if atlas.gazetteer is None:
        return []
    words, _, around = (part.strip() for part in name.partition(","))
    found = [hit.spot for hit in atlas.gazetteer.hits(words) if hit.guard != "people"]
    if around:
        wider = chosen(atlas, around)
        found = [s for s in found if any(_lies_in(s, w) for w in wider)]
    if not found:
        return []
    first = found[0]
    return [first, *(s for s in found[1:] if s.id in first.within or first.id in s.within)]


def settled_place(atlas: Atlas, name: str) -> str:
    """The map's id of the one place that is named so: by its id, or as "Herat", "Herat (province), Afghanistan".

    Raises UsageError, listing the namesakes with their chains.
    """
    if atlas.gazetteer is None or atlas.gazetteer.spot(name) is not None:
        return name
    words, _, around = (part.strip() for part in name.partition(","))
    kinded = KINDED.fullmatch(words)
    words, kind = kinded.groups() if kinded else (words, None)
    found = [hit.spot for hit in atlas.gazetteer.hits(words) if hit.guard != "people" and kind in (None, hit.spot.kind)]
    if around:
        wider = chosen(atlas, around)
        found = [s for s in found if any(_lies_in(s, w) for w in wider)]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise UsageError(f"the map knows no place {name!r}", todo="name it as the map does, or give its id")
    namesakes = "; ".join(f"{s.id} {chain(s)}" for s in found[:NEAR])
    raise UsageError(f"{len(found)} places are called {name!r}", todo=f"give one by its id: {namesakes}")


def chain(spot: Spot) -> str:
    """ "Herat (province), Afghanistan" in the map's own codes."""
    around = dict.fromkeys(filter(None, (spot.admin2, spot.admin1, spot.country)))
    return ", ".join([f"{spot.name} ({spot.kind})", *(name for name in around if name != spot.name)])


def called(connection: Connection, atlas: Atlas, name: str, theirs: bool = True) -> ColumnElement[bool]:
    """True of rows of ``names`` that go by this name, or hold it as whole words; with ``theirs``, of what is theirs.

    What belongs to whom stands in the list of actors: a ministry to its government, that to its state. Raises
    UsageError where nobody goes by the name.
    """
    wanted = fold(name) or name.casefold()
    known = {n.row["id"] for n in atlas.lexicons.names.get(first_word(name), ()) if fold(n.written) == wanted}
    if theirs:
        known |= _belonging(atlas.lexicons, known)
    words = (sa.literal(" ") + t.names.c.folded + " ").contains(f" {wanted} ", autoescape=True)
    asked = sa.or_(t.names.c.lexicon.in_(sorted(known | {name})), words)
    spoken = any(holds_words(fold(other), wanted) for other in atlas.named)
    if not (known or spoken) and connection.execute(sa.select(t.names.c.who).where(asked).limit(1)).first() is None:
        listed = connection.execute(sa.select(t.names.c.folded, t.names.c.name))
        near = _near(wanted, [(row.folded, row.name) for row in listed])
        raise UsageError(f"nobody is called {name!r} in the record or the list of actors", todo=near)
    return asked


def holds_words(folded: str, wanted: str) -> bool:
    """Whether a name holds another as whole words, both folded."""
    return f" {wanted} " in f" {folded} "


def calling(atlas: Atlas, name: str) -> Callable[[str], bool]:
    """The same as ``called`` for a single name in words, such as one that people gave in a ruling."""
    wanted, listed = fold(name) or name.casefold(), atlas.lexicons.names
    known = {n.row["id"] for n in listed.get(first_word(name), ()) if fold(n.written) == wanted} | {name}
    known |= _belonging(atlas.lexicons, known)

    def goes(other: str) -> bool:
        ids = {n.row["id"] for n in listed.get(first_word(other), ()) if n.written == other}
        return holds_words(fold(other), wanted) or not ids.isdisjoint(known)

    return goes


class Chained(Protocol):
    """A place with its chain in words, as a row of ``spots`` has it."""

    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str | None: ...
    @property
    def admin1(self) -> str | None: ...
    @property
    def admin2(self) -> str | None: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def gazetteer(self) -> str | None: ...
    @property
    def precision(self) -> str: ...


def lying(atlas: Atlas, name: str, within: bool) -> Callable[[Chained], bool]:
    """The same as ``inside``, or ``at_place``, for a single place, such as one that people pinned."""
    ring = AROUND.fullmatch(name.strip()) if within else None
    if ring:
        middle = next((s for s in chosen(atlas, ring["name"]) if s.latitude is not None), None)
        return lambda p: middle is not None and _near_enough(p, middle, float(ring["km"]))
    spots = chosen(atlas, name)
    same = {id for s in spots for id in (s.id, *s.also)}

    def lies(p: Chained) -> bool:
        here = p.gazetteer in same if spots else fold(p.name) == fold(name)
        return here or (within and any(_chained_in(p, s) for s in spots))

    return lies


def _chained_in(p: Chained, spot: Spot) -> bool:
    if spot.kind == "country" or p.country != spot.country:
        return spot.kind == "country" and p.country == spot.country
    if spot.kind == "province":
        return p.admin1 == spot.name
    return spot.kind == "district" and (p.admin1, p.admin2) == (spot.admin1, spot.name)


def _near_enough(p: Chained, middle: Spot, km: float) -> bool:
    ends = (middle.latitude, middle.longitude, p.latitude, p.longitude)
    if None in ends or p.precision in WIDE:
        return False
    a, b, c, d = (float(end) for end in ends if end is not None)
    return distance_km((a, b), (c, d)) <= km


def _belonging(lexicons: Lexicons, owners: set[str]) -> set[str]:
    """Ids of the listed actors that belong to these, or to one that does."""
    rows = lexicons.tables.get("actors", ())
    found, size = {*owners}, 0
    while len(found) > size:
        size = len(found)
        found |= {row["id"] for row in rows if row.get("of") in found}
    return found


def _same(spot: Spot) -> ColumnElement[bool]:
    return t.spots.c.gazetteer.in_([spot.id, *spot.also])


def _under(spot: Spot) -> ColumnElement[bool]:
    c = t.spots.c
    if spot.kind == "country":
        return c.country == spot.country
    chain = sa.and_(c.country == spot.country, c.admin1 == (spot.name if spot.kind == "province" else spot.admin1))
    return chain if spot.kind == "province" else sa.and_(chain, c.admin2 == spot.name)


def _lies_in(spot: Spot, wider: Spot) -> bool:
    return wider.id in spot.within or (wider.kind == "country" and spot.country == wider.country)


def _ring(connection: Connection, atlas: Atlas, name: str, km: float) -> ColumnElement[bool]:
    centre = next((s for s in chosen(atlas, name) if s.latitude is not None and s.longitude is not None), None)
    if centre is None or centre.latitude is None or centre.longitude is None:
        raise _unknown(connection, atlas, name)
    middle = (centre.latitude, centre.longitude)
    near = [key for key, *point in _box(connection, *middle, km) if distance_km(middle, (point[0], point[1])) <= km]
    return sa.and_(t.spots.c.spot.in_(near), t.spots.c.precision.not_in(WIDE))


def _box(connection: Connection, lat: float, lon: float, km: float) -> Iterable[tuple[int, float, float]]:
    """(key, latitude, longitude) of spots in a box that holds the circle, by the index that the database has."""
    up = km / KM_A_DEGREE
    aside = min(180.0, up / max(0.01, math.cos(math.radians(min(89.0, abs(lat) + up)))))
    south, north, west, east = lat - up, lat + up, lon - aside, lon + aside
    c = t.spots.c
    point = sa.select(c.spot, c.latitude, c.longitude)
    if connection.dialect.name == "sqlite":
        box = sa.text("SELECT spot FROM map WHERE north >= :s AND south <= :n AND east >= :w AND west <= :e")
        asked = point.where(c.spot.in_(box.bindparams(s=south, n=north, w=west, e=east)))
    else:
        asked = point.where(c.latitude.between(south, north), c.longitude.between(west, east))
    return [(row.spot, row.latitude, row.longitude) for row in connection.execute(asked)]


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) in degrees."""
    (lat1, lon1), (lat2, lon2) = (map(math.radians, point) for point in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def _listed(connection: Connection, folded: str) -> bool:
    return connection.execute(sa.select(t.spots.c.spot).where(t.spots.c.folded == folded).limit(1)).first() is not None


def _unknown(connection: Connection, atlas: Atlas, name: str) -> UsageError:
    """Near names: of the record by their letters, of the map by their sound in the record's countries."""
    rows = connection.execute(sa.select(t.spots.c.folded, t.spots.c.name).distinct())
    listed = [(row.folded, row.name) for row in rows]
    countries = frozenset(c for c in connection.scalars(sa.select(t.spots.c.country).distinct()) if c)
    sounding = atlas.gazetteer.sounding(name, countries) if atlas.gazetteer else ()
    near = _near(fold(name), [*listed, *((fold(hit.spot.name), hit.spot.name) for hit in sounding)])
    return UsageError(f"no place is called {name!r}", todo=near)


def _near(wanted: str, listed: Iterable[tuple[str, str]]) -> str:
    names = dict(listed)
    near = difflib.get_close_matches(wanted, names, NEAR, ALIKE)
    return f"did you mean {', '.join(names[n] for n in near)}?" if near else "check how it is spelt"
