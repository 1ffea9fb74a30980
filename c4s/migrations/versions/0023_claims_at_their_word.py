"""Who of our staff wrote a claim or an appeal down for somebody without e-mail, and how that person told them"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WAYS = ("phone", "paper", "face_to_face")
TABLES = ("entry_claim", "takedown")


def upgrade() -> None:
    for table in TABLES:
        way = sa.Enum(*WAYS, name="cameby", native_enum=False, length=32, create_constraint=True)
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
            batch_op.add_column(sa.Column("came_by", way, nullable=True))
            writer = op.f(f"fk_{table}_entered_by_id")
            batch_op.create_foreign_key(writer, "person", ["entered_by_id"], ["id"], ondelete="SET NULL")
            batch_op.create_index(op.f(f"ix_{table}_entered_by_id"), ["entered_by_id"], unique=False)


def downgrade() -> None:
    for table in reversed(TABLES):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(op.f(f"ix_{table}_entered_by_id"))
            batch_op.drop_constraint(op.f(f"fk_{table}_entered_by_id"), type_="foreignkey")
            batch_op.drop_constraint(op.f(f"ck_{table}_cameby"), type_="check")
            batch_op.drop_column("came_by")
            batch_op.drop_column("entered_by_id")
