"""The sample reports: where they lie, when each was published and by whom."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import InputError

HERE = Path(__file__).parent.parent  # dateline/: the wheel carries the samples inside, a checkout beside


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample as published: ``outlet`` is an id of the samples' own outlets.tsv."""

    path: Path
    raw: bytes
    published: str
    outlet: str

    @property
    def name(self) -> str:
        return self.path.name


def samples_folder() -> Path:
    """The folder of the samples, in a checkout as in an installed package. Raises InputError."""
    for folder in (HERE / "samples", HERE.parent / "samples"):
        if (folder / "published.tsv").is_file():
            return folder
    raise InputError("the sample reports are missing", where=str(HERE / "samples"), todo="install dateline again")


def samples() -> list[Sample]:
    """All samples, in the order of ``published.tsv``. Raises InputError."""
    folder = samples_folder()
    try:
        return list(_listed(folder))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(error.filename)) from error


def _listed(folder: Path) -> Iterator[Sample]:
    with (folder / "published.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            path = folder / row["file"]
            yield Sample(path, path.read_bytes(), row["published"], row["outlet"])
