"""The end of the demo: what only all the samples together can tell, out of a record made for the moment."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from dateline.cli.columns import table
from dateline.cli.names import short
from dateline.cli.samples import Sample
from dateline.record import Page, Record
from dateline.stage import Doc, Kit
from dateline.store.asked import Asked
from dateline.store.frames import asked_for

WORDS = 90
SHOWN = 12  # clashes

type View = Callable[[Record], RenderableType | None]


@contextmanager
def record_of(read: Sequence[tuple[Sample, Doc]], kit: Kit) -> Iterator[Record]:
    """A record of the samples as read, gone when the demo is over."""
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "demo.sqlite", kit) as record:
        record.add_docs([(Page(s.raw, s.name, s.published, s.outlet), doc) for s, doc in read])
        record.join()
        yield record


def one_source_in_many_coats(record: Record) -> RenderableType | None:
    """The assessment of the fifth, by whom it is said in the end: reports, texts, origins."""
    rows = list(record.ask("assessments", Asked(type="slowing")))
    if not rows:
        return None
    reports, texts = (sum(r[name] for r in rows) for name in ("reports", "texts"))
    head = Text(f"said {reports} times in {texts} texts, by {len(rows)} origins", "bold")
    return Group(
        head,
        table(
            {
                "leads back to": [r["origin"] for r in rows],
                "said of": [r["side"] for r in rows],
                "words": ["; ".join(f"“{words}”" for words in r["words"]) for r in rows],
                "reports": [str(r["reports"]) for r in rows],
                "texts": [str(r["texts"]) for r in rows],
                "first": [str(r["first"] or "") for r in rows],
            }
        ),
    )


def day_by_day(record: Record) -> RenderableType | None:
    """Each day on which a town passed to another side, or came to be contested."""
    rows = [r for r in record.ask("holdings", asked_for({"since": _first(record)})) if r["kind"] == "settlement"]
    rows.reverse()
    if not rows:
        return None
    return table(
        {
            "day": [str(r["day"]) for r in rows],
            "place": [r["place"] for r in rows],
            "state": [" by ".join(filter(None, (r["state"], r["holder"]))) for r in rows],
            "weights": ["; ".join(r["weights"]) for r in rows],
            "reports / origins": [f"{r['reports']} / {r['origins']}" for r in rows],
        }
    )


def said_and_counted(record: Record) -> RenderableType | None:
    """What voices say of the tempo, each once, and beside it what was counted in the weeks before and after."""
    by_origin = {r["id"]: r for r in record.ask("assessments", Asked())}
    parts: list[RenderableType] = []
    for r in record.ask("tempo", Asked()):
        said = [(id, line) for id, line in zip(r["statements"], r["said"], strict=True) if id in by_origin]
        if said:
            parts.append(Text(f"{r['side']} in {r['area']}, twelve weeks until {r['until']}: {r['phase']}", "bold"))
            parts.append(Text(f"counted, attacks a week: {' '.join(r['weeks'])}; reports read: {' '.join(r['read'])}"))
        for id, line in said:
            times = by_origin[id]["reports"]
            parts.append(Text(f"said, in {times} report{'s' * (times > 1)}: {line}"))
    return Group(*parts) if parts else None


def clashes(record: Record) -> RenderableType | None:
    """Claims that cannot both hold, or that parties put differently."""
    rows = list(record.ask("tensions", Asked(limit=SHOWN)))
    if not rows:
        return None
    return table(
        {
            "on": [r["on"] for r in rows],
            "why": [r["verdict"].replace("_", " ") for r in rows],
            "place": [r["place"] or "" for r in rows],
            "one": [f"{r['a_voice']}: {short(r['a_words'], WORDS)}" for r in rows],
            "other": [f"{r['b_voice']}: {short(r['b_words'], WORDS)}" for r in rows],
        }
    )


def counted_differently(record: Record) -> RenderableType | None:
    """Events of which the numbers differ: least, most, best, and how well that stands."""
    people = ("killed", "wounded", "missing", "captured", "displaced")
    rows = [r for r in record.ask("events", Asked()) if any("best" in c and c.startswith(people) for c in r["counted"])]
    if not rows:
        return None
    return table(
        {
            "day": [str(r["earliest"] or r["published"]) for r in rows],
            "event": [" ".join(filter(None, (r["type"], r["place"]))) for r in rows],
            "amounts": ["; ".join(c for c in r["counted"] if "best" in c) for r in rows],
            "reports / texts / origins": [f"{r['reports']} / {r['texts']} / {r['origins']}" for r in rows],
            "clash": ["; ".join(r["clashes"]) for r in rows],
        }
    )


def _first(record: Record) -> str:
    return str(record.reports()["published"].min())[:10]


TOGETHER: dict[str, View] = {
    "One source in many coats: who says that the offensive slows?": one_source_in_many_coats,
    "Who holds what, day by day, by the weight of what is said": day_by_day,
    "What was said of the offensive, and what was counted before and after": said_and_counted,
    "Numbers that differ, and what is made of them": counted_differently,
    "Claims that clash": clashes,
}
