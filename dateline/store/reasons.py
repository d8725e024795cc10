"""Why a row that only many reports together give is there: what was told, whom that leads back to, what it weighed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from dateline.across import Counts, Fact, HoldTold, Root, Told, Who
from dateline.errors import UsageError
from dateline.join.origins import roots
from dateline.store.asked import Asked
from dateline.store.clashes import Answer, tensions
from dateline.store.control import holdings
from dateline.store.joined import Joined, Weighed
from dateline.store.keys import parse_id
from dateline.store.lifting import Scope
from dateline.store.pace import tempo
from dateline.store.ruled import Ruled
from dateline.store.rulings import load, settled
from dateline.store.whereabouts import Atlas

SHOWN = 12  # tellings that are spelt out


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is there. ``facts`` are (what, how it is so); ``because`` are the rows that it rests on."""

    what: str
    words: str
    facts: tuple[tuple[str, str], ...] = ()
    because: tuple["Reason", ...] = ()


def together(connection: Connection, atlas: Atlas, id: str) -> Reason | None:
    """Why a holding, a tension or a tempo is there; None for another kind of id. Raises UsageError."""
    kind, _, rest = id.strip().partition(":")
    if kind not in KINDS:
        return None
    scope = Scope(connection, Asked(), atlas, Ruled.by(settled(load(connection)), atlas.gazetteer))
    found = KINDS[kind](scope, rest)
    if found is None:
        raise UsageError(f"no {kind} {id} in the record", todo=f"take an id from the id column of {kind}s")
    return found


def event(connection: Connection, atlas: Atlas, act: int) -> Reason | None:
    """Why the event that an act tells of stands as it does."""
    joined = Joined(connection, atlas.lexicons)
    key = joined.events_of([act])[act]
    weighed = joined.weighed([key]).get(key)
    return _event(weighed) if weighed is not None else None


def _event(w: Weighed) -> Reason:
    counts = replace(w.happened.weighed, reports=w.reports)
    facts = [("told by", _counts(counts)), ("standing", _standing(w.happened))]
    for fact in w.facts:
        if fact.about == "amount":
            spread = f"least {_number(fact.low)}, most {_number(fact.high)}, best {_number(fact.best)}"
            facts.append((f"{fact.counts}", f"{spread}; {_counts(fact.weighed)}; {_standing(fact)}"))
    facts += [(f"clash on {x.on}", f"{x.a} and {x.b}: {x.verdict.replace('_', ' ')} ({x.rule})") for x in w.tensions]
    tellings = [claim for claim in w.claims if claim.id in w.event.tellings]
    place = f" at {w.event.place.name}" if w.event.place else ""
    return Reason(
        f"event {w.event.id}",
        f"{w.event.type}{place}",
        tuple(facts),
        tuple(_telling(c, w.roots[c.id]) for c in tellings[:SHOWN]),
    )


def _telling(claim: Told, root: Root) -> Reason:
    """One claim: who printed it, and whom it leads back to."""
    chain = " ← ".join(hop.who.name if hop.who else hop.words or "unnamed" for hop in claim.chain)
    printed = f"{claim.outlet or 'an unknown outlet'}, {claim.published or 'no day'}"
    back = f"{root.name}, {root.kind}{f' of {root.side}' if root.side else ''} ({root.rule})"
    facts = [("voices", chain or "the report's own"), ("leads back to", back)]
    report = Reason(f"report {claim.report}", printed)
    return Reason(f"{claim.id}, {claim.status}", claim.sentence, tuple(facts), (report,))


def _holding(scope: Scope, id: str) -> Reason | None:
    place, _, day = id.rpartition("@")
    asked = scope.but(as_of=_day(day))
    row = next((row for row in holdings(asked) if row["id"] == f"holding:{id}"), None)
    if row is None:
        return None
    told = {claim.id: claim for claim in asked.holds() if claim.place.key == place}
    root = roots(list(told.values()), {}, frozenset(w.side for c in told.values() for w in _whom(c)))
    facts = [
        ("weights", "; ".join(row["weights"]) or "none"),
        ("rule", row["by"]),
        ("origins", str(row["origins"])),
        ("what would turn it", row["turns"]),
    ]
    because = [
        replace(_telling(told[claim], root[claim]), what=f"{side} {claim}, {told[claim].state} ({told[claim].status})")
        for side, ids in (("for", row["pro"]), ("against", row["contra"]))
        for claim in ids
        if claim in told
    ]
    what = f"holding of {row['place']} on {row['day']}"
    return Reason(what, f"{row['state']} {row['holder'] or ''}".strip(), tuple(facts), tuple(because))


def _tension(scope: Scope, id: str) -> Reason | None:
    ids = id.split("~")
    if len(ids) != 3:
        return None
    joined = Joined(scope.connection, scope.atlas.lexicons)
    row = next((row for row in tensions(scope, joined) if row["id"] == f"tension:{id}"), None)
    if row is None:
        return None
    facts = (("verdict", row["verdict"].replace("_", " ")), ("rule", row["by"]), ("place", row["place"] or "unknown"))
    sides = [_side(row, side) for side in "ab"]
    return Reason(f"tension on {row['on']}", f"{row['a_words']} ↔ {row['b_words']}", facts, tuple(sides))


def _side(row: Answer, side: str) -> Reason:
    report = Reason(f"report {row[f'{side}_report']}", f"{row[f'{side}_published'] or 'no day'}")
    return Reason(row[side], row[f"{side}_words"], (("leads back to", row[f"{side}_voice"]),), (report,))


def _tempo(scope: Scope, id: str) -> Reason | None:
    _, _, rest = id.partition("@")
    area, _, day = rest.rpartition("@")
    asked = scope.but(as_of=_day(day), within=area if len(area) > 2 else None)
    joined = Joined(scope.connection, scope.atlas.lexicons)
    row = next((row for row in tempo(asked, joined) if row["id"] == f"tempo:{id}"), None)
    if row is None:
        return None
    counted = joined.weighed([parse_id(event)[1] for event in row["events"][:SHOWN]])
    facts = [
        ("events a week", " ".join(row["weeks"])),
        ("reports read a week", " ".join(row["read"])),
        ("ratio of recent to earlier weeks", f"{row['ratio']} ({row['low']} to {row['high']})"),
        ("rule", row["by"]),
        *(("said, not counted", said) for said in row["said"]),
    ]
    what = f"tempo of {row['side']} in {row['area']} until {row['until']}"
    return Reason(what, row["phase"], tuple(facts), tuple(map(_event, counted.values())))


KINDS: dict[str, Callable[[Scope, str], Reason | None]] = {"holding": _holding, "tension": _tension, "tempo": _tempo}


def _whom(claim: HoldTold) -> Iterator[Who]:
    return (who for who in (claim.holder, claim.other) if who is not None)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day", todo="take an id from the id column") from error


def _counts(c: Counts) -> str:
    return f"{c.reports} reports / {c.texts} texts / {c.origins} origins, {c.parties} of them party to the fight"


def _standing(fact: Fact) -> str:
    return f"{fact.standing}, credibility {fact.credibility} ({fact.rule})"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.10g}"
