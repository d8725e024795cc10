"""Rows → claims as joiners see them: lifted out of their reports, with actors and places that are known everywhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

import msgspec
from sqlalchemy import Row

from dateline.across import ActTold, Amount, FigureTold, HoldTold, Hop, Spot, StatementTold, Told, Who
from dateline.lexicons.load import Lexicons
from dateline.model import Stance
from dateline.store.context import Context, optional
from dateline.store.keys import day_of, public

OWNERS = 6  # steps from a spokesman to his state
STANCES = frozenset(get_args(Stance))
# who stands for the state of the place where no other state is named: "troops", "an official"
OF_THE_STATE = frozenset({"government", "military"})
SERVANTS = frozenset({
    "official", "security official", "police", "military", "officer", "lawmaker", "intelligence", "local leader"
})  # fmt: skip


class Lifter:
    """Lifts rows of the reports that a context has read; ``bare`` leaves out sentences and chains, the costly part."""

    def __init__(self, context: Context, lexicons: Lexicons, bare: bool = False) -> None:
        self.x, self.lexicons, self.bare = context, lexicons, bare
        self._same = {row["becomes"]: id for id, row in lexicons.rows.items() if row.get("becomes")}
        self._whos: dict[tuple[int, str], Who] = {}
        self._spots: dict[tuple[int, str], Spot] = {}
        self._scenes: dict[int, Spot | None] = {}

    def lifted(self, kind: str, rows: Iterable[Row[Any]]) -> Iterator[Told]:
        """Rows of one kind (``s e h f``) as told."""
        return (LIFTS[kind](self, row) for row in rows)

    def act(self, row: Row[Any]) -> ActTold:
        places = self._where(row.report, msgspec.json.decode(row.places))
        return ActTold(
            **self._told("e", row),
            type=row.type,
            mode=row.mode,
            lemma=row.lemma,
            actors=self._many(row.report, row.actors, places),
            recipients=self._many(row.report, row.recipients, places),
            places=places,
            amounts=tuple(_amount(q) for q in msgspec.json.decode(row.quantities)),
            same_as=optional("e", row.same_as),
            scene=None if row.places != "[]" else self._scene(row.report),
        )

    def hold(self, row: Row[Any]) -> HoldTold:
        (place,) = self._where(row.report, [row.place]) or (Spot("", "", "settlement"),)
        return HoldTold(
            **self._told("h", row),
            place=place,
            holder=_at(self.who(row.report, row.holder), [place]),
            other=_at(self.who(row.report, row.other), [place]),
            state=row.state,
            level=row.level,
            act=optional("e", row.event),
        )

    def figure(self, row: Row[Any]) -> FigureTold:
        places = self._where(row.report, self.x.places_of_event(row.event))
        return FigureTold(
            **self._told("f", row),
            counts=row.counts,
            amount=Amount(row.value, row.low, row.high, row.unit, bool(row.approximate)),
            bound=row.bound,
            scope=row.scope,
            side=_at(self.who(row.report, row.side), places),
            act=optional("e", row.event),
            places=places,
        )

    def statement(self, row: Row[Any]) -> StatementTold:
        spans = msgspec.json.decode(row.content)
        named = self.x.places_between(row.report, row.start, row.end) if spans else []
        return StatementTold(
            **self._told("s", row),
            lemma=row.lemma,
            words=" … ".join(self.x.words(row.report, *span) for span in spans),
            within=optional("s", row.within),
            negated=bool(row.negated),
            places=self._where(row.report, named),
        )

    # --- what every claim has -----------------------------------------------------------------------------------

    def _told(self, kind: str, row: Row[Any]) -> dict[str, Any]:
        key = row.key if kind == "s" else row.statement
        page, voice = self.x.pages[row.report], None if self.bare else self.x.voices.get(key)
        start, end = row.start or 0, row.end or 0
        return {
            "id": public(kind, row.key),
            "report": page.id,
            "outlet": page.outlet or page.publisher,
            "country": (self.lexicons.rows.get(page.outlet) or {}).get("country") or None if page.outlet else None,
            "published": day_of(page.at),
            "start": start,
            "end": end,
            "sentence": "" if self.bare else self.x.sentence(row.report, start, end),
            "statement": None if kind == "s" else optional("s", row.statement),
            "chain": () if self.bare else tuple(self._chain(row.report, key)),
            "stance": voice.stance if voice and voice.stance in STANCES else None,
            "status": "happened" if kind == "s" else row.status,
            "earliest": day_of(row.earliest),
            "latest": day_of(row.latest),
        }

    def _chain(self, report: int, statement: int | None) -> Iterator[Hop]:
        for h in self.x.hops.get(statement or 0, ()):
            yield Hop(h.role, self.who(report, h.actor), self.x.words(report, h.start, h.end))

    def who(self, report: int, local: str | None) -> Who | None:
        """An actor as known everywhere, with those it belongs to."""
        row = self.x.actors.get((report, local)) if local else None
        if row is None or local is None:
            return None
        if (report, local) not in self._whos:
            owners = tuple(dict.fromkeys(self._owners(report, row)))
            known = (row.name, row.kind, row.country)
            self._whos[report, local] = Who(self.key(row), *known, owners, row.unnamed)
        return self._whos[report, local]

    def key(self, row: Row[Any]) -> str:
        """What an actor, as a row of ``names`` has it, is known by everywhere."""
        if row.lexicon:
            return self.listed(row.lexicon)
        return f"{'~' if row.unnamed else ''}{row.folded}|{row.country or ''}"

    def listed(self, id: str) -> str:
        """An id of the word lists; whoever became the government of a state goes by what it was."""
        return self._same.get(id, id)

    def _owners(self, report: int, row: Row[Any]) -> Iterator[str]:
        """Nearest first; whoever became the government of a state stays what it was, and answers to nobody."""
        top, met = row, {self.key(row)}
        while (above := self.x.actors.get((report, top.of))) is not None and self.key(above) not in met:
            if top.lexicon in self._same:
                return
            if self.lexicons.rows.get(top.lexicon or "", {}).get("of"):
                break  # whose it is stands in the list
            met.add(self.key(above))
            yield self.key(above)
            top = above
        listed = top.lexicon
        for _ in range(OWNERS):
            if not listed or listed in self._same:
                return
            listed = self.lexicons.rows.get(listed, {}).get("of")
            if listed:
                yield self._same.get(listed, listed)

    def _many(self, report: int, locals: str, places: Sequence[Spot]) -> tuple[Who, ...]:
        found = (_at(self.who(report, local), places) for local in msgspec.json.decode(locals))
        return tuple(who for who in found if who is not None)

    def _where(self, report: int, locals: Iterable[str]) -> tuple[Spot, ...]:
        return tuple(spot for local in locals if (spot := self._spot(report, local)) is not None)

    def _scene(self, report: int) -> Spot | None:
        """The town that the report names most often; None where two are named alike."""
        if report not in self._scenes:
            (first, local), (second, _) = [*self.x.towns(report), (0, ""), (0, "")][:2]
            self._scenes[report] = self._spot(report, local) if first > max(second, 1) else None
        return self._scenes[report]

    def _spot(self, report: int, local: str) -> Spot | None:
        row = self.x.places.get((report, local))
        if row is None:
            return None
        if (report, local) not in self._spots:
            key = row.gazetteer or "|".join(part or "" for part in (row.name, row.admin1, row.country))
            chain = (row.country, row.admin1, row.admin2, row.latitude, row.longitude, row.precision, row.radius_km)
            self._spots[report, local] = Spot(key, row.name, row.kind, *chain)
        return self._spots[report, local]


def _at(who: Who | None, places: Sequence[Spot]) -> Who | None:
    """Troops, police and officials of no named state are of the country where it happens, if it is one country."""
    if who is None or who.owners or "|" not in who.key:
        return who
    countries = {who.country} if who.country else {spot.country for spot in places}
    country = countries.pop() if len(countries) == 1 else None
    serves = who.kind in OF_THE_STATE or who.unnamed in SERVANTS
    return replace(who, owners=(f"state.{country.lower()}",)) if serves and country else who


def _amount(given: Mapping[str, Any]) -> Amount:
    return Amount(given["value"], given["low"], given["high"], given.get("unit"))


LIFTS = {"s": Lifter.statement, "e": Lifter.act, "h": Lifter.hold, "f": Lifter.figure}
