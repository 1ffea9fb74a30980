"""Who of our staff wrote some of a version down for somebody without e-mail"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLE = "revision_enterer"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{TABLE}_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f(f"fk_{TABLE}_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "person_id", name=op.f(f"pk_{TABLE}")),
    )
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{TABLE}_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table(TABLE)
