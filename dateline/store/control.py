"""Who holds each place on a day, or each day on which that changed: answers of the view ``holdings``."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dateline.across import Holding, HoldTold, Root, Spot
from dateline.join.holdings import along, history, rolled_up
from dateline.join.holdings_weights import day_of
from dateline.join.origins import independent, roots
from dateline.join.takers import ABOUT, with_takers
from dateline.store.asked import Asked
from dateline.store.keys import number
from dateline.store.lifting import Scope, by_place
from dateline.store.sources import letters
from dateline.store.whereabouts import called, calling

AREAS = {"district": "admin2", "province": "admin1", "country": "country"}

type Answer = dict[str, Any]


def holdings(scope: Scope) -> Iterator[Answer]:
    """A row a place on the day asked for; with ``since``, a row for each day on which that changed."""
    asked, day = scope.asked, scope.day
    claims = by_place(_claims(scope.but(type=None, actor=None, since=None, until=None, as_of=day, limit=None)))
    letter = letters(scope.connection, scope.atlas.lexicons, asked.known) if asked.rulings != "none" else {}
    if asked.actor is not None:
        called(scope.connection, scope.atlas, asked.actor)  # which raises where nobody is called so
    holds = calling(scope.atlas, asked.actor) if asked.actor is not None else None
    names = {id: row["name"] for id, row in scope.atlas.lexicons.rows.items() if row.get("name")}
    found = [row for key in sorted(claims) for row in _place(claims[key], asked, day, letter, names)]
    found = [row for row in found if asked.type in (None, row["state"])]
    if holds is not None:
        found = [row for row in found if row["holder"] and holds(row["holder"])]
    found.sort(key=lambda row: (-(number(row["day"]) or 0), row["country"] or "", row["admin1"] or "", row["place"]))
    yield from found[: asked.limit]


def _claims(scope: Scope) -> list[HoldTold]:
    """Claims on the places asked for; who took what merely fell is made plain by the claims of those weeks."""
    mine = scope.holds()
    days = [day for claim in mine if claim.holder is None and (day := day_of(claim)) is not None]
    wanted, around = {claim.id for claim in mine}, list(mine)
    if days and (scope.asked.place or scope.asked.within):
        window = timedelta(ABOUT)
        wider = scope.but(place=None, within=None, since=min(days) - window, until=max(days) + window)
        around += [claim for claim in wider.holds() if claim.id not in wanted]
    return [claim for claim in with_takers(around) if claim.id in wanted]


def _place(
    claims: Sequence[HoldTold], asked: Asked, day: date, letter: Mapping[str, str], listed: Mapping[str, str]
) -> Iterator[Answer]:
    first = min(claims, key=lambda claim: claim.id)
    root = roots(claims, {}, _sides(claims))
    days = [day]
    if asked.since is not None:
        changes = history(claims, root, letter, day)
        days = [change.day for change in changes if asked.since <= change.day <= day]
    whom = (who for claim in claims for who in (claim.holder, claim.other) if who is not None)
    names = {**listed, **{who.key: who.name for who in whom if who.key not in listed}}
    for holding in along(first.place, claims, root, days, letter, names):
        until = [claim for claim in claims if _said(claim, holding.day)]
        yield _answer(holding, until, root, names)


def _answer(h: Holding, claims: Sequence[HoldTold], root: Mapping[str, Root], names: Mapping[str, str]) -> Answer:
    return {
        "id": f"holding:{h.place.key}@{h.day}",
        "place": h.place.name,
        "day": h.day,
        "state": h.state,
        "holder": names.get(h.holder, h.holder) if h.holder else None,
        "since": h.since,
        "weights": [f"{names.get(side, side)} {weight:.2f}" for side, weight in h.weights],
        "reports": len({claim.report for claim in claims}),
        "origins": len(independent(root[claim.id] for claim in claims)),
        "pro": list(h.pro),
        "contra": list(h.contra),
        "turns": h.turns,
        "kind": h.place.kind,
        **{name: getattr(h.place, name) for name in ("admin2", "admin1", "country", "latitude", "longitude")},
        "gazetteer": h.place.key if ":" in h.place.key else None,
        "by": h.rule,
    }


def tallies(scope: Scope, area: str) -> Iterator[Answer]:
    """How many places each side holds in each district, province or country."""
    found = [_holding(row) for row in holdings(scope.but(since=None, limit=None, type=None, actor=None))]
    for tally in rolled_up(found, lambda spot: getattr(spot, AREAS[area])):
        held = [f"{side} {count} of {tally.total}" for side, count in tally.held]
        yield {
            "area": tally.area, "day": scope.day, "places": tally.total, "held": held, "contested": tally.contested,
            "stale": tally.stale, "unknown": tally.unknown,
        }  # fmt: skip


def _holding(row: Answer) -> Holding:
    chain = (row["country"], row["admin1"], row["admin2"])
    spot = Spot(row["id"], row["place"], row["kind"], *chain)
    return Holding(spot, row["day"], row["state"], row["holder"], (), row["since"], (), (), row["turns"], row["by"])


def _sides(claims: Sequence[HoldTold]) -> frozenset[str]:
    return frozenset(who.side for claim in claims for who in (claim.holder, claim.other) if who is not None)


def _said(claim: HoldTold, day: date) -> bool:
    """Told of that day or before."""
    return (claim.earliest or claim.latest or claim.published or date.min) <= day
