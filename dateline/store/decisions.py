"""What people settle in a record: rulings taken, undone, listed, carried over; who a name may mean."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dateline.errors import UsageError
from dateline.model import Ruling
from dateline.store import judging, rulings
from dateline.store.connect import Database
from dateline.store.frames import day_given
from dateline.store.judging import Replayed
from dateline.store.namesakes import Known, Namesake, actors_called, header, places_called
from dateline.store.whereabouts import Atlas


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Who and what goes by one name."""

    actors: tuple[Known, ...]
    places: tuple[Namesake, ...]


class Decisions:
    """The part of ``Record`` that people decide with."""

    database: Database
    now: Callable[[], datetime]

    @property
    @abstractmethod
    def atlas(self) -> Atlas:
        """Word lists and map."""

    @abstractmethod
    def join(self) -> None:
        """Work off what is yet to be joined."""

    def rule(self, about: str, verdict: str, by: str, why: str | None = None, **given: object) -> Ruling:
        """Say what a person decided of a row; see docs/store.md for the verdicts and what each is given.

        Raises UsageError for an unknown id, verdict or value, saying what is possible. Said again, it stays one ruling.
        """
        pairs = tuple((name, str(value)) for name, value in given.items())
        draft = Ruling("", about, verdict, pairs, by, "", why)  # type: ignore[arg-type]
        with self.database.writing() as connection:
            made = judging.rule(connection, self.atlas, self.now(), draft)
            judging.enqueue(connection, [made])
        self.join()
        return made

    def unrule(self, which: int | str, by: str, why: str | None = None) -> Ruling:
        """Say that a ruling, by number or id, no longer holds; both stay on record. Raises UsageError."""
        with self.database.writing() as connection:
            made = judging.undo(connection, self.now(), str(which), by, why)
            judging.enqueue(connection, [made])
        self.join()
        return made

    def replay(self, lines: Iterable[bytes]) -> Replayed:
        """Append rulings that another record exported. Raises UsageError naming the line; then none is appended."""
        with self.database.writing() as connection:
            done = judging.replay(connection, self.atlas, self.now(), lines)
            judging.enqueue(connection, done.new)
        self.join()
        return done

    def rulings(self, known: date | str | None = None) -> tuple[Ruling, ...]:
        """Every ruling ever made, undone ones too, in the order in which they were made."""
        with self.database.reading() as connection:
            return rulings.load(connection, None if known is None else day_given(known))

    def rulings_now(self, known: date | str | None = None) -> tuple[Ruling, ...]:
        """What people decided and holds now, or by the end of a day: undone and overruled ones are left out."""
        return rulings.settled(self.rulings(known))

    def about_nothing(self) -> tuple[Ruling, ...]:
        """Rulings of whose rows some are there no more: kept, and without effect until they come back."""
        with self.database.reading() as connection:
            return tuple(judging.about_nothing(connection, self.atlas, rulings.load(connection)))

    def namesakes(self, name: str) -> Namesakes:
        """Actors and places that go by a name, and who else the actors may be; nothing is merged by a guess."""
        with self.database.reading() as connection:
            places = places_called(connection, self.atlas, name)
            try:
                actors = actors_called(connection, self.atlas, name)
            except UsageError:
                if not places:
                    raise
                actors = []
        return Namesakes(tuple(actors), tuple(places))

    @property
    def actor_columns(self) -> str:
        """The line of column names of an ``actors.tsv``."""
        return header(self.atlas.lexicons)
