"""Rows of a view as files that other programs read: JSON Lines, CSV, Parquet, GeoJSON, each with a sidecar.

The sidecar (``FILE.meta.json``) says what was asked, on what day, of which version, and what each column means.
"""

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import IO, Any

import msgspec

from dateline.errors import InputError, UsageError
from dateline.store.frames import frame_of
from dateline.store.views import VIEWS

type Rows = Iterable[Mapping[str, Any]]
SIDECAR = ".meta.json"


def as_jsonl(view: str, rows: Rows) -> Iterator[bytes]:
    """One JSON object a line."""
    return (msgspec.json.encode(row) + b"\n" for row in rows)


def as_csv(view: str, rows: Rows) -> Iterator[bytes]:
    """A header line, then a line a row (RFC 4180); the parts of a list are set apart by " | "."""
    columns = [c.name for c in VIEWS[view]]
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([_cell(row[name]) for name in columns])


def as_geojson(view: str, rows: Rows) -> Iterator[bytes]:
    """One FeatureCollection (RFC 7946); a row with no point on the map is a feature without geometry.

    Raises UsageError for a view without places.
    """
    if "latitude" not in {c.name for c in VIEWS[view]}:
        raise UsageError(f"{view} have no point on the map", todo="take events, holds, figures or places")
    yield b'{"type":"FeatureCollection","features":['
    for number, row in enumerate(rows):
        yield (b",\n" if number else b"\n") + msgspec.json.encode(_feature(row))
    yield b"\n]}\n"


def as_parquet(view: str, rows: Rows) -> Iterator[bytes]:
    """One Parquet file, zstd inside; lists and days keep their types."""
    file = io.BytesIO()
    frame_of(view, rows).write_parquet(file)
    yield file.getvalue()


FORMATS: dict[str, Callable[[str, Rows], Iterator[bytes]]] = {
    "jsonl": as_jsonl, "csv": as_csv, "parquet": as_parquet, "geojson": as_geojson
}  # fmt: skip


def write_file(path: Path, format: str, view: str, rows: Rows, about: Mapping[str, Any]) -> None:
    """Write rows and their sidecar; the file is there whole or not at all. Raises InputError, UsageError."""
    pieces = FORMATS[format](view, rows)
    with whole(path) as file:
        file.writelines(pieces)
    sidecar = {"view": view, "format": format, **about, "columns": [asdict(c) for c in VIEWS[view]]}
    with whole(path.with_name(path.name + SIDECAR)) as file:
        file.write(msgspec.json.format(msgspec.json.encode(sidecar), indent=2) + b"\n")


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to that takes its name when all is written. Raises InputError where it cannot be."""
    half = path.with_name(f".{path.name}.half")
    try:
        with half.open("wb") as file:
            yield file
        os.replace(half, path)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", where=str(path), todo="name another file") from error
    finally:
        half.unlink(missing_ok=True)


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    point = [row["longitude"], row["latitude"]]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    rest = {name: value for name, value in row.items() if name not in ("id", "latitude", "longitude")}
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": rest}


def _csv_line(cells: Iterable[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
