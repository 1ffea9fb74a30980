"""What is said, shown and signed"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "code_suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("reason_cy", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("why_ended_cy", sa.Text(), nullable=False),
        sa.Column("why_ended_en", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_code_suspension_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_code_suspension_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_code_suspension_ended_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_suspension")),
    )
    with op.batch_alter_table("code_suspension") as batch_op:
        batch_op.create_index("ix_code_suspension_business_id", ["business_id"], unique=False)
        batch_op.create_index(
            "uq_code_suspension_open", ["business_id"], unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
        )

    op.create_table(
        "code_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words_cy", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("changes_cy", sa.String(length=1000), nullable=False),
        sa.Column("changes_en", sa.String(length=1000), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_code_version_by_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_version")),
        sa.UniqueConstraint("number", name=op.f("uq_code_version_number")),
    )
    op.create_table(
        "code_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("is_owner", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=4), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_code_signature_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_code_signature_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["code_version.id"], name=op.f("fk_code_signature_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_signature")),
        sa.UniqueConstraint(
            "version_id", "business_id", "person_id", name=op.f("uq_code_signature_version_id_business_id_person_id")
        ),
    )
    with op.batch_alter_table("code_signature") as batch_op:
        batch_op.create_index(batch_op.f("ix_code_signature_business_id"), ["business_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_code_signature_person_id"), ["person_id"], unique=False)

    op.create_table(
        "code_told",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_code_told_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["code_version.id"], name=op.f("fk_code_told_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "business_id", name=op.f("pk_code_told")),
    )
    op.create_table(
        "quality_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "public_liability",
                "employers_liability",
                "professional_indemnity",
                "dbs",
                "safeguarding_training",
                "first_aid",
                "food_hygiene",
                "manual_handling",
                "hmrc_registered",
                "data_protection_registered",
                "ciw_registered",
                "social_care_wales_registered",
                name="factkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum("says", "shown", name="factstanding", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "basic",
                "standard",
                "enhanced",
                "enhanced_with_lists",
                name="dbslevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("detail", sa.String(length=20), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("offered_at", sa.DateTime(), nullable=True),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_quality_fact_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_quality_fact_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_fact")),
        sa.UniqueConstraint("supplier_id", "kind", "standing", name=op.f("uq_quality_fact_supplier_id_kind_standing")),
    )
    with op.batch_alter_table("quality_fact") as batch_op:
        batch_op.create_index("ix_quality_fact_ends", ["is_over", "ends_on"], unique=False)
        batch_op.create_index("ix_quality_fact_offered", ["offered_at"], unique=False)

    op.create_table(
        "quality_reminder",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["quality_fact.id"], name=op.f("fk_quality_reminder_fact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("fact_id", "ends_on", "days", name=op.f("pk_quality_reminder")),
    )


def downgrade() -> None:
    op.drop_table("quality_reminder")
    op.drop_table("quality_fact")
    op.drop_table("code_told")
    op.drop_table("code_signature")
    op.drop_table("code_version")
    op.drop_table("code_suspension")
