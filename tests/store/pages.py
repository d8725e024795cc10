"""Tiny reports for the record, and what makes one in a moment: parses remembered, a clock that is set by hand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from dateline.record import Page, Record
from dateline.sentence import Sentence
from dateline.stage import Kit, Parser
from dateline.store.asked import Asked

VIEWS = (
    "reports", "threads", "statements", "events", "holds", "figures", "holdings", "tempo", "tensions", "places",
    "actors",
)  # fmt: skip
TEXTS = {
    "2021-08-04": (
        "Rebels near Herat\n\nThe governor said on Tuesday that rebels had attacked Guzara in Herat province."
    ),
    "2021-08-05": "Three killed in Kunduz\n\nResidents said three people were killed in Kunduz on Wednesday.",
    "2021-08-06": (
        "Nimroz\n\nThe Taliban captured Zaranj, the capital of Nimroz province, on Friday. "
        "The army denied that it fell."
    ),
    "2021-08-07": (
        "Offensive losing momentum: ministry\n\nThe Russian Foreign Ministry said the offensive is losing momentum."
    ),
    "2021-08-08": (
        "Kunduz taken\n\nThe Taliban seized Kunduz on Sunday. At least 14 soldiers were killed, a doctor said."
    ),
}
PAGES = [Page(text.encode(), f"{day}.txt", day, "northgate") for day, text in TEXTS.items()]

FELL = (
    "Taliban take Ghazni\n\nGHAZNI, Aug 6 (Meridian Wire) - The Taliban captured the city of Ghazni "
    "on Friday, residents said."
)
DENIED = (
    "Governor: Ghazni has not fallen\n\nKABUL, Aug 6 (Harbour Gazette) - The governor of Ghazni denied on Friday that "
    "the Taliban had captured the city of Ghazni."
)
CLASHING = [
    Page(FELL.encode(), "fell.txt", "2021-08-06", "meridian-wire"),
    Page(DENIED.encode(), "denied.txt", "2021-08-06", "harbour-gazette"),
]


@dataclass
class Remembering:
    """A parser that parses the same words once."""

    inner: Parser
    known: dict[tuple[str, int, str], list[Sentence]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name, self.version, self.digest = self.inner.name, self.inner.version, self.inner.digest

    def parse(self, passages: Sequence[tuple[str, int, str]]) -> list[list[Sentence]]:
        fresh = [p for p in dict.fromkeys(passages) if p not in self.known]
        self.known.update(zip(fresh, self.inner.parse(fresh), strict=True) if fresh else ())
        return [self.known[p] for p in passages]


def remembering(kit: Kit) -> Kit:
    """The kit with a parser that remembers."""
    return replace(kit, parser=Remembering(kit.parser))


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    at: datetime = datetime(2021, 8, 20, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


class Desk:
    """Opens new records, one after another, with the same kit; Hypothesis can print it in a line."""

    def __init__(self, place: Callable[[], str], kit: Kit) -> None:
        self.place, self.kit = place, kit

    def __repr__(self) -> str:
        return "desk"

    def open(self, clock: Clock | None = None) -> Record:
        return Record.open(self.place(), self.kit, clock or Clock())

    def holding(self, pages: Sequence[Page], clock: Clock | None = None) -> Record:
        """A new record with these pages."""
        record = self.open(clock)
        list(record.add_all(pages))
        return record


def answers(record: Record, **filters: Any) -> dict[str, list[dict[str, Any]]]:
    """Every view's rows."""
    return {view: list(record.ask(view, Asked(**filters))) for view in VIEWS}


def ids(rows: Iterator[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def row(record: Record, view: str, **like: Any) -> dict[str, Any]:
    """The one row of a view with these values, rejected ones among them."""
    found = record.ask(view, Asked(rulings="all"))
    (one,) = (row for row in found if all(row[name] == value for name, value in like.items()))
    return one


def seen(record: Record, view: str, **filters: Any) -> list[str]:
    """Ids of the rows that filters let through."""
    return ids(record.ask(view, Asked(**filters)))


def taken(record: Record) -> str:
    """The id of the event in which Zaranj is captured."""
    return str(row(record, "events", place="Zaranj", type="ASSAULT")["id"])
