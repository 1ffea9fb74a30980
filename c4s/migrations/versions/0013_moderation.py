"""Changes that wait to be read"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state IN ('draft', 'submitted')")


def upgrade() -> None:
    op.create_table(
        "moderation_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_moderation_note_by_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_note")),
    )
    with op.batch_alter_table("moderation_note") as batch_op:
        batch_op.create_index("ix_moderation_note_subject", ["kind", "subject_id"], unique=False)

    op.create_table(
        "moderation_watch",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_moderation_watch_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind", "subject_id", "person_id", name=op.f("pk_moderation_watch")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "published",
                "superseded",
                "returned",
                "withdrawn",
                name="revisionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=4), nullable=False),
        sa.Column("needs", sa.String(length=40), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("reader_id", sa.Integer(), nullable=True),
        sa.Column("reader_since", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_revision_author_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_revision_decided_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["person.id"], name=op.f("fk_revision_reader_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("kind", "subject_id", "number", name=op.f("uq_revision_kind_subject_id_number")),
    )
    with op.batch_alter_table("revision") as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_revision_decided", ["state", "decided_at"], unique=False)
        batch_op.create_index("ix_revision_queue", ["state", "submitted_at"], unique=False)
        batch_op.create_index(
            "uq_revision_open", ["kind", "subject_id"], unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
        )

    op.create_table(
        "revision_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "accepted",
                "suggested",
                "returned",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("phrase", sa.String(length=40), nullable=False),
        sa.Column("words_cy", sa.String(length=2000), nullable=False),
        sa.Column("words_en", sa.String(length=2000), nullable=False),
        sa.Column("suggestion", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_revision_remark_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_remark")),
        sa.UniqueConstraint("revision_id", "field", name=op.f("uq_revision_remark_revision_id_field")),
    )


def downgrade() -> None:
    op.drop_table("revision_remark")
    op.drop_table("revision")
    op.drop_table("moderation_watch")
    op.drop_table("moderation_note")
