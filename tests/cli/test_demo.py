"""``dateline demo``: every line is computed and can be followed back."""

import re

from dateline.cli.demo import VIEWS
from dateline.cli.samples import samples
from tests.cli.conftest import Run

NAMED = re.compile(r"\s\s(\d\d-[a-z-]+)…?$")  # a report's file at the end of a line


def test_the_demo_shows_every_view_and_names_its_reports(run: Run) -> None:
    """Each view has something to show, and every sample that is named is one that exists."""
    ran = run("demo")
    assert ran.code == 0
    assert all(title in ran.out for title in VIEWS)
    named = {found[1] for line in ran.out.splitlines() if (found := NAMED.search(line))}
    assert len(named) > 20
    stems = [s.path.stem for s in samples()]
    assert all(any(stem.startswith(tag) for stem in stems) for tag in named)


def test_the_two_tolls_of_one_strike_stand_side_by_side(run: Run) -> None:
    """The doctor's number and the ministry's number for Lashkar Gah, each with its report."""
    lines = run("demo").out.splitlines()
    tolls = [line.split() for line in lines if "23-lashkar-gah" in line and line.lstrip().startswith("Lashkar Gah")]
    assert {"14", "54"} <= {word for line in tolls for word in line}
