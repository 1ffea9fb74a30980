"""How somebody without e-mail told our staff that they sign the code; a suspension outlives the business"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WAYS = ("phone", "paper", "face_to_face")
OF_ONE = "ck_code_suspension_of_a_business_or_an_entry"
STAYED = "fk_code_suspension_supplier_id"


def upgrade() -> None:
    way = sa.Enum(*WAYS, name="cameby", native_enum=False, length=32, create_constraint=True)
    with op.batch_alter_table("code_signature") as batch_op:
        batch_op.add_column(sa.Column("came_by", way, nullable=True))
    with op.batch_alter_table("code_suspension") as batch_op:
        batch_op.alter_column("business_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("supplier_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f(STAYED), "supplier", ["supplier_id"], ["id"], ondelete="CASCADE")
        batch_op.create_check_constraint(op.f(OF_ONE), "(business_id IS NULL) <> (supplier_id IS NULL)")
        batch_op.create_index(batch_op.f("ix_code_suspension_supplier_id"), ["supplier_id"], unique=False)


def downgrade() -> None:
    # Before it, they went with the business.
    op.execute(sa.text("DELETE FROM code_suspension WHERE business_id IS NULL"))
    with op.batch_alter_table("code_suspension") as batch_op:
        batch_op.drop_index(batch_op.f("ix_code_suspension_supplier_id"))
        batch_op.drop_constraint(op.f(OF_ONE), type_="check")
        batch_op.drop_constraint(op.f(STAYED), type_="foreignkey")
        batch_op.drop_column("supplier_id")
        batch_op.alter_column("business_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("code_signature") as batch_op:
        batch_op.drop_constraint(op.f("ck_code_signature_cameby"), type_="check")
        batch_op.drop_column("came_by")
