"""Reading what is joined: which event an act is of, all that is told of an event, and what that weighs.

Claims in the words of an earlier report weigh nothing of their own: they are counted as reports, and that is all. What
is asked as known on some day is joined again from what was known then, but only among acts that hang together: a
web of fewer reports is a part of the web of all of them, so nothing outside it needs a look.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from dateline.across import ActTold, Event, Fact, FigureTold, HoldTold, Root, Tension, Told
from dateline.join.events import event_of
from dateline.join.facts import Policy, Weighing, weighed
from dateline.join.origins import roots
from dateline.join.tensions import tensions
from dateline.lexicons.load import Lexicons
from dateline.store import tables as t
from dateline.store.context import Context
from dateline.store.sources import letters
from dateline.store.telling import Lifter
from dateline.store.texts import texts_of
from dateline.store.webs import Act, Ruled, lifted_acts, ruled_acts, woven

AT_ONCE = 250

type Place = tuple[int, int]  # of a claim: report and key


@dataclass(frozen=True, slots=True)
class Weighed:
    """An event, the claims that tell of it, and what they weigh; ``reports`` counts reprints too."""

    event: Event
    claims: tuple[Told, ...]
    roots: Mapping[str, Root]
    facts: tuple[Fact, ...]
    tensions: tuple[Tension, ...]
    reports: int

    @property
    def happened(self) -> Fact:
        """That it happened."""
        return next(fact for fact in self.facts if fact.about == "happened")


class Joined:
    """What is joined of a record, as known by the end of a day, UTC, or now.

    ``gone`` are ids that people rejected; without ``ruled`` nothing that people decided counts. ``policy`` is how the
    best of several numbers is chosen.
    """

    def __init__(
        self,
        connection: Connection,
        lexicons: Lexicons,
        known: date | None = None,
        gone: Iterable[str] = (),
        ruled: bool = True,
        policy: Policy = "ucdp",
    ) -> None:
        self.policy = policy
        self.connection, self.lexicons, self.gone, self.known = connection, lexicons, frozenset(gone), known
        self.letters = letters(connection, lexicons, known) if ruled else {}
        self.ruled = ruled_acts(connection, known) if ruled else Ruled()
        self.anew = self.ruled != ruled_acts(connection) or _came_later(connection, known)
        self._then: dict[int, int] = {}  # where joined anew: act → event
        self._firsts: dict[int, list[Place]] = {}  # and event → its acts, each once however often reprinted

    @property
    def whole(self) -> bool:
        """True where all that is known is joined, and asked for as it is joined."""
        return not self.anew and self.connection.execute(sa.select(t.queue.c.report).limit(1)).first() is None

    def events_of(self, acts: Iterable[int]) -> dict[int, int]:
        """The event of each act, by keys; an act that is yet to be joined stands alone."""
        wanted = list(dict.fromkeys(acts))
        model = {act: act for act in wanted} | dict(self._pairs(t.lifted.c.key, t.lifted.c.model, wanted))
        if self.anew:
            self._join_then(model.values())
            return {act: self._then.get(act, act) for act in wanted}
        event = dict(self._pairs(t.grouped.c.key, t.grouped.c.event, model.values()))
        return {act: event.get(model[act], model[act]) for act in wanted}

    def own(self, acts: Sequence[int]) -> set[int]:
        """Those of some acts that are in words of their own, not in those of an earlier report."""
        if self.anew:
            event = self.events_of(acts)
            return {act for act in acts if act in {key for _, key in self._firsts.get(event[act], ((0, act),))}}
        return set(acts) - set(dict(self._pairs(t.lifted.c.key, t.lifted.c.model, acts)))

    def weighed(self, events: Sequence[int]) -> dict[int, Weighed]:
        """Some events by their keys, with all that is told of them."""
        acts = self._acts(events)
        claims = self._claims([place for places in acts.values() for place in places])
        told = {claim.report for found in claims.values() for claim in found}
        texts = texts_of(self.connection, told, self.known)
        found: dict[int, Weighed] = {}
        for event, places in acts.items():
            mine = [claim for place in places for claim in claims.get(place[1], ()) if not self._rejected(claim)]
            if any(isinstance(claim, ActTold) for claim in mine):
                weighing = Weighing({}, texts, self.policy, self.letters)
                found[event] = _weighed(mine, weighing, self._reports(places))
        return found

    def events(self, keys: Sequence[int]) -> dict[int, Event]:
        """Some events by their keys, without weighing what tells of them."""
        found: dict[int, Event] = {}
        for event, places in self._acts(keys).items():
            told = [act.told for act in lifted_acts(self.connection, places, self.lexicons)]
            told = [act for act in told if not self._rejected(act)]
            if told:
                found[event] = event_of(told)
        return found

    def _rejected(self, claim: Told) -> bool:
        return bool(self.gone & {claim.id, claim.report, claim.statement})

    # --- acts and claims ----------------------------------------------------------------------------------------

    def _acts(self, events: Sequence[int]) -> dict[int, list[Place]]:
        """Event → the acts that tell of it in words of their own."""
        if self.anew:
            return {event: self._firsts[event] for event in events if event in self._firsts}
        found: dict[int, list[Place]] = {event: [] for event in events}
        g = t.grouped.c
        for row in self._rows(sa.select(g.event, g.report, g.key), g.event, events):
            found[row.event].append((row.report, row.key))
        waiting = [event for event, places in found.items() if not places]
        e = t.events.c
        for row in self._rows(sa.select(e.report, e.key), e.key, waiting):
            found[row.key].append((row.report, row.key))
        return found

    def _claims(self, acts: Sequence[Place]) -> dict[int, list[Told]]:
        """Act → itself, and the figures and holds that hang on it."""
        found: dict[int, list[Told]] = {}
        for part in batched(sorted(set(acts)), AT_ONCE):
            reports, keys = sorted({report for report, _ in part}), [key for _, key in part]
            lifter = Lifter(Context(self.connection, reports), self.lexicons)
            for kind, table in (("e", t.events), ("f", t.figures), ("h", t.holds)):
                act = table.c.key if kind == "e" else table.c.event
                rows = self.connection.execute(
                    sa.select(table).where(table.c.report.in_(reports), act.in_(keys)).order_by(table.c.key)
                ).all()
                for row, told in zip(rows, lifter.lifted(kind, rows), strict=True):
                    found.setdefault(row.key if kind == "e" else row.event, []).append(told)
        return found

    def _reports(self, acts: Sequence[Place]) -> int:
        """How many reports tell of these acts, in whosever words."""
        x = t.lifted.c
        copies = sa.select(x.report).where(x.model.in_([key for _, key in acts]))
        if self.anew:
            copies = sa.select(x.report).where(x.key.in_([k for k, e in self._then.items() if e in self._events(acts)]))
            copies = copies.join(t.reports, t.reports.c.report == x.report).where(_known(self.known))
        both = copies.union(*(sa.select(sa.literal(report, sa.BigInteger)) for report in {r for r, _ in acts}))
        return self.connection.execute(sa.select(sa.func.count()).select_from(both.subquery())).scalar_one()

    def _events(self, acts: Sequence[Place]) -> set[int]:
        return {self._then[key] for _, key in acts if key in self._then}

    # --- joined anew --------------------------------------------------------------------------------------------

    def _join_then(self, originals: Iterable[int]) -> None:
        """Join the webs of these acts, from the reports that were known then and by what held then."""
        missing = sorted({key for key in originals if key not in self._then})
        webs = {web for _, web in self._pairs(t.grouped.c.key, t.grouped.c.web, missing)}
        classes = self._classes(webs)
        first = {places[0]: [key for _, key in places] for places in classes}
        acts: dict[int, Act] = {}
        for part in batched(sorted(first), AT_ONCE):
            acts.update({act.key: act for act in lifted_acts(self.connection, part, self.lexicons)})
        told = {key: keys for (_, key), keys in first.items()}
        for _, events in woven(acts, self.ruled):
            for event, members in events.items():
                self._firsts[event] = [(act.report, act.key) for act in members]
                self._then.update({key: event for act in members for key in told[act.key]})

    def _classes(self, webs: Iterable[int]) -> list[list[Place]]:
        """Acts in the same words that were known then, the earliest first."""
        g, x, p = t.grouped.c, t.lifted.c, t.pages.c
        found: dict[int, list[tuple[int, int, int]]] = {}
        own = sa.select(g.key.label("model"), g.key, p.report, p.at).join(t.pages, p.report == g.report)
        lifted = sa.select(x.model, x.key, p.report, p.at).join(t.pages, p.report == x.report)
        lifted = lifted.join(t.grouped, g.key == x.model)
        for asked in (own, lifted):
            asked = asked.join(t.reports, t.reports.c.report == p.report).where(_known(self.known))
            for row in self._rows(asked, g.web, webs):
                found.setdefault(row.model, []).append((row.at, row.report, row.key))
        return [[(report, key) for _, report, key in sorted(places)] for places in found.values()]

    # --- small questions --------------------------------------------------------------------------------------------

    def _rows(self, asked: "sa.Select[Any]", column: "sa.Column[Any]", wanted: Iterable[int]) -> Iterator[Row[Any]]:
        for part in batched(sorted(set(wanted)), AT_ONCE):
            yield from self.connection.execute(asked.where(column.in_(part)))

    def _pairs(
        self, column: "sa.Column[Any]", other: "sa.Column[Any]", wanted: Iterable[int]
    ) -> Iterator[tuple[int, int]]:
        return map(tuple, self._rows(sa.select(column, other), column, wanted))


def _weighed(claims: Sequence[Told], w: Weighing, reports: int) -> Weighed:
    """``w`` says which reports are one text, how best numbers are chosen and how reliable origins are."""
    acts = [claim for claim in claims if isinstance(claim, ActTold)]
    figures = [claim for claim in claims if isinstance(claim, FigureTold)]
    holds = [claim for claim in claims if isinstance(claim, HoldTold)]
    event = event_of(acts)
    parties = frozenset(who.side for who in (*event.actors, *event.recipients))
    root = roots(claims, {}, parties)
    mine = replace(w, roots=root, texts={claim.id: w.texts[claim.report] for claim in claims})
    clashes = tensions(acts, figures, holds, root)
    return Weighed(event, tuple(claims), root, tuple(weighed(event, claims, mine)), tuple(clashes), reports)


def _known(day: date | None) -> sa.ColumnElement[bool]:
    return t.reports.c.added_at < f"{day}T99" if day is not None else sa.true()


def _came_later(connection: Connection, day: date | None) -> bool:
    """True where a report came after a day."""
    return connection.execute(sa.select(t.reports.c.report).where(~_known(day)).limit(1)).first() is not None
