"""People"""

import sqlalchemy as sa
from alembic import op

from c4s.core.text import fold

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _allow(table: str, name: str, words: str) -> None:
    """Change what a column may hold. On SQLite the table is made anew, as are its numbers that are never used again."""
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": table == "person"}) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), words)


def upgrade() -> None:
    op.create_table(
        "business",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "business",
                "social_enterprise",
                "sole_trader",
                "starting",
                name="businesskind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("company_number", sa.String(length=8), nullable=False),
        sa.Column("charity_number", sa.String(length=10), nullable=False),
        sa.Column("postcode", sa.String(length=8), nullable=False),
        sa.Column("website", sa.String(length=400), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("business", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_business_charity_number"), ["charity_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_business_company_number"), ["company_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_business_domain"), ["domain"], unique=False)
        batch_op.create_index(batch_op.f("ix_business_name_key"), ["name_key"], unique=False)

    op.create_table(
        "buyer_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "granted",
                "refused",
                "withdrawn",
                "ended",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason_cy", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_buyer_request_decided_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_buyer_request_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer_request")),
    )
    with op.batch_alter_table("buyer_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_buyer_request_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_buyer_request_waiting",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "data_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "access",
                "correction",
                "erasure",
                "restriction",
                "objection",
                "complaint",
                name="casekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "answered",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("email", "post", "phone", name="channel", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language_written", sa.String(length=4), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("extended_at", sa.DateTime(), nullable=True),
        sa.Column("why_longer_cy", sa.Text(), nullable=False),
        sa.Column("why_longer_en", sa.Text(), nullable=False),
        sa.Column("answer_cy", sa.Text(), nullable=False),
        sa.Column("answer_en", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_data_case_answered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_data_case_person_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_data_case_reference")),
    )
    with op.batch_alter_table("data_case", schema=None) as batch_op:
        batch_op.create_index("ix_data_case_due", ["state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_data_case_person_id"), ["person_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column(
            "role",
            sa.Enum("owner", "editor", name="memberrole", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_invitation_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["person.id"], name=op.f("fk_invitation_invited_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("business_id", "email_key", name=op.f("uq_invitation_business_id_email_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("owner", "editor", name="memberrole", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_membership_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("business_id", "person_id", name=op.f("uq_membership_business_id_person_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)

    op.create_table(
        "news_wish",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("events", sa.Boolean(), nullable=False),
        sa.Column("businesses", sa.Boolean(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(), nullable=False),
        sa.Column("told_until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_news_wish_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_news_wish")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=300), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "second_factor_renewal",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_second_factor_renewal_asked_by_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_second_factor_renewal_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor_renewal")),
    )
    op.create_table(
        "staff_role",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "signed_in",
                "buyer",
                "business_owner",
                "business_editor",
                "editor",
                "moderator",
                "helper",
                "administrator",
                name="who",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_staff_role_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_staff_role")),
    )
    op.create_table(
        "entry_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "granted",
                "refused",
                "withdrawn",
                name="claimstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason_cy", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_entry_claim_business_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_entry_claim_decided_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_entry_claim_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_entry_claim_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_claim")),
    )
    with op.batch_alter_table("entry_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_claim_business_id"), ["business_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_claim_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_claim_supplier_id"), ["supplier_id"], unique=False)
        batch_op.create_index(
            "uq_entry_claim_waiting",
            ["supplier_id", "business_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "news_area",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_news_area_area_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["news_wish.person_id"], name=op.f("fk_news_area_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "area_id", name=op.f("pk_news_area")),
    )
    op.create_table(
        "news_category",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_news_category_category_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["news_wish.person_id"], name=op.f("fk_news_category_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "category_id", name=op.f("pk_news_category")),
    )
    _allow("person", "lane", "lane IN ('resident', 'business', 'public_body')")
    _allow(
        "one_time_link",
        "purpose",
        "purpose IN ('prove', 'sign_in', 'change_email', 'confirm', 'claim_account', 'claim_email')",
    )
    with op.batch_alter_table("person", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(
            sa.Column(
                "channel",
                sa.Enum("email", "post", "phone", name="channel", native_enum=False, create_constraint=True, length=32),
                nullable=False,
                server_default="email",
            )
        )
        batch_op.add_column(sa.Column("phone", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("postal_address", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("name_key", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("is_buyer", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("staff_hours", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_foreign_key(batch_op.f("fk_person_entered_by_id"), "person", ["entered_by_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_person_entered_by_id"), ["entered_by_id"])
        batch_op.create_index(batch_op.f("ix_person_name_key"), ["name_key"], unique=False)
    _fill_in_name_keys()
    _keep_the_trail(SECURITY_LOG)

    with op.batch_alter_table("outgoing_letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unsubscribe", sa.String(length=500), nullable=False, server_default=""))

    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second_factor_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("supplier", schema=None) as batch_op:
        # The index of the whole site keeps what lists are ordered by.
        for language in ("cy", "en"):
            batch_op.drop_index(f"ix_supplier_sort_{language}")
            batch_op.drop_column(f"sort_{language}")
        batch_op.add_column(sa.Column("business_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_supplier_business_id"), ["business_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_supplier_business_id"), "business", ["business_id"], ["id"], ondelete="SET NULL"
        )


SECURITY_LOG = {
    "person.ended_sign_ins",
    "person.failed_sign_in",
    "person.showed_second_factor",
    "person.signed_in",
    "person.signed_out",
}


def _fill_in_name_keys() -> None:
    """What names are found by, for those who were here before."""
    person = sa.table("person", sa.column("id"), sa.column("name"), sa.column("name_key"))
    for number, name in op.get_bind().execute(sa.select(person.c.id, person.c.name)).all():
        op.execute(person.update().where(person.c.id == number).values(name_key=fold(name)[:200]))


def _keep_the_trail(for_a_year: set[str]) -> None:
    """The trail is kept for six years; a few codes of it, which tell of security alone, for one."""
    codes = ", ".join(f"'{code}'" for code in sorted(for_a_year)) or "''"
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_entry_is_kept_six_years")
        op.execute(
            f"""
            CREATE TRIGGER audit_entry_is_kept_six_years BEFORE DELETE ON audit_entry
            WHEN OLD.at > datetime('now', '-6 years')
                AND NOT (OLD.action IN ({codes}) AND OLD.at <= datetime('now', '-12 months'))
            BEGIN SELECT RAISE(ABORT, 'the trail is kept for six years'); END
            """
        )
        return
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION audit_entry_is_kept_six_years() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.at > (now() AT TIME ZONE 'UTC') - interval '6 years'
                AND NOT (OLD.action IN ({codes}) AND OLD.at <= (now() AT TIME ZONE 'UTC') - interval '12 months') THEN
                RAISE EXCEPTION 'the trail is kept for six years';
            END IF;
            RETURN OLD;
        END $$
        """
    )


def _forget_what_is_new() -> None:
    """What the tables of before have no word for becomes what they have one for, or goes."""
    op.execute("DELETE FROM one_time_link WHERE purpose IN ('claim_account', 'claim_email')")
    op.execute("UPDATE person SET lane = 'resident'")
    op.execute("UPDATE supplier SET claim = 'imported' WHERE business_id IS NOT NULL")


def downgrade() -> None:
    _forget_what_is_new()
    _keep_the_trail(set())
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_supplier_business_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_supplier_business_id"))
        batch_op.drop_column("business_id")
        for language in ("cy", "en"):
            batch_op.add_column(sa.Column(f"sort_{language}", sa.String(500), nullable=False, server_default=""))
            batch_op.create_index(f"ix_supplier_sort_{language}", [f"sort_{language}", "id"])

    with op.batch_alter_table("outgoing_letter", schema=None) as batch_op:
        batch_op.drop_column("unsubscribe")

    with op.batch_alter_table("sign_in", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("second_factor_at")

    _allow("person", "lane", "lane IN ('resident')")
    _allow("one_time_link", "purpose", "purpose IN ('prove', 'sign_in', 'change_email', 'confirm')")
    with op.batch_alter_table("person", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_person_channel"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_person_entered_by_id"), type_="foreignkey")
        batch_op.drop_column("staff_hours")
        batch_op.drop_column("is_buyer")
        batch_op.drop_index(batch_op.f("ix_person_name_key"))
        batch_op.drop_column("name_key")
        batch_op.drop_index(batch_op.f("ix_person_entered_by_id"))
        batch_op.drop_column("entered_by_id")
        batch_op.drop_column("postal_address")
        batch_op.drop_column("phone")
        batch_op.drop_column("channel")

    op.drop_table("news_category")
    op.drop_table("news_area")
    with op.batch_alter_table("entry_claim", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_entry_claim_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_entry_claim_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_entry_claim_person_id"))
        batch_op.drop_index(batch_op.f("ix_entry_claim_business_id"))

    op.drop_table("entry_claim")
    op.drop_table("staff_role")
    op.drop_table("second_factor_renewal")
    op.drop_table("second_factor")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_person_id"))

    op.drop_table("recovery_code")
    op.drop_table("news_wish")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_person_id"))

    op.drop_table("membership")
    op.drop_table("invitation")
    with op.batch_alter_table("data_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_data_case_person_id"))
        batch_op.drop_index("ix_data_case_due")

    op.drop_table("data_case")
    with op.batch_alter_table("buyer_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_buyer_request_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_buyer_request_person_id"))

    op.drop_table("buyer_request")
    with op.batch_alter_table("business", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_business_name_key"))
        batch_op.drop_index(batch_op.f("ix_business_domain"))
        batch_op.drop_index(batch_op.f("ix_business_company_number"))
        batch_op.drop_index(batch_op.f("ix_business_charity_number"))

    op.drop_table("business")
