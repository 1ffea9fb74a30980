"""Hidden entries and appeals"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("ended_at IS NULL")
PEOPLE = ("by_id", "appealed_by_id", "answered_by_id", "ended_by_id")


def _one_of(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "takedown",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column(
            "ground",
            _one_of("ground", "unlawful", "misleading", "private", "danger", "not_theirs", "code", "other"),
            nullable=False,
        ),
        sa.Column("reason_cy", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=False),
        sa.Column("appealed_at", sa.DateTime(), nullable=True),
        sa.Column("appealed_by_id", sa.Integer(), nullable=True),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("outcome", _one_of("outcome", "upheld", "lifted"), nullable=True),
        sa.Column("answer_cy", sa.Text(), nullable=False),
        sa.Column("answer_en", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("why_ended_cy", sa.Text(), nullable=False),
        sa.Column("why_ended_en", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_takedown_{column}"), ondelete="SET NULL")
            for column in PEOPLE
        ),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_takedown_business_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_takedown_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown")),
    )
    with op.batch_alter_table("takedown") as batch_op:
        batch_op.create_index("ix_takedown_appealed", ["appealed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_takedown_appealed_by_id"), ["appealed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_takedown_supplier_id"), ["supplier_id"], unique=False)
        batch_op.create_index(
            "uq_takedown_open", ["supplier_id"], unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
        )


def downgrade() -> None:
    op.drop_table("takedown")
