"""Asking whether entries are still right"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "freshness_asked",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("counted_from", sa.Date(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("first", "second", "last", name="stage", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("posted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_freshness_asked_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("supplier_id", "counted_from", "stage", name=op.f("pk_freshness_asked")),
    )
    op.create_table(
        "freshness_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("counted_from", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_freshness_code_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_freshness_code_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_freshness_code")),
    )
    with op.batch_alter_table("freshness_code") as batch_op:
        batch_op.create_index(batch_op.f("ix_freshness_code_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_freshness_code_supplier_id"), ["supplier_id"], unique=False)


def downgrade() -> None:
    op.drop_table("freshness_code")
    op.drop_table("freshness_asked")
