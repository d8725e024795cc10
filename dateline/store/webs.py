"""Which acts of which reports are one event: kept up act by act, by what they are linked to.

All acts that are linked, through others too, are a *web*; the events in a web depend on nothing outside it. So a new
act touches the webs that it is linked to, and no other. Acts in the words of an earlier report are left out here: they
are of the event of their model (see ``lifted``).
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import batched

import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.across import ActTold
from dateline.join.events import cells, event_of, grouped, linked
from dateline.lexicons.load import Lexicons
from dateline.store import tables as t
from dateline.store.context import Context
from dateline.store.keys import parse_id
from dateline.store.rulings import load, pair_of, settled
from dateline.store.telling import Lifter
from dateline.store.write import delete, insert

AT_ONCE = 250
KEPT_READ = 20_000  # acts held in memory

type Pairs = Set[frozenset[str]]  # of ids of acts


@dataclass(frozen=True, slots=True)
class Act:
    """An act as the joiners see it, and where it lies in the record."""

    report: int
    key: int
    told: ActTold
    cells: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What people said of pairs of acts: one event, or not. ``bridges`` are all that were ever said to be one."""

    same: Pairs = frozenset()
    apart: Pairs = frozenset()
    bridges: Pairs = frozenset()


def ruled_acts(connection: Connection, known: date | None = None) -> Ruled:
    """Merges and splits of acts, as they hold now, or held at the end of a day, UTC."""
    acts = [r for r in load(connection, known) if r.about.startswith(("e:", "u:"))]
    now = settled(acts)
    same, apart = (frozenset(frozenset(pair_of(r)) for r in now if r.verdict == v) for v in ("merge", "split"))
    return Ruled(same, apart, frozenset(frozenset(pair_of(r)) for r in acts if r.verdict == "merge"))


class Webs:
    """Keeps ``cells`` and ``grouped`` of a record; acts that were read are kept for a while."""

    def __init__(self, lexicons: Lexicons, ruled: Ruled) -> None:
        self.lexicons, self.ruled = lexicons, ruled
        self._read: OrderedDict[int, Act] = OrderedDict()

    def weave(self, connection: Connection, reports: Sequence[int]) -> None:
        """Group the acts of these reports anew, and whatever they are or were linked to."""
        before = self._members(connection, _webs_of(connection, reports))
        self._clear(connection, reports)
        fresh = self._acts(connection, _originals(connection, reports))
        insert(connection, t.cells, [(cell, a.report, a.key) for a in fresh.values() for cell in sorted(a.cells)])
        near = self._acts(connection, _meeting(connection, {cell for a in fresh.values() for cell in a.cells}))
        touched = {b for a, b in _links(fresh, {**near, **fresh})} | self._bridged(fresh)
        beside = self._members(connection, _webs_of_acts(connection, touched))
        gone = {key for key, act in before.items() if act.report in reports and key not in fresh}
        self._write(connection, {key: a for key, a in {**before, **beside, **fresh}.items() if key not in gone})

    def withdraw(self, connection: Connection, reports: Sequence[int]) -> set[int]:
        """Take the acts of reports out, before their rows go; the reports whose acts are to be grouped anew for it."""
        members = self._members(connection, _webs_of(connection, reports))
        self._clear(connection, reports)
        for key in [key for key, act in self._read.items() if act.report in reports]:
            del self._read[key]
        return {act.report for act in members.values()} - set(reports)

    def _write(self, connection: Connection, acts: Mapping[int, Act]) -> None:
        rows = [
            (act.key, act.report, first, web)
            for web, events in woven(acts, self.ruled)
            for first, event in events.items()
            for act in event
        ]
        for part in batched(sorted(acts), AT_ONCE):
            connection.execute(t.grouped.delete().where(t.grouped.c.key.in_(part)))
        insert(connection, t.grouped, sorted(rows))

    def _clear(self, connection: Connection, reports: Sequence[int]) -> None:
        g = t.grouped.c
        woven = connection.execute(sa.select(g.report, g.key).where(g.report.in_(reports)))
        acts = self._acts(connection, [(row.report, row.key) for row in woven])
        delete(connection, t.cells, [(cell, a.report, a.key) for a in acts.values() for cell in a.cells])
        connection.execute(t.grouped.delete().where(t.grouped.c.report.in_(reports)))

    def _bridged(self, acts: Mapping[int, Act]) -> set[int]:
        """Acts that were ever said to be one with one of these."""
        pairs = [{parse_id(id)[1] for id in pair} for pair in self.ruled.bridges]
        return {key for pair in pairs if pair & acts.keys() for key in pair - acts.keys()}

    def _members(self, connection: Connection, webs: Set[int]) -> dict[int, Act]:
        g = t.grouped.c
        rows = [
            (row.report, row.key)
            for part in batched(sorted(webs), AT_ONCE)
            for row in connection.execute(sa.select(g.report, g.key).where(g.web.in_(part)))
        ]
        return self._acts(connection, rows)

    def _acts(self, connection: Connection, wanted: Iterable[tuple[int, int]]) -> dict[int, Act]:
        """Acts by their keys; asked for by report and key."""
        keys = dict.fromkeys(wanted)
        for part in batched([(report, key) for report, key in keys if key not in self._read], AT_ONCE):
            self._read.update((a.key, a) for a in lifted_acts(connection, part, self.lexicons))
        found = {key: self._read[key] for _, key in keys if key in self._read}
        for key in found:
            self._read.move_to_end(key)
        while len(self._read) > max(KEPT_READ, len(found)):
            self._read.popitem(last=False)
        return found


def lifted_acts(connection: Connection, wanted: Sequence[tuple[int, int]], lexicons: Lexicons) -> Iterator[Act]:
    """Acts by report and key, without their sentences and chains."""
    e = t.events.c
    lifter = Lifter(Context(connection, sorted({report for report, _ in wanted})), lexicons, bare=True)
    for row in connection.execute(sa.select(t.events).where(sa.tuple_(e.report, e.key).in_(wanted))):
        told = lifter.act(row)
        yield Act(row.report, row.key, told, cells(told))


def woven(acts: Mapping[int, Act], ruled: Ruled) -> Iterator[tuple[int, dict[int, list[Act]]]]:
    """Each web of some acts by its first, with its events by theirs: a pure function of acts and rulings."""
    keys = {a.told.id: a for a in acts.values()}
    for web in components(acts, [*_links(acts, acts), *_bridges(acts, ruled)]):
        events = grouped([acts[key].told for key in web], ruled.same, ruled.apart)
        yield web[0], {keys[event_of(event).id].key: [keys[told.id] for told in event] for event in events}


def _bridges(acts: Mapping[int, Act], ruled: Ruled) -> Iterator[tuple[int, int]]:
    """Pairs that were ever said to be one, of these acts."""
    for pair in ruled.bridges:
        a, b = sorted(parse_id(id)[1] for id in pair)
        if a in acts and b in acts:
            yield a, b


def _links(some: Mapping[int, Act], others: Mapping[int, Act]) -> Iterator[tuple[int, int]]:
    """Pairs of linked acts, one of ``some`` and one of ``others``; those that share no cell need no look."""
    met: dict[int, list[int]] = {}
    for key, act in others.items():
        for cell in act.cells:
            met.setdefault(cell, []).append(key)
    for key, act in some.items():
        for other in {other for cell in act.cells for other in met.get(cell, ())}:
            both = key in others and other in some
            if other != key and not (both and other < key) and linked(act.told, others[other].told):
                yield key, other


def components(nodes: Iterable[int], links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Nodes that hang together, each component in order."""
    root = {node: node for node in nodes}

    def top(node: int) -> int:
        while root[node] != node:
            root[node] = node = root[root[node]]
        return node

    for a, b in links:
        low, high = sorted((top(a), top(b)))
        root[high] = low
    found: dict[int, list[int]] = {}
    for node in sorted(root):
        found.setdefault(top(node), []).append(node)
    return list(found.values())


# --- which acts -----------------------------------------------------------------------------------------------------


def _all(connection: Connection, reports: Sequence[int]) -> list[tuple[int, int]]:
    e = t.events.c
    return [(r.report, r.key) for r in connection.execute(sa.select(e.report, e.key).where(e.report.in_(reports)))]


def _originals(connection: Connection, reports: Sequence[int]) -> list[tuple[int, int]]:
    """Acts that are not in the words of an earlier report."""
    x = t.lifted.c
    copied = set(connection.scalars(sa.select(x.key).where(x.report.in_(reports))))
    return [(report, key) for report, key in _all(connection, reports) if key not in copied]


def _meeting(connection: Connection, wanted: Iterable[int]) -> Iterator[tuple[int, int]]:
    c = t.cells.c
    for part in batched(sorted(wanted), AT_ONCE):
        for row in connection.execute(sa.select(c.report, c.key).where(c.cell.in_(part)).distinct()):
            yield row.report, row.key


def _webs_of(connection: Connection, reports: Sequence[int]) -> set[int]:
    g = t.grouped.c
    return set(connection.scalars(sa.select(g.web).where(g.report.in_(reports)).distinct()))


def _webs_of_acts(connection: Connection, acts: Iterable[int]) -> set[int]:
    g = t.grouped.c
    return {
        web
        for part in batched(sorted(acts), AT_ONCE)
        for web in connection.scalars(sa.select(g.web).where(g.key.in_(part)).distinct())
    }
