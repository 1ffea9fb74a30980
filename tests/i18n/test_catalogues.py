"""Catalogues of a small project: extracting, updating, compiling, the gate, and the proof-reader's sheets."""

import csv
import gettext
from datetime import date

import pytest
from babel.messages.plurals import get_plural
from openpyxl import load_workbook

from c4s.i18n import catalogues
from c4s.i18n.catalogues import (
    PLURAL_FORMS,
    Entry,
    Folder,
    check,
    compile_welsh,
    entry_findings,
    extract,
    read,
    review_count,
    save_welsh,
    update,
)
from c4s.i18n.reviews import COLUMNS, SheetRefused, export, rows, take_in

PYPROJECT = """
[tool.babel]
[[tool.babel.mappings]]
method = "python"
pattern = "c4s/**.py"

[[tool.babel.mappings]]
method = "jinja2"
pattern = "templates/**.html"
trimmed = "true"
silent = "false"
"""
SOURCE = """
from flask_babel import gettext as _, lazy_gettext as _l, ngettext, pgettext
SAVE = _l("Save")
def words(n):
    return _("Find an event"), pgettext("of a date", "May"), ngettext("%(n)d place", "%(n)d places", n, n=n)
"""
PAGE = """
<h1>{{ _("Find an event") }}</h1>
{% trans %}
   Two lines of the template,
   one of the catalogue.
{% endtrans %}
<p>{{ _("Hello %(name)s", name=name) }}</p>
"""
PLACES = ("Dim lleoedd", "%(n)d lle", "%(n)d le", "%(n)d lle", "%(n)d lle", "%(n)d lle")
WELSH = {
    "Find an event": ("Dod o hyd i ddigwyddiad",),
    "Hello %(name)s": ("Helo %(name)s",),
    "May": ("Mai",),
    "Save": ("Cadw",),
    "Two lines of the template, one of the catalogue.": ("Dwy linell yn y templed, un yn y catalog.",),
    "%(n)d place": PLACES,
}
TODAY = date(2026, 2, 12)


@pytest.fixture
def folder(tmp_path):
    """A project of one module and one template, with no catalogue yet."""
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (tmp_path / "c4s").mkdir()
    (tmp_path / "c4s" / "words.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    return Folder(tmp_path)


@pytest.fixture
def translated(folder):
    """The same, with all its Welsh."""
    update(folder)
    save_welsh(folder, [entry_in_welsh(entry) for entry in read(folder.welsh)])
    return folder


def entry_in_welsh(entry):
    """The entry with its Welsh from WELSH."""
    return Entry(entry.english, WELSH[entry.english[0]], entry.context, entry.used_in)


def entry(english, *welsh):
    """An entry of the catalogue; a pair of English strings makes a plural."""
    return Entry((english,) if isinstance(english, str) else english, welsh)


def found(*entries):
    """What the gate says of these entries, in short."""
    return [finding.what for finding in entry_findings(list(entries))]


# Extract, update, compile


def test_extraction_reads_python_and_templates_and_trims_them(folder):
    assert extract(folder) == 6
    assert [one.english[0] for one in read(folder.template)] == sorted(WELSH)
    assert [one.context for one in read(folder.template) if one.english == ("May",)] == ["of a date"]


def test_extraction_gives_the_same_bytes_each_time_and_neither_dates_nor_line_numbers(folder):
    extract(folder)
    before = folder.template.read_bytes()
    source = folder.root / "c4s" / "words.py"
    source.write_text("\n\n\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
    extract(folder)
    assert folder.template.read_bytes() == before
    assert "Date" not in before.decode()
    assert "#: c4s/words.py\n" in before.decode()


def test_a_broken_template_stops_the_extraction(folder):
    (folder.root / "templates" / "broken.html").write_text("{% trans %}", encoding="utf-8")
    with pytest.raises(Exception, match="unclosed translation block"):
        extract(folder)


def test_a_new_welsh_catalogue_is_empty_and_has_the_pinned_header(folder):
    assert update(folder) == (6, 0)
    text = folder.welsh.read_text(encoding="utf-8")
    assert f'"Plural-Forms: {PLURAL_FORMS}\\n"' in text
    assert [one.welsh for one in read(folder.welsh) if len(one.english) > 1] == [("",) * 6]


def test_an_update_keeps_the_welsh_and_guesses_nothing(translated):
    page = translated.root / "templates" / "page.html"
    page.write_text(PAGE.replace("Hello %(name)s", "Hello, %(name)s"), encoding="utf-8")
    assert update(translated) == (1, 1)
    welsh = {one.english[0]: one for one in read(translated.welsh)}
    assert welsh["Hello, %(name)s"].welsh == ("",)
    assert "Hello %(name)s" not in welsh
    assert welsh["%(n)d place"].welsh == PLACES
    assert not any(one.fuzzy for one in welsh.values())
    assert "#~" not in translated.welsh.read_text(encoding="utf-8")


def test_an_update_mends_a_header_of_five_forms(translated):
    text = translated.welsh.read_text(encoding="utf-8")
    five = "nplurals=5; plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0);"
    translated.welsh.write_text(text.replace(PLURAL_FORMS, five), encoding="utf-8")
    assert [finding.what for finding in catalogues.header(translated.welsh.read_text(encoding="utf-8"))] == [
        "the plural header is not the pinned one"
    ]
    update(translated)
    assert catalogues.header(translated.welsh.read_text(encoding="utf-8")) == []


def test_what_is_compiled_is_what_is_said_reviewed_or_not(translated):
    assert compile_welsh(translated) == 6
    with translated.compiled.open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Save") == "Cadw"
    assert spoken.pgettext("of a date", "May") == "Mai"
    assert review_count(translated) == (0, 6)


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (5, 5), (6, 4), (7, 5), (10, 5), (11, 5), (21, 5), (100, 5)],
)
def test_the_pinned_header_gives_each_number_its_form(translated, number, form):
    forms = tuple(f"form {one}" for one in range(6))
    entries = read(translated.welsh)
    save_welsh(translated, [entry(one.english, *forms) if len(one.english) > 1 else one for one in entries])
    compile_welsh(translated)
    with translated.compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).ngettext("%(n)d place", "%(n)d places", number) == f"form {form}"


def test_babels_own_plural_for_welsh_is_still_not_ours():
    assert get_plural("cy").num_plurals == 5


# The gate


def test_a_finished_catalogue_passes(translated):
    assert check(translated) == []


def test_a_catalogue_that_is_not_there_is_a_finding(folder):
    assert [str(finding) for finding in check(folder)] == [
        "messages.po – there is no Welsh catalogue – run: flask catalogues update"
    ]


def test_sources_that_have_moved_on_are_a_finding(translated):
    page = translated.root / "templates" / "page.html"
    page.write_text(PAGE.replace("Hello %(name)s", "Goodbye %(name)s"), encoding="utf-8")
    assert [finding.what for finding in catalogues.out_of_date(translated)] == [
        "“Goodbye %(name)s” is missing (templates/page.html)",
        "“Hello %(name)s” is used nowhere",
        "“Goodbye %(name)s” is missing (templates/page.html)",
        "“Hello %(name)s” is used nowhere",
    ]


def test_obsolete_entries_are_a_finding(translated):
    with translated.welsh.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgid "Gone"\n#~ msgstr "Wedi mynd"\n')
    assert [finding.what for finding in check(translated)] == ["obsolete entries (#~)"]


def test_a_fuzzy_entry_is_a_finding(translated):
    text = translated.welsh.read_text(encoding="utf-8")
    fuzzy = text.replace('msgid "Save"', '#, fuzzy\nmsgid "Save"')
    translated.welsh.write_text(fuzzy, encoding="utf-8")
    assert [finding.what for finding in check(translated)] == ["marked fuzzy"]


def test_welsh_that_is_the_english_is_a_finding_unless_it_is_listed(translated):
    entries = [entry(one.english, "Save") if one.english == ("Save",) else one for one in read(translated.welsh)]
    save_welsh(translated, entries)
    assert [finding.what for finding in check(translated)] == ["the Welsh is the English: “Save”"]
    translated.same_in_both.write_text("# names\nSave\n", encoding="utf-8")
    assert check(translated) == []


@pytest.mark.parametrize(
    ("english", "welsh", "what"),
    [
        ("Save", "", ["no Welsh"]),
        ("Hello %(name)s", "Helo", ["placeholders are not as in English: %(name)s is missing"]),
        ("Hello", "Helo %(name)s", ["placeholders are not as in English: %(name)s is too many"]),
        (
            "Hello %(n)d",
            "Helo %(n)s",
            ["placeholders are not as in English: %(n)d is missing, %(n)s is too many"],
        ),
        (
            "Hello {name}",
            "Helo {enw}",
            ["placeholders are not as in English: {name} is missing, {enw} is too many"],
        ),
        ("<b>Hello</b>", "<b>Helo", ["tags are not as in English: </b> is missing"]),
        (
            '<a href="/en">Hello</a>',
            '<a href="/cy">Helo</a>',
            ['tags are not as in English: <a href="/en"> is missing, <a href="/cy"> is too many'],
        ),
        ('<a lang="en" title="Yes">Hello</a>', '<a lang="cy" title="Ie">Helo</a>', []),
        ("Don't", "Peidiwch", ["straight apostrophe"]),
        ("Your name", "Eich 'enw", ["straight apostrophe"]),
        ('Say "hello"', "Dywedwch helo", ["straight quotation mark", "straight quotation mark"]),
        ("Terms and conditions", "Telerau & amodau", ["“&” is not Welsh"]),
        ("Research & development", "Ymchwil a datblygu", []),
        ("Two  spaces", "Dau le", ["two spaces"]),
        (" Hello", "Helo", ["a space at the edge of “ Hello”"]),
        ("Hello", "Helo\n", ["a space at the edge of “Helo\n”"]),
        ("SIGN OUT", "Allgofnodi", ["capitals throughout"]),
        ("of", "o", ["a word to build sentences with"]),
        ("Your name", "Dy enw", ["a “ti” form: “Dy”"]),
        ("Send an e-mail", "Anfonwch ebost", ["e-mail is spelled “e-bost”: “ebost”"]),
        ("Do not pay", "Peidiwch talu", ["“peidiwch” without “â”: “Peidiwch”"]),
        ("When it is late", "Pan mae’n hwyr", ["“pan mae” and “pan y” are not Welsh: “Pan mae”"]),
        ("£5 – %(a)s", "£5 – %(a)s", []),
    ],
)
def test_the_gate_finds_what_is_wrong_in_an_entry(english, welsh, what):
    assert found(entry(english, welsh)) == what


def test_a_sentence_of_26_words_is_a_finding_in_either_language():
    english, welsh = "word " * 25 + "more.", "gair " * 25 + "arall."
    assert [what[:22] for what in found(entry(english, welsh))] == [
        "a sentence of 26 words",
        "a sentence of 26 words",
    ]
    assert found(entry(english.replace("more", "", 1), "gair " * 24 + "arall.")) == ["a space before a sign"]


def test_a_plural_may_leave_the_number_out_where_the_form_says_it():
    english = ("%(n)d place", "%(n)d places")
    assert found(entry(english, *PLACES)) == []
    assert found(entry(english, *PLACES[:5], "lleoedd")) == ["placeholders are not as in English: %(n)d is missing"]
    assert found(entry(english, *PLACES[:4])) == ["no Welsh"]


# The proof-reader's sheets


def sheet(folder, path, **changes):
    """The CSV sheet with changes by English text: {"Save": {"state": "reviewed"}}."""
    export(folder, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    for row in table:
        row.update(changes.get(row["English"], {}))
    write_sheet(path, table)
    return table


def write_sheet(path, table, delimiter=",", encoding="utf-8-sig"):
    """Write rows as a CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(table)


def welsh_of(folder, english):
    """The entry with this English."""
    return next(one for one in read(folder.welsh) if one.english[0] == english)


def test_a_sheet_has_a_row_for_each_message_and_six_for_a_plural(translated):
    table = list(rows(translated))
    assert len(table) == 11
    assert [(row[1], row[2], row[3]) for row in table if "/" in row[0]] == [
        ("number: 0", "%(n)d places", "Dim lleoedd"),
        ("number: 1", "%(n)d place", "%(n)d lle"),
        ("number: 2", "%(n)d places", "%(n)d le"),
        ("number: 3", "%(n)d places", "%(n)d lle"),
        ("number: 6", "%(n)d places", "%(n)d lle"),
        ("number: 4, 5, 7 …", "%(n)d places", "%(n)d lle"),
    ]
    assert [(row[1], row[4], row[5]) for row in table if row[2] == "May"] == [
        ("of a date", "c4s/words.py", "unreviewed")
    ]


@pytest.mark.parametrize("name", ["sheet.xlsx", "sheet.csv"])
def test_a_sheet_that_comes_back_untouched_changes_nothing(translated, tmp_path, name):
    before = translated.welsh.read_bytes()
    assert export(translated, tmp_path / name) == 11
    assert take_in(translated, tmp_path / name, "Llinos", TODAY) == (0, 0)
    assert translated.welsh.read_bytes() == before


def test_a_text_that_begins_like_a_formula_stays_a_text(translated, tmp_path):
    page = translated.root / "templates" / "page.html"
    page.write_text(PAGE + '{{ _("=1+1 is a formula") }}', encoding="utf-8")
    update(translated)
    export(translated, tmp_path / "sheet.xlsx")
    cells = [row[2] for row in load_workbook(tmp_path / "sheet.xlsx").active.iter_rows()]
    assert [(cell.value, cell.data_type) for cell in cells if str(cell.value).startswith("=")] == [
        ("=1+1 is a formula", "s")
    ]
    export(translated, tmp_path / "sheet.csv")
    assert "'=1+1 is a formula" in (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig")
    assert take_in(translated, tmp_path / "sheet.csv", "Llinos", TODAY) == (0, 0)


def test_a_reviewed_row_is_signed_and_stays_so_after_an_update(translated, tmp_path):
    sheet(translated, tmp_path / "sheet.csv", Save={"state": "reviewed", "note": "Da iawn"})
    assert take_in(translated, tmp_path / "sheet.csv", "Llinos ap Dafydd", TODAY) == (0, 1)
    update(translated)
    saved = welsh_of(translated, "Save")
    assert (saved.state, saved.reviewer, saved.note) == ("reviewed", "Llinos ap Dafydd", "Da iawn")
    assert review_count(translated) == (1, 6)
    assert check(translated) == []


def test_a_long_name_and_a_long_note_survive_the_file(translated, tmp_path):
    name, note = (
        "Gwenllian Angharad Llywelyn-Prydderch o Gwmni Cyfieithu’r Cwm",
        " ".join(f"Nodyn {number}." for number in range(40)),
    )
    sheet(translated, tmp_path / "sheet.csv", Save={"state": "reviewed", "note": note, "reviewer": name[:60]})
    assert take_in(translated, tmp_path / "sheet.csv", "Llinos", TODAY) == (0, 1)
    saved = welsh_of(translated, "Save")
    assert (saved.reviewer, saved.note) == (name[:60], note)


def test_a_later_change_of_the_welsh_makes_the_entry_unreviewed_again(translated, tmp_path):
    sheet(translated, tmp_path / "sheet.csv", Save={"state": "reviewed"})
    take_in(translated, tmp_path / "sheet.csv", "Llinos", TODAY)
    text = translated.welsh.read_text(encoding="utf-8")
    translated.welsh.write_text(text.replace('"Cadw"', '"Arbed"'), encoding="utf-8")
    assert welsh_of(translated, "Save").state == "changed"
    assert review_count(translated) == (0, 6)


def test_corrected_welsh_replaces_and_is_unreviewed_until_it_is_marked(translated, tmp_path):
    sheet(translated, tmp_path / "sheet.csv", Save={"corrected Welsh": "Cadw'r cyfan"})
    assert take_in(translated, tmp_path / "sheet.csv", "Llinos", TODAY) == (1, 0)
    saved = welsh_of(translated, "Save")
    assert (saved.welsh, saved.state) == (("Cadw’r cyfan",), "unreviewed")


def test_a_plural_is_signed_only_when_all_six_forms_are_marked(translated, tmp_path):
    table = sheet(translated, tmp_path / "sheet.csv")
    plural = [row for row in table if "/" in row["id"]]
    for row in plural[:5]:
        row["state"] = "reviewed"
    write_sheet(tmp_path / "sheet.csv", table)
    assert take_in(translated, tmp_path / "sheet.csv", "Llinos", TODAY) == (0, 0)
    plural[5]["state"] = "Adolygwyd"
    write_sheet(tmp_path / "sheet.csv", table, delimiter=";", encoding="utf-8")
    assert take_in(translated, tmp_path / "sheet.csv", "Llinos", TODAY) == (0, 1)


def test_a_workbook_comes_back_as_a_csv_does(translated, tmp_path):
    path = tmp_path / "sheet.xlsx"
    export(translated, path)
    book = load_workbook(path)
    for row in book.active.iter_rows(min_row=2):
        if row[2].value == "Save":
            row[5].value, row[6].value = "reviewed", "Cadw popeth"
    book.save(path)
    assert take_in(translated, path, "Llinos", TODAY) == (1, 1)
    assert welsh_of(translated, "Save").welsh == ("Cadw popeth",)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"Hello %(name)s": {"corrected Welsh": "Helo"}},
            "placeholders are not as in English: %(name)s is missing – use %(name)s",
        ),
        ({"Save": {"corrected Welsh": "Cadw & mynd"}}, "“&” is not Welsh – write “a” or “ac”"),
        ({"Save": {"id": "0123456789ab"}}, "the English has changed or gone since the sheet was made"),
        (
            {"Save": {"English": "Keep"}},
            "the English has been written over; only the last four columns are yours",
        ),
        (
            {"Save": {"Welsh": "Arbed", "state": "reviewed"}},
            "the Welsh has changed since the sheet was made; it is now “Cadw”",
        ),
    ],
)
def test_a_sheet_with_one_bad_row_is_refused_whole(translated, tmp_path, changes, reason):
    before = translated.welsh.read_bytes()
    sheet(translated, tmp_path / "sheet.csv", **({"May": {"state": "reviewed"}} | changes))
    with pytest.raises(SheetRefused) as refused:
        take_in(translated, tmp_path / "sheet.csv", "Llinos", TODAY)
    assert [one.partition(": ")[2] for one in refused.value.reasons] == [reason]
    assert translated.welsh.read_bytes() == before


def test_every_reason_for_refusing_is_given_at_once(translated, tmp_path):
    table = sheet(translated, tmp_path / "sheet.csv", May={"English": "March"})
    write_sheet(tmp_path / "sheet.csv", [*table, table[-1]])
    with pytest.raises(SheetRefused) as refused:
        take_in(translated, tmp_path / "sheet.csv", "", TODAY)
    assert len(refused.value.reasons) == 3


def test_a_file_that_is_no_sheet_is_refused(translated, tmp_path):
    for name, content in [
        ("a.csv", b"id,English\n1,2\n"),
        ("b.csv", b"\xff\xfe\xf4"),
        ("c.xlsx", b"no"),
        ("d.txt", b""),
    ]:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SheetRefused):
            take_in(translated, tmp_path / name, "Llinos", TODAY)
