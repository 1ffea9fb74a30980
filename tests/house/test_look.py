"""The look holds its promises: contrast, plain means, small size, and forms that everyone can fill in."""

import gzip
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

PROJECT = Path(__file__).parents[2]
SHEETS = ("tokens", "base", "layout", "parts", "forms", "print")
TEMPLATES = PROJECT / "templates"


def sheet(name: str) -> str:
    return (PROJECT / "static" / "css" / f"{name}.css").read_text(encoding="utf-8")


SITE = "".join(sheet(name) for name in SHEETS)
RULES = re.sub(r"/\*.*?\*/", "", SITE, flags=re.DOTALL)


def declared(part: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", part))


LIGHT = declared(sheet("tokens").split("@media")[0])
DARK = LIGHT | declared(sheet("tokens").split("@media")[1])
SCHEMES = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(scheme: dict[str, str], one: str, other: str) -> float:
    def colour(name: str) -> str:
        value = scheme[f"--{name}"]
        return colour(value[6:-1]) if value.startswith("var(--") else value

    lighter, darker = sorted((luminance(colour(one)), luminance(colour(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


GROUNDS = ("paper", "surface", "tint", "fern-tint", "heather-tint", "sun-tint", "rust-tint")
TEXT = [
    *(("ink", ground) for ground in GROUNDS),
    *(("fern", ground) for ground in ("paper", "surface", "tint", "fern-tint", "heather-tint", "sun-tint")),
    *(("muted", ground) for ground in ("paper", "surface", "tint", "fern-tint")),
    *(("heather", ground) for ground in ("paper", "surface", "heather-tint")),
    *(("rust", ground) for ground in ("paper", "surface", "rust-tint")),
    ("on-fern", "fern"),
    ("on-rust", "rust"),
    ("on-sun", "sun"),
    ("on-deep", "deep"),
]
EDGES = [
    *(("edge", ground) for ground in ("paper", "surface", "fern-tint")),
    *(("fern", ground) for ground in GROUNDS),
    *(("rust", ground) for ground in ("paper", "surface", "rust-tint")),
    *(("ochre", ground) for ground in ("paper", "surface", "sun-tint")),
    *(("focus", ground) for ground in GROUNDS),
]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_is_seven_to_one_on_its_ground(scheme: str) -> None:
    assert [pair for pair in TEXT if contrast(SCHEMES[scheme], *pair) < 7] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_edge_is_three_to_one_on_its_ground(scheme: str) -> None:
    assert [pair for pair in EDGES if contrast(SCHEMES[scheme], *pair) < 3] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_focus_of_the_footer_and_the_sun_beside_it_show_on_the_footer(scheme: str) -> None:
    footer = SCHEMES[scheme] | {"--focus": "#fff"}
    assert "--focus: #fff" in sheet("layout")
    assert [one for one in ("focus", "sun") if contrast(footer, one, "deep") < 3] == []


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast({"--a": "#000", "--b": "#ffffff"}, "a", "b") == 21


def test_every_token_that_is_used_is_declared_and_none_is_idle() -> None:
    assert set(re.findall(r"var\((--[\w-]+)", RULES)) == set(LIGHT)


def test_dark_changes_only_what_light_declares() -> None:
    assert set(DARK) == set(LIGHT)


def test_colours_are_named_once_in_the_tokens() -> None:
    strangers = {
        colour
        for name in SHEETS[1:]
        for colour in re.findall(r"#[0-9a-f]{3,8}\b", sheet(name))
        if colour not in {"#fff", "#000", "#999"}
    }
    assert strangers == set()


@pytest.mark.parametrize(
    "forbidden",
    [
        r"@import",
        r"url\(",
        r"@font-face",
        r"font(-size)?:[^;]*\dpx",
        r"line-height:[^;]*px",
        r"\b(animation|transition)",
        r"text-align:\s*justify",
        r"hyphens:\s*auto",
        r"forced-color-adjust",
        r"text-overflow",
        r"position:\s*(sticky|fixed)",
        r"user-select",
        r"(?<!main:focus \{ )outline:\s*(0|none)",
    ],
)
def test_the_sheet_never_says(forbidden: str) -> None:
    assert re.findall(rf".*{forbidden}.*", RULES) == []


def test_nothing_that_holds_words_has_a_fixed_height() -> None:
    fixed = re.findall(r"([^{}]+)\{[^{}]*(?<![\w-])height:\s*\d[^{}]*\}", RULES)
    pictures_and_ticks = {".vh", ".choice input", ".hero > svg"}
    assert {selector.strip() for selector in fixed} == pictures_and_ticks


def test_the_whole_sheet_is_at_most_five_thousand_bytes_compressed() -> None:
    assert len(gzip.compress(SITE.encode(), 9)) <= 5_000


def test_braces_are_balanced_in_each_sheet() -> None:
    assert {name: sheet(name).count("{") - sheet(name).count("}") for name in SHEETS} == dict.fromkeys(SHEETS, 0)


def test_drawings_are_well_formed_and_ask_for_nothing() -> None:
    drawings = [PROJECT / "static" / "favicon.svg", *TEMPLATES.glob("parts/*.svg.html")]
    for drawing in drawings:
        words = drawing.read_text(encoding="utf-8")
        assert ElementTree.fromstring(words).get("viewBox") is not None
        assert re.findall(r'<(?:script|image|style)|style=|href="(?!#)', words) == []
    assert len(drawings) == 3


# A letter on paper is posted, not opened on the site: it carries its own style.
PAGES = sorted(set(TEMPLATES.rglob("*.html")) - set(TEMPLATES.glob("mail/*.html")))


@pytest.mark.parametrize(
    "forbidden",
    [
        r"<script",
        r"<style",
        r"\sstyle=",
        r"\son[a-z]+=",
        r"javascript:",
        r"\splaceholder=",
        r"\srequired\b(?=[^<{]*>)",
        r"\spattern=",
        r"\saccesskey=",
        r'tabindex="[1-9]',
        r'target="_blank"',
        r'\stitle="',
        r"http-equiv",
    ],
)
def test_no_template_says(forbidden: str) -> None:
    said = {
        page.relative_to(TEMPLATES).as_posix()
        for page in PAGES
        if re.search(forbidden, re.sub(r"\{#.*?#\}", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))
    }
    assert said == set()


# Names that only tell two things apart, or a list without dots.
CLASSES_WITHOUT_A_RULE = {"name", "good", "plain"}


def test_every_class_in_a_template_has_a_rule() -> None:
    known = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", " ", RULES + sheet("paper") + sheet("month"))))
    unknown = {
        f"{page.relative_to(TEMPLATES).as_posix()}: {word}"
        for page in PAGES
        for value in re.findall(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', page.read_text(encoding="utf-8"))
        for word in re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", value).split()
        if word not in known | CLASSES_WITHOUT_A_RULE
    }
    assert unknown == set()


# Forms


class Language:
    def __init__(self, code: str, own_name: str) -> None:
        self.code, self.own_name = code, own_name


CYMRAEG, ENGLISH = Language("cy", "Cymraeg"), Language("en", "English")


def wrong(words: str) -> object:
    def refuse(form: Form, field: object) -> None:
        raise StopValidation(words)

    return refuse


LANGUAGES = [SelectChoice("cy", "Welsh"), SelectChoice("en", "English")]
AREAS = [SelectChoice("taf", "Taf"), SelectChoice("cynon", "Cynon")]


class Address(Form):
    town = StringField("Town", [wrong("Enter a town")])


class Place(Form):
    csrf_token = HiddenField(default="a-token")
    website_address = StringField()
    opened = HiddenField(default="17")
    key = HiddenField(default="a-key")
    name = StringField("Full name", default="Siân “Ŵyn” ap Rhŷs")
    email = StringField("Email address", [wrong("Enter an email address")], description="We write here.")
    letters = RadioField("Letters", [wrong("Select a language")], choices=LANGUAGES, validate_choice=False)
    area = SelectField("Area", choices=AREAS, default="cynon")
    notes = TextAreaField("Notes", default="<b>")
    secret = PasswordField("Password", default="never said again")
    agree = BooleanField("I agree", default=True)
    home = FormField(Address)


PAGE = """{% extends "layouts/form_page.html" %}
{% from "parts/forms.html" import field, choices, check, select with context %}
{% block heading %}Take a place{% endblock %}
{% block fields %}{{ field(form.name, autocomplete="name", spellcheck=false) }}
{{ field(form.email, type="email") }}{{ choices(form.letters) }}{{ select(form.area) }}
{{ field(form.notes, optional=true) }}{{ field(form.secret) }}{{ check(form.agree) }}{% endblock %}"""
QUESTION = """{% extends "layouts/form_page.html" %}{% from "parts/forms.html" import choices, field with context %}
{% set question_heading = true %}{% block heading %}{{ form.letters.label.text }}{% endblock %}
{% block fields %}{{ choices(form.letters, question_heading=true) }}{% endblock %}"""


def rendered(source: str, form: Form, other: Language = CYMRAEG) -> str:
    """A page drawn by the real layouts, with the fewest words around it."""
    house = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    house.install_null_translations()  # type: ignore[attr-defined]
    house.globals.update(say=str, url_for=lambda endpoint: "/", asset=lambda name: f"/static/{name}")
    return house.from_string(source).render(
        form=form,
        language="en" if other is CYMRAEG else "cy",
        other_language=other,
        switch_address="/cy/lle",
        organisation="Connect4Success",
        area="Rhondda Cynon Taf",
        menu=[],
        footer_groups=list,
    )


@pytest.fixture
def fresh() -> str:
    return rendered(PAGE, Place())


@pytest.fixture
def failed() -> str:
    form = Place()
    form.validate()
    return rendered(PAGE, form)


def tag_of(page: str, ident: str) -> str:
    found = re.search(rf'<[a-z]+[^>]*\sid="{ident}"[^>]*>', page)
    assert found is not None, ident
    return found.group()


def test_a_title_says_error_first_only_when_something_failed(fresh: str, failed: str) -> None:
    titles = [re.findall("<title>(.*)</title>", page) for page in (fresh, failed)]
    assert titles == [["Take a place – Connect4Success"], ["Error: Take a place – Connect4Success"]]


def test_the_summary_stands_above_the_heading_and_takes_the_focus(fresh: str, failed: str) -> None:
    summary = tag_of(failed, "error-summary")
    assert 'role="group" tabindex="-1" autofocus aria-labelledby="error-summary-title"' in summary
    assert failed.index(summary) < failed.index("<h1")
    assert (fresh.count("autofocus"), failed.count("autofocus")) == (0, 1)


def test_the_summary_leads_to_the_first_control_of_each_failing_field(failed: str) -> None:
    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', failed)
    assert links == [
        ("email", "Enter an email address"),
        ("letters-0", "Select a language"),
        ("home-town", "Enter a town"),
    ]


def test_a_failing_field_is_invalid_and_described_by_hint_then_error(failed: str) -> None:
    assert 'aria-invalid="true" aria-describedby="email-hint email-error"' in tag_of(failed, "email")
    said = re.findall('<p class="error" id="email-error">(.*)</p>', failed)
    assert said == ['<span class="vh">Error:</span> Enter an email address']


def test_a_failing_group_is_invalid_as_a_group(failed: str) -> None:
    assert '<fieldset role="radiogroup" aria-invalid="true" aria-describedby="letters-error">' in failed
    assert "aria-invalid" not in tag_of(failed, "letters-0")


def test_a_passing_field_is_not_invalid(failed: str) -> None:
    assert [name for name in ("name", "area", "notes", "agree") if "aria-" in tag_of(failed, name)] == []


def test_what_was_typed_is_kept_and_a_password_is_not(failed: str) -> None:
    assert 'value="Siân “Ŵyn” ap Rhŷs"' in tag_of(failed, "name")
    assert "&lt;b&gt;</textarea>" in failed
    assert '<option value="cynon" selected>' in failed
    assert " checked" in tag_of(failed, "agree")
    assert "value" not in tag_of(failed, "secret")


def test_forms_are_judged_by_the_server_alone(failed: str) -> None:
    assert '<form method="post" novalidate>' in failed
    assert re.findall(r"\s(required|minlength|maxlength|pattern)\b(?=[^<]*>)", failed) == []


def test_the_first_button_is_the_main_one(failed: str) -> None:
    names = re.findall(r'<button class="btn([^"]*)"', failed)
    assert names == ["", " quiet"]


@pytest.mark.parametrize(
    ("other", "words"),
    [(CYMRAEG, "Newid i’r Gymraeg a chadw fy atebion"), (ENGLISH, "Change to English and keep my answers")],
)
def test_the_language_button_speaks_the_other_language(other: Language, words: str) -> None:
    buttons = re.findall("<button[^>]*_language.*</button>", rendered(PAGE, Place(), other))
    assert buttons == [
        f'<button class="btn quiet" type="submit" name="_language" value="{other.code}" '
        f'formaction="/cy/lle" formnovalidate lang="{other.code}">{words}</button>'
    ]


class Empty(Form):
    csrf_token = HiddenField(default="a-token")
    website_address = StringField()


def test_a_form_with_nothing_to_fill_in_leaves_the_language_to_the_switch_at_the_top() -> None:
    source = PAGE.partition("{% block fields")[0]
    assert re.findall("<button[^>]*>", rendered(source, Empty())) == ['<button class="btn" type="submit">']


def test_what_belongs_under_a_choice_stands_right_under_it() -> None:
    boxes = '{"en": field(form.email), "cy": field(form.name)}'
    page = rendered(QUESTION.replace("=true) }}", f"=true, under={boxes}) }}}}"), Place())
    order = re.findall(r'<fieldset|id="(letters-\d|name|email)"|</fieldset', page)
    assert order == ["", "letters-0", "name", "letters-1", "email", ""]


def test_the_trap_for_machines_is_hidden_and_says_to_leave_it_empty(fresh: str) -> None:
    assert '<div hidden><label for="website_address">Leave this box empty</label>' in fresh


def test_token_time_and_key_travel_unseen(fresh: str) -> None:
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', fresh)
    assert hidden == [("csrf_token", "a-token"), ("opened", "17"), ("key", "a-key")]


def test_every_page_has_one_heading_even_when_the_question_is_the_heading(fresh: str) -> None:
    question = rendered(QUESTION, Place())
    assert [page.count("<h1") for page in (fresh, question)] == [1, 1]
    assert "<legend><h1>Letters</h1></legend>" in question
    assert "<title>Letters – Connect4Success</title>" in question


def test_the_way_to_the_other_language_is_among_the_first_five_stops(fresh: str) -> None:
    stops = re.findall(r'<(?:a|button|input)\s[^>]*class="(\w+)', fresh)
    assert stops[:3] == ["skip", "home", "switch"]
    assert 'rel="alternate" hreflang="cy" lang="cy">Cymraeg</a>' in fresh


def test_headings_never_skip_a_level(fresh: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", fresh)]
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_found_words_are_marked_and_a_summary_in_the_other_language_says_so() -> None:
    house = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    card = {
        "name": "Becws y Bont",
        "address": "/cy/cyfeiriadur/1",
        "line": "Pontypridd",
        "summary": [("Fresh ", False), ("bread", True), (" & cakes", False)],
        "summary_language": "en",
        "tags": [("Cymraeg", "cy"), ("Cwmni cydweithredol", None)],
    }
    page = house.from_string('{% from "parts/supplier.html" import supplier_card %}{{ supplier_card(card) }}')
    assert page.render(card=card).splitlines() == [
        '<li class="card"><h3><a href="/cy/cyfeiriadur/1">Becws y Bont</a></h3>'
        '<p class="muted">Pontypridd</p><p lang="en">Fresh <mark>bread</mark> &amp; cakes</p>'
        '<ul class="tags"><li class="tag cy">Cymraeg</li><li class="tag">Cwmni cydweithredol</li></ul></li>'
    ]
