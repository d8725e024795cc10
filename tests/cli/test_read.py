"""What ``dateline read`` prints, for people and for programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.columns import fitted
from dateline.cli.samples import samples
from dateline.exports.contract import encode, engine_of
from dateline.pipeline import extract_all
from dateline.read.page import read_report
from dateline.stage import Kit
from tests.cli.conftest import Run

# the contract: every field, and the types that it may have; None where the contract says "or null"
NULL = type(None)
CONTRACT: dict[str, dict[str, tuple[type, ...]]] = {
    "report": {
        "id": (str,), "source": (str,), "title": (str, NULL), "publisher": (str, NULL), "authors": (list,),
        "language": (str, NULL), "published": (str, NULL), "published_by": (str, NULL), "text": (str,),
    },
    "blocks": {
        "id": (str,), "start": (int,), "end": (int,), "story": (str, NULL), "kind": (str,), "repeats": (str, NULL),
    },
    "stories": {"id": (str,), "headline": (str, NULL), "blocks": (list,)},
    "actors": {
        "id": (str,), "name": (str,), "kind": (str,), "country": (str, NULL), "role": (str, NULL), "of": (str, NULL),
        "mentions": (list,),
    },
    "places": {
        "id": (str,), "name": (str,), "kind": (str,), "country": (str, NULL), "admin1": (str, NULL),
        "admin2": (str, NULL), "latitude": (float, int, NULL), "longitude": (float, int, NULL),
        "gazetteer": (str, NULL), "confidence": (float, int), "mentions": (list,),
    },
    "times": {
        "id": (str,), "start": (int,), "end": (int,), "type": (str,), "value": (str, NULL), "earliest": (str, NULL),
        "latest": (str, NULL),
    },
    "quantities": {
        "id": (str,), "start": (int,), "end": (int,), "value": (float, int, NULL), "low": (float, int, NULL),
        "high": (float, int, NULL), "approximate": (bool,), "unit": (str, NULL),
    },
    "statements": {
        "id": (str,), "within": (str, NULL), "form": (str,), "sources": (list,), "cue": (dict, NULL),
        "content": (list,), "stance": (str,), "said": (str, NULL),
    },
    "events": {
        "id": (str,), "type": (str,), "mode": (str, NULL), "context": (list,), "trigger": (dict,), "actors": (list,),
        "recipients": (list,), "places": (list,), "quantities": (list,), "time": (str, NULL), "status": (str,),
        "statement": (str, NULL), "same_as": (str, NULL),
    },
    "control": {
        "place": (str,), "holder": (str, NULL), "other": (str, NULL), "state": (str,), "time": (str, NULL),
        "event": (str, NULL), "statement": (str, NULL),
    },
    "warnings": {"start": (int, NULL), "end": (int, NULL), "message": (str,)},
}  # fmt: skip
INNER: dict[tuple[str, str], set[str]] = {
    ("actors", "mentions"): {"start", "end", "form"},
    ("places", "mentions"): {"start", "end"},
    ("statements", "sources"): {"actor", "start", "end", "role"},
    ("statements", "content"): {"start", "end"},
}
GIVEN = samples()
Record = dict[str, Any]


@pytest.fixture(scope="module")
def records(kit: Kit) -> list[Record]:
    """The samples' records, read back from their JSON lines."""
    reports = (read_report(s.raw, s.name, s.published) for s in GIVEN)
    return [json.loads(encode(doc, engine_of(kit))) for doc in extract_all(reports, kit)]


@pytest.mark.parametrize("part", CONTRACT)
def test_every_field_of_the_contract_is_there_with_its_type(records: list[Record], part: str) -> None:
    """In all records of the samples, and each part occurs in at least one of them."""
    rows = [row for r in records for row in (r[part] if isinstance(r[part], list) else [r[part]])]
    assert rows
    for row in rows:
        assert CONTRACT[part].keys() <= row.keys()
        wrong = {name: row[name] for name, types in CONTRACT[part].items() if not isinstance(row[name], types)}
        assert not wrong
        for (of, name), fields in INNER.items():
            if of == part:
                assert all(fields <= inner.keys() for inner in row[name])


def test_a_chain_never_names_one_actor_twice(records: list[Record]) -> None:
    """An agency named in the text and in the dateline is one carrier."""
    for record in records:
        for statement in record["statements"]:
            chain = [source["actor"] for source in statement["sources"] if source["actor"]]
            assert len(chain) == len(set(chain)), (record["report"]["source"], chain)


def test_reports_read_together_give_what_each_gives_alone(records: list[Record], run: Run) -> None:
    """Batches are for speed alone: the record of a page does not depend on its neighbours."""
    for sample, together in list(zip(GIVEN, records, strict=True))[::9]:
        alone = json.loads(run("read", "--json", "--published", sample.published, sample.path).out)
        for part in CONTRACT.keys() - {"report"}:
            assert alone[part] == together[part]


def test_a_pipe_gets_no_colours_no_blanks_at_line_ends_and_100_columns(run: Run) -> None:
    """What is printed for people can be kept in a file."""
    ran = run("read", "--published", "2021-08-05", GIVEN[4].path, GIVEN[20].path)
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert all(line == line.rstrip() and len(line) <= 100 for line in ran.out.splitlines())


def test_the_screen_shows_each_part(run: Run) -> None:
    """Stories, statements as trees with stance and words, events, holdings, figures, places and days."""
    out = run("read", "--published", "2021-08-06", GIVEN[18].path).out
    for title in ("Stories", "Who says what", "What is said to have happened", "Who holds what", "Places", "Days"):
        assert f"\n{title}" in out
    assert "└── asserts" in out
    assert "2021-08-06  " in out


def test_outlets_are_known_by_their_aliases(run: Run, tmp_path: Path) -> None:
    """An outlet of the list is found by any of its names; another keeps the name it was given."""
    page = tmp_path / "page.txt"
    page.write_text("Officials said on Monday that the town had not fallen.", encoding="utf-8")
    listed = json.loads(run("read", "--json", "--outlet", "agence france-presse", page).out)
    other = json.loads(run("read", "--json", "--outlet", "The Hill Station Post", page).out)
    assert listed["report"]["outlet"]["id"] == "afp"
    assert other["report"]["outlet"] == {
        "id": "the-hill-station-post",
        "name": "The Hill Station Post",
        "country": None,
    }


def test_columns_give_way_where_there_is_room() -> None:
    """A long column shrinks before a word of another is broken; no width falls below one."""
    texts = [["captured", "lost"], ["a sentence that is long enough to be wrapped twice or thrice"], ["2021-08-05"]]
    widths = fitted(texts, 50)
    assert sum(widths) + 2 * len(widths) <= 50
    assert (widths[0], widths[2]) == (8, 10)
    assert all(width >= 1 for width in fitted(texts, 3))
