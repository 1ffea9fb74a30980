"""Words wanted in the other language"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WAITS = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "translation_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("wanted", sa.String(length=4), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "done",
                "withdrawn",
                name="wishstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_translation_wish_asked_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_translation_wish_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_translation_wish_ended_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_translation_wish_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_wish")),
    )
    with op.batch_alter_table("translation_wish") as batch_op:
        batch_op.create_index(batch_op.f("ix_translation_wish_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_translation_wish_business_id"), ["business_id"], unique=False)
        batch_op.create_index("ix_translation_wish_queue", ["state", "asked_at"], unique=False)
        batch_op.create_index(
            "uq_translation_wish_waiting", ["supplier_id"], unique=True, sqlite_where=WAITS, postgresql_where=WAITS
        )


def downgrade() -> None:
    op.drop_table("translation_wish")
