"""Joining: what only many reports together give, kept up as reports come and go.

A report that comes is put into the queue in the transaction that keeps it, and goes through three steps: its text is
filed, then compared with earlier ones, then its acts are woven into events and itself into a running story. What its
coming or going changes for others puts these back into the queue. So a process that is killed leaves nothing half
done: whoever writes next goes on, and what is written depends on the set of reports and on the rulings, not on the
order in which they came.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched

import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.lexicons.load import Lexicons
from dateline.lexicons.rarity import load_rarity
from dateline.store import tables as t
from dateline.store.alike import Alike, ruled_copies
from dateline.store.connect import Database
from dateline.store.keys import LAST_DAY
from dateline.store.strands import Strands
from dateline.store.webs import Webs, ruled_acts
from dateline.store.write import insert

FILE, COMPARE, WEAVE = 0, 1, 2  # what is to be done next with a report in the queue
BATCH = 64  # reports a transaction

type Progress = Callable[[int, int], None]


def enqueue(connection: Connection, reports: Iterable[int], step: int = FILE) -> None:
    """Reports that are to be joined, or joined anew from this step on."""
    wanted = sorted(set(reports))
    for part in batched(wanted, BATCH):
        later = t.queue.c.step > step
        connection.execute(t.queue.update().where(t.queue.c.report.in_(part), later).values(step=step))
    insert(connection, t.queue, [(report, step) for report in wanted], known=True)


def withdraw(connection: Connection, reports: Sequence[int], lexicons: Lexicons) -> None:
    """Take reports out of everything joined, before their rows go; those that this changes go into the queue."""
    webs = Webs(lexicons, ruled_acts(connection))
    regrouped, compared = webs.withdraw(connection, reports), Alike().withdraw(connection, reports)
    regrouped |= Strands(load_rarity()).withdraw(connection, reports)
    connection.execute(t.queue.delete().where(t.queue.c.report.in_(reports)))
    enqueue(connection, regrouped, WEAVE)
    enqueue(connection, compared, COMPARE)


def waiting(connection: Connection) -> int:
    """How many reports are yet to be joined."""
    return connection.execute(sa.select(sa.func.count()).select_from(t.queue)).scalar_one()


def join(database: Database, lexicons: Lexicons, progress: Progress | None = None) -> None:
    """Work off the queue. If it is cut short, the next one goes on."""
    with database.reading() as connection:
        many, whole = waiting(connection), connection.scalar(sa.select(sa.func.count()).select_from(t.pages)) or 0
        if not many:
            return
        webs, alike = Webs(lexicons, ruled_acts(connection)), Alike(ruled_copies(connection))
        strands = Strands(load_rarity())
    all_new = many * 2 > whole
    if all_new:
        with database.writing() as connection:  # cheaper than to find out which are touched by which
            enqueue(connection, connection.scalars(sa.select(t.pages.c.report)), COMPARE)

    def file(connection: Connection, reports: Sequence[int]) -> None:
        touched = alike.file(connection, reports, all_new)
        _next(connection, reports, COMPARE)
        enqueue(connection, touched - set(reports), COMPARE)

    def compare(connection: Connection, reports: Sequence[int]) -> None:
        _next(connection, reports, WEAVE)
        changed = alike.compare(connection, reports)  # whoever has words of these may have them of others now
        c = t.copies.c
        for part in batched(changed, BATCH):
            theirs = set(connection.scalars(sa.select(c.report).where(c.of.in_(part))))
            enqueue(connection, theirs - set(reports), COMPARE)

    def weave(connection: Connection, reports: Sequence[int]) -> None:
        webs.weave(connection, reports)
        strands.weave(connection, reports)
        connection.execute(t.queue.delete().where(t.queue.c.report.in_(reports)))

    done = 0
    for step, work in ((FILE, file), (COMPARE, compare), (WEAVE, weave)):
        for finished in _worked_off(database, step, work):
            done += finished if step == WEAVE else 0
            if progress:
                progress(min(done, many), many)


def _worked_off(database: Database, step: int, work: Callable[[Connection, Sequence[int]], None]) -> Iterator[int]:
    """One step of the queue, the earliest reports first, some dozens a transaction; how many each time."""
    while listed := _listed(database, step):
        for part in batched(listed, BATCH):
            with database.writing() as connection:
                q = t.queue.c
                still = set(connection.scalars(sa.select(q.report).where(q.report.in_(part), q.step == step)))
                work(connection, [report for report in part if report in still])
            yield len(still)


def _listed(database: Database, step: int) -> Sequence[int]:
    """What is in the queue at a step, by day of publication, as ``alike`` orders texts."""
    age = (sa.func.coalesce(sa.func.nullif(t.pages.c.at, 0), LAST_DAY), t.queue.c.report)
    asked = sa.select(t.queue.c.report).join(t.pages, t.pages.c.report == t.queue.c.report)
    with database.reading() as connection:
        return connection.scalars(asked.where(t.queue.c.step == step).order_by(*age)).all()


def _next(connection: Connection, reports: Sequence[int], step: int) -> None:
    connection.execute(t.queue.update().where(t.queue.c.report.in_(reports)).values(step=step))
