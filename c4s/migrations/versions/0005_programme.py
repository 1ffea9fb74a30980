"""Drafts of events"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("stale", sa.JSON(), nullable=False),
        sa.Column("publish_at", sa.DateTime(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_draft_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk_event_draft_saved_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_draft")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_draft_event_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "imported_event",
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_imported_event")),
    )


def downgrade() -> None:
    op.drop_table("imported_event")
    op.drop_table("event_draft")
