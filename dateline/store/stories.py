"""Reading threads: which running story a report is of, what that is called, when and where it is told, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import batched
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Row

from dateline.join.threads import likeness
from dateline.lexicons.rarity import load_rarity
from dateline.store import tables as t
from dateline.store.asked import Asked
from dateline.store.corrected import let_through
from dateline.store.keys import LAST_DAY, day_of
from dateline.store.lifting import known_by
from dateline.store.ruled import Ruled
from dateline.store.strands import Strands, links, meeting, members, reprinted, stored, webs_of, woven
from dateline.store.texts import tops

AT_ONCE = 250
PLACES = 4  # of a thread that are told
NEAREST = 3  # linked reports that are told of

type Answer = dict[str, Any]


class Stories:
    """Threads of a record, as known by the end of a day, UTC, or now."""

    def __init__(self, connection: Connection, known: date | None = None) -> None:
        self.connection, self.known_then = connection, known_by(Asked(known=known))
        self.known = known
        later = sa.select(t.reports.c.report).where(~self.known_then).limit(1)
        self.anew = connection.execute(later).first() is not None
        self._then: dict[int, int] = {}  # where threaded anew: report → thread
        self._texts: dict[int, int] = {}  # and report → the report whose text it has

    @cached_property
    def strands(self) -> Strands:
        """What reads texts."""
        return Strands(load_rarity())

    def threads_of(self, reports: Iterable[int]) -> dict[int, int]:
        """The thread of each report, by keys; a report that is yet to be joined is one of its own."""
        wanted = list(dict.fromkeys(reports))
        if self.anew:
            self._thread_then(wanted)
            return {report: self._then.get(report, report) for report in wanted}
        text = {report: row.text for report, row in stored(self.connection, wanted).items()}
        thread = {report: row.thread for report, row in stored(self.connection, text.values()).items()}
        return {report: thread.get(text.get(report, report)) or report for report in wanted}

    def ids_of(self, reports: Iterable[int]) -> dict[int, str]:
        """The thread of each report, as the id of its first."""
        thread = self.threads_of(reports)
        ids = {row.report: row.id for row in self.rows(sa.select(t.reports.c.report, t.reports.c.id), thread.values())}
        return {report: ids[first] for report, first in thread.items()}

    def members(self, threads: Iterable[int]) -> dict[int, dict[int, int]]:
        """Reports of each thread, each with the report whose text it has."""
        found: dict[int, dict[int, int]] = {thread: {} for thread in threads}
        if self.anew:
            self._thread_then(found)
            for report, thread in self._then.items():
                if thread in found:
                    found[thread][report] = self._texts[report]
        else:
            c = t.threads.c
            own = {row.report: row.thread for row in self.rows(sa.select(c.report, c.thread), found, c.thread)}
            for row in self.rows(sa.select(c.report, c.text), own, c.text):
                found[own[row.text]][row.report] = row.text
        return {thread: reports or {thread: thread} for thread, reports in found.items()}

    def rows(
        self, asked: "sa.Select[Any]", wanted: Iterable[int], column: "ColumnElement[Any] | None" = None
    ) -> Iterator[Row[Any]]:
        """Rows with such a key, the first column's unless another is named; a few hundred keys at a time."""
        column = asked.selected_columns[0] if column is None else column
        for part in batched(sorted(set(wanted)), AT_ONCE):
            yield from self.connection.execute(asked.where(column.in_(part)))

    def _thread_then(self, reports: Iterable[int]) -> None:
        """Thread these reports, and all that may hang together with them, from what was known then."""
        looking, webs = {report for report in reports if report not in self._then}, set[int | None]()
        text: dict[int, int] = {}
        while looking:
            fresh = webs_of(self.connection, {x.text for x in stored(self.connection, looking).values()}) - webs
            webs |= fresh
            now = members(self.connection, fresh)
            near = self._known(looking | reprinted(self.connection, now)) - text.keys()
            text |= tops(self.connection, near, self.known)
            # reprints whose model was not known yet had words of their own, by which they may have met others
            apart = self.strands.texts(self.connection, {x for x in near if text[x] == x} - now)
            met = stored(self.connection, meeting(self.connection, apart.values()))
            looking = {report for report, row in met.items() if row.web not in webs}
        own = self.strands.texts(self.connection, {report for report, top in text.items() if report == top})
        for _, threads in woven(own):
            self._then.update({report: first for first, told in threads.items() for report in told})
        self._texts |= text
        self._then |= {report: self._then.get(top, top) for report, top in text.items()}

    def _known(self, reports: Iterable[int]) -> set[int]:
        return {row.report for row in self.rows(sa.select(t.reports.c.report).where(self.known_then), reports)}


# --- what is told of a thread ---------------------------------------------------------------------------------------


def told(stories: Stories, matching: Iterator[Sequence[int]], asked: Asked, ruled: Ruled) -> Iterator[Answer]:
    """A row for each thread of the reports that match, in their order; the row tells of all reports of the thread."""
    met: set[int] = set()
    for part in matching:
        thread = stories.threads_of(part)
        fresh = [x for x in dict.fromkeys(thread[report] for report in part) if x not in met]
        met |= set(fresh)
        yield from _described(stories, fresh, asked, ruled)


def _described(stories: Stories, threads: Sequence[int], asked: Asked, ruled: Ruled) -> Iterator[Answer]:
    p, kept = t.pages.c, t.reports.c
    columns = (p.report, p.at, p.title, p.outlet_name, p.publisher, kept.id)
    pages = sa.select(*columns).join(t.reports, kept.report == p.report)
    pages = pages.where(*let_through("r", t.pages, p.report, asked, ruled))
    found = stories.members(threads)
    page = {row.report: row for row in stories.rows(pages, (report for told in found.values() for report in told))}
    ids = stories.ids_of(threads)
    for thread in threads:
        here = [page[report] for report in found[thread] if report in page]
        here.sort(key=lambda row: (row.report != thread, row.at or LAST_DAY, row.id))
        days = sorted(row.at for row in here if row.at)
        texts = {found[thread][row.report] for row in here}
        named = (_as_ruled(row, ruled) for row in here)
        titles, outlets = zip(*named, strict=True)
        yield {
            "id": ids[thread],
            "title": next(filter(None, titles), None),
            "first": day_of(days[0]) if days else None,
            "last": day_of(days[-1]) if days else None,
            "reports": len(here),
            "texts": len(texts),
            "outlets": [*dict.fromkeys(filter(None, outlets))],
            "places": _places(stories, texts),
        }


def _as_ruled(row: Row[Any], ruled: Ruled) -> tuple[str | None, str | None]:
    """Title and outlet of a report, as corrected."""
    edits: Mapping[str, str] = ruled.edits.get(row.id, {})
    return edits.get("title", row.title), edits.get("outlet", row.outlet_name or row.publisher)


def _places(stories: Stories, texts: Iterable[int]) -> list[str]:
    """The places that most of these texts name, most first."""
    p, s = t.places.c, t.spots.c
    asked = sa.select(p.report, s.name).join(t.spots, s.spot == p.spot).distinct()
    many = Counter(row.name for row in stories.rows(asked, texts))
    return sorted(many, key=lambda name: (-many[name], name))[:PLACES]


def why(connection: Connection, report: int) -> Iterator[tuple[str, str]]:
    """The thread of a report, and which reports of it are most alike: (what, how it is so)."""
    stories = Stories(connection)
    thread = stories.threads_of([report])[report]
    reports = stories.members([thread])[thread]
    ids = {row.report: row.id for row in stories.rows(sa.select(t.reports.c.report, t.reports.c.id), reports)}
    text = reports.get(report, report)
    yield "thread", f"{ids[thread]}, {len(reports)} reports in {len({*reports.values()})} texts"
    if text != report:
        yield "reprint of", ids[text]
    strands = stories.strands.texts(connection, {*reports.values()})
    mine = strands[text]
    linked = [(likeness(mine.text, strands[b].text), b, rule) for _, b, rule in links({text: mine}, strands)]
    for alike, other, rule in sorted(linked, reverse=True)[:NEAREST]:
        yield "linked", f"to {ids[other]} by {rule}: likeness {alike:.2f}"
    yield from (("rule", rule) for rule in sorted({rule for _, _, rule in linked}))
