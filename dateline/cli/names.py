"""Ids of one report in words: what tables and trees print for an actor, a place, a time or an amount."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from dateline.lexicons.load import Lexicons
from dateline.model import Actor, Place, Quantity, Source, Span, Statement, Time
from dateline.stage import Doc

NOBODY = "–"
LONGEST = 90  # characters of a name that the report spells out at length


class Names:
    """Looks up the ids of one report."""

    def __init__(self, doc: Doc, lexicons: Lexicons) -> None:
        self.text = doc.report.text
        self.countries = countries(lexicons)
        self.actors = {a.id: a for a in doc.of(Actor)}
        self.places = {p.id: p for p in doc.of(Place)}
        self.times = {t.id: t for t in doc.of(Time)}
        self.quantities = {q.id: q for q in doc.of(Quantity)}
        self.statements = {s.id: s for s in doc.of(Statement)}

    def words(self, span: Span | None, size: int = LONGEST) -> str:
        """The words themselves on one line, cut after ``size`` characters."""
        return short(span.of(self.text), size) if span else ""

    def actor(self, name: str | None) -> str:
        return short(self.actors[name].name) if name in self.actors else NOBODY

    def all(self, ids: Iterable[str]) -> str:
        return "; ".join(dict.fromkeys(self.actor(i) for i in ids)) or NOBODY

    def owner(self, name: str | None) -> str:
        """Whom an actor belongs to or speaks for, unless its own name says so; empty for nobody."""
        actor = self.actors.get(name or "")
        owner = self.actors.get(actor.of or "") if actor else None
        return owner.name if actor and owner and owner.name.casefold() not in actor.name.casefold() else ""

    def source(self, source: Source) -> str:
        """One link of a chain: the actor's name, else the words, else that it is unnamed."""
        return self.actor(source.actor) if source.actor in self.actors else self.words(source.span) or "unnamed"

    def chain(self, statement: Statement) -> tuple[str, ...]:
        """The speaker, then each carrier."""
        return tuple(map(self.source, statement.sources)) or ("unnamed",)

    def voice(self, statement: str | None) -> str:
        """Who tells a claim: the speaker of its statement; empty for the report's own voice."""
        return self.chain(self.statements[statement])[0] if statement in self.statements else ""

    def place(self, name: str) -> str:
        return self.places[name].name if name in self.places else name

    def where(self, place: Place) -> str:
        """District, province and country of a place, each once."""
        country = self.countries.get(place.country or "", place.country)
        parts = dict.fromkeys(filter(None, (place.admin2, place.admin1, country)))
        return ", ".join(part for part in parts if part != place.name)

    def time(self, name: str | None) -> str:
        """The days of a time; its value or its words where it lies on no calendar."""
        time = self.times.get(name or "")
        return days(time) or time.value or self.words(time.span) if time else NOBODY

    def number(self, name: str) -> str:
        """ "54", "3,000–5,000"; the words where they give no number ("several")."""
        q = self.quantities[name]
        exact = count(q.value) if q.value is not None else ""
        return exact or between(q.low, q.high) or self.words(q.span)


@lru_cache(maxsize=4)
def countries(lexicons: Lexicons) -> dict[str, str]:
    """ISO code → name of every state in the actor list."""
    rows = lexicons.tables.get("actors", ())
    return {row["country"]: row["name"] for row in rows if row["kind"] == "state" and row["country"]}


def days(time: Time) -> str:
    """ "2021-08-05", "2021-07-01 to 2021-07-31", "until 2021-08-10"; empty when no day is known."""
    return between(time.when.earliest, time.when.latest, " to ")


def between[T: (date, float)](low: T | None, high: T | None, to: str = "–") -> str:
    """A range in words; empty when both ends are open."""
    first, last = (count(x) if isinstance(x, float) else str(x or "") for x in (low, high))
    if first == last:
        return first
    if first and last:
        return f"{first}{to}{last}"
    return f"from {first}" if first else f"until {last}"


def count(value: float | None) -> str:
    """ "303", "1.5", "88,000,000,000"; empty for None."""
    return "" if value is None else f"{value:,.10g}" if value < 1e10 else f"{value:,.0f}"


def short(words: str, size: int = LONGEST) -> str:
    """Words on one line, cut at a word's end with an ellipsis."""
    words = " ".join(words.split())
    if len(words) <= size:
        return words
    return words[:size].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
