"""Resolving: reasons, confidence, geometry, claimants, dates; and where acts happened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Place, Setting, Span, Warning
from dateline.resolve.places_choice import distance
from dateline.resolve.places_names import read as read_name
from dateline.resolve.places_relative import contains, offset
from dateline.stage import Doc, Kit
from tests.places.reading import read


def place(doc: Doc, words: str) -> Place:
    text = doc.report.text
    return next(p for p in doc.of(Place) if any(s.of(text) == words for s in p.mentions))


def test_reasons_are_given(kit: Kit) -> None:
    """A choice says what it rests on: the unit's word, the container, its province."""
    doc = read("Fighters overran Guzara district of Herat province in Afghanistan.", kit)
    assert {"unit:district", "within"} <= set(place(doc, "Guzara").reasons)
    assert place(doc, "Guzara").confidence > 0.9


def test_relative_place_is_not_the_town(kit: Kit) -> None:
    """Twenty kilometres south of a town lies twenty kilometres south of it, and says from which town."""
    doc = read("A convoy was hit 20 km south of Kunduz. Kunduz was quiet.", kit)
    moved, town = place(doc, "20 km south of Kunduz"), place(doc, "Kunduz")
    assert moved.latitude is not None
    assert moved.longitude is not None
    assert town.latitude is not None
    assert town.longitude is not None
    assert distance(moved.latitude, moved.longitude, town.latitude, town.longitude) == pytest.approx(20, abs=0.5)
    assert moved.latitude < town.latitude
    assert f"of:{town.gazetteer}" in moved.reasons
    assert moved.gazetteer is None


@pytest.mark.parametrize(
    ("words", "north"), [("northern", True), ("southern", False), ("far north", True), ("southwestern", False)]
)
def test_sides_of_a_country(kit: Kit, words: str, north: bool) -> None:
    """A side of a country lies on that side of its middle."""
    doc = read(f"Fighting spread in {words} Afghanistan.", kit)
    side = doc.of(Place)[0]
    assert side.precision == "relative"
    assert side.latitude is not None
    assert (side.latitude > 33.5) == north


@pytest.mark.parametrize(
    ("text", "words", "claimants"),
    [
        ("Troops drilled in Crimea.", "Crimea", {"UA", "RU"}),
        ("Shells fell in Kashmir.", "Kashmir", {"IN", "PK", "CN"}),
        ("Rockets hit the Golan Heights.", "Golan Heights", {"SY", "IL"}),
        ("Talks on Western Sahara stalled.", "Western Sahara", {"EH", "MA"}),
        ("Peacekeepers patrolled Abyei.", "Abyei", {"SD", "SS"}),
        ("A truce held in Abkhazia.", "Abkhazia", {"GE", "RU"}),
        ("A truce held in South Ossetia.", "South Ossetia", {"GE", "RU"}),
        ("Guns fell silent in Nagorno-Karabakh.", "Nagorno-Karabakh", {"AZ", "AM"}),
        ("Shelling went on in Donetsk oblast.", "Donetsk", {"UA", "RU"}),
    ],
)
def test_claimants(kit: Kit, text: str, words: str, claimants: set[str]) -> None:
    """A disputed place names every state that claims or holds it."""
    assert claimants <= set(place(read(text, kit), words).claimants)


def test_place_of_another_time_is_marked(kit: Kit) -> None:
    """A region that was dissolved before the report says that it is dated."""
    assert (
        "dated" in place(read("Guns fell silent in Nagorno-Karabakh.", kit, "2024-05-01"), "Nagorno-Karabakh").reasons
    )
    then = place(read("Guns fell silent in Nagorno-Karabakh.", kit, "2020-11-10"), "Nagorno-Karabakh")
    assert "dated" not in then.reasons


def test_unknown_place_gets_no_point(kit: Kit) -> None:
    """A name that the map lacks keeps its words, gets no point, and a warning says so."""
    doc = read("Shells hit the village of Vrelobrdica in Ukraine.", kit)
    found = next(p for p in doc.of(Place) if p.gazetteer is None)
    assert (found.latitude, found.precision, found.confidence) == (None, "none", 0.0)
    assert any("Vrelobrdica" in w.message for w in doc.of(Warning))


def test_one_place_for_all_its_mentions(kit: Kit) -> None:
    """A place named three times is one place with three mentions, in order."""
    doc = read("Herat was calm. Shops in Herat opened. People left Herat for Iran.", kit)
    spans = place(doc, "Herat").mentions
    assert len(spans) == 3
    assert list(spans) == sorted(spans)


def test_act_and_voice_have_their_own_places(kit: Kit) -> None:
    """The place of the act and the place of the voice are kept apart."""
    text = "A bomb exploded in Herat on Monday, the ministry in Kabul said."
    doc = read(text, kit)
    names = {p.id: p.name for p in doc.of(Place)}
    where = {s.trigger.of(text): names[s.place] for s in doc.of(Setting)}
    assert where["exploded"] == "Herat"
    assert where.get("said") != "Herat"


def test_dateline_is_no_setting(kit: Kit) -> None:
    """The place of a dateline is a place of the report, never of an act."""
    text = "DUSHANBE (Steppe Press) -- Rockets struck Kandahar on Monday."
    doc = read(text, kit)
    names = {p.id: p.name for p in doc.of(Place)}
    assert {names[s.place] for s in doc.of(Setting)} == {"Kandahar"}


@pytest.mark.parametrize(
    ("text", "words", "level"),
    [
        ("in Guzara district today", "Guzara", 2),
        ("in Takhar, Kunduz and Baghlan provinces", "Takhar", 1),
        ("the city of Herat fell", "Herat", 3),
        ("ten districts of Herat fell", "Herat", 0),
        ("Herat fell", "Herat", 0),
    ],
)
def test_unit_words(text: str, words: str, level: int) -> None:
    """The unit's word before or after a name, and at the end of a list, says what sort of place it is."""
    at = text.index(words)
    assert read_name(text, Span(at, at + len(words))).level == level


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 360), st.floats(0.1, 500))
def test_offset_is_as_far_as_it_says(lat: float, lon: float, bearing: float, km: float) -> None:
    """A point moved by so many kilometres lies that far away."""
    assert distance(lat, lon, *offset(lat, lon, bearing, km)) == pytest.approx(km, rel=1e-3, abs=1e-3)


def test_contains() -> None:
    """A point is inside a ring or it is not."""
    ring = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]
    assert contains([ring], 1, 1)
    assert not contains([ring], 3, 1)


@given(st.text(max_size=300))
def test_any_text_is_survived(kit: Kit, text: str) -> None:
    """Whatever the characters, the stages neither fail nor mark words outside the text."""
    doc = read(text, kit)
    for found in doc.of(Place):
        assert all(0 <= s.start < s.end <= len(text) for s in found.mentions)


def test_a_list_in_capitals_is_read_at_once() -> None:
    """A long list of names in capitals, which can be cut into words in one way only, is searched for its unit word."""
    towns = ", ".join(["RESPLENDENCE SOUTHWESTERNMOST"] * 4)
    assert read_name(f"Homs, {towns} and so on", Span(0, 4)).level == 0
    assert read_name("Homs, HAMA and Idlib provinces", Span(0, 4)).level == 1
