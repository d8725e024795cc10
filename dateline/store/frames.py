"""Rows as Polars frames with the columns and types that ``views`` lists, and filters as Python gives them."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import polars as pl

from dateline.errors import UsageError
from dateline.store.asked import Asked
from dateline.store.views import VIEWS

TYPES: dict[str, pl.DataType] = {
    "text": pl.String(), "whole": pl.Int64(), "number": pl.Float64(), "yes/no": pl.Boolean(), "day": pl.Date(),
    "list": pl.List(pl.String()),
}  # fmt: skip
DAYS = frozenset({"since", "until", "as_of", "known"})


def frame_of(view: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A frame with every column of the view, also where there is no row."""
    return pl.DataFrame(list(rows), schema={c.name: TYPES[c.type] for c in VIEWS[view]}, strict=True)


def asked_for(filters: Mapping[str, Any]) -> Asked:
    """Filters by name; days as dates or ISO 8601 text. Raises UsageError for one that there is not."""
    known = {f.name for f in fields(Asked)}
    for name in filters:
        if name not in known:
            raise UsageError(f"no filter is called {name!r}", todo=f"take one of {', '.join(sorted(known))}")
    given: dict[str, Any] = {name: day(value) if name in DAYS else value for name, value in filters.items()}
    return Asked(**given)


def day(value: object) -> date | None:
    """The same, or None."""
    return None if value is None else day_given(value)


def day_given(value: object) -> date:
    """A day out of a date, a moment or ISO 8601 text. Raises UsageError."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise UsageError(f"{value!r} is no day", todo="write it as 2021-08-15") from error
