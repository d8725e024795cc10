"""The cases of voices, read once a run, and the list of those that are not right yet.

``python -m tests.voices.reading`` writes that list anew; look at what changed before it is kept.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bench.chains import fault, read_case
from dateline.kit import load_kit
from dateline.stage import Doc, Kit
from tests.cases.voices.notation import CHAINS, Case, read

HERE = Path(__file__).parents[1] / "cases" / "voices"
FAILURES = HERE / "known_failures.toml"
CASES = (*read(CHAINS), *read(HERE / "synthetic.txt"))
HEAD = """\
# Open cases of chains.txt that are not right yet, with the first thing wrong: a statement missed, its speaker, its
# carriers, its stance, or an extra statement. Strict: one that comes right must leave this list, which
# `python -m tests.voices.reading` writes anew.

"""


def table(name: str) -> dict[str, Any]:
    """One of the tables beside the cases."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def open_cases() -> list[Case]:
    return [case for case in CASES if not case.held]


class Reader:
    """Reads a case at most once."""

    def __init__(self, kit: Kit) -> None:
        self.read = cache(lambda case: read_case(case, kit))

    def doc(self, case: Case) -> Doc:
        doc: Doc = self.read(case)
        return doc

    def fault(self, case: Case) -> str | None:
        return fault(case, self.doc(case))


def main() -> None:
    """Write known_failures.toml."""
    reader = Reader(load_kit())
    faults = {case.id: reader.fault(case) for case in open_cases()}
    lines = [f'{name} = "{wrong}"\n' for name, wrong in faults.items() if wrong]
    FAILURES.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(lines)} of {len(faults)} open cases are not right")


if __name__ == "__main__":
    main()
