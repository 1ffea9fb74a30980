"""News by letter, for those who want it: what is new in what they care about."""
