"""The list of rules that a business keeps"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_checklist_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_checklist_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
        sa.UniqueConstraint("supplier_id", name=op.f("uq_checklist_supplier_id")),
    )
    with op.batch_alter_table("checklist") as batch_op:
        batch_op.create_index(batch_op.f("ix_checklist_business_id"), ["business_id"], unique=False)

    op.create_table(
        "checklist_item",
        sa.Column("checklist_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklist.id"], name=op.f("fk_checklist_item_checklist_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("checklist_id", "rule", name=op.f("pk_checklist_item")),
    )


def downgrade() -> None:
    op.drop_table("checklist_item")
    op.drop_table("checklist")
