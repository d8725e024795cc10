"""Every table of a record: *kept* (what people gave) and *derived* (what this version of dateline reads out of it).

Derived rows hold no clock and no count that depends on the order of arrival: their keys are hashes of content,
so the same reports give the same rows. Days are numbers such as 20210805, which sort and read alike in every
database. ``at`` is the day by which a row is found and ordered: its own first day, else its last, else the day
its report was published, else 0; ``ends`` is the last day that it may be of. Columns that hold JSON say so.
``report`` is the key of a report: the first eight bytes of its hash, signed.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

FORMAT = 4  # of the derived tables; raised when one of them changes, and then they are dropped and made anew

KEPT = MetaData()
DERIVED = MetaData()


def _key(name: str) -> Column[Any]:
    return Column(name, BigInteger, nullable=False)


def _text(*names: str) -> list[Column[Any]]:
    return [Column(name, Text) for name in names]


def _ends() -> Column[Any]:
    return Column("ends", Integer, nullable=False)


def _fresh() -> Column[Any]:
    """1 for the first row of a report that names this, 0 for a second one: so reports are counted by adding up."""
    return Column("fresh", Integer, nullable=False)


def _whole(*names: str) -> list[Column[Any]]:
    return [Column(name, Integer) for name in names]


# --- kept -----------------------------------------------------------------------------------------------------

about = Table("about", KEPT, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
reports = Table(
    "reports",
    KEPT,
    Column("report", BigInteger, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),  # sha256:… of the raw bytes
    Column("source", Text, nullable=False),
    Column("published", Text),  # as given by whoever added it
    Column("outlet", Text),
    Column("added_at", Text, nullable=False, index=True),  # UTC, ISO 8601 with microseconds
)
raw = Table(
    "raw",
    KEPT,
    Column("report", BigInteger, ForeignKey("reports.report"), primary_key=True, autoincrement=False),
    Column("bytes", LargeBinary, nullable=False),  # zlib
)
rulings = Table(
    "rulings",
    KEPT,
    Column("n", Integer, primary_key=True),
    Column("about", Text, nullable=False, index=True),  # a public id: of a report, a statement …
    Column("verdict", Text, nullable=False),
    Column("given", Text),  # JSON: what the verdict needs beside its name
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", Text),
)
log = Table(
    "log",
    KEPT,
    Column("n", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("what", Text, nullable=False),  # added | removed | changed | rebuilt | released
    Column("report", Text),  # its id
    Column("gone", Text),  # JSON: ids of rows that are there no more
    Column("note", Text),
)

# --- derived: things that many reports name; their keys are hashes of all other columns ------------------------

names = Table(
    "names",
    DERIVED,
    Column("who", BigInteger, primary_key=True, autoincrement=False),
    *_text("name", "kind", "country", "lexicon", "unnamed", "folded"),
)
spots = Table(
    "spots",
    DERIVED,
    Column("spot", BigInteger, primary_key=True, autoincrement=False),
    *_text("name", "kind", "country", "admin1", "admin2"),
    Column("latitude", Double),
    Column("longitude", Double),
    *_text("gazetteer", "precision"),
    Column("radius_km", Double),
    Column("folded", Text),
    Index("spots_chain", "country", "admin1"),
    Index("spots_point", "latitude", "longitude"),
)

# --- derived: what one report says ------------------------------------------------------------------------------

pages = Table(
    "pages",
    DERIVED,
    Column("report", BigInteger, primary_key=True, autoincrement=False),
    Column("engine", Text, nullable=False),
    *_text("title", "publisher", "authors", "language", "published", "published_by"),  # authors: JSON
    Column("at", Integer, nullable=False),
    *_text("outlet", "outlet_name"),
    Column("words", Integer, nullable=False),
    Column("text", LargeBinary, nullable=False),  # zlib
    Column("warnings", Text, nullable=False),  # JSON
    Column("digest", Text, nullable=False),  # of all rows of this report, see ``digest``
    Index("pages_at", "at", "report"),
)


def _per_report(name: str, *columns: Column[Any] | Index) -> Table:
    """Rows that only their report names, by a local id such as ``b3``."""
    local = (_key("report"), Column("local", Text, nullable=False))
    key = PrimaryKeyConstraint("report", "local")
    return Table(name, DERIVED, *local, *columns, key, sqlite_with_rowid=False)


blocks = _per_report("blocks", *_whole("start", "end"), *_text("kind", "story", "repeats", "rule"))
times = _per_report(
    "times",
    *_whole("start", "end"),
    *_text("type", "value"),
    *_whole("earliest", "latest"),
    *_text("grain", "basis", "rule"),
)
places = _per_report(
    "places",
    _key("spot"),
    Column("at", Integer, nullable=False),
    _fresh(),
    Column("confidence", Double),
    *_text("mentions", "associative", "reasons", "claimants"),  # JSON
    Index("places_spot", "spot", "at", "report", "fresh"),
)
actors = _per_report(
    "actors",
    _key("who"),
    Column("at", Integer, nullable=False),
    _fresh(),
    *_text("role", "of"),
    *_whole("count"),
    *_text("mentions", "anonymity", "called"),  # JSON; called: its names as printed, each once
    Index("actors_who", "who", "at", "report", "fresh"),
)


def _claims(name: str, *columns: Column[Any]) -> Table:
    """Rows with an id of their own, and days."""
    keys = (_key("report"), _key("key"), Column("at", Integer, nullable=False), *_whole("earliest", "latest"), _ends())
    indexes = (Index(f"{name}_key", "key"), Index(f"{name}_at", "at", "report", "key", "ends"))
    words = (*_whole("start", "end"), *_text("rule"))
    return Table(
        name, DERIVED, *keys, *words, *columns, PrimaryKeyConstraint("report", "key"), *indexes, sqlite_with_rowid=False
    )


statements = _claims(
    "statements",
    Column("within", BigInteger),
    *_text("form", "stance", "policy"),
    Column("score", Double),
    *_whole("cue_start", "cue_end"),
    *_text("lemma", "content"),  # content: JSON
    Column("negated", Boolean),
    *_text("modality", "said"),
)
events = _claims(
    "events",
    *_text("local", "type", "mode", "context", "lemma"),
    *_text("actors", "recipients", "places", "quantities"),  # JSON; local ids, amounts spelt out
    *_text("time", "status"),
    Column("statement", BigInteger),
    Column("same_as", BigInteger),
    *_text("evidence"),  # JSON
)
holds = _claims(
    "holds",
    *_text("place", "holder", "other", "state", "level", "time", "status"),
    Column("statement", BigInteger),
    Column("event", BigInteger),
    *_text("quantities", "evidence"),  # JSON
)
figures = _claims(
    "figures",
    *_text("quantity", "counts", "bound", "unit", "scope"),
    Column("value", Double),
    Column("low", Double),
    Column("high", Double),
    Column("approximate", Boolean),
    *_text("side", "time", "status"),
    Column("statement", BigInteger),
    Column("event", BigInteger),
)
hops = Table(
    "hops",
    DERIVED,
    _key("report"),
    _key("statement"),
    Column("n", Integer, nullable=False),
    *_text("role", "actor"),
    *_whole("start", "end"),
    PrimaryKeyConstraint("report", "statement", "n"),
    sqlite_with_rowid=False,
)

# --- derived: which row names whom and where, so that filters need not read the rows ----------------------------
# They have no index by report, which would cost as much as they do: ``filed_under`` finds those of a report by what
# else is known of it.

ties = Table(
    "ties",
    DERIVED,
    _key("who"),
    Column("kind", Text, nullable=False),  # s | e | h | f: the table of ``key``
    Column("at", Integer, nullable=False),
    _key("report"),
    _key("key"),
    Column("role", Text, nullable=False),
    PrimaryKeyConstraint("who", "kind", "at", "report", "key", "role"),
    sqlite_with_rowid=False,
)
sites = Table(
    "sites",
    DERIVED,
    _key("spot"),
    Column("kind", Text, nullable=False),
    Column("at", Integer, nullable=False),
    _key("report"),
    _key("key"),
    PrimaryKeyConstraint("spot", "kind", "at", "report", "key"),
    sqlite_with_rowid=False,
)

OF_A_REPORT = (pages, blocks, times, places, actors, statements, events, holds, figures, hops, ties, sites)
NAMED = (names, spots)
CLAIMS = {"s": statements, "e": events, "h": holds, "f": figures}

# --- derived: what only many reports together give, see ``joining`` ----------------------------------------------

anchors = Table(
    "anchors",
    DERIVED,
    _key("anchor"),  # of a run of words or a whole sentence
    Column("at", Integer, nullable=False),  # day of publication; the last day there is where it is not known
    _key("report"),
    PrimaryKeyConstraint("anchor", "at", "report"),
    sqlite_with_rowid=False,
)
copies = Table(
    "copies",
    DERIVED,
    _key("report"),
    _key("of"),
    Column("kind", Text, nullable=False),
    Column("share", Double, nullable=False),
    Column("sentences", Integer, nullable=False),
    PrimaryKeyConstraint("report", "of"),
    Index("copies_of", "of"),
    sqlite_with_rowid=False,
)
lifted = Table(
    "lifted",
    DERIVED,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    _key("report"),
    _key("model"),  # the claim of an earlier report that this one makes again in the same words; never lifted itself
    _key("model_report"),
    Index("lifted_report", "report"),
    Index("lifted_model", "model", "report"),
    sqlite_with_rowid=False,
)
cells = Table(
    "cells",
    DERIVED,
    _key("cell"),  # where acts meet that may be one event
    _key("report"),
    _key("key"),
    PrimaryKeyConstraint("cell", "report", "key"),
    sqlite_with_rowid=False,
)
grouped = Table(
    "grouped",
    DERIVED,
    Column("key", BigInteger, primary_key=True, autoincrement=False),  # an act, unless it is lifted
    _key("report"),
    _key("event"),  # the first act of its event
    _key("web"),  # the first of all acts that are linked to it, through others too
    Index("grouped_report", "report"),
    Index("grouped_event", "event"),
    Index("grouped_web", "web"),
    sqlite_with_rowid=False,
)
thread_cells = Table(
    "thread_cells",
    DERIVED,
    _key("cell"),  # where texts meet that may be of one running story
    _key("report"),
    PrimaryKeyConstraint("cell", "report"),
    sqlite_with_rowid=False,
)
threads = Table(
    "threads",
    DERIVED,
    Column("report", BigInteger, primary_key=True, autoincrement=False),
    _key("text"),  # the report whose text it has: itself, unless it is a reprint, which is of its text's thread
    Column("thread", BigInteger),  # the first report of its story
    Column("web", BigInteger),  # the first of all reports that are linked to it, through others too
    Index("threads_text", "text"),
    Index("threads_thread", "thread"),
    Index("threads_web", "web"),
    sqlite_with_rowid=False,
)
queue = Table(
    "queue",
    DERIVED,
    Column("report", BigInteger, primary_key=True, autoincrement=False),
    Column("step", Integer, nullable=False, index=True),  # what is to be done with it next, see ``joining``
)

JOINED = (copies, lifted, grouped, threads)  # what answers rest on; anchors and cells only help to find them
