"""``dateline demo``: reads the sample reports and shows what can be told from their records.

Every line is computed from what was extracted, and names the report that it stands in; where extraction misses
something, the demo shows less.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from dateline.cli.columns import Cell, table
from dateline.cli.demo_together import TOGETHER, record_of
from dateline.cli.names import Names, days
from dateline.cli.samples import Sample, samples, samples_folder
from dateline.cli.screen import STANCE, STATUS, console_for_output, sections, trees
from dateline.kit import load_kit
from dateline.model import Actor, Figure, Hold, Place, Report, Statement, Story
from dateline.pipeline import extract_all
from dateline.read.outlets import with_outlet
from dateline.read.page import read_report
from dateline.stage import Doc, Kit

ASSESSMENT = re.compile(r"\bmomentum\b|\bsteam\b", re.IGNORECASE)
ON_THE_SPOT = frozenset({"resident", "witness", "medic", "local leader", "lawmaker", "aid worker", "member"})
SURE = frozenset({"happened", "denied"})
TAG = 20  # characters of a file name that are shown


@dataclass(frozen=True, slots=True)
class Page:
    """One sample, read."""

    file: str
    day: str
    doc: Doc
    names: Names

    @property
    def tag(self) -> str:
        """The file's name, cut."""
        return self.file if len(self.file) <= TAG else f"{self.file[: TAG - 1]}…"

    def told_by(self, statement: str | None) -> str:
        """The speaker of a statement; for the report's own voice its outlet."""
        outlet = self.doc.report.outlet
        return self.names.voice(statement) or (outlet.name if outlet else "the report itself")

    def speaker(self, s: Statement) -> Actor | None:
        return self.names.actors.get(s.sources[0].actor or "") if s.sources else None

    def words(self, s: Statement, size: int = 110) -> str:
        return self.names.words(s.content[0], size)


type View = Callable[[Sequence[Page], Kit], RenderableType | None]


@click.command(short_help="Read the sample reports and show what can be told from them.")
@click.option("--model", default="md", show_default=True, help="md, sm, an installed package, or a folder.")
def command(model: str) -> None:
    """Read the sample reports and show what can be told from their records."""
    given = samples()
    pages, kit = read_samples(given, model)
    words = sum(len(p.doc.report.text.split()) for p in pages)
    told = sum(len(p.doc.of(Statement)) for p in pages)
    head = Text(f"{len(pages)} sample reports, {words:,} words, {told} statements", style="bold")
    head.append("\nWritten for this project; the days are history, the sentences and voices invented.", "not bold dim")
    views = [(title, view(pages, kit)) for title, view in VIEWS.items()]
    with record_of([(sample, page.doc) for sample, page in zip(given, pages, strict=True)], kit) as record:
        views += [(title, view(record)) for title, view in TOGETHER.items()]
    sections(head, [(title, shown) for title, shown in views if shown is not None], console_for_output())


def read_samples(given: Sequence[Sample], model: str) -> tuple[list[Page], Kit]:
    """Every sample's record, with the samples' own outlets laid over ours; progress goes to standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("loading the language model", total=len(given))
        kit = load_kit(model, (samples_folder() / "lexicon",))
        bar.update(task, description="reading the samples")
        pages = []
        for sample, doc in zip(given, extract_all((_report(s, kit) for s in given), kit), strict=True):
            pages.append(Page(Path(sample.name).stem, sample.published, doc, Names(doc, kit.lexicons)))
            bar.advance(task)
    return pages, kit


def _report(sample: Sample, kit: Kit) -> Report:
    report = read_report(sample.raw, str(sample.path), sample.published)
    return with_outlet(report, sample.outlet, kit)


# --- views ----------------------------------------------------------------------------------------------------


def longest_chain(pages: Sequence[Page], _: Kit) -> RenderableType | None:
    """The page whose words came through the most hands."""

    def hands(page: Page) -> tuple[int, float]:
        chains = [len(s.sources) for s in page.doc.of(Statement)] or [0]
        return max(chains), sum(chains) / len(chains)

    page = max(pages, key=hands, default=None)
    if page is None or hands(page)[0] < 2:
        return None
    return Group(Text(page.file, style="dim"), *trees(page.doc.of(Statement), page.names))


def who_says_so(pages: Sequence[Page], _: Kit) -> RenderableType | None:
    """One assessment, every voice that it is told by; grouped by the state that the speaker belongs to."""
    found = [
        (_side(p, s) or "not placed", p, s)
        for p in pages
        for s in p.doc.of(Statement)
        if any(ASSESSMENT.search(c.of(p.doc.report.text)) for c in s.content)
    ]
    if not found:
        return None
    sides = sorted({side for side, *_ in found} - {"not placed"})
    reports = len({p.file for _, p, _ in found})
    speakers = len({page.names.chain(s)[0] for _, page, s in found})
    head = Text(f"{reports} reports, {speakers} speakers as they are called, {len(sides)} sides that are known", "bold")
    found.sort(key=lambda row: (row[0] == "not placed", row[0], row[1].day, row[1].file))
    return Group(
        head,
        table(
            {
                "side": [side for side, *_ in found],
                "day": [p.day for _, p, _ in found],
                "speaker ← carriers": [" ← ".join(p.names.chain(s)) for _, p, s in found],
                "put": [Text(s.stance, style=STANCE[s.stance]) for *_, s in found],
                "report": [p.tag for _, p, _ in found],
            }
        ),
    )


def _side(page: Page, s: Statement) -> str | None:
    """Country of the speaker, or of the one it belongs to."""
    actor = page.speaker(s)
    for _ in range(4):
        if actor is None or actor.country:
            break
        actor = page.names.actors.get(actor.of or "")
    return page.names.countries.get(actor.country or "") if actor else None


def residents_and_officials(pages: Sequence[Page], _: Kit) -> RenderableType | None:
    """Reports in which those on the spot say one thing of a place, and somebody else denies it."""
    rows: list[tuple[Page, Statement, str]] = []
    for page in pages:
        told = page.doc.of(Statement)
        seen = [s for s in told if _on_the_spot(page, s) and s.stance == "asserts"]
        denied = [s for s in told if s.stance == "denies" and not _on_the_spot(page, s)]
        for s in told:
            place = _about(page, s)
            others = denied if s in seen else seen if s in denied else []
            if place and any(_about(page, other) == place for other in others):
                rows.append((page, s, place))
    if not rows:
        return None
    return table(
        {
            "about": [place for *_, place in rows],
            "put": [Text(s.stance, style=STANCE[s.stance]) for _, s, _ in rows],
            "speaker": [p.told_by(s.id) for p, s, _ in rows],
            "words": [p.words(s) for p, s, _ in rows],
            "report": [p.tag for p, *_ in rows],
        }
    )


def _on_the_spot(page: Page, s: Statement) -> bool:
    actor = page.speaker(s)
    return actor is not None and actor.unnamed in ON_THE_SPOT


def _about(page: Page, s: Statement) -> str | None:
    """The settlement or district that the words name; where they name none, the one that the story is about."""
    local = [p for p in page.doc.of(Place) if p.kind in ("settlement", "district")]
    inside = [p for p in local if any(c.holds(m) for c in s.content for m in p.mentions)]
    return inside[0].name if len(inside) == 1 else _subject(page) if not inside else None


def _subject(page: Page) -> str | None:
    """The one settlement or district that the headline of a one-story page names."""
    stories = page.doc.of(Story)
    title = page.doc.report.text[: page.doc.report.text.find("\n")]
    named = {
        p.name
        for p in page.doc.of(Place)
        for m in p.mentions
        if p.kind in ("settlement", "district") and m.end <= len(title) and m not in p.associative
    }
    return named.pop() if len(stories) == 1 and len(named) == 1 else None


def two_tolls(pages: Sequence[Page], _: Kit) -> RenderableType | None:
    """How many were killed, where several voices give different numbers for the place in the headline."""
    found: dict[str, list[tuple[Page, Figure]]] = {}
    for page in pages:
        place = _subject(page)
        for f in page.doc.of(Figure):
            if place and f.counts == "killed" and f.scope != "part":
                found.setdefault(place, []).append((page, f))
    rows = [(place, *row) for place, given in found.items() for row in _tolls(given)]
    if not rows:
        return None
    return table(
        {
            "place": [place for place, *_ in rows],
            "reported": [p.day for _, p, _ in rows],
            "killed": [p.names.number(f.quantity) for _, p, f in rows],
            "whom": [p.names.actor(f.side) for _, p, f in rows],
            "according to": [p.told_by(f.statement) for _, p, f in rows],
            "report": [p.tag for _, p, _ in rows],
        }
    )


def _tolls(given: Iterable[tuple[Page, Figure]]) -> list[tuple[Page, Figure]]:
    """Each toll of each voice once a report; nothing unless there are at least two numbers."""
    once = {(p.file, p.names.number(f.quantity), p.told_by(f.statement)): (p, f) for p, f in given}
    return list(once.values()) if len({number for _, number, _ in once}) > 1 else []


def taken(pages: Sequence[Page], _: Kit) -> RenderableType | None:
    """Towns reported taken, lost or retaken, by the day said; the day of print stands beside, not in its place."""
    rows = list(_taken(pages))
    if not rows:
        return None
    return table(
        {
            "town": [p.names.place(h.place) for p, h in rows],
            "said day": [_day(p, h) for p, h in rows],
            "in print": [p.day for p, _ in rows],
            "state": [Text(f"not {h.state}" if h.status == "denied" else h.state, STATUS[h.status]) for _, h in rows],
            "holder": [p.names.actor(h.holder) for p, h in rows],
            "according to": [p.told_by(h.statement) for p, h in rows],
            "report": [p.tag for p, _ in rows],
        }
    )


def _taken(pages: Sequence[Page]) -> Iterator[tuple[Page, Hold]]:
    for page in pages:
        towns = {p.id for p in page.doc.of(Place) if p.kind == "settlement"}
        met = set()
        for h in page.doc.of(Hold):
            key = (h.place, h.state, h.status, page.told_by(h.statement))
            changed = h.state in ("captured", "lost", "retaken") and h.status in SURE
            if changed and h.place in towns and key not in met:
                met.add(key)
                yield page, h


def _day(page: Page, h: Hold) -> str:
    time = page.names.times.get(h.time or "")
    return days(time) if time else ""


def troops(pages: Sequence[Page], _: Kit) -> RenderableType | None:
    """Strengths of the sides, by who gives the number."""
    rows = [(p, f) for p in pages for f in p.doc.of(Figure) if f.counts == "troops"]
    if not rows:
        return None
    units = [p.names.quantities[f.quantity].unit or "" for p, f in rows]
    cells: dict[str, list[Cell]] = {
        "number": [p.names.number(f.quantity) for p, f in rows],
        "of": list(units),
        "bound": [f.bound.replace("_", " ") for _, f in rows],
        "whose": [p.names.actor(f.side) for p, f in rows],
        "status": [Text(f.status, style=STATUS[f.status]) for _, f in rows],
        "according to": [p.told_by(f.statement) for p, f in rows],
        "report": [p.tag for p, _ in rows],
    }
    return table(cells)


VIEWS: dict[str, View] = {
    "Through how many hands? The page with the longest chain": longest_chain,
    "Who says that the offensive loses momentum, or runs out of steam?": who_says_so,
    "What people on the spot say, and officials deny": residents_and_officials,
    "How many were killed? It depends on who counts": two_tolls,
    "Which towns are reported taken, on which day, by whose word?": taken,
    "How many soldiers, and who says so": troops,
}
