"""Actors and places across reports: one under many names, and never one by a guess."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.kit import load_kit
from dateline.record import Page, Record
from dateline.store.asked import Asked
from dateline.store.namesakes import Named, alike
from tests.store.pages import Clock, Desk

TEXTS = {
    "2021-08-02": (
        "The Ministry of Defence of Ruritania said on Monday that rebels of the Free Valley Front shelled Kunduz. "
        "General Hamid Karimov, the commander of the Free Valley Front, denied it."
    ),
    "2021-08-03": (
        "The FVF said on Tuesday it had captured Zaranj. General Karimov told reporters the Front of the Free Valley "
        "would advance. The Ruritania Defence Ministry said it was false."
    ),
    "2021-08-05": "The Free Valley Front denied on Thursday that it had left Herat. The Taliban said so.",
}
PAGES = [Page(f"A valley at war\n\n{text}".encode(), f"{day}.txt", day) for day, text in TEXTS.items()]
MANY = "own.fvf\tFree Valley Front\tarmed_group\t\tREB\t\tFVF|Front of the Free Valley"


@pytest.fixture(scope="module")
def valley(desk: Desk) -> Iterator[Record]:
    """A record of three reports on one war, with one group under three names."""
    with desk.holding(PAGES) as made:
        yield made


def group(record: Record, name: str, **filters: object) -> dict[str, object]:
    (found,) = (row for row in record.ask("actors", Asked(**filters)) if row["name"] == name)  # type: ignore[arg-type]
    return found


def test_an_actor_of_many_reports_is_one_row(valley: Record) -> None:
    """With the names it was printed under, what it was said to be and when, and how many reports name it."""
    assert group(valley, "Free Valley Front")["reports"] == 2
    assert group(valley, "Free Valley Front", since=None, until=None, limit=50)["first"]
    general = group(valley, "Hamid Karimov")
    assert general["aliases"] == ["General Hamid Karimov"]
    assert general["roles"] == ["General 2021-08-02"]


def test_nothing_is_merged_by_a_guess(valley: Record) -> None:
    """Three names that may be one group are three rows, and each shows the others with the reason."""
    names = {row["name"] for row in valley.ask("actors", Asked())}
    assert {"Free Valley Front", "FVF", "Front of the Free Valley"} <= names
    (front,) = valley.namesakes("Free Valley Front").actors
    assert {c.name: c.why for c in front.candidates} == {
        "FVF": "its first letters", "Front of the Free Valley": "the same words"
    }  # fmt: skip
    (ministry,) = valley.namesakes("Ruritania Defence Ministry").actors
    assert [c.name for c in ministry.candidates] == ["Ministry of Defence of Ruritania"]
    general = next(a for a in valley.namesakes("Karimov").actors if a.name == "Karimov")
    assert [(c.name, c.why) for c in general.candidates] == [("Hamid Karimov", "the same surname")]
    assert valley.namesakes("Taliban").actors[0].candidates == ()


def test_the_line_shown_settles_it(desk: Desk, tmp_path: Path) -> None:
    """Put into a word list of one's own, the line makes two names one actor when the record is derived anew."""
    place = desk.place()
    with Record.open(place, desk.kit, Clock()) as record:
        list(record.add_all(PAGES))
        (front,) = record.namesakes("Free Valley Front").actors
        line = next(c.line for c in front.candidates if c.name == "FVF")
        columns = record.actor_columns
    (tmp_path / "actors.tsv").write_text(f"# Origin: a test\n# Licence: Apache-2.0\n{columns}\n{line}\n")
    with Record.open(place, lambda: load_kit(lexicons=(tmp_path,)), Clock(), lexicons=(tmp_path,)) as other:
        other.rebuild()
        one = group(other, "Free Valley Front")
        assert (one["reports"], one["lexicon"], one["aliases"]) == (3, "own.free-valley-front", ["FVF"])
        assert "FVF" not in {row["name"] for row in other.ask("actors", Asked())}
        (front,) = other.namesakes("FVF").actors
        assert [c.name for c in front.candidates] == ["Front of the Free Valley"]
        assert front.candidates[0].line.split("\t")[6] == "FVF|Front of the Free Valley"
    with Record.open(place, lexicons=(tmp_path,)) as asked:
        assert [row["name"] for row in asked.ask("actors", Asked(actor="FVF"))] == ["Free Valley Front"]


ALIKE = [
    ("Hezbollah", "Hizbullah", "armed_group", "sounds the same"),
    ("H. Rouhani", "Hassan Rouhani", "person", "the same surname"),
    ("Maria Rouhani", "Hassan Rouhani", "person", None),
    ("Defence Ministry", "Ministry of Defence", "government", "the same words"),
    ("National Army of the North", "NAN", "military", "its first letters"),
    ("National Army of the North", "Nan", "military", None),
    ("Blue Front", "Red Front", "armed_group", None),
]


@pytest.mark.parametrize(("one", "other", "kind", "why"), ALIKE)
def test_candidates_have_a_reason(one: str, other: str, kind: str, why: str | None) -> None:
    """The same words, first letters, surname or sound, and none for names that merely look alike."""
    a, b = (Named(f"a:{n}", name, kind, None, None) for n, name in enumerate((one, other)))
    assert alike(a, b) == alike(b, a) == why


def test_another_country_is_another_actor() -> None:
    """A ministry of one name in two countries is no candidate."""
    a, b = (Named(c, "Ministry of Defence", "government", c, None) for c in ("FR", "DE"))
    assert alike(a, b) is None


def test_places_of_one_name_stand_apart(valley: Record) -> None:
    """Each with its chain in words, the one that reports are held to mean first."""
    places = valley.namesakes("Herat").places
    assert places[0].reports == 1 and "AF" in places[0].chain
    assert len({p.id for p in places}) == len(places) > 2
    assert any("IR" in p.chain and not p.reports for p in places)
    with pytest.raises(UsageError, match="nobody is called"):
        valley.namesakes("Qqqqq")
