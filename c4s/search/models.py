"""The index: one entry for each thing that can be found."""

from sqlalchemy import Float, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.db import Model


class SearchEntry(Model):
    """What the index knows of one record; its words live beside it in the engine's own full-text table.

    ``search_words`` (SQLite FTS5 without content, or a PostgreSQL table with ``tsvector`` columns) is made by the
    migration: it has no columns that an ORM would use.
    """

    __tablename__ = "search_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[int] = mapped_column(Integer)
    facets: Mapped[str] = mapped_column(Text, default="")
    """Codes such as `` c12 a7 lcy ``, a space before and after each: what filters and counts go by."""
    sort_cy: Mapped[str] = mapped_column(String(500), default="")
    sort_en: Mapped[str] = mapped_column(String(500), default="")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    digest: Mapped[str] = mapped_column(String(64), default="")

    __table_args__ = (
        UniqueConstraint("kind", "record_id"),
        Index("ix_search_entry_sort_cy", "kind", "sort_cy", "record_id"),
        Index("ix_search_entry_sort_en", "kind", "sort_en", "record_id"),
    )


class SearchWord(Model):
    """A word that stands somewhere in the index, as people write it: what slips are measured against."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(String(60), primary_key=True)
    """Folded."""
    shown: Mapped[str] = mapped_column(String(60))
    """As it was written."""


class FacetTotal(Model):
    """How many entries carry one facet: counts for a list that nothing narrows, however long it is."""

    __tablename__ = "search_facet_total"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    facet: Mapped[str] = mapped_column(String(20), primary_key=True)
    """A code of ``SearchEntry.facets``; empty for all entries of the kind."""
    total: Mapped[int] = mapped_column(Integer)
