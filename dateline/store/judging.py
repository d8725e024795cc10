"""Making rulings: what they name is looked up, then they are appended; and carrying them from record to record."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from dateline.errors import UsageError
from dateline.model import Ruling
from dateline.store import joining
from dateline.store import tables as t
from dateline.store.context import Context
from dateline.store.corrected import among
from dateline.store.keys import day_of, parse_id, report_key
from dateline.store.ruled import goes_by
from dateline.store.rulings import MOMENT, append, in_force, load, made, moment, order, slot_of, undone
from dateline.store.verdicts import CLAIMS, NONE, STOOD, VIEW_OF, check, kind_of, typed
from dateline.store.whereabouts import Atlas, settled_place

JOINING = frozenset({"merge", "split", "copy"})  # verdicts that joiners go by
SKEW = timedelta(days=1)  # by so much may the clock of another machine be ahead
DAYS = ("earliest", "latest")
FIELDS = ("id", "about", "verdict", "given", "by", "at", "why")


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of rulings that were carried here: ``nothing`` are about what this record does not hold."""

    new: tuple[Ruling, ...]
    known: int
    nothing: tuple[Ruling, ...]


def rule(connection: Connection, atlas: Atlas, now: datetime, draft: Ruling) -> Ruling:
    """Append a ruling; one that says again what holds already is that one. Raises UsageError, saying what is possible.

    ``draft`` is what the user says: ids may be short, a place may be a name, a source may be named by its report.
    """
    if draft.verdict == "undo":
        return undo(connection, now, draft.about, draft.by, draft.why)
    about, given = _looked_up(connection, atlas, draft)
    check(about, draft.verdict, given, draft.by, draft.why)
    named = _named(made(about, draft.verdict, given, draft.by, "", None))
    if missing := [id for id in named if id not in there(connection, atlas, named)]:
        raise UsageError(f"{missing[0]} is not in the record", todo="take an id from the id column of a view")
    for verdict, fits in FITS.items():
        if draft.verdict == verdict:
            fits(connection, about, given)
    stood = _stood(connection, about)
    given = {**given, **({STOOD: stood} if stood else {})}
    before = load(connection)
    same = _said_already(before, made(about, draft.verdict, given, draft.by, "", draft.why))
    if same is not None:
        return same
    fresh = made(about, draft.verdict, given, draft.by, moment(now, before), draft.why)
    return append(connection, [fresh])[0]


def undo(connection: Connection, now: datetime, which: str, by: str, why: str | None) -> Ruling:
    """Append that a ruling no longer holds; ``which`` is its number or id. Raises UsageError."""
    before = load(connection)
    found = next((r for r in before if which in (r.id, str(r.n))), None)
    if found is None:
        raise UsageError(f"no ruling {which} in the record", todo="take a number from: dateline rulings list")
    check(found.id, "undo", {}, by, why)
    again = [r for r in before if r.verdict == "undo" and r.about == found.id and r.id not in undone(before)]
    return again[0] if again else append(connection, [made(found.id, "undo", {}, by, moment(now, before), why)])[0]


def replay(connection: Connection, atlas: Atlas, now: datetime, lines: Iterable[bytes]) -> Replayed:
    """Append rulings as ``exported``, all or none: by, at, why stay as they were. Raises UsageError naming a line."""
    rulings = [_read(number, line, now) for number, line in enumerate(lines, 1) if line.strip()]
    new = append(connection, rulings)
    each = sorted({r.id: r for r in rulings}.values(), key=order)
    return Replayed(tuple(new), len(each) - len(new), tuple(about_nothing(connection, atlas, each)))


def enqueue(connection: Connection, rulings: Iterable[Ruling]) -> None:
    """Put the reports of what these rulings join, part or undo into the queue of what is to be joined anew."""
    listed, every = list(rulings), {r.id: r for r in load(connection)}
    for r in listed:
        if r.verdict == "undo" and r.about in every:
            listed.append(every[r.about])
    wanted = {id for r in listed if r.verdict in JOINING for id in _named(r)}
    joining.enqueue(connection, {key for id in wanted for key in _report_of(connection, id)}, joining.COMPARE)


def _report_of(connection: Connection, id: str) -> Iterator[int]:
    """The key of the report of a row that is there."""
    kind, key = parse_id(id)
    table, column = (t.reports, t.reports.c.report) if kind == "r" else (t.CLAIMS[kind], t.CLAIMS[kind].c.key)
    yield from connection.scalars(sa.select(table.c.report).where(column == key))


def exported(rulings: Iterable[Ruling]) -> Iterator[bytes]:
    """JSON Lines, undone rulings and their undoing too: replayed on another record they say the same."""
    for r in rulings:
        row = {name: getattr(r, name) for name in FIELDS} | {"given": dict(r.given)}
        yield msgspec.json.encode(row) + b"\n"


def about_nothing(connection: Connection, atlas: Atlas, rulings: Iterable[Ruling]) -> list[Ruling]:
    """Those that name what is not there now: a row, a source, a place of the map. They are kept, and have no effect."""
    listed = list(rulings)
    held = there(connection, atlas, {id for r in listed for id in _named(r)})
    mapped = {id: _mapped(atlas, id) for id in {r.get("place") for r in listed}}
    return [r for r in listed if not (mapped[r.get("place")] and held.issuperset(_named(r)))]


def there(connection: Connection, atlas: Atlas, ids: Iterable[str]) -> set[str]:
    """Those of these ids that the record holds; of outlets and actors, that it or the word lists know."""
    by_kind: dict[str, list[str]] = {}
    for id in ids:
        by_kind.setdefault(kind_of(id), []).append(id)
    return {id for kind, some in by_kind.items() for id in _there(connection, atlas, kind, some)}


def _there(connection: Connection, atlas: Atlas, kind: str, ids: list[str]) -> set[str]:
    if kind == "src":
        return {id for id in ids if _known_source(connection, atlas, id)}
    if kind == "u":
        return {r.id for r in load(connection)}.intersection(ids)
    keys = {parse_id(id)[1]: id for id in ids}
    column = t.reports.c.report if kind == "r" else t.CLAIMS[kind].c.key
    return {keys[key] for key in connection.scalars(sa.select(column).where(among(column, list(keys))))}


def _known_source(connection: Connection, atlas: Atlas, id: str) -> bool:
    table, _, name = id.partition(":")
    listed = atlas.lexicons.tables.get(f"{table}s", ())
    column = t.pages.c.outlet if table == "outlet" else t.names.c.lexicon
    known = sa.select(column).where(column == name).limit(1)
    return any(row["id"] == name for row in listed) or connection.execute(known).first() is not None


def _mapped(atlas: Atlas, place: str | None) -> bool:
    return place is None or (atlas.gazetteer is not None and atlas.gazetteer.spot(place) is not None)


# --- what the user names --------------------------------------------------------------------------------------


def _looked_up(connection: Connection, atlas: Atlas, draft: Ruling) -> tuple[str, dict[str, str]]:
    about, given = draft.about.strip(), {name: value.strip() for name, value in draft.given}
    if draft.verdict == "reliability":
        about, given["letter"] = _source(connection, about), given.get("letter", "").upper()
    about = _whole_id(connection, about)
    if given.get("other", NONE) != NONE:
        given["other"] = _whole_id(connection, given["other"])
    if draft.verdict == "place" and given.get("place"):
        given["place"] = settled_place(atlas, given["place"])
    return about, given


def _whole_id(connection: Connection, id: str) -> str:
    """A report by its first digits → its whole id."""
    if not id.startswith("sha256:"):
        return id
    found = connection.execute(sa.select(t.reports.c.id).where(t.reports.c.report == parse_id(id)[1])).scalar()
    return found or id


def _source(connection: Connection, id: str) -> str:
    """The outlet of a report, the list entry of an actor; what else is named stays."""
    kind = kind_of(id)
    if kind == "r":
        outlet = connection.execute(sa.select(t.pages.c.outlet).where(t.pages.c.report == report_key(id))).scalar()
        return f"outlet:{outlet}" if outlet else id
    if kind == "a":
        listed = connection.execute(sa.select(t.names.c.lexicon).where(t.names.c.who == parse_id(id)[1])).scalar()
        if listed is None:
            raise UsageError(
                f"{id} is in no word list, so nothing can be said of it in all reports",
                todo="give it a line in an actors.tsv of your own; dateline namesakes NAME shows one",
            )
        return f"actor:{listed}"
    return id


def _named(ruling: Ruling) -> list[str]:
    other = ruling.get("other")
    return [ruling.about] if other in (None, NONE) else [ruling.about, str(other)]


def _fits_edit(connection: Connection, about: str, given: Mapping[str, str]) -> None:
    """Days must stay in order."""
    view, row = VIEW_OF[kind_of(about)], _row(connection, about)
    if given["field"] not in DAYS or row is None:
        return
    days: dict[str, date | None] = {name: day_of(getattr(row, name)) for name in DAYS}
    said = [dict(r.given) for r in in_force(load(connection)) if r.about == about and r.verdict == "edit"]
    for edit in (*said, given):
        if edit["field"] in DAYS:
            days[edit["field"]] = typed(view, edit["field"], edit["value"])
    early, late = days["earliest"], days["latest"]
    if early is not None and late is not None and early > late:
        raise UsageError(f"{early} would lie after {late}", todo="edit the other day first")


def _fits_place(connection: Connection, about: str, given: Mapping[str, str]) -> None:
    """The words must name a place there; without words, the whole row is there."""
    mention, kind = given.get("mention"), kind_of(about)
    if not mention:
        return
    report = report_key(about) if kind == "r" else getattr(_row(connection, about), "report", 0)
    x = Context(connection, [report])
    row = None if kind == "r" else _row(connection, about)
    locals = x.locals_of(kind, row) if row is not None else [local for _, local in x.places if local]
    if not any(goes_by(x, report, local, mention) for local in locals):
        there = ", ".join(dict.fromkeys(words for local in locals for words in x.mentioned(report, local)))
        raise UsageError(f"{about} names no place {mention!r}", todo=f"it names {there or 'none'}")


type Fits = Callable[[Connection, str, Mapping[str, str]], None]
FITS: dict[str, Fits] = {"edit": _fits_edit, "place": _fits_place}


def _stood(connection: Connection, about: str) -> str | None:
    row = _row(connection, about) if kind_of(about) in CLAIMS else None
    if row is None:
        return None
    report = connection.execute(sa.select(t.reports.c.id).where(t.reports.c.report == row.report)).scalar_one()
    return f"{report}:{row.start}-{row.end}" if row.start is not None else str(report)


def _row(connection: Connection, id: str) -> "sa.Row[Any] | None":
    kind, key = parse_id(id)
    if kind not in t.CLAIMS:
        return None
    return connection.execute(sa.select(t.CLAIMS[kind]).where(t.CLAIMS[kind].c.key == key)).first()


# --- what was said before -------------------------------------------------------------------------------------


def _said_already(before: Iterable[Ruling], draft: Ruling) -> Ruling | None:
    """The ruling that holds on the same question, where it says the same by the same person."""
    last = {slot_of(r): r for r in in_force(before)}.get(slot_of(draft))
    if last is None:
        return None
    same = (last.about, last.verdict, last.given, last.by) == (draft.about, draft.verdict, draft.given, draft.by)
    return last if same else None


def _read(number: int, line: bytes, now: datetime) -> Ruling:
    try:
        row = msgspec.json.decode(line, type=dict[str, Any])
        if set(row) != set(FIELDS) or not isinstance(row["given"], dict):
            raise UsageError("has other fields than a ruling")
        texts = [*row["given"].values(), *(row[name] for name in FIELDS if name not in ("given", "why"))]
        if not all(isinstance(text, str) for text in (*texts, row["why"] or "")):
            raise UsageError("has what is no text")
        found = made(row["about"], row["verdict"], row["given"], row["by"], row["at"], row["why"])
        check(found.about, found.verdict, row["given"], found.by, found.why)
        if found.id != row["id"]:
            raise UsageError("was changed after it was exported: its id is not the hash of what it says")
        datetime.strptime(found.at, MOMENT)
        if found.at > moment(now + SKEW, ()):
            raise UsageError(f"was made at {found.at}, which is yet to come", todo="set the clock")
    except (msgspec.DecodeError, ValueError) as error:
        todo = "take a file of dateline rulings export"
        raise UsageError(f"is no ruling ({error})", where=f"line {number}", todo=todo) from error
    except UsageError as error:
        raise UsageError(error.message, where=f"line {number}", todo=error.todo) from error
    return found
