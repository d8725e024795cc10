"""Who or what else a name may mean: candidates, each with the reason, and the line of a word list that would settle it.

Nothing here is taken for one by itself. Whoever knows puts the line into a word list of his own, or pins the place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.lexicons.gazetteer.folding import fold, loose
from dateline.lexicons.load import Lexicons
from dateline.store import tables as t
from dateline.store.keys import public
from dateline.store.whereabouts import Atlas, called, chain
from dateline.store.whos import Person, persons

SMALL = frozenset({"of", "the", "for", "in", "and", "on", "to", "s"})  # words that a name may or may not have
SOUNDS = 4  # letters at least of names that sound alike
SURNAME = 3  # letters at least of a surname
SECTORS = {"government": "GOV", "military": "MIL", "armed_group": "REB", "organisation": "NGO"}
PERSONS = frozenset({"person", "unknown"})
WRITTEN = ("name", "aliases", "loaded")  # columns of the list that hold whole names


@dataclass(frozen=True, slots=True)
class Named:
    """An actor as far as it is compared: ``id`` is a public id, or the id of a list."""

    id: str
    name: str
    kind: str
    country: str | None
    lexicon: str | None

    @property
    def words(self) -> list[str]:
        return (fold(self.name) or self.name.casefold()).split()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another that may be the same: why it may, and the line of ``actors.tsv`` that would say so."""

    id: str
    name: str
    country: str | None
    why: str
    line: str


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the record with how it is called in all reports, and who else it may be."""

    id: str
    name: str
    kind: str
    country: str | None
    lexicon: str | None
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    reports: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Namesake:
    """A place of the map that goes by the name: its chain in words, and how many reports are held to mean it."""

    id: str
    chain: str
    reports: int


def actors_called(connection: Connection, atlas: Atlas, name: str) -> list[Known]:
    """Actors of the record that go by a name. Raises UsageError where nobody does."""
    c = t.actors.c
    counted = sa.select(
        c.who, sa.func.sum(c.fresh).label("reports"), *(_day(end).label(end) for end in ("first", "last"))
    )
    whose = called(connection, atlas, name, theirs=False)
    everyone = _everyone(connection)
    return [_known(connection, atlas, p, everyone) for p in persons(connection, counted.group_by(c.who), [whose], None)]


def places_called(connection: Connection, atlas: Atlas, name: str) -> list[Namesake]:
    """Places that the map, or the record, has under a name: those that reports mean first, then the best known."""
    hits = atlas.gazetteer.hits(name) if atlas.gazetteer is not None else ()
    listed = {hit.spot.id: chain(hit.spot) for hit in hits if hit.guard != "people"}
    p, s = t.places.c, t.spots.c
    wanted = sa.select(s.spot, s.gazetteer, s.name, s.kind, s.admin1, s.country, sa.func.sum(p.fresh).label("reports"))
    wanted = wanted.join_from(t.spots, t.places, p.spot == s.spot).group_by(*wanted.selected_columns[:-1])
    meant = sa.or_(s.folded == fold(name), s.gazetteer.in_(list(listed)))
    found = {row.gazetteer or public("p", row.spot): row for row in connection.execute(wanted.where(meant))}
    out = [Namesake(id, listed.get(id) or _chain(row), row.reports) for id, row in found.items()]
    out += [Namesake(id, words, 0) for id, words in listed.items() if id not in found]
    order = list(listed)
    return sorted(out, key=lambda n: (-n.reports, order.index(n.id) if n.id in listed else -1, n.id))


def _day(end: str) -> sa.Function[Any]:
    at = sa.func.nullif(t.actors.c.at, 0)
    return sa.func.min(at) if end == "first" else sa.func.max(at)


def _chain(row: Any) -> str:
    return ", ".join(dict.fromkeys(filter(None, (f"{row.name} ({row.kind})", row.admin1, row.country))))


def _everyone(connection: Connection) -> list[Named]:
    n = t.names.c
    wanted = sa.select(n.who, n.name, n.kind, n.country, n.lexicon).where(n.unnamed.is_(None)).order_by(n.name, n.who)
    return [
        Named(public("a", row.who), row.name, row.kind, row.country, row.lexicon) for row in connection.execute(wanted)
    ]


def _known(connection: Connection, atlas: Atlas, person: Person, everyone: Iterable[Named]) -> Known:
    told, first = person.answer(connection, ()), person.rows[0]
    all_of_it = person.named(connection, (), None)
    me = Named(told["id"], told["name"], told["kind"], told["country"], told["lexicon"])
    others = (
        () if first.unnamed else _candidates(me, {public("a", key) for key in person.keys}, everyone, atlas.lexicons)
    )
    return Known(
        me.id, me.name, me.kind, me.country, me.lexicon, tuple(all_of_it["aliases"]), tuple(all_of_it["roles"]),
        told["reports"], tuple(others),
    )  # fmt: skip


def _candidates(me: Named, mine: set[str], everyone: Iterable[Named], lexicons: Lexicons) -> Iterator[Candidate]:
    seen: set[str] = set()
    for other in (*everyone, *_listed(lexicons)):
        key = other.lexicon or other.id
        if other.id in mine or key in seen or (me.lexicon is not None and key == me.lexicon):
            continue
        why = alike(me, other)
        if why is not None and (me.lexicon is None or other.lexicon is None):
            seen.add(key)
            yield Candidate(other.id, other.name, other.country, why, overlay(me, other, lexicons))


def _listed(lexicons: Lexicons) -> Iterator[Named]:
    """Every whole name of the lists."""
    for row in lexicons.tables.get("actors", ()):
        for written in filter(None, "|".join(row.get(column) or "" for column in WRITTEN).split("|")):
            yield Named(row["id"], written, row["kind"], row["country"] or None, row["id"])


def alike(one: Named, other: Named) -> str | None:
    """Why two names may be one actor's; None where there is no reason, or where they are of two countries."""
    if None not in (one.country, other.country) and one.country != other.country:
        return None
    if one.words == other.words:
        return "the same name"
    both = [frozenset(n.words) - SMALL for n in (one, other)]
    if both[0] == both[1] and both[0]:
        return "the same words"
    if _initials(one, other) or _initials(other, one):
        return "its first letters"
    if {one.kind, other.kind} <= PERSONS and _same_surname(one.words, other.words):
        return "the same surname"
    sounds = [loose(" ".join(n.words)) for n in (one, other)]
    return "sounds the same" if sounds[0] == sounds[1] and len(sounds[0]) >= SOUNDS else None


def _initials(short: Named, long: Named) -> bool:
    """Whether a name in capitals is made of the first letters of another."""
    words = [word for word in long.words if word not in SMALL]
    letters = short.name.replace(".", "")
    return len(words) > 1 and letters.isupper() and letters.casefold() == "".join(word[0] for word in words)


def _same_surname(one: list[str], other: list[str]) -> bool:
    """Whether the last words are one, and what stands before does not speak against it."""
    if one[-1] != other[-1] or len(one[-1]) < SURNAME:
        return False
    if len(one) == 1 or len(other) == 1:
        return True
    a, b = one[0], other[0]
    return a == b or loose(a) == loose(b) or (1 in (len(a), len(b)) and a[0] == b[0])


def overlay(one: Named, other: Named, lexicons: Lexicons) -> str:
    """The line of an ``actors.tsv`` of the user's own under which both names are one actor."""
    rows = lexicons.tables.get("actors", ())
    columns = list(rows[0]) if rows else ["id", "name", "kind", "country", "sector", "of", "aliases"]
    id = one.lexicon or other.lexicon
    listed = next((row for row in rows if row["id"] == id), None)
    if listed is not None:
        known = [part for part in (listed.get("aliases") or "").split("|") if part]
        names = dict.fromkeys([*known, *(n.name for n in (one, other) if n.name != listed["name"])])
        return _line(columns, {**listed, "aliases": "|".join(names)})
    long, short = sorted((one, other), key=lambda n: (-len(n.name), n.name))
    row = {
        "id": f"own.{'-'.join(long.words)}", "name": long.name, "country": one.country or other.country or "",
        "kind": long.kind, "sector": SECTORS.get(long.kind, ""),
        "aliases": short.name if short.name != long.name else "",
    }  # fmt: skip
    return _line(columns, row)


def header(lexicons: Lexicons) -> str:
    """The first line of an ``actors.tsv``: the names of its columns."""
    rows = lexicons.tables.get("actors", ())
    return "\t".join(rows[0]) if rows else ""


def _line(columns: Iterable[str], row: Mapping[str, str]) -> str:
    return "\t".join(row.get(name) or "" for name in columns).rstrip("\t")
