"""Our own tables: places.tsv (what packages lack) and place_names.tsv (demonyms, abbreviations …)."""

from collections.abc import Iterable, Mapping
from typing import get_args

from dateline.errors import LexiconError
from dateline.lexicons.gazetteer.drafts import USUAL, Draft, Drafts
from dateline.model import PlaceKind

Row = Mapping[str, str]
GUARDS = {"": 0, "case": 1, "comma": 2, "people": 3}


def own_places(drafts: Drafts, rows: Iterable[Row]) -> None:
    """Add the rows of places.tsv, or lay one over the place that bears its id already.

    Columns: id, name, kind, feature, country, admin1 (GeoNames admin code), lat, lon, radius_km, population,
    names (apart by "|"), claimants (ISO codes), since, until. Raises LexiconError, naming the row, where one
    is wrong.
    """
    for number, row in enumerate(rows, 1):
        try:
            _own_place(drafts, row)
        except (KeyError, ValueError) as error:
            raise LexiconError(
                f"row {number} ({row.get('id')}): {error}", where="places.tsv", todo="mend the row"
            ) from error


def _own_place(drafts: Drafts, row: Row) -> None:
    draft = drafts.find(row["id"])
    if draft is None:
        if row["kind"] not in get_args(PlaceKind):
            raise ValueError(f"unknown kind {row['kind']!r}")
        draft = Draft(row["id"], row["name"], row["kind"], row["feature"] or "", row["country"] or None)  # type: ignore[arg-type]
        draft.call(row["name"], USUAL)
        drafts.add(draft)
    if row["lat"]:
        draft.lat, draft.lon = float(row["lat"]), float(row["lon"])
        if not (-90 <= draft.lat <= 90 and -180 <= draft.lon <= 180):
            raise ValueError(f"no such point: {draft.lat}, {draft.lon}")
    if row["admin1"]:
        draft.admin1 = drafts.by_code[row["admin1"]]
    if row["population"]:
        draft.population = int(row["population"])
    draft.radius = float(row["radius_km"]) if row["radius_km"] else draft.radius
    draft.feature = row["feature"] or draft.feature
    draft.claimants = row["claimants"] or draft.claimants
    draft.since, draft.until = row["since"] or draft.since, row["until"] or draft.until
    for name in filter(None, row["names"].split("|")):
        draft.call(name, 95)


def own_names(drafts: Drafts, rows: Iterable[Row]) -> None:
    """Give places the names of place_names.tsv. Columns: id, of (id, country or admin code), guard, words.

    ``guard`` is empty, "case", "comma" or "people" (see Hit); the first word of a row without one becomes the
    place's name in the record. Raises LexiconError where a row is wrong.
    """
    for number, row in enumerate(rows, 1):
        draft = drafts.find(row["of"])
        if draft is None or row["guard"] not in GUARDS:
            raise LexiconError(
                f"row {number} ({row['id']}): no place {row['of']!r}, or no guard {row['guard']!r}",
                where="place_names.tsv", todo="mend the row",
            )  # fmt: skip
        words = [word for word in row["words"].split("|") if word]
        if words and not row["guard"] and draft.kind != "country":
            draft.name, draft.named = words[0], True  # as the English press spells it
        for word in words:
            draft.call(word, USUAL, GUARDS[row["guard"]])
