"""Loads the cases written blind of the rules: sentences without an act, and sentences with the acts a reader finds."""

import tomllib
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parents[1] / "cases/claim"


class Silent(NamedTuple):
    """A sentence that holds no act: `expect` is none, unreal or past, as in the other negative sets."""

    split: str
    kind: str
    expect: str
    text: str


class Gold(NamedTuple):
    """One act of a sentence, in the sentence's own words; "" where it names no actor or recipient."""

    type: str
    trigger: str
    actor: str
    recipient: str
    status: str
    optional: bool = False


class Told(NamedTuple):
    """A sentence, how it tells its acts, and the acts."""

    split: str
    form: str
    text: str
    acts: tuple[Gold, ...]


def silent_cases() -> tuple[Silent, ...]:
    """The sentences without an act, in the order of the file."""
    lines = (CASES / "negative_third.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    return tuple(Silent(*row.split("\t")) for row in rows[1:])


def told_cases() -> tuple[Told, ...]:
    """The sentences with acts, in the order of the file."""
    data = tomllib.loads((CASES / "acts_fresh.toml").read_text(encoding="utf-8"))
    return tuple(
        Told(case["split"], case["form"], case["text"], tuple(Gold(**act) for act in case["acts"]))
        for case in data["case"]
    )
