"""Who printed a report, looked up by any of its names."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dateline.model import Outlet, Report
from dateline.stage import Kit


def with_outlet(report: Report, name: str | None, kit: Kit) -> Report:
    """The report with its outlet looked up by id, name or alias; an unlisted name is kept as it is.

    ``name`` is what the user said; where that is None, what the page says of its publisher.
    """
    name = name or report.publisher
    if not name:
        return report
    found = outlet(name, kit.lexicons.tables.get("outlets", ()))
    return replace(report, outlet=found, publisher=report.publisher or found.name)


def outlet(name: str, rows: Iterable[Mapping[str, str]]) -> Outlet:
    """The listed outlet that goes by this name, or a new one."""
    row = next((row for row in rows if _called(row, name)), None)
    return Outlet(row["id"], row["name"], row["country"] or None) if row else Outlet(_slug(name), name)


def _called(row: Mapping[str, str], name: str) -> bool:
    names = (row["id"], row["name"], *row["aliases"].split("|"))
    return name.casefold() in map(str.casefold, names)


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())
