"""Templates: safe, whole, and all in use."""

import re

import pytest

from c4s.core.config import ROOT
from c4s.i18n.languages import speaking

FOLDER = ROOT / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
PAPER = "mail/paper.html"
"""A file to print, which no site serves: it may carry its own style."""
FORBIDDEN = {
    "a script": r"<script|javascript:",
    "a style of its own": r"\sstyle\s*=|<style",
    "a handler": r"\son[a-z]+\s*=\s*[\"']",
    "unescaped text": r"\|\s*safe\b|autoescape\s+false|Markup\(",
    "something from elsewhere": r"(?:src|srcset)\s*=\s*[\"'](?:https?:)?//|@import",
    "another window": r"target\s*=",
    "a language told apart by hand": r"(?<![\w.])language\s*==",
}


def source(name):
    """A template without its own remarks."""
    return re.sub(r"\{#.*?#\}", "", (FOLDER / name).read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture(scope="module")
def everything_that_names_templates():
    files = [*(ROOT / "c4s").rglob("*.py"), *(path for path in FOLDER.rglob("*") if path.is_file())]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.either_database
def test_every_template_can_be_read_in_both_languages(site, language):
    with speaking(language):
        read = [site.jinja_env.get_template(name).name for name in TEMPLATES]
    assert read == [f"{language}/{name}" for name in TEMPLATES]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has_what_none_may_have(what):
    found = {
        name: re.findall(FORBIDDEN[what], source(name))
        for name in TEMPLATES
        if not (name == PAPER and what == "a style of its own")
    }
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_every_attribute_stands_in_quotes():
    found = {}
    for name in TEMPLATES:
        marks = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "{}", source(name), flags=re.DOTALL)
        outside = re.sub(r"\"[^\"]*\"|'[^']*'", '""', "".join(re.findall(r"<\w[^<>]*>", marks)))
        found[name] = re.findall(r"\s[\w-]+=[^\"]", outside)
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_every_template_is_used(everything_that_names_templates):
    def is_used(name):
        letter = re.fullmatch(r"(\w+)/letters/(\w+)\.txt", name)
        prose = re.fullmatch(r"pages/prose/([a-z-]+)\.(?:cy|en)\.html", name)
        if letter:
            return f'"{letter[2]}"' in everything_that_names_templates or (
                f'"{letter[1]}/{letter[2]}"' in everything_that_names_templates
            )
        return f'"{prose[1] if prose else name}"' in everything_that_names_templates

    assert [name for name in TEMPLATES if not is_used(name)] == []


def test_every_sentence_with_two_words_is_in_the_catalogue_and_not_in_the_template():
    """Outside ``_()``, prose and what is in both languages on purpose, a template holds no words."""
    loose = {}
    for name in TEMPLATES:
        if name.startswith("pages/prose/") or name in ("pages/entry.html", "layouts/letter_foot.txt", PAPER):
            continue
        text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->", " ", source(name), flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", text) if not name.endswith(".txt") else text
        words = re.findall(r"[^\W\d_]{3,}(?: +[^\W\d_]{2,})+", text)
        if words and not name.endswith(".xml"):
            loose[name] = words
    assert loose == {}


def test_prose_is_written_in_both_languages():
    stems = {}
    for path in (FOLDER / "pages" / "prose").iterdir():
        stem, language, _ = path.name.split(".")
        stems.setdefault(stem, set()).add(language)
    assert {stem for stem, languages in stems.items() if languages != {"cy", "en"}} == set()
