"""The catalogue of the site itself passes its gate, and counts things as Welsh does."""

import ast
import gettext
import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from c4s.i18n.catalogues import PLURAL_COUNT, Folder, check, header, read, review_count
from tests.house.welsh import findings
from tests.house.welsh.sources import with_number

FOLDER = Folder()
PROGRAM = Path(__file__).parents[2] / "c4s"
SAYING = {"_", "_l", "gettext", "lazy_gettext"}
NUMBERS = {0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 5: 5, 6: 4, 7: 5, 10: 5, 11: 5, 21: 5, 100: 5}


def test_nothing_in_the_catalogue_is_wrong_or_out_of_date():
    assert "\n".join(str(finding) for finding in check(FOLDER)) == ""


def test_the_plural_header_is_the_pinned_one():
    assert header(FOLDER.welsh.read_text(encoding="utf-8")) == []


def test_every_counted_message_has_the_form_of_its_number_in_good_welsh():
    with FOLDER.welsh.open("rb") as file:
        catalogue = read_po(file, locale="cy")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    spoken = gettext.GNUTranslations(compiled)
    for entry in read(FOLDER.welsh):
        if len(entry.english) == 1:
            continue
        assert len(entry.welsh) == PLURAL_COUNT
        for number, form in NUMBERS.items():
            said = (
                spoken.npgettext(entry.context, *entry.english, number)
                if entry.context
                else spoken.ngettext(*entry.english, number)
            )
            assert said == entry.welsh[form]
            assert findings(with_number(said, number)) == []


def test_every_word_that_the_program_asks_for_is_in_the_catalogue():
    """What gathers them sees nothing inside a string that is put together: there, words would stay English."""
    known = {entry.english[0] for entry in read(FOLDER.welsh)}
    asked = {
        (file.name, node.args[0].value)
        for file in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING
        if isinstance(node.args[0], ast.Constant) and node.args[0].value
    }
    assert len(asked) > 1000
    assert sorted((name, words) for name, words in asked if words not in known) == []


def test_the_reviewed_are_counted():
    reviewed, total = review_count(FOLDER)
    assert (0 <= reviewed <= total, total) == (True, len(read(FOLDER.welsh)))
