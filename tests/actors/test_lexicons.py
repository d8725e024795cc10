"""The lists of actors, outlets and head words hold together."""

import re
from datetime import date
from itertools import combinations

import pytest

from dateline.lexicons.load import Entry, load_lexicons
from dateline.model import ActorKind

WORDS = load_lexicons()
ACTORS, OUTLETS = WORDS.tables["actors"], WORDS.tables["outlets"]
KINDS = set(ActorKind.__args__)  # type: ignore[attr-defined]
SECTORS = set("GOV MIL REB COP SPY LEG JUD PTY OPP IGO NGO BUS CRM".split()) | {""}
LISTS = ("people", "titles", "modifiers", "anonymity", "metonyms")
ENTRIES = [pytest.param(e, id=e.id) for stem in LISTS for e in WORDS.entries[stem]]


def test_ids_are_unique_over_actors_and_outlets() -> None:
    """An id leads to one row, whichever list it stands in."""
    ids = [row["id"] for row in (*ACTORS, *OUTLETS)]
    assert len(ids) == len(set(ids)), sorted(i for i in set(ids) if ids.count(i) > 1)


def test_every_actor_row_is_well_formed() -> None:
    """Kind, sector, country, owner and dates are ones that the readers know."""
    ids = {row["id"] for row in ACTORS}
    for row in ACTORS:
        assert row["kind"] in KINDS and row["sector"] in SECTORS, row
        assert re.fullmatch(r"[A-Z]{2}|", row["country"]), row
        assert row["of"] in ids | {""} and row["becomes"] in ids | {""}, row
        for day in filter(None, (row["valid_from"], row["valid_to"])):
            date.fromisoformat(day)


def test_every_outlet_row_is_well_formed() -> None:
    """Outlets are agencies, newspapers, broadcasters or sites, with a country code or none."""
    for row in OUTLETS:
        assert row["kind"] in ("agency", "newspaper", "broadcaster", "site"), row
        assert re.fullmatch(r"[A-Z]{2}|", row["country"]) and not row["domain"].startswith("www."), row


def test_a_name_means_one_actor_on_any_day() -> None:
    """Two rows share a name only when their dates do not overlap."""
    owners: dict[str, list[int]] = {}
    for n, row in enumerate(ACTORS):
        for name in {row["name"], *row["aliases"].split("|"), *row["loaded"].split("|")} - {""}:
            owners.setdefault(name, []).append(n)
    for name, rows in owners.items():
        for a, b in combinations(rows, 2):
            one, two = ACTORS[a], ACTORS[b]
            apart = (one["valid_to"] or "9999") < (two["valid_from"] or "0000")
            assert apart or (two["valid_to"] or "9999") < (one["valid_from"] or "0000"), (
                name,
                one["id"],
                two["id"],
            )


def test_nobody_belongs_to_itself() -> None:
    """The chain of owners of every row ends."""
    owner = {row["id"]: row["of"] for row in ACTORS}
    for start in owner:
        seen, at = set(), start
        while at:
            assert at not in seen, start
            seen.add(at)
            at = owner[at]


def hit(example: str) -> str:
    found = re.search(r"\*(.+?)\*", example)
    assert found, f"no starred hit in {example!r}"
    return found[1].lower()


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_yes_example_stars_a_word_of_its_entry(entry: Entry) -> None:
    """The starred words are listed, as they stand, in the singular or as the verb's base."""
    listed = {w.lower() for w in entry.words}
    for example in entry.yes:
        word = hit(example)
        forms = {
            word,
            word.removesuffix("s"),
            word.removesuffix("es"),
            word.removesuffix("d"),
            word.removesuffix("ed"),
        }
        assert forms & listed, (word, entry.id)
    assert entry.yes
