"""Suppliers, as buyers see them."""
