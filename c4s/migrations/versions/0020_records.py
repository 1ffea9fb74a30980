"""What was said of an entry outlives it; every foreign key has an index, and so have entries by who keeps them"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INDEXED = (
    ("area", "parent_id"),
    ("attendance", "recorded_by_id"),
    ("booking", "entered_by_id"),
    ("booking", "session_id"),
    ("buyer_request", "decided_by_id"),
    ("category", "parent_id"),
    ("certificate", "issued_by_id"),
    ("code_suspension", "by_id"),
    ("code_suspension", "ended_by_id"),
    ("code_told", "business_id"),
    ("code_version", "by_id"),
    ("data_case", "answered_by_id"),
    ("entry_claim", "decided_by_id"),
    ("event", "area_id"),
    ("event", "venue_id"),
    ("event_draft", "saved_by_id"),
    ("event_message", "by_id"),
    ("event_message", "session_id"),
    ("invitation", "invited_by_id"),
    ("joint_work", "answered_by_id"),
    ("moderation_note", "by_id"),
    ("moderation_watch", "person_id"),
    ("news_area", "area_id"),
    ("news_category", "category_id"),
    ("quality_fact", "by_id"),
    ("report", "answered_by_id"),
    ("report_note", "by_id"),
    ("revision", "decided_by_id"),
    ("revision", "reader_id"),
    ("second_factor_renewal", "asked_by_id"),
    ("supplier", "claim"),
    ("takedown", "answered_by_id"),
    ("takedown", "business_id"),
    ("takedown", "by_id"),
    ("takedown", "ended_by_id"),
    ("translation_wish", "ended_by_id"),
    ("translation_wish", "supplier_id"),
    ("venue", "area_id"),
)
NAMES = ("gone_name_cy", "gone_name_en")
"""What is kept of an entry that is no longer there, in these tables."""
TABLES = ("report", "takedown")


def _belongs(table: str, *, is_kept: bool) -> None:
    """What becomes of the rows of a table when the entry goes that they are about.

    Args:
        is_kept: they stay, and say so.
    """
    name = op.f(f"fk_{table}_supplier_id")
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(name, type_="foreignkey")
        batch_op.alter_column("supplier_id", existing_type=sa.Integer(), nullable=is_kept)
        batch_op.create_foreign_key(
            name, "supplier", ["supplier_id"], ["id"], ondelete="SET NULL" if is_kept else "CASCADE"
        )


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            for name in NAMES:
                batch_op.add_column(sa.Column(name, sa.String(length=200), nullable=False, server_default=""))
        _belongs(table, is_kept=True)
    with op.batch_alter_table("report") as batch_op:
        batch_op.add_column(sa.Column("gone_people", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("network") as batch_op:
        batch_op.add_column(sa.Column("renamed_at", sa.DateTime(), nullable=True))
    for table, column in INDEXED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)


def downgrade() -> None:
    for table, column in INDEXED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_{column}"))
    with op.batch_alter_table("network") as batch_op:
        batch_op.drop_column("renamed_at")
    with op.batch_alter_table("report") as batch_op:
        batch_op.drop_column("gone_people")
    gone = "SELECT id FROM report WHERE supplier_id IS NULL"
    op.execute(sa.text(f"DELETE FROM report_note WHERE report_id IN ({gone})"))
    for table in TABLES:
        op.execute(sa.text(f"DELETE FROM {table} WHERE supplier_id IS NULL"))  # before it, they went with the entry
        _belongs(table, is_kept=False)
        with op.batch_alter_table(table) as batch_op:
            for name in NAMES:
                batch_op.drop_column(name)
