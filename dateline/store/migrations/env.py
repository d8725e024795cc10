"""Run by Alembic: brings the kept tables of the connection it is given to the newest form, in its transaction."""

from alembic import context

from dateline.store.tables import KEPT

context.configure(connection=context.config.attributes["connection"], target_metadata=KEPT)
context.run_migrations()
