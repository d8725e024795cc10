"""One act, many codebooks: the tables take every act there is, and each row says what it loses."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.claim.acts import MODES, PROMISED, THREATS
from dateline.exports.codebooks.table import ANY, CODEBOOKS, NONE, TABLES, back, coded, table
from dateline.exports.codebooks.view import QUAD, Deaths, view
from dateline.lexicons.load import load_lexicons
from dateline.stage import Kit
from tests.claim.reading import read

CASES = Path(__file__).parents[1] / "cases/claim/codebooks.tsv"
LISTS = load_lexicons()
VIEWS = [c for c in CODEBOOKS if c != "plover"]
SUB_TYPES = (
    "Government regains territory|Non-state actor overtakes territory|Armed clash|Chemical weapon|Air/drone strike|"
    "Suicide bomb|Shelling/artillery/missile attack|Remote explosive/landmine/IED|Grenade|Sexual violence|Attack|"
    "Abduction/forced disappearance|Peaceful protest|Protest with intervention|Excessive force against protesters|"
    "Violent demonstration|Mob violence|Agreement|Arrests|Change to group/activity|Disrupted weapons use|"
    "Headquarters or base established|Looting/property destruction|Non-violent transfer of territory|Other"
).split("|")
# CAMEO's twenty cue categories and the PLOVER types that answer to them (PLOVER manual, translation).
CUES = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE RETREAT",
    "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE SANCTION", "12": "REJECT", "13": "THREATEN", "14": "PROTEST",
    "15": "MOBILIZE", "16": "SANCTION COERCE", "17": "COERCE ASSAULT", "18": "ASSAULT", "19": "ASSAULT COERCE",
    "20": "ASSAULT",
}  # fmt: skip


def told() -> set[tuple[str, str | None]]:
    """Every type and mode that the lexicons, or the rules for what is not yet, can give."""
    entries = [e for stem in ("acts", "acts_verbal", "acts_wider") for e in LISTS.entries[stem]]
    found = {(str(e.gives["type"]), e.gives.get("mode") or None) for e in entries}
    found |= {(kind, MODES.get(was)) for was in MODES for kind in ("REJECT", "REQUEST")} | {("REQUEST", "change")}
    found |= {("THREATEN", mode) for mode in THREATS.values()} | {(kind, None) for kind in PROMISED.values()}
    return found | {("COOPERATE", None), ("CONCEDE", None), ("AGREE", None)}


@pytest.mark.parametrize("codebook", VIEWS)
def test_every_act_maps_or_is_said_not_to(codebook: str) -> None:
    """Each type and mode that an act can have is taken by a row, which gives a code or says why there is none."""
    for kind, mode in sorted(told(), key=str):
        row = coded(table(codebook), kind, mode, ())
        assert row is not None, (kind, mode)
        assert row.code or row.loses, row.id


@pytest.mark.parametrize("codebook", VIEWS)
def test_modes_of_a_table_are_ours(codebook: str) -> None:
    """A row asks for types of PLOVER, and for modes of its manual."""
    manual = {m for _, m in told()} | {"third-party", "multilateral", "vandalize", "convict", "arrest", "territory"}
    for row in table(codebook):
        assert row.type in QUAD
        assert row.modes - {ANY, NONE} <= manual, row.id


def test_acled_has_its_25_sub_types() -> None:
    """The table gives all sub-types and no others."""
    assert len(SUB_TYPES) == 25
    assert {row.code for row in table("acled")} - {None} == set(SUB_TYPES)


def test_cameo_codes_lead_back_to_their_type() -> None:
    """A code's first two digits name the family of PLOVER types that it is given for."""
    for code in sorted({row.code for row in table("cameo") if row.code}):
        assert re.fullmatch(r"[01]\d\d\d?|20\d\d?", code)
        assert {kind for kind, _ in back(table("cameo"), code)} <= set(CUES[code[:2]].split()), code


def test_a_code_leads_back_to_types_and_modes() -> None:
    """A view can be asked the other way round."""
    assert back(table("acled"), "Suicide bomb") == {("ASSAULT", "suicide-attack")}
    assert back(table("cameo"), "1723") == {("COERCE", "curfew")}
    assert back(table("ucdp"), "4") == frozenset()


@pytest.mark.parametrize("codebook", VIEWS)
def test_row_ids_stand_once(codebook: str) -> None:
    """An id leads to one row, and the table says whose it is."""
    ids = [row.id for row in table(codebook)]
    assert len(ids) == len(set(ids))
    top = (TABLES / f"{codebook}.tsv").read_text(encoding="utf-8")
    assert "# Origin:" in top and "# Licence:" in top


def _cases() -> Iterator[Any]:
    lines = [x for x in CASES.read_text(encoding="utf-8").splitlines() if not x.startswith("#")][1:]
    for line in lines:
        codebook, code, text = line.split("\t")
        yield pytest.param(codebook, code, text, id=f"{codebook}-{code}-{text[:25]}")


@pytest.mark.parametrize(("codebook", "code", "text"), list(_cases()))
def test_sentences_in_a_codebook(codebook: str, code: str, text: str, kit: Kit) -> None:
    """An act has the code that the codebook's own coders would give it, or none where they would give none."""
    found = {row.code for row in view(read(text, kit), codebook)}
    assert found, "no act at all"
    assert (code in found) if code != NONE else not (found - {None})


@pytest.mark.parametrize(
    ("text", "deaths"),
    [
        ("Boko Haram killed 14 villagers in Borno on Monday.", Deaths(14, 14, 14)),
        ("Boko Haram killed at least 14 villagers in Borno on Monday.", Deaths(14, 14, None)),
        ("Gunmen shelled a market in Aleppo, killing up to 20 people.", Deaths(0, 20, 20)),
        ("Rebels attacked the town of Bria on Monday.", Deaths(None, None, None)),
    ],
)
def test_deaths_keep_their_bounds(text: str, deaths: Deaths, kit: Kit) -> None:
    """Low, best and high are as told, and unknown where not told."""
    assert deaths in [row.deaths for row in view(read(text, kit), "ucdp")]


def test_an_effect_is_no_act_of_its_own(kit: Kit) -> None:
    """A deed and what it did are one row with the victims of the second."""
    rows = list(view(read("Rebels shelled a market in Aleppo, killing nine villagers.", kit), "acled"))
    assert [(r.code, bool(r.recipients)) for r in rows] == [("Shelling/artillery/missile attack", True)]


@pytest.mark.parametrize(
    ("text", "auxiliary"),
    [
        ("The army denied that it had shelled the town of Sirte.", "negation"),
        ("The army may shell the town of Sirte.", "hypothetical"),
        ("Rebels shelled the town of Sirte in 1975.", "historical"),
    ],
)
def test_plover_has_its_auxiliary_modes(text: str, auxiliary: str, kit: Kit) -> None:
    """What PLOVER marks as negated, hypothetical or long past is marked so."""
    rows = [r for r in view(read(text, kit), "plover") if r.type == "ASSAULT"]
    assert rows and all(auxiliary in r.auxiliary for r in rows)
