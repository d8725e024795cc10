"""Which reports are one running story: kept up report by report, by the words that they share.

All texts that are linked, through others too, are a *web*; the threads in a web depend on nothing outside it. So a
new text touches the webs that it is linked to, and no other. A reprint is of the thread of its text: it is filed
under that and looked at no more, however many there are.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from dateline.join.threads import Text, cells, grouped, likeness, linked, text_of
from dateline.lexicons.rarity import Rarity
from dateline.store import search
from dateline.store import tables as t
from dateline.store.keys import day_of, report_key
from dateline.store.texts import reprints, tops
from dateline.store.webs import components
from dateline.store.write import delete, insert

AT_ONCE = 250
KEPT_READ = 4_000  # texts held in memory
BODY = ("standfirst", "crosshead", "paragraph", "quote", "list")
SHORT = 20  # words of a text that is hardly more than a headline
FIRM = 0.6  # likeness from which two of these are linked: with less, 11,000 headlines hang together as one web

type Stored = tuple[int, int, int | None, int | None]  # a row of ``threads``


@dataclass(frozen=True, slots=True)
class Strand:
    """A report as its story sees it, and where it meets others."""

    report: int
    text: Text
    cells: frozenset[int]


class Strands:
    """Keeps ``thread_cells`` and ``threads`` of a record; texts that were read are kept for a while."""

    def __init__(self, rarity: Rarity) -> None:
        self.rarity = rarity
        self._read: OrderedDict[int, Strand] = OrderedDict()

    def weave(self, connection: Connection, reports: Sequence[int]) -> None:
        """Thread these reports anew, and whatever they are or were linked to."""
        before, top = stored(connection, reports), tops(connection, reports)
        moved = reprints(connection, [key for key, row in before.items() if row.text != top[key]]) - top.keys()
        before, top = before | stored(connection, moved), top | tops(connection, moved)
        own = {key for key, text in top.items() if key == text}
        was = {key for key, row in before.items() if key == row.text}
        self._unfile(connection, was - own)
        fresh = self.texts(connection, own - was)
        insert(connection, t.thread_cells, [(cell, x.report) for x in fresh.values() for cell in sorted(x.cells)])
        near = self.texts(connection, meeting(connection, fresh.values()))
        touched = {b for _, b, _ in links(fresh, near)}
        webs = {row.web for row in before.values()} | webs_of(connection, touched)
        nodes = (members(connection, webs) | own) - (top.keys() - own)
        self._write(connection, self.texts(connection, nodes), {k: of for k, of in top.items() if k not in own})

    def withdraw(self, connection: Connection, reports: Sequence[int]) -> set[int]:
        """Take reports out, before their rows go; the reports that are to be threaded anew for it."""
        before = stored(connection, reports)
        self._unfile(connection, {key for key, row in before.items() if key == row.text})
        c = t.threads.c
        for part in batched(sorted(reports), AT_ONCE):
            connection.execute(t.threads.delete().where(c.report.in_(part)))
        heirs = reprinted(connection, reports) | (reprints(connection, reports) - set(reports))
        one_a_web = sa.select(sa.func.min(c.report)).group_by(c.web)  # enough to have the others threaded with it
        webs = {row.web for row in before.values() if row.web is not None}
        left = {key for part in _parts(webs) for key in connection.scalars(one_a_web.where(c.web.in_(part)))}
        for report in reports:
            self._read.pop(report, None)
        return heirs | left

    def texts(self, connection: Connection, reports: Iterable[int]) -> dict[int, Strand]:
        """Texts by their keys; those that are not in the record are left out."""
        wanted = sorted(set(reports))
        for part in batched([key for key in wanted if key not in self._read], AT_ONCE):
            self._read.update((x.report, x) for x in _read(connection, part, self.rarity))
        found = {key: self._read[key] for key in wanted if key in self._read}
        for key in found:
            self._read.move_to_end(key)
        while len(self._read) > max(KEPT_READ, len(found)):
            self._read.popitem(last=False)
        return found

    def _unfile(self, connection: Connection, reports: Set[int]) -> None:
        found = self.texts(connection, reports).values()
        delete(connection, t.thread_cells, [(cell, x.report) for x in found for cell in x.cells])

    def _write(self, connection: Connection, own: Mapping[int, Strand], reprinted: Mapping[int, int]) -> None:
        rows: dict[int, Stored] = {report: (report, text, None, None) for report, text in reprinted.items()}
        rows |= {
            report: (report, report, first, web)
            for web, threads in woven(own)
            for first, reports in threads.items()
            for report in reports
        }
        for part in _parts(rows):
            connection.execute(t.threads.delete().where(t.threads.c.report.in_(part)))
        insert(connection, t.threads, [rows[report] for report in sorted(rows)])


def woven(strands: Mapping[int, Strand]) -> Iterator[tuple[int, dict[int, list[int]]]]:
    """Each web of some texts by its first key, with its threads by their first reports: a pure function of texts."""
    for web in components(strands, [(a, b) for a, b, _ in links(strands, strands)]):
        if len(web) == 1:
            yield web[0], {web[0]: web}
            continue
        threads = grouped([strands[key].text for key in web])
        yield web[0], {report_key(thread.id): [*map(report_key, thread.reports)] for thread in threads}


def links(some: Mapping[int, Strand], others: Mapping[int, Strand]) -> Iterator[tuple[int, int, str]]:
    """Pairs of linked texts with the rule, one of ``some`` and one of ``others``; none that share no cell."""
    met: dict[int, list[int]] = {}
    for key, strand in others.items():
        for cell in strand.cells:
            met.setdefault(cell, []).append(key)
    for key, strand in some.items():
        for other in {other for cell in strand.cells for other in met.get(cell, ())}:
            both = key in others and other in some
            if other != key and not (both and other < key):
                rule = link(strand.text, others[other].text)
                if rule is not None:
                    yield key, other, rule


def link(a: Text, b: Text) -> str | None:
    """The rule by which two texts hang together, if they do: of two that are hardly headlines more is asked."""
    rule = linked(a, b)
    if rule is not None and max(len(a.terms), len(b.terms)) < SHORT and likeness(a, b) < FIRM:
        return None
    return rule


# --- which reports --------------------------------------------------------------------------------------------------


def meeting(connection: Connection, strands: Iterable[Strand]) -> set[int]:
    """Texts that share a cell with one of these."""
    c = t.thread_cells.c
    asked = (sa.select(c.report).where(c.cell.in_(part)) for part in _parts(cell for x in strands for cell in x.cells))
    return {report for each in asked for report in connection.scalars(each)}


def webs_of(connection: Connection, reports: Iterable[int]) -> set[int | None]:
    """The webs of some texts."""
    return {row.web for row in stored(connection, reports).values()}


def members(connection: Connection, webs: Iterable[int | None]) -> set[int]:
    """Texts of some webs."""
    c = t.threads.c
    asked = (sa.select(c.report).where(c.web.in_(part)) for part in _parts(w for w in webs if w is not None))
    return {report for each in asked for report in connection.scalars(each)}


def reprinted(connection: Connection, texts: Iterable[int]) -> set[int]:
    """Reports that have one of these texts, those whose own it is among them."""
    c = t.threads.c
    asked = (sa.select(c.report).where(c.text.in_(part)) for part in _parts(texts))
    return {report for each in asked for report in connection.scalars(each)}


def stored(connection: Connection, reports: Iterable[int]) -> dict[int, Row[Any]]:
    """Rows of ``threads`` by their reports."""
    asked = (sa.select(t.threads).where(t.threads.c.report.in_(part)) for part in _parts(reports))
    return {row.report: row for each in asked for row in connection.execute(each)}


def _parts(keys: Iterable[int]) -> Iterator[tuple[int, ...]]:
    return batched(sorted(set(keys)), AT_ONCE)


# --- reading ----------------------------------------------------------------------------------------------------------


def _read(connection: Connection, reports: Sequence[int], rarity: Rarity) -> Iterator[Strand]:
    """Reports out of their rows."""
    b, p = t.blocks.c, t.pages.c
    spans: dict[int, list[tuple[int, int]]] = {}
    body = sa.select(b.report, b.start, b.end).where(b.report.in_(reports), b.kind.in_(BODY)).order_by(b.start)
    for row in connection.execute(body):
        spans.setdefault(row.report, []).append((row.start, row.end))
    named = _named(connection, reports)
    pages = sa.select(p.report, p.at, p.title, p.text, t.reports.c.id).join(t.reports, t.reports.c.report == p.report)
    for page in connection.execute(pages.where(p.report.in_(reports))):
        whole = search.text_of(page.text)
        words = "\n".join(whole[start:end] for start, end in spans.get(page.report, ()))
        text = text_of(page.id, day_of(page.at), page.title or "", words, rarity)
        text = replace(text, names=frozenset(named.get(page.report, ())))
        yield Strand(page.report, text, cells(text))


def _named(connection: Connection, reports: Sequence[int]) -> dict[int, set[str]]:
    """Whom and what place each report names, as everywhere known."""
    a, n, p, s = t.actors.c, t.names.c, t.places.c, t.spots.c
    whom = sa.select(a.report, sa.func.coalesce(n.lexicon, n.folded).label("key")).join(t.names, n.who == a.who)
    where = sa.select(p.report, sa.func.coalesce(s.gazetteer, s.folded).label("key")).join(t.spots, s.spot == p.spot)
    found: dict[int, set[str]] = {}
    for asked in (whom.where(a.report.in_(reports), n.unnamed.is_(None)), where.where(p.report.in_(reports))):
        for named in connection.execute(asked):
            if named.key:
                found.setdefault(named.report, set()).add(named.key)
    return found
