"""Businesses that people speak for, and who may."""
