"""A place while the map is being built, and the growing list of them."""

from dataclasses import dataclass, field

from dateline.lexicons.gazetteer.folding import bare, fold
from dateline.model import PlaceKind

USUAL, OTHER, SHORT, ALIAS_SHORT = (
    100,
    60,
    80,
    55,
)  # weight, in hundredths, of a name, an alias, their bare forms


@dataclass(slots=True)
class Draft:
    """One place to be; ``admin1`` and ``admin2`` are indices into ``Drafts.all``. ``rings`` is a packed
    outline.
    """

    id: str
    name: str
    kind: PlaceKind
    feature: str
    country: str | None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    admin1: int | None = None
    admin2: int | None = None
    code: str = ""
    radius: float | None = None
    also: str = ""
    claimants: str = ""
    since: str | None = None
    until: str | None = None
    named: bool = False  # our own table says how the record calls it
    rings: list[list[int]] | None = None
    names: dict[str, tuple[int, int]] = field(default_factory=dict)  # folded name → (weight, guard)

    def call(self, name: str, weight: int = OTHER, guard: int = 0) -> None:
        """Note one more name; where it is known already, the greater weight stays."""
        key = fold(name)
        if not key or len(key) > 60 or key.isdigit():
            return
        if guard or key not in self.names or self.names[key][0] < weight:
            self.names[key] = (weight, guard)

    def call_bare(self) -> None:
        """For a province or district: every name without the word that says what unit it is."""
        usual = fold(self.name)
        for key, (weight, guard) in list(self.names.items()):
            short = bare(key)
            if short and short != key and not guard and weight >= OTHER and not key.startswith("district of "):
                self.call(short, SHORT if key == usual else ALIAS_SHORT)


@dataclass(slots=True)
class Drafts:
    """All places to be, and ways to find them again while building."""

    all: list[Draft] = field(default_factory=list)
    by_id: dict[str, int] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)  # GeoNames admin code: "AF", "AF.13", "AF.13.1301"

    def add(self, draft: Draft) -> int:
        """Take a draft in; gives its index."""
        n = len(self.all)
        self.all.append(draft)
        self.by_id[draft.id] = n
        if draft.code:
            self.by_code[draft.code] = n
        return n

    def find(self, reference: str) -> Draft | None:
        """The draft that an id, a country code or an admin code stands for."""
        n = self.by_id.get(reference, self.by_code.get(reference))
        return None if n is None else self.all[n]
