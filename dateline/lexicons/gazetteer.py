"""The map: one SQLite file of places with their names, kinds and chains."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.model import PlaceKind


@dataclass(frozen=True, slots=True)
class Spot:
    """One gazetteer entry. ``id`` names its authority ("geonames:1138958"); admin fields are names in words."""

    id: str
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    population: int


class Gazetteer(Protocol):
    """What stages may ask of the map."""

    version: str

    def lookup(self, name: str) -> Sequence[Spot]:
        """Every spot that goes by this name, best known first; empty when none does."""
        ...
