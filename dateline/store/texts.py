"""Which reports are one text, a headline or a paragraph apart."""

from collections.abc import Iterable
from datetime import date
from itertools import batched

import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.store import tables as t
from dateline.store.keys import report_key

AT_ONCE = 250
ONE_TEXT = 0.4  # of the shorter text's runs of words; with less a report has a text of its own and borrows
STEPS = 20  # from reprint to reprint


def texts_of(connection: Connection, reports: Iterable[str], known: date | None = None) -> dict[str, str]:
    """Report → the earliest report that has its text, itself where none has; both by id, as known by a day, UTC."""
    wanted = {report_key(id): id for id in reports}
    top = tops(connection, wanted, known)
    return {id: str(top[key]) for key, id in wanted.items()}


def tops(connection: Connection, reports: Iterable[int], known: date | None = None) -> dict[int, int]:
    """The same by keys."""
    top = {key: key for key in reports}
    looking = set(top)
    for _ in range(STEPS):
        above = {key: of for key, of in _models(connection, looking, known).items() if of not in (key, None)}
        if not above:
            break
        top = {key: above.get(of, of) for key, of in top.items()}
        looking = set(above.values())
    return top


def reprints(connection: Connection, reports: Iterable[int]) -> set[int]:
    """Reports that have, or through others have, their text from one of these, or may."""
    c, found, looking = t.copies.c, set[int](), set(reports)
    one_text = sa.or_(c.share >= ONE_TEXT, c.kind == "ruled")
    while looking:
        asked = (sa.select(c.report).where(c.of.in_(part), one_text) for part in batched(sorted(looking), AT_ONCE))
        looking = {report for each in asked for report in connection.scalars(each)} - found
        found |= looking
    return found


def _models(connection: Connection, reports: Iterable[int], known: date | None) -> dict[int, int]:
    """Report → the earliest that it has most of its text from."""
    c, p, r = t.copies.c, t.pages.c, t.reports.c
    asked = sa.select(c.report, c.of).join(t.pages, p.report == c.of).join(t.reports, r.report == c.of)
    asked = asked.where(sa.or_(c.share >= ONE_TEXT, c.kind == "ruled"))
    if known is not None:
        asked = asked.where(r.added_at < f"{known}T99")
    latest_first = asked.order_by(c.report, sa.func.nullif(p.at, 0).desc().nulls_first(), c.of.desc())
    found: dict[int, int] = {}
    for part in batched(sorted(set(reports)), AT_ONCE):
        found.update((row.report, row.of) for row in connection.execute(latest_first.where(c.report.in_(part))))
    return found
