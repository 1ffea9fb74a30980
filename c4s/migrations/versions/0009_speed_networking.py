"""Speed networking"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _some(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "rota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("tables", sa.Integer(), nullable=False),
        sa.Column("side_one_cy", sa.String(length=60), nullable=False),
        sa.Column("side_one_en", sa.String(length=60), nullable=False),
        sa.Column("side_other_cy", sa.String(length=60), nullable=False),
        sa.Column("side_other_en", sa.String(length=60), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=True),
        sa.Column("rounds_done", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("rounds > 0 AND minutes > 0 AND tables > 0", name=op.f("ck_rota_numbers_above_zero")),
        sa.CheckConstraint(
            "rounds_done >= 0 AND rounds_done <= rounds", name=op.f("ck_rota_rounds_done_within_rounds")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_rota_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota")),
        sa.UniqueConstraint("event_id", name=op.f("uq_rota_event_id")),
    )
    op.create_table(
        "rota_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rota_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("brought", sa.String(length=200), nullable=False),
        sa.Column("side", _some("side", "one", "other"), nullable=True),
        sa.Column("speaks_welsh", sa.Boolean(), nullable=False),
        sa.Column("fixed_table", sa.Integer(), nullable=True),
        sa.Column("arrives", sa.Integer(), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("reach", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_rota_person_booking_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rota_id"], ["rota.id"], name=op.f("fk_rota_person_rota_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_person")),
        sa.UniqueConstraint("rota_id", "booking_id", "brought", name="uq_rota_person_of_booking"),
    )
    op.create_index(op.f("ix_rota_person_booking_id"), "rota_person", ["booking_id"], unique=False)
    op.create_table(
        "rota_wish",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", _some("wishkind", "want", "must_not"), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["rota_person.id"], name=op.f("fk_rota_wish_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["rota_person.id"], name=op.f("fk_rota_wish_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "other_id", name=op.f("pk_rota_wish")),
    )
    op.create_index(op.f("ix_rota_wish_other_id"), "rota_wish", ["other_id"], unique=False)
    op.create_table(
        "rota_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rota_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("one_id <> other_id", name=op.f("ck_rota_meeting_two_people")),
        sa.ForeignKeyConstraint(
            ["one_id"], ["rota_person.id"], name=op.f("fk_rota_meeting_one_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["rota_person.id"], name=op.f("fk_rota_meeting_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rota_id"], ["rota.id"], name=op.f("fk_rota_meeting_rota_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_meeting")),
        sa.UniqueConstraint("rota_id", "one_id", "other_id", name="uq_rota_meeting_pair"),
        sa.UniqueConstraint("rota_id", "round", "one_id", name="uq_rota_meeting_one"),
        sa.UniqueConstraint("rota_id", "round", "other_id", name="uq_rota_meeting_other"),
        sa.UniqueConstraint("rota_id", "round", "table_number", name="uq_rota_meeting_table"),
    )
    op.create_index(op.f("ix_rota_meeting_one_id"), "rota_meeting", ["one_id"], unique=False)
    op.create_index(op.f("ix_rota_meeting_other_id"), "rota_meeting", ["other_id"], unique=False)
    op.create_table(
        "meet_again",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["other_id"], ["rota_person.id"], name=op.f("fk_meet_again_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["rota_person.id"], name=op.f("fk_meet_again_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "other_id", name=op.f("pk_meet_again")),
    )
    op.create_index(op.f("ix_meet_again_other_id"), "meet_again", ["other_id"], unique=False)


def downgrade() -> None:
    for table in ("meet_again", "rota_meeting", "rota_wish", "rota_person", "rota"):
        op.drop_table(table)
