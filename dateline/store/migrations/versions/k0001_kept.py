"""The kept tables as first laid: reports, their raw bytes, rulings, the log."""

import sqlalchemy as sa
from alembic import op

revision = "k0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table("about", sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "reports",
        sa.Column("report", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("added_at", sa.Text, nullable=False, index=True),
    )
    op.create_table(
        "raw",
        sa.Column("report", sa.BigInteger, sa.ForeignKey("reports.report"), primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "rulings",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("about", sa.Text, nullable=False, index=True),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("given", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
    )
    op.create_table(
        "log",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False, index=True),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("report", sa.Text),
        sa.Column("gone", sa.Text),
        sa.Column("note", sa.Text),
    )


def downgrade() -> None:
    """There is nothing below."""
