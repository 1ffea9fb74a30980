"""Profiles: services, pictures, joint work, networks"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROLES = ("signed_in", "buyer", "business_owner", "business_editor", "editor", "moderator", "helper", "administrator")
STATUSES = ("active", "temporarily_closed", "closed")


def _allow(table: str, check: str, column: str, words: tuple[str, ...]) -> None:
    among = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(batch_op.f(check), type_="check")
        batch_op.create_check_constraint(batch_op.f(check), f"{column} IN ({among})")


def _allow_roles(words: tuple[str, ...]) -> None:
    _allow("staff_role", "ck_staff_role_who", "role", words)


def _allow_statuses(words: tuple[str, ...]) -> None:
    _allow("supplier", "ck_supplier_supplierstatus", "status", words)


def upgrade() -> None:
    _allow_roles((*ROLES, "care_moderator"))
    _allow_statuses((*STATUSES, "unpublished"))
    op.create_table(
        "network",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_cy", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("about_cy", sa.String(length=1000), nullable=False),
        sa.Column("about_en", sa.String(length=1000), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
        sa.UniqueConstraint("code", name=op.f("uq_network_code")),
    )
    op.create_table(
        "joint_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("with_id", sa.Integer(), nullable=False),
        sa.Column("what_cy", sa.String(length=300), nullable=False),
        sa.Column("what_en", sa.String(length=300), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "confirmed",
                "declined",
                name="jointworkstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_joint_work_answered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_joint_work_supplier_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["with_id"], ["supplier.id"], name=op.f("fk_joint_work_with_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_work")),
        sa.UniqueConstraint("supplier_id", "key", name=op.f("uq_joint_work_supplier_id_key")),
    )
    with op.batch_alter_table("joint_work") as batch_op:
        batch_op.create_index(batch_op.f("ix_joint_work_with_id"), ["with_id"], unique=False)

    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=22), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("logo", "photo", name="picturerole", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt_cy", sa.String(length=300), nullable=False),
        sa.Column("alt_en", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_picture_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("token", name=op.f("uq_picture_token")),
    )
    with op.batch_alter_table("picture") as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("name_cy", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("description_cy", sa.String(length=2000), nullable=False),
        sa.Column("description_en", sa.String(length=2000), nullable=False),
        sa.Column("price_guide_cy", sa.String(length=300), nullable=False),
        sa.Column("price_guide_en", sa.String(length=300), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("serves_in_welsh", sa.Boolean(), nullable=False),
        sa.Column("serves_in_english", sa.Boolean(), nullable=False),
        sa.Column("direct_payments", sa.Boolean(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum("now", "soon", "full", name="capacity", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("capacity_on", sa.Date(), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_service_category_id")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_service_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("supplier_id", "key", name=op.f("uq_service_supplier_id_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("service") as batch_op:
        batch_op.create_index(batch_op.f("ix_service_category_id"), ["category_id"], unique=False)

    op.create_table(
        "supplier_network",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_supplier_network_network_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_supplier_network_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("supplier_id", "network_id", name=op.f("pk_supplier_network")),
    )
    with op.batch_alter_table("supplier_network") as batch_op:
        batch_op.create_index(batch_op.f("ix_supplier_network_network_id"), ["network_id"], unique=False)

    op.create_table(
        "picture_file",
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["picture.id"], name=op.f("fk_picture_file_picture_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("picture_id", "width", "format", name=op.f("pk_picture_file")),
    )
    with op.batch_alter_table("supplier") as batch_op:
        batch_op.add_column(sa.Column("company_number", sa.String(length=8), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("charity_number", sa.String(length=10), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("team_languages", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("wants_cy", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("wants_en", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("could_cy", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("could_en", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("wont_cy", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("wont_en", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("buys_locally_cy", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("buys_locally_en", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("can_take_work", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("personal_care", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("ciw_number", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ciw_why_none_cy", sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ciw_why_none_en", sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("safeguarding_contact", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("shown", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("taken_down_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("archived_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("messages_off_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("supplier") as batch_op:
        batch_op.drop_column("turn")
        batch_op.drop_column("messages_off_at")
        batch_op.drop_column("archived_on")
        batch_op.drop_column("taken_down_at")
        batch_op.drop_column("shown")
        batch_op.drop_column("safeguarding_contact")
        batch_op.drop_column("ciw_why_none_en")
        batch_op.drop_column("ciw_why_none_cy")
        batch_op.drop_column("ciw_number")
        batch_op.drop_column("personal_care")
        batch_op.drop_column("can_take_work")
        batch_op.drop_column("buys_locally_en")
        batch_op.drop_column("buys_locally_cy")
        batch_op.drop_column("wont_en")
        batch_op.drop_column("wont_cy")
        batch_op.drop_column("could_en")
        batch_op.drop_column("could_cy")
        batch_op.drop_column("wants_en")
        batch_op.drop_column("wants_cy")
        batch_op.drop_column("team_languages")
        batch_op.drop_column("charity_number")
        batch_op.drop_column("company_number")
    op.drop_table("picture_file")
    op.drop_table("supplier_network")
    op.drop_table("service")
    op.drop_table("picture")
    op.drop_table("joint_work")
    op.drop_table("network")
    op.execute("DELETE FROM supplier WHERE status = 'unpublished'")
    op.execute("DELETE FROM staff_role WHERE role = 'care_moderator'")
    _allow_statuses(STATUSES)
    _allow_roles(ROLES)
