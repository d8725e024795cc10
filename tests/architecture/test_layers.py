"""The shape of the program: who imports whom, how long a file may be, what no stage may touch."""

import ast
from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.rules import Module, Rule

ROOT = Path(__file__).parents[2]
PACKAGE = rules.load(ROOT, "dateline")
EVERYTHING = rules.load(ROOT, "dateline", "bench", "tests", "tools")

# rule → (which files it is about, a made-up module, and a source text in which it must find a breach)
RULES: dict[Rule, tuple[dict[str, Module], str, str]] = {
    rules.imports_point_down: (PACKAGE, "dateline.find.names", "from dateline.pipeline import extract"),
    rules.siblings_stay_apart: (PACKAGE, "dateline.find.names", "from dateline.resolve.places import places"),
    rules.every_part_has_a_rank: (PACKAGE, "dateline.oddments.names", ""),
    rules.imports_stand_at_the_top: (PACKAGE, "dateline.find.names", "def f():\n    import json"),
    rules.no_cycles: (PACKAGE, "dateline.find.a", "import dateline.find.b"),
    rules.no_vague_names: (EVERYTHING, "dateline.find.utils", ""),
    rules.files_are_short: (EVERYTHING, "dateline.find.long", "x = 1\n" * 401),
    rules.functions_are_short: (EVERYTHING, "dateline.find.long", "def f():\n" + "    x = 1\n" * 50),
    rules.arguments_are_few: (EVERYTHING, "dateline.find.many", "def f(a, b, c, d, *, e, f, g, h): ..."),
    rules.errors_are_named: (
        EVERYTHING,
        "dateline.find.deaf",
        "try:\n    f()\nexcept (KeyError, Exception):\n    pass",
    ),
    rules.nothing_goes_out: (PACKAGE, "dateline.read.far", "from urllib import request"),
    rules.verbs_see_report_and_kit_only: (
        PACKAGE,
        "dateline.find.clock",
        "from datetime import date\nx = date.today()",
    ),
    rules.spacy_lives_in_one_file: (PACKAGE, "dateline.find.names", "from spacy.tokens import Doc"),
    rules.nouns_need_nothing: (PACKAGE, "dateline.model", "import msgspec"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    """Every file that the rule is about keeps it."""
    assert not list(rule(RULES[rule][0]))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_can_be_broken(rule: Rule) -> None:
    """Each check finds a breach that was written for it, so none passes by being blind."""
    _, name, source = RULES[rule]
    other = Module("dateline.find.b", "from dateline.find.a import f")
    assert list(rule({name: Module(name, source), other.name: other}))


def test_no_stage_lives_where_the_parser_is_loaded() -> None:
    """The one file of the six verbs that may ask the machine holds no stage."""
    assert "@stage" not in PACKAGE[rules.LOADER].source


def test_the_root_tells_its_version_before_it_imports() -> None:
    """Any part may ask for the version, since it is there before anything else is imported."""
    body = PACKAGE["dateline"].tree.body
    told = next(n for n, node in enumerate(body) if isinstance(node, ast.Assign))
    assert not any(isinstance(node, ast.Import | ast.ImportFrom) for node in body[:told])


def test_the_whole_package_is_looked_at() -> None:
    """The checks read the files that are there: each part named by a rank below the commands, and more."""
    assert {"dateline.model", "dateline.pipeline", "dateline.find.parser", "dateline.cli.read"} <= set(PACKAGE)
    assert any(list(rules.imports(module.tree)) for module in PACKAGE.values())
