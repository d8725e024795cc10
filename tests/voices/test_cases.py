"""Chains of voices: floors over the whole gold set, and every open case by name."""

from collections.abc import Mapping
from typing import Any

import pytest

from bench.chains import Chains
from tests.cases.voices.notation import Case
from tests.voices.reading import CASES, Reader, open_cases, table

FLOORS = table("floors.toml")
FORMS = table("forms.toml")
FAILURES: Mapping[str, str] = table("known_failures.toml")
BY_ID = {case.id: case for case in open_cases()}


@pytest.fixture(scope="module", params=["open", "held"])
def half(request: pytest.FixtureRequest, reader: Reader) -> tuple[str, Chains]:
    """One half of the gold set, scored."""
    chains = Chains()
    for case in CASES:
        if case.held == (request.param == "held") and not case.id.endswith("-synthetic"):
            chains.add(case, reader.doc(case))
    return request.param, chains


@pytest.mark.parametrize("measure", FLOORS["open"])
def test_the_score_keeps_its_floor(measure: str, half: tuple[str, Chains]) -> None:
    """Neither half of the gold set scores below the floor, which is .02 under what was measured."""
    name, chains = half
    score = chains.scores[measure]
    value = score.f1 if measure in ("hops", "statements found") else score.recall
    assert value >= FLOORS[name][measure]


def listed(case: Case) -> Any:
    reason = FAILURES.get(case.id)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [listed(case) for case in BY_ID.values()])
def test_the_case_is_right(case: Case, reader: Reader) -> None:
    """Every statement is found with its whole chain and its stance, and none is made up."""
    assert reader.fault(case) is None


@pytest.mark.parametrize(
    ("form", "ids"), [pytest.param(form, ids, id=form) for part in FORMS.values() for form, ids in part.items()]
)
def test_the_form_is_shown(form: str, ids: list[str]) -> None:
    """Each form of the list is shown by cases that are open to see, and at least one of them is right."""
    assert [name for name in ids if name not in BY_ID] == []
    assert set(ids) - set(FAILURES)


def test_failures_are_cases() -> None:
    """The list of failures names open cases only, each with its one word."""
    assert set(FAILURES) <= set(BY_ID)
    assert set(FAILURES.values()) <= {"missed", "speaker", "carrier", "extra", "stance"}
