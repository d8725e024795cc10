"""Which reports print the words of which: found by anchors, compared by their texts, and claim for claim.

A text is compared with the earliest few that share an anchor with it, so ten thousand copies of one text cost no more
each than one does. What is written for a report depends on the set of reports alone: where one comes among those few,
or leaves them, the later holders of the anchor are compared anew.
"""

import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import batched
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.join.copies import compared, has_sentence, likely
from dateline.join.prints import Print, numbers_of, print_of
from dateline.store import tables as t
from dateline.store.codec import Row
from dateline.store.context import sentence_in
from dateline.store.keys import LAST_DAY, fitted, report_key
from dateline.store.rulings import load, settled
from dateline.store.search import text_of
from dateline.store.verdicts import NONE
from dateline.store.write import delete, insert

FIRSTS = 6  # earliest holders of an anchor that a text is compared with
AT_ONCE = 250  # reports read together
KEPT_READ = 2_000  # texts held in memory
BODY = ("headline", "standfirst", "crosshead", "paragraph", "quote", "list")
TYPES = {"s": "stance", "e": "type", "h": "state", "f": "counts"}

type Age = tuple[int, int]  # day of publication and key: what orders texts
type Mark = tuple[str, str, str]  # kind, type and words of a claim


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a text: its key, what it is known by, and the sentence that it stands in."""

    key: int
    mark: Mark
    sentence: str


@dataclass(frozen=True, slots=True)
class Text:
    """A report as it is compared."""

    report: int
    at: int
    print: Print
    anchors: tuple[int, ...]
    words: str

    @property
    def age(self) -> Age:
        return self.at, self.report


class Alike:
    """Keeps ``anchors``, ``copies`` and ``lifted`` of a record; texts that were read are kept for a while.

    ``ruled`` leads from a report to the one that people say it is a copy of, or to None where they say of none.
    """

    def __init__(self, ruled: Mapping[int, int | None] | None = None) -> None:
        self.ruled = ruled or {}
        self._read: OrderedDict[int, Text] = OrderedDict()
        self._made: OrderedDict[int, tuple[Claim, ...]] = OrderedDict()  # claims of a report

    def file(self, connection: Connection, reports: Sequence[int], all_new: bool) -> set[int]:
        """File texts under their anchors; the reports that are to be compared anew for it, unless all are new."""
        texts = self._texts(connection, reports).values()
        insert(connection, t.anchors, [(a, x.at, x.report) for x in texts for a in x.anchors], known=True)
        return set() if all_new else {later for x in texts for later in _later(connection, x)}

    def withdraw(self, connection: Connection, reports: Sequence[int]) -> set[int]:
        """Take texts out, before their rows go; the reports that are to be compared anew for it."""
        texts = self._texts(connection, reports).values()
        touched = {later for x in texts for later in _later(connection, x)}
        filed: list[Row] = [(a, x.at, x.report) for x in texts for a in x.anchors]
        delete(connection, t.anchors, filed)
        for table in (t.copies, t.lifted):
            connection.execute(table.delete().where(table.c.report.in_(reports)))
        for report in reports:
            self._read.pop(report, None)
            self._made.pop(report, None)
        return touched - set(reports)

    def compare(self, connection: Connection, reports: Sequence[int]) -> list[int]:
        """Write anew what reports, earliest first, have of earlier ones; those for which that changed.

        Reports that are earlier still must be as they are to stay.
        """
        copies: list[Row] = []
        lifted: list[Row] = []
        borrowed: list[tuple[Text, list[Text]]] = []
        for report, text in self._texts(connection, reports).items():
            models = self._ruled(connection, report) if report in self.ruled else self._models(connection, text)
            copies += [(report, model.report, *found) for model, found in models]
            borrowed += [(text, [model for model, _ in models])] if models else []
        made = self._claims(connection, [x for text, models in borrowed for x in (text, *models)])
        for text, lenders in borrowed:
            lifted += _lifted(text, lenders, made)
        lifted = _to_originals(connection, lifted, set(reports))
        mine = t.lifted.c.report.in_(reports)
        before = {tuple(row) for row in connection.execute(sa.select(t.lifted).where(mine))}
        for table, rows in ((t.copies, copies), (t.lifted, lifted)):
            connection.execute(table.delete().where(table.c.report.in_(reports)))
            insert(connection, table, rows)
        return sorted({row[1] for row in before ^ set(lifted)})

    def _claims(self, connection: Connection, texts: Iterable[Text]) -> dict[int, tuple[Claim, ...]]:
        """Claims of texts by the key of their report."""
        wanted = {text.report: text for text in texts}
        for part in batched([key for key in wanted if key not in self._made], AT_ONCE):
            rows = _claims(connection, part)
            for key in part:
                self._made[key] = tuple(_claim(wanted[key].words, *row) for row in rows.get(key, ()))
        found = {key: self._made[key] for key in wanted}
        while len(self._made) > max(KEPT_READ, len(found)):
            self._made.popitem(last=False)
        return found

    def _models(self, connection: Connection, text: Text) -> list[tuple[Text, tuple[str, float, int]]]:
        """Earlier texts that this one has words of, earliest first, and what it has of them."""
        shared: Counter[Age] = Counter()
        for firsts in _firsts(connection, text.anchors):
            shared.update(age for age in firsts if age < text.age)
        mine = {report for report, model in self.ruled.items() if model == text.report}  # so said, whichever was first
        near = sorted(a for a, many in shared.items() if likely(many, len(text.anchors)) and a[1] not in mine)
        found = self._texts(connection, [report for _, report in near])
        copies = [(found[report], compared(text.print, found[report].print)) for _, report in near if report in found]
        return [(model, (copy.kind, copy.share, copy.sentences)) for model, copy in copies if copy]

    def _ruled(self, connection: Connection, report: int) -> list[tuple[Text, tuple[str, float, int]]]:
        """What people say that a report is a copy of."""
        model = self.ruled[report]
        found = self._texts(connection, [report] if model is None else [report, model])
        if model is None or model not in found:
            return []
        copy = compared(found[report].print, found[model].print)
        return [(found[model], ("ruled", copy.share if copy else 0.0, copy.sentences if copy else 0))]

    def _texts(self, connection: Connection, reports: Iterable[int]) -> dict[int, Text]:
        """Texts by their keys, in the order asked for; those that are not in the record are left out."""
        wanted = list(dict.fromkeys(reports))
        for part in batched([key for key in wanted if key not in self._read], AT_ONCE):
            self._read.update((x.report, x) for x in _texts(connection, part))
        found = {key: self._read[key] for key in wanted if key in self._read}
        for key in found:
            self._read.move_to_end(key)
        while len(self._read) > max(KEPT_READ, len(found)):
            self._read.popitem(last=False)
        return found


def ruled_copies(connection: Connection) -> dict[int, int | None]:
    """Reports that people said are a copy of another, or of none, as that holds now."""
    copies = [r for r in settled(load(connection)) if r.verdict == "copy"]
    return {report_key(r.about): None if r.get("other") == NONE else report_key(r.get("other") or "") for r in copies}


def _lifted(text: Text, models: Sequence[Text], made: Mapping[int, Sequence[Claim]]) -> Iterator[Row]:
    """Claims that an earlier text makes already in the same words: (key, report, model's key, model's report)."""
    marked = [(model, _by_mark(made[model.report])) for model in models]
    held: dict[tuple[int, str], bool] = {}
    for claim in made[text.report]:
        for model, marks in marked:
            place = (model.report, claim.sentence)
            alike = [other for other in marks.get(claim.mark, ()) if _numbered_alike(claim, other)]
            if alike and place not in held:
                held[place] = has_sentence(model.print, claim.sentence)
            if alike and held[place]:
                yield (claim.key, text.report, _nearest(claim, alike), model.report)
                break


def _numbered_alike(claim: Claim, other: Claim) -> bool:
    """True where the same numbers stand in both sentences: "killed 57" in the words of "killed 54" is news."""
    return claim.sentence == other.sentence or numbers_of(claim.sentence) == numbers_of(other.sentence)


def _to_originals(connection: Connection, lifted: Sequence[Row], here: Set[int]) -> list[Row]:
    """What a model has lifted itself leads on to whose words they are; of reports ``here``, by these rows alone."""
    x = t.lifted.c
    found: dict[int, tuple[int, int]] = {}
    for part in batched(sorted({model for *_, model, of in lifted if of not in here}), AT_ONCE):
        rows = connection.execute(sa.select(x.key, x.model, x.model_report).where(x.key.in_(part)))
        found.update((row.key, (row.model, row.model_report)) for row in rows)
    for key, _, model, of in lifted:
        found[key] = found.get(model, (model, of))
    return sorted((key, report, *found[key]) for key, report, *_ in lifted)


def _by_mark(claims: Iterable[Claim]) -> Mapping[Mark, list[Claim]]:
    found: dict[Mark, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.mark, []).append(claim)
    return found


def _nearest(claim: Claim, alike: Sequence[Claim]) -> int:
    """Of several claims in the same words the one that stands in the same sentence, else the first."""
    return next((other.key for other in alike if other.sentence == claim.sentence), alike[0].key)


# --- reading ------------------------------------------------------------------------------------------------------


def _texts(connection: Connection, reports: Sequence[int]) -> Iterator[Text]:
    """Reports out of their rows."""
    blocks: dict[int, list[tuple[int, int]]] = {}
    b = t.blocks.c
    spans = sa.select(b.report, b.start, b.end).where(b.report.in_(reports), b.kind.in_(BODY)).order_by(b.start)
    for row in connection.execute(spans):
        blocks.setdefault(row.report, []).append((row.start, row.end))
    pages = sa.select(t.pages.c.report, t.pages.c.at, t.pages.c.text).where(t.pages.c.report.in_(reports))
    for row in connection.execute(pages):
        text = text_of(row.text)
        made = print_of(str(row.report), None, (text[start:end] for start, end in blocks.get(row.report, ())))
        yield Text(row.report, row.at or LAST_DAY, made, tuple(sorted(map(fitted, made.anchors))), text)


def _claims(connection: Connection, reports: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Kind, key, type, start and end of each claim, by report."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for kind, table in t.CLAIMS.items():
        c = table.c
        wanted = sa.select(c.report, c.key, c[TYPES[kind]], c.start, c.end).where(c.report.in_(reports))
        for report, *rest in connection.execute(wanted.where(c.start.is_not(None)).order_by(c.report, c.start, c.key)):
            found.setdefault(report, []).append((kind, *rest))
    return found


def _claim(text: str, kind: str, key: int, type: str, start: int, end: int) -> Claim:
    return Claim(key, (kind, type, " ".join(text[start:end].casefold().split())), sentence_in(text, start, end))


def _firsts(connection: Connection, anchors: Sequence[int]) -> Iterator[Sequence[Age]]:
    """The earliest few holders of each anchor."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):  # one small question each is faster than any join
        asked = f"SELECT at, report FROM anchors WHERE anchor = ? ORDER BY at, report LIMIT {FIRSTS}"
        yield from (driver.execute(asked, (anchor,)).fetchall() for anchor in anchors)
        return
    lateral = (
        "SELECT x.anchor, f.at, f.report FROM unnest(%s::bigint[]) AS x(anchor) CROSS JOIN LATERAL (SELECT at, report "
        f"FROM anchors WHERE anchor = x.anchor ORDER BY at, report LIMIT {FIRSTS}) AS f ORDER BY 1, 2, 3"
    )
    found: dict[int, list[Age]] = {}
    for anchor, at, report in connection.exec_driver_sql(lateral, (list(anchors),)):
        found.setdefault(anchor, []).append((at, report))
    yield from (found.get(anchor, ()) for anchor in anchors)


def _later(connection: Connection, text: Text) -> Iterator[int]:
    """Reports that are compared with this one, or would be if another of the first few were away."""
    anchors = text.anchors
    for anchor, firsts in zip(anchors, _firsts(connection, anchors), strict=True):
        if text.age in firsts:
            yield from (report for at, report in firsts if (at, report) > text.age)
            if len(firsts) == FIRSTS:
                c = t.anchors.c
                beyond = sa.tuple_(c.at, c.report) > sa.tuple_(*firsts[-1])
                yield from connection.scalars(sa.select(c.report).where(c.anchor == anchor, beyond))
