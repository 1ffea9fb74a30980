"""Names of things for machines outlive an address; what starts in a month is found by its day"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    identity = op.create_table(
        "site_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_identity_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_identity")),
    )
    op.bulk_insert(identity, [{"id": 1, "key": uuid4()}])
    _number_suppliers(is_for_good=True)
    with op.batch_alter_table("event_session") as batch_op:
        batch_op.create_index(batch_op.f("ix_event_session_starts_at"), ["starts_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("event_session") as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_session_starts_at"))
    _number_suppliers(is_for_good=False)
    op.drop_table("site_identity")


def _number_suppliers(*, is_for_good: bool) -> None:
    """Whether SQLite may give a new supplier the number of one that is gone; PostgreSQL never does.

    Args:
        is_for_good: a number is never used again, for others hold it as an identifier.
    """
    if op.get_context().dialect.name != "sqlite":
        return
    with op.batch_alter_table("supplier", recreate="always", table_kwargs={"sqlite_autoincrement": is_for_good}):
        pass
