"""Codes and references that people read out on the telephone, or copy from paper."""

import secrets

LETTERS = "34679CDFGHJKMNPQRTVX"
"""Nothing that looks or sounds like its neighbour, and no vowels, so that no word comes about."""
GROUP = 4


def drawn(length: int) -> str:
    """So many letters by chance, which nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def grouped(letters: str) -> str:
    """Letters as they are printed and read out, in groups: ``K7QM-4RTX``."""
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def letters_in(typed: str) -> str:
    """The letters of a code, however somebody typed it: small, in other groups, with spaces. All else is left out."""
    return "".join(character for character in typed.upper() if character in LETTERS)
