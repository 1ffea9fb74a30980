"""Nothing gets past the visitor: a page is spoilt in every way that is looked for, and each time they say so."""

import pytest

from tests.visitor import Page, Visitor, check, check_headers

pytestmark = [pytest.mark.pages, pytest.mark.either_database]

LAST = "</main>"
PANEL = '<div class="panel prose">'
TOKEN = '<input type="hidden" name="csrf_token"'
NAME = '<input type="text" class="box" id="name" name="name" autocomplete="name"'
SUMMARY = '<div class="summary" id="error-summary" role="group" tabindex="-1" autofocus'
BESIDE = '<p class="error" id="name-error"><span class="vh">Error:</span> Enter your full name</p>'
MAIN_BUTTON = '<button class="btn" type="submit">Continue</button>'
OTHER_BUTTON = '<button class="btn quiet" type="submit" name="_language" value="cy"'
SWITCH = '<a class="switch" href="/cy/cysylltu" rel="alternate" hreflang="cy" lang="cy">'

SPOILT = {
    # the head
    "<!DOCTYPE html>": ("", "does not begin with the doctype"),
    '<html lang="en">': ('<html lang="cy">', "html lang and Content-Language differ"),
    "<h1>Contact us</h1>": ("<h2>Contact us</h2>", "must have one title, one h1 and one main"),
    "<h1>Contact": ("<h1>Ring", "does not contain the h1"),
    # the frame
    SWITCH: ('<a class="switch" href="/cy/cysylltu">', "must have one language switch"),
    '<a class="skip" href="#main">Skip to main content</a>': ("", "the skip link does not come first"),
    '<header class="top">': (
        '<header class="top"><a href="/a">A</a><a href="/b">B</a><a href="/c">C</a><a href="/d">D</a>',
        "the switch is more than five stops away",
    ),
    "<footer>": ("<footer></footer><footer>", "must have one header, one footer and one main"),
    'hreflang="x-default"': ('hreflang="fr"', "addresses in both languages"),
    '<a href="/en/accessibility">': ('<a href="/en/a">', "the footer does not lead to the accessibility statement"),
    # the outline
    "<h2>Send us a message</h2>": ("<h4>Send us a message</h4>", "a heading level is skipped: h2, h4"),
    "<legend>What is it about?</legend>": ("<legend></legend>", "empty legend"),
    '<p class="lead">': ('<p class="lead" id="name">', "id twice: name"),
    '<label for="name">': ('<label for="nobody">', "for=nobody leads nowhere"),
    '<nav class="menu" aria-label="Main menu">': ('<nav class="menu">', "navs do not have names of their own"),
    '<svg class="ridge" viewBox="0 0 1200 60" preserveAspectRatio="none" aria-hidden="true">': (
        '<svg class="ridge">',
        "svg neither hidden nor named",
    ),
    # the controls
    NAME: ('<input type="text" class="box" id="other" name="name" autocomplete="name"', "must have one label: name"),
    f"{NAME} ": (
        '<input type="text" class="box" id="name" name="name" ',
        "a browser cannot fill in name",
    ),
    " novalidate>": (">", "form without novalidate"),
    MAIN_BUTTON: ('<button class="btn" type="button">Continue</button>', "a form’s buttons must submit"),
    f"{MAIN_BUTTON}\n": ("", "the first button is not the main one: _language"),
    TOKEN: ('<input type="hidden" name="token"', "a form to post without a token"),
    OTHER_BUTTON: (
        '<button class="btn quiet" type="submit" name="language"',
        "without a button for the other language",
    ),
    # errors
    "<title>Error: Contact us": ("<title>Contact us", "an error must show in status, title and summary alike"),
    SUMMARY: ('<div class="summary" id="error-summary" role="group" tabindex="-1"', "only the summary takes the focus"),
    f"{SUMMARY} ": (
        '<div class="summary" id="error-summary" role="group" autofocus ',
        "the summary must take the focus and come before the h1",
    ),
    BESIDE: (BESIDE.replace("full name", "first name"), "the summary says"),
    '<a href="#name">': ('<a href="#main">', "the summary does not lead to a control: #main"),
    '<div class="field wrong">': ('<div class="field">', "the summary leads to a field that is right: #name"),
    ' aria-invalid="true" aria-describedby="name-error"': ("", "not marked as wrong"),
    # what no page has
    '<meta name="viewport" content="width=device-width, initial-scale=1">': (
        '<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">',
        "the page cannot be made larger",
    ),
}
ADDED = {
    "<img src='/x.png'>": "img without alt: /x.png",
    "<table><tr><td>Day</td></tr></table>": "table without caption, heads or scopes",
    "<table><caption>Days</caption><tr><th>Day</th></tr></table>": "table without caption, heads or scopes",
    "<a href=''>Day</a>": "a link without an address or without words",
    "<a href='/day'></a>": "a link without an address or without words",
    "<a href='#day'>Day</a>": "#day leads nowhere",
    "<a href='/day'>Read more</a>": "a link that says nothing: Read more",
    "<a href='/day'>Day</a> <a href='/night'>Day</a>": "one text, several addresses: Day",
    "<label for='yes'>Yes</label><input type='radio' name='yes' id='yes'>": "choices without a legend: yes",
    "<script>1</script>": "forbidden: <script>",
    "<style>p{}</style>": "forbidden: <style>",
    "<p onclick='x()'>Day</p>": "forbidden: onclick on p",
    "<p style='color:red'>Day</p>": "forbidden: style on p",
    "<a href='javascript:x()'>Day</a>": "an address of an odd kind: javascript:x()",
    "<a href='//evil.example'>Day</a>": "an address without a scheme: //evil.example",
    "<p tabindex='1'>Day</p>": "tabindex above zero",
    "<p>Day: None</p>": "something unfinished shows",
    "<p>{{ day }}</p>": "something unfinished shows",
    "<p>The day's end</p>": "straight apostrophe: The day's end",
    "<p>The event's other business</p>": "straight apostrophe: The event's other business",
    "<p>Mae’r diwrnod wedi dod i ben</p>": "not in this page’s language",
    "<h2></h2>": "empty h2",
}


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """A form that was sent empty: the page on which there is most to see."""
    visitor.open("/en/contact")
    return visitor.send(status=422)


def said_of(page: Page, html: str) -> str:
    """What the visitor says of the page, if it were this."""
    spoilt = Page(page.response, page.address)
    spoilt.html = html
    try:
        check(spoilt)
    except AssertionError as problem:
        return str(problem)
    return ""


def test_each_spoilt_page_is_found_out(page: Page) -> None:
    assert said_of(page, page.html) == ""
    for old, (new, said) in SPOILT.items():
        assert old in page.html, old
        found = said_of(page, page.html.replace(old, new, 1))
        assert said in found, (old, said, found)


def test_whatever_is_wrong_in_what_is_added_is_found(page: Page) -> None:
    assert said_of(page, page.html.replace(LAST, f"<p>Day</p>{LAST}")) == ""
    for added, said in ADDED.items():
        found = said_of(page, page.html.replace(LAST, added + LAST))
        assert said in found, (added, said, found)


def test_what_looks_like_an_error_without_a_summary_is_found(visitor: Visitor) -> None:
    page = visitor.open("/en/contact")
    for old, new, said in (
        ('<div class="field">', '<div class="field wrong">', "a field is wrong, and no summary says so"),
        ('id="name" name="name"', 'id="name" name="name" aria-invalid="true"', "marked as wrong without a message"),
    ):
        assert said in said_of(page, page.html.replace(old, new, 1))


def test_english_on_a_welsh_page_is_found(visitor: Visitor) -> None:
    page = visitor.open("/cy/cysylltu")
    found = said_of(page, page.html.replace(LAST, f"<p>We will answer you tomorrow</p>{LAST}"))
    assert "not in this page’s language" in found
    assert said_of(page, page.html.replace(LAST, f'<p lang="en">We will answer you tomorrow</p>{LAST}')) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src 'none'; script-src 'self'"),
        ("Content-Security-Policy", "default-src 'self'"),
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "origin"),
        ("Set-Cookie", "a=b"),
        ("Vary", "Cookie"),
        ("Cache-Control", "private"),
    ],
)
def test_headers_that_tell_too_much_are_found(visitor: Visitor, name: str, value: str) -> None:
    answer = visitor.open("/en/about").response
    check_headers(answer)
    answer.headers[name] = value
    with pytest.raises(AssertionError):
        check_headers(answer)
    answer.headers.remove(name)


@pytest.mark.parametrize(
    ("switch", "is_right"), [("/cy/cysylltu", True), ("/cy/amdanom-ni", False), ("/cy/dim", False)]
)
def test_a_switch_that_leads_to_another_page_is_found(visitor: Visitor, switch: str, is_right: bool) -> None:
    page = visitor.open("/en/contact")
    page.html = page.html.replace('class="switch" href="/cy/cysylltu"', f'class="switch" href="{switch}"')
    if is_right:
        visitor._check_switch()
    else:
        with pytest.raises(AssertionError):
            visitor._check_switch()
