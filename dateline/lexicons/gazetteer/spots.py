"""What the map knows of a place, and what stages may ask of the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.model import PlaceKind

Polygon = Sequence[Sequence[tuple[float, float]]]  # outer rings of (lon, lat)


@dataclass(frozen=True, slots=True)
class Spot:
    """One gazetteer entry. ``id`` names its authority ("geonames:1138958"); admin fields are names in words.

    ``feature`` is a GeoNames feature code (PPLC a capital, ADM1, PCLI …) or our own word (CAMP, CROSSING …).
    ``within`` holds ids of the province and the district. ``also`` holds ids of the same place by other
    authorities. ``claimants`` are ISO codes of all that claim it, if disputed. ``known`` is how likely
    the place is to be meant when nothing else is known, in powers of ten.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    population: int
    feature: str = "PPL"
    within: tuple[str | None, str | None] = (None, None)
    radius_km: float | None = None
    also: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    known: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A spot found under a name. ``weight`` 0–1: how much this is its usual name. ``guard`` says when it may
    count.

    Guards: "" always; "case" only as spelt, in capitals; "comma" only after another place and a comma;
    "people" an adjective or a people's name, which stands for a government or people rather than for ground.
    """

    spot: Spot
    weight: float
    guard: str
    since: str | None = None
    until: str | None = None


class Gazetteer(Protocol):
    """What stages may ask of the map."""

    version: str

    def lookup(self, name: str) -> Sequence[Spot]:
        """Every spot that goes by this name, best known first; empty when none does."""
        ...

    def hits(self, name: str) -> Sequence[Hit]:
        """The same with how usual the name is for each, and when it may count."""
        ...

    def sounding(self, name: str, countries: frozenset[str]) -> Sequence[Hit]:
        """Spots within these countries whose name, roughly sounded, is this one (transliteration)."""
        ...

    def knows(self, name: str) -> bool:
        """True when some spot goes by this name; cheaper than ``hits``."""
        ...

    def spot(self, id: str) -> Spot | None:
        """The spot of this id, any authority's."""
        ...

    def provinces(self, country: str) -> Sequence[Spot]:
        """First-level units of a country."""
        ...

    def outline(self, id: str) -> Polygon:
        """Outer rings of a province's or district's border, simplified; empty where unknown."""
        ...
