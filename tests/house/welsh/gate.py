"""The gate over a file: every finding as one line."""

from pathlib import Path

from tests.house.welsh.engine import english_findings, findings
from tests.house.welsh.lexicon import lexicon
from tests.house.welsh.sources import place_words, project_names, read


def proof(path: Path) -> list[str]:
    """The findings of one file as lines "where: what – mend [around]", in the order of the file.

    A data file that is no TOML is one finding. Raises OSError when there is no such file.
    """
    try:
        source = read(path)
    except ValueError as error:
        return [f"cannot be read: {error}"]
    names = source.names | project_names()
    return [
        f"{text.where}: {line}"
        for text in source.texts
        for line in proof_text(text.words, text.language, names, text.names_only)
    ]


def proof_text(
    words: str, language: str, names: set[str] | frozenset[str] = frozenset(), names_only: bool = False
) -> list[str]:
    """The findings of one text, as lines."""
    lexicon().add(place_words())
    found = findings(words, names, names_only) if language == "cy" else english_findings(words, names)
    return [str(finding) for finding in found]
