"""The map: one SQLite file of places with names, kinds and chains. Built once from packages, read fast."""

from dateline.lexicons.gazetteer.building import about, build, expected_version
from dateline.lexicons.gazetteer.imports import import_geonames, import_names, import_pcodes, import_table
from dateline.lexicons.gazetteer.reader import SqliteGazetteer, open_gazetteer
from dateline.lexicons.gazetteer.spots import Gazetteer, Hit, Spot

__all__ = [
    "Gazetteer", "Hit", "Spot", "SqliteGazetteer", "about", "build", "expected_version", "import_geonames",
    "import_names", "import_pcodes", "import_table", "open_gazetteer",
]  # fmt: skip
