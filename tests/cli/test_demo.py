"""``dateline demo``: every line is computed and can be followed back."""

from dateline.cli.demo import TAG, VIEWS
from dateline.cli.samples import samples
from tests.cli.conftest import Run


def test_the_demo_shows_every_view_and_names_its_reports(run: Run) -> None:
    """Each view has something to show, and every sample that is named is one that exists."""
    ran = run("demo")
    assert ran.code == 0
    assert all(title in ran.out for title in VIEWS)
    tags = {s.path.stem[: TAG - 1] for s in samples()}
    rows = [line for line in ran.out.splitlines() if line.endswith("…")]
    assert rows
    assert all(any(row.rstrip("…").endswith(tag) for tag in tags) for row in rows)


def test_the_two_tolls_of_one_strike_stand_side_by_side(run: Run) -> None:
    """The doctor's number and the ministry's number for Lashkar Gah, each with its report."""
    lines = run("demo").out.splitlines()
    tolls = [line.split() for line in lines if "23-lashkar-gah" in line and line.lstrip().startswith("Lashkar Gah")]
    assert {"14", "54"} <= {word for line in tolls for word in line}
