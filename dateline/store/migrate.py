"""Bringing a record's tables to the form that this version of dateline knows; refusing what a newer one made."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from dateline.errors import StoreError
from dateline.store import search
from dateline.store import tables as t
from dateline.store.connect import Database

HERE = Path(__file__).parent / "migrations"
NEWEST = "k0001"  # the last file of migrations/versions; a test holds them together
DERIVED_FORMAT = "derived_format"
DATELINE = "dateline"  # key in ``about``: the newest version of dateline that wrote here


def prepare(database: Database, version: str) -> None:
    """Make or upgrade the kept tables, and the derived ones where there are none.

    Raises StoreError, and touches nothing, where a newer dateline has written to the record.
    """
    with database.reading() as connection:
        found = _revision(connection)
        _refuse_newer(connection, found, version, database.where)
        settled = found == NEWEST and _about(connection).get(DERIVED_FORMAT) is not None
    if settled or database.frozen:
        return
    with database.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(HERE))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if DERIVED_FORMAT not in _about(connection):
            lay_derived(connection)
            say(connection, DERIVED_FORMAT, str(t.FORMAT))
        say(connection, DATELINE, version)


def lay_derived(connection: Connection) -> None:
    """Empty derived tables, whatever was there before."""
    search.drop(connection)
    t.DERIVED.drop_all(connection)
    t.DERIVED.create_all(connection)
    search.create(connection)


def say(connection: Connection, key: str, value: str | None) -> None:
    """Set one fact about the record, or forget it."""
    connection.execute(t.about.delete().where(t.about.c.key == key))
    if value is not None:
        connection.execute(t.about.insert().values(key=key, value=value))


def _about(connection: Connection) -> dict[str, str]:
    if not sa.inspect(connection).has_table("about"):
        return {}
    return {row.key: row.value for row in connection.execute(sa.select(t.about))}


def _revision(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _refuse_newer(connection: Connection, revision: str | None, version: str, where: str) -> None:
    about = _about(connection)
    wrote = about.get(DATELINE, version)
    newer = (
        (revision or NEWEST) > NEWEST
        or int(about.get(DERIVED_FORMAT, t.FORMAT)) > t.FORMAT
        or numbers(wrote) > numbers(version)
    )
    if newer:
        raise StoreError(
            f"was written by dateline {wrote}; this is {version}",
            where=where,
            todo="use that version or a later one; the record was left untouched",
        )


def numbers(version: str) -> tuple[int, ...]:
    """ "0.10.2" → (0, 10, 2); what is no number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
