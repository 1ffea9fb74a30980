"""Suppliers that a reader keeps together, without an account."""
