"""OCHA boundaries: p-codes beside the map's own ids."""

import json
from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.lexicons.gazetteer import import_pcodes, open_gazetteer
from dateline.lexicons.gazetteer.drafts import Draft, Drafts
from dateline.lexicons.gazetteer.writing import write


def feature(lat: float, lon: float, **properties: str) -> dict[str, object]:
    ring = [[lon, lat], [lon + 0.2, lat], [lon + 0.2, lat + 0.2], [lon, lat + 0.2], [lon, lat]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_pcodes(tmp_path: Path) -> None:
    """A unit that the map has gets its p-code and outline; one that it lacks is added under its province."""
    drafts = Drafts()
    for draft in (
        Draft("geonames:2", "Eastmark", "province", "ADM1", "NO", 60.5, 11.0, code="NO.01"),
        Draft("geonames:3", "Kabul", "settlement", "PPL", "NO", 60.4, 11.1, admin1=0),
    ):
        draft.call(draft.name, 100)
        drafts.add(draft)
    path, file = tmp_path / "map.sqlite", tmp_path / "adm.geojson"
    write(path, drafts, {"version": "test"})
    codes = {"ADM0_PCODE": "NO", "ADM1_PCODE": "NO01", "ADM1_EN": "Eastmark"}
    rows = [feature(60.4, 10.9, **codes), feature(60.4, 11.3, **codes, ADM2_PCODE="NO0102", ADM2_EN="Hither Dale")]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    assert import_pcodes(path, file) == 1
    map_ = open_gazetteer(path)
    unit, dale = map_.spot("pcode:NO01"), map_.lookup("Hither Dale")[0]
    assert unit is not None
    assert unit.id == "geonames:2"
    assert (dale.id, dale.admin1) == ("pcode:NO0102", "Eastmark")
    assert map_.outline("geonames:2")


def test_row_without_code_is_named(tmp_path: Path) -> None:
    """A feature without a p-code is refused by its number."""
    drafts = Drafts()
    town = Draft("geonames:3", "Kabul", "settlement", "PPL", "NO", 60.4, 11.1)
    town.call("Kabul", 100)
    drafts.add(town)
    path, file = tmp_path / "map.sqlite", tmp_path / "adm.geojson"
    write(path, drafts, {"version": "test"})
    file.write_text(json.dumps({"features": [feature(60, 11, name="x")]}), encoding="utf-8")
    with pytest.raises(LexiconError, match="row 1: no ADMn_PCODE"):
        import_pcodes(path, file)
