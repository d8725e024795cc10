"""Records to test with, in SQLite and, where DATELINE_TEST_POSTGRES names a server's URL, in PostgreSQL.

``make check`` starts a server, see tools/with-postgresql.
"""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.record import Record
from dateline.stage import Kit
from tests.store.pages import CLASHING, PAGES, Desk, remembering

SERVER = os.environ.get("DATELINE_TEST_POSTGRES")
WHY_NOT = os.environ.get("DATELINE_NO_POSTGRES", "DATELINE_TEST_POSTGRES names no server; make check starts one")
NUMBER = count()


@pytest.fixture(scope="session")
def quick(kit: Kit) -> Kit:
    """The kit with a parser that parses the same words once."""
    return remembering(kit)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, quick: Kit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Opens new records in each database."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("records")
        yield Desk(lambda: str(folder / f"{next(NUMBER)}.sqlite"), quick)
    elif SERVER is None:
        pytest.skip(WHY_NOT)
    else:
        schemas: list[str] = []
        server = sa.create_engine("postgresql+psycopg://" + SERVER.partition("://")[2], isolation_level="AUTOCOMMIT")

        def place() -> str:
            schemas.append(f"t{os.getpid()}_{next(NUMBER)}")
            with server.connect() as connection:
                connection.execute(sa.schema.CreateSchema(schemas[-1]))
            return f"{SERVER}?options=-csearch_path%3D{schemas[-1]}"

        yield Desk(place, quick)
        with server.connect() as connection:
            for schema in schemas:
                connection.execute(sa.schema.DropSchema(schema, cascade=True))
        server.dispose()


@pytest.fixture(scope="module")
def record(desk: Desk) -> Iterator[Record]:
    """A record of the five tiny reports, to be read only."""
    with desk.holding(PAGES) as made:
        yield made


@pytest.fixture
def filed(quick: Kit, tmp_path: Path) -> Desk:
    """Opens new records in SQLite files only, for what only a file can suffer."""
    return Desk(lambda: str(tmp_path / f"{next(NUMBER)}.sqlite"), quick)


@pytest.fixture(scope="module")
def clashing(desk: Desk) -> Iterator[Record]:
    """A record of two reports that cannot both be right, to be read only."""
    with desk.holding(CLASHING) as made:
        yield made
