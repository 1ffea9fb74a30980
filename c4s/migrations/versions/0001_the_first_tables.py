"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name_cy", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("inside_cy", sa.String(length=160), nullable=False),
        sa.Column("inside_en", sa.String(length=160), nullable=False),
        sa.Column("sort_cy", sa.String(length=300), nullable=False),
        sa.Column("sort_en", sa.String(length=300), nullable=False),
        sa.Column("also", sa.JSON(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("code", name=op.f("uq_area_code")),
    )
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("window", sa.DateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name=op.f("pk_attempts")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_entry_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name_cy", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("sort_cy", sa.String(length=300), nullable=False),
        sa.Column("sort_en", sa.String(length=300), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("cpv", sa.JSON(), nullable=False),
        sa.Column("sic", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("code", name=op.f("uq_category_code")),
    )
    op.create_table(
        "done_once",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_done_once")),
    )
    op.create_table(
        "outgoing_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=80), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("email", "post", "phone", name="channel", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=4), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attachment_name", sa.String(length=80), nullable=False),
        sa.Column("attachment_type", sa.String(length=80), nullable=False),
        sa.Column("attachment", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "failed",
                "withdrawn",
                "to_print",
                "printed",
                name="letterstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("problem", sa.String(length=500), nullable=False),
        sa.Column("about_kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_letter")),
    )
    with op.batch_alter_table("outgoing_letter", schema=None) as batch_op:
        batch_op.create_index("ix_outgoing_letter_about", ["about_kind", "about_id"], unique=False)
        batch_op.create_index("ix_outgoing_letter_due", ["state", "due_at"], unique=False)

    op.create_table(
        "postcode",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("ward_code", sa.String(length=9), nullable=False),
        sa.Column("ward_cy", sa.String(length=120), nullable=False),
        sa.Column("ward_en", sa.String(length=120), nullable=False),
        sa.Column("health_board", sa.String(length=9), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_postcode")),
    )
    op.create_table(
        "public_version",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_public_version")),
    )
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.Column("sort_cy", sa.String(length=500), nullable=False),
        sa.Column("sort_en", sa.String(length=500), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_search_entry_kind_record_id")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index("ix_search_entry_sort_cy", ["kind", "sort_cy", "record_id"], unique=False)
        batch_op.create_index("ix_search_entry_sort_en", ["kind", "sort_en", "record_id"], unique=False)

    op.create_table(
        "search_facet_total",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("facet", sa.String(length=20), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "facet", name=op.f("pk_search_facet_total")),
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("shown", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_table(
        "supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_cy", sa.String(length=200), nullable=False),
        sa.Column("sort_name", sa.String(length=200), nullable=False),
        sa.Column("sort_cy", sa.String(length=500), nullable=False),
        sa.Column("sort_en", sa.String(length=500), nullable=False),
        sa.Column("summary_cy", sa.String(length=300), nullable=False),
        sa.Column("summary_en", sa.String(length=300), nullable=False),
        sa.Column("description_cy", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=8), nullable=False),
        sa.Column("home_based", sa.Boolean(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("serves_in_welsh", sa.Boolean(), nullable=False),
        sa.Column("serves_in_english", sa.Boolean(), nullable=False),
        sa.Column(
            "size",
            sa.Enum(
                "one",
                "micro",
                "small",
                "medium",
                "large",
                name="sizeband",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "legal_form",
            sa.Enum(
                "sole_trader",
                "partnership",
                "limited_company",
                "community_interest_company",
                "co_operative",
                "charity",
                "association",
                "public_body",
                name="legalform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("social_enterprise", sa.Boolean(), nullable=False),
        sa.Column("micro_enterprise", sa.Boolean(), nullable=False),
        sa.Column("website", sa.String(length=400), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("hours_cy", sa.String(length=500), nullable=False),
        sa.Column("hours_en", sa.String(length=500), nullable=False),
        sa.Column("access_notes_cy", sa.String(length=1000), nullable=False),
        sa.Column("access_notes_en", sa.String(length=1000), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "temporarily_closed",
                "closed",
                name="supplierstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "claim",
            sa.Enum(
                "imported",
                "demonstration",
                "claimed",
                name="claim",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("source_id", sa.String(length=120), nullable=False),
        sa.Column("source_url", sa.String(length=400), nullable=False),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_supplier_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_supplier_source_source_id")),
    )
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supplier_area_id"), ["area_id"], unique=False)
        batch_op.create_index("ix_supplier_sort_cy", ["sort_cy", "id"], unique=False)
        batch_op.create_index("ix_supplier_sort_en", ["sort_en", "id"], unique=False)

    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_cy", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("postcode", sa.String(length=8), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("hearing_loop", sa.Boolean(), nullable=False),
        sa.Column("quiet_space", sa.Boolean(), nullable=False),
        sa.Column("access_notes_cy", sa.Text(), nullable=False),
        sa.Column("access_notes_en", sa.Text(), nullable=False),
        sa.Column("parking_cy", sa.Text(), nullable=False),
        sa.Column("parking_en", sa.Text(), nullable=False),
        sa.Column("transport_cy", sa.Text(), nullable=False),
        sa.Column("transport_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_venue_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "course",
                "workshop",
                "networking",
                "speed_networking",
                "network_meeting",
                "advice_surgery",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "cancelled",
                name="eventstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title_cy", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("summary_cy", sa.String(length=300), nullable=False),
        sa.Column("summary_en", sa.String(length=300), nullable=False),
        sa.Column("description_cy", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("joining_notes_cy", sa.Text(), nullable=False),
        sa.Column("joining_notes_en", sa.Text(), nullable=False),
        sa.Column("audience_cy", sa.Text(), nullable=False),
        sa.Column("audience_en", sa.Text(), nullable=False),
        sa.Column("cost_cy", sa.String(length=300), nullable=False),
        sa.Column("cost_en", sa.String(length=300), nullable=False),
        sa.Column("trainer", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=True),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("online_address", sa.String(length=400), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column(
            "delivery_language",
            sa.Enum(
                "cy",
                "en",
                "bilingual",
                "interpreted",
                name="deliverylanguage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "materials_language",
            sa.Enum(
                "cy",
                "en",
                "bilingual",
                name="materialslanguage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("welsh_offer_cy", sa.Text(), nullable=False),
        sa.Column("welsh_offer_en", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_event_capacity_above_zero")),
        sa.CheckConstraint("closes_at <= starts_at", name=op.f("ck_event_closes_before_start")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_event_ends_after_start")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_event_area_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_event_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index("ix_event_state_starts_at", ["state", "starts_at"], unique=False)

    op.create_table(
        "supplier_area",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_supplier_area_area_id")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name=op.f("fk_supplier_area_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("supplier_id", "area_id", name=op.f("pk_supplier_area")),
    )
    with op.batch_alter_table("supplier_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supplier_area_area_id"), ["area_id"], unique=False)

    op.create_table(
        "supplier_category",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_supplier_category_category_id")),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["supplier.id"],
            name=op.f("fk_supplier_category_supplier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("supplier_id", "category_id", name=op.f("pk_supplier_category")),
    )
    with op.batch_alter_table("supplier_category", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supplier_category_category_id"), ["category_id"], unique=False)

    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "confirmed",
                "waiting",
                "offered",
                "cancelled",
                "lapsed",
                name="bookingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("email", "post", "phone", name="channel", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("postal_address", sa.Text(), nullable=False),
        sa.Column("language_written", sa.String(length=4), nullable=False),
        sa.Column("language_spoken", sa.String(length=4), nullable=False),
        sa.Column("asked_in", sa.String(length=2), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("proved_at", sa.DateTime(), nullable=True),
        sa.Column("hold_until", sa.DateTime(), nullable=True),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("offer_until", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("attended_at", sa.DateTime(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("party > 0", name=op.f("ck_booking_party_above_zero")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_booking_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("reference", name=op.f("uq_booking_reference")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_booking_event_state", ["event_id", "state", "joined_at"], unique=False)
        batch_op.create_index(
            "uq_booking_live_email",
            ["event_id", "email_key"],
            unique=True,
            sqlite_where=sa.text("email_key <> '' AND state IN ('confirmed', 'waiting', 'offered')"),
            postgresql_where=sa.text("email_key <> '' AND state IN ('confirmed', 'waiting', 'offered')"),
        )

    op.create_table(
        "access_need",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("consented_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_access_need_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_access_need")),
    )
    upgrade_by_hand()


def downgrade() -> None:
    downgrade_by_hand()
    op.drop_table("access_need")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_booking_live_email",
            sqlite_where=sa.text("email_key <> '' AND state IN ('confirmed', 'waiting', 'offered')"),
            postgresql_where=sa.text("email_key <> '' AND state IN ('confirmed', 'waiting', 'offered')"),
        )
        batch_op.drop_index("ix_booking_event_state")
        batch_op.drop_index(batch_op.f("ix_booking_event_id"))

    op.drop_table("booking")
    with op.batch_alter_table("supplier_category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supplier_category_category_id"))

    op.drop_table("supplier_category")
    with op.batch_alter_table("supplier_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supplier_area_area_id"))

    op.drop_table("supplier_area")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_state_starts_at")
        batch_op.drop_index(batch_op.f("ix_event_starts_at"))

    op.drop_table("event")
    op.drop_table("venue")
    with op.batch_alter_table("supplier", schema=None) as batch_op:
        batch_op.drop_index("ix_supplier_sort_en")
        batch_op.drop_index("ix_supplier_sort_cy")
        batch_op.drop_index(batch_op.f("ix_supplier_area_id"))

    op.drop_table("supplier")
    op.drop_table("search_word")
    op.drop_table("search_facet_total")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_search_entry_sort_en")
        batch_op.drop_index("ix_search_entry_sort_cy")

    op.drop_table("search_entry")
    op.drop_table("public_version")
    op.drop_table("postcode")
    with op.batch_alter_table("outgoing_letter", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_letter_due")
        batch_op.drop_index("ix_outgoing_letter_about")

    op.drop_table("outgoing_letter")
    op.drop_table("done_once")
    op.drop_table("category")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_subject")
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))

    op.drop_table("audit_entry")
    op.drop_table("attempts")
    op.drop_table("area")


SQLITE_BY_HAND = (
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        title, subject, words, facets, tokenize = 'unicode61 remove_diacritics 0', detail = 'column'
    )
    """,
    """
    CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the trail is never changed'); END
    """,
    """
    CREATE TRIGGER audit_entry_is_kept_six_years BEFORE DELETE ON audit_entry
    WHEN OLD.at > datetime('now', '-6 years')
    BEGIN SELECT RAISE(ABORT, 'the trail is kept for six years'); END
    """,
    *(
        f"""
        CREATE TRIGGER booking_never_oversold_{moment} AFTER {moment.upper()} ON booking
        WHEN NEW.state IN ('confirmed', 'offered')
            AND (SELECT sum(party) FROM booking WHERE event_id = NEW.event_id AND state IN ('confirmed', 'offered'))
                > (SELECT capacity FROM event WHERE id = NEW.event_id)
        BEGIN SELECT RAISE(ABORT, 'more places than there are'); END
        """
        for moment in ("insert", "update")
    ),
)
POSTGRESQL_BY_HAND = (
    """
    CREATE TABLE search_words (
        entry_id integer PRIMARY KEY REFERENCES search_entry (id) ON DELETE CASCADE,
        words tsvector NOT NULL
    )
    """,
    "CREATE INDEX ix_search_words_words ON search_words USING gin (words) WITH (fastupdate = off)",
    """
    CREATE FUNCTION audit_entry_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the trail is never changed'; END $$
    """,
    """
    CREATE FUNCTION audit_entry_is_kept_six_years() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.at > (now() AT TIME ZONE 'UTC') - interval '6 years' THEN
            RAISE EXCEPTION 'the trail is kept for six years';
        END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE FUNCTION booking_never_oversold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.state IN ('confirmed', 'offered')
            AND (SELECT sum(party) FROM booking WHERE event_id = NEW.event_id AND state IN ('confirmed', 'offered'))
                > (SELECT capacity FROM event WHERE id = NEW.event_id) THEN
            RAISE EXCEPTION 'more places than there are';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_never_changed()
    """,
    """
    CREATE TRIGGER audit_entry_is_kept_six_years BEFORE DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_kept_six_years()
    """,
    """
    CREATE TRIGGER booking_never_oversold AFTER INSERT OR UPDATE ON booking
    FOR EACH ROW EXECUTE FUNCTION booking_never_oversold()
    """,
)


def upgrade_by_hand() -> None:
    """What Alembic cannot read from the models: full text, and promises that the database itself keeps."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_BY_HAND if sqlite else POSTGRESQL_BY_HAND:
        op.execute(statement)
    op.execute("INSERT INTO public_version (name, number) VALUES ('pages', 0), ('taxonomy', 0)")


def downgrade_by_hand() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")  # triggers go with their tables
        return
    op.execute("DROP TABLE search_words")
    op.execute("DROP TRIGGER booking_never_oversold ON booking")
    op.execute("DROP TRIGGER audit_entry_is_never_changed ON audit_entry")
    op.execute("DROP TRIGGER audit_entry_is_kept_six_years ON audit_entry")
    for name in ("booking_never_oversold", "audit_entry_is_never_changed", "audit_entry_is_kept_six_years"):
        op.execute(f"DROP FUNCTION {name}()")
