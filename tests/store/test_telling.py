"""How rows become claims as joiners see them."""

import sqlalchemy as sa

from dateline.record import Page
from dateline.store import tables as t
from dateline.store.context import Context
from dateline.store.telling import Lifter
from tests.store.pages import Desk

ABOUT_A_TOWN = (
    "Guards stay in Ghazni\n\nKABUL, Aug 7 - The governor of Ghazni said that the guards of Ghazni would stay in the "
    "town. Tuesday's attack killed two soldiers."
)
ABOUT_NONE = "Two towns, one toll\n\nAug 7 - Tuesday's attack killed two soldiers. Kunduz mourned. Ghazni mourned."


def test_the_scene_is_the_town_named_most(desk: Desk) -> None:
    """An act without a place has the town that its report names most as its scene; of two named alike, none."""
    pages = [Page(text.encode(), name, "2021-08-07") for name, text in (("one", ABOUT_A_TOWN), ("none", ABOUT_NONE))]
    with desk.holding(pages) as record, record.database.reading() as connection:
        context = Context(connection, list(connection.scalars(sa.select(t.pages.c.report))))
        lifter = Lifter(context, record.atlas.lexicons)
        rows = list(connection.execute(sa.select(t.events)))
        told = [(context.pages[row.report].source, lifter.act(row)) for row in rows]
    scenes = {(source, act.scene.name if act.scene else None) for source, act in told if not act.places}
    assert scenes == {("one", "Ghazni"), ("none", None)}
    assert all(act.scene is None for _, act in told if act.places)
