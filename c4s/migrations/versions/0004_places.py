"""Sessions, parties, series, reminders"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATES = ("draft", "published", "postponed", "cancelled")
LIVE_SESSION = sa.text("session_id IS NOT NULL AND state IN ('confirmed', 'offered')")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _set_guard_aside() -> None:
    """SQLite makes a table anew to change it, and a trigger must not look for a table that is away just then."""
    if _is_sqlite():
        for moment in ("insert", "update"):
            op.execute(f"DROP TRIGGER booking_never_oversold_{moment}")


def _put_guard_back() -> None:
    if _is_sqlite():
        for moment in ("insert", "update"):
            op.execute(
                f"""
                CREATE TRIGGER booking_never_oversold_{moment} AFTER {moment.upper()} ON booking
                WHEN NEW.state IN ('confirmed', 'offered')
                    AND (SELECT sum(party) FROM booking
                         WHERE event_id = NEW.event_id AND state IN ('confirmed', 'offered'))
                        > (SELECT capacity FROM event WHERE id = NEW.event_id)
                BEGIN SELECT RAISE(ABORT, 'more places than there are'); END
                """
            )


def _allow_states(states: tuple[str, ...]) -> None:
    words = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_event_eventstate"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_event_eventstate"), f"state IN ({words})")


def upgrade() -> None:
    _set_guard_aside()
    _allow_states(STATES)
    with op.batch_alter_table("event") as batch_op:
        for name in ("network_cy", "network_en"):
            batch_op.add_column(sa.Column(name, sa.String(length=200), nullable=False, server_default=""))
        for name in ("notice_cy", "notice_en"):
            batch_op.add_column(sa.Column(name, sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("party_limit", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("welsh_wishes_for_interpreter", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("interpreter_by", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("interpreter_booked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("series", sa.String(length=32), nullable=False, server_default=""))
        batch_op.create_check_constraint(batch_op.f("ck_event_party_limit_above_zero"), "party_limit > 0")
        batch_op.create_index(batch_op.f("ix_event_series"), ["series"], unique=False)

    op.create_table(
        "event_category",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_event_category_category_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_category_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "category_id", name=op.f("pk_event_category")),
    )
    op.create_index(op.f("ix_event_category_category_id"), "event_category", ["category_id"], unique=False)
    op.create_table(
        "event_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_event_session_ends_after_start")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_session_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_session")),
        sa.UniqueConstraint("event_id", "starts_at", name=op.f("uq_event_session_event_id_starts_at")),
    )

    with op.batch_alter_table("booking", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("others", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("part_ok", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("session_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
        batch_op.drop_column("attended_at")
        batch_op.create_foreign_key(batch_op.f("fk_booking_session_id"), "event_session", ["session_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_booking_entered_by_id"), "person", ["entered_by_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(
            "uq_booking_live_session",
            ["session_id"],
            unique=True,
            sqlite_where=LIVE_SESSION,
            postgresql_where=LIVE_SESSION,
        )

    op.create_table(
        "reminder",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "week_before",
                "day_before",
                "thanks",
                name="reminderkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("posted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_reminder_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", "kind", name=op.f("pk_reminder")),
    )
    _put_guard_back()


def downgrade() -> None:
    _set_guard_aside()
    op.drop_table("reminder")
    with op.batch_alter_table("booking", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_index("uq_booking_live_session", sqlite_where=LIVE_SESSION, postgresql_where=LIVE_SESSION)
        batch_op.drop_constraint(batch_op.f("fk_booking_entered_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_booking_session_id"), type_="foreignkey")
        for name in ("entered_by_id", "session_id", "part_ok", "others"):
            batch_op.drop_column(name)
        batch_op.add_column(sa.Column("attended_at", sa.DateTime(), nullable=True))
    op.drop_table("event_session")
    op.drop_index(op.f("ix_event_category_category_id"), table_name="event_category")
    op.drop_table("event_category")
    op.execute("UPDATE event SET state = 'cancelled' WHERE state = 'postponed'")
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_series"))
        batch_op.drop_constraint(batch_op.f("ck_event_party_limit_above_zero"), type_="check")
        for name in (
            "series",
            "interpreter_booked_at",
            "interpreter_by",
            "welsh_wishes_for_interpreter",
            "party_limit",
            "notice_en",
            "notice_cy",
            "network_en",
            "network_cy",
        ):
            batch_op.drop_column(name)
    _allow_states(tuple(state for state in STATES if state != "postponed"))
    _put_guard_back()
