"""What staff write to those with a place"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("subject_cy", sa.String(length=200), nullable=False),
        sa.Column("subject_en", sa.String(length=200), nullable=False),
        sa.Column("body_cy", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "have_a_place",
                "wait",
                "needs",
                "session",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_event_message_number_above_zero")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_event_message_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_message_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["event_session.id"], name=op.f("fk_event_message_session_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_message")),
    )
    op.create_index(op.f("ix_event_message_event_id"), "event_message", ["event_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_event_message_event_id"), table_name="event_message")
    op.drop_table("event_message")
