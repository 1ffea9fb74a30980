"""Alembic, in batch mode so that SQLite can follow."""
