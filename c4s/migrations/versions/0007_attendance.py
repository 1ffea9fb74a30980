"""Attendance and certificates"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WITHOUT_SESSION = sa.text("session_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("came >= 0", name=op.f("ck_attendance_came_not_below_zero")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_attendance_booking_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["event_session.id"], name=op.f("fk_attendance_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_attendance_recorded_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_session_id"), "attendance", ["session_id"], unique=False)
    op.create_index("uq_attendance_booking_session", "attendance", ["booking_id", "session_id"], unique=True)
    op.create_index(
        "uq_attendance_booking",
        "attendance",
        ["booking_id"],
        unique=True,
        sqlite_where=WITHOUT_SESSION,
        postgresql_where=WITHOUT_SESSION,
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("why_withdrawn_cy", sa.Text(), nullable=False),
        sa.Column("why_withdrawn_en", sa.Text(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_certificate_minutes_above_zero")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_certificate_booking_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_certificate_event_id")),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_certificate_issued_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_certificate_booking_id"), "certificate", ["booking_id"], unique=False)
    op.create_index(op.f("ix_certificate_event_id"), "certificate", ["event_id"], unique=False)


def downgrade() -> None:
    op.drop_table("certificate")
    op.drop_table("attendance")
