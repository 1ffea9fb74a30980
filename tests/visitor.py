"""A visitor who opens pages like a person, and checks every page they open.

The checks are those of every page (WCAG 2.2, and the house's own): a page that any test opens is a page
that is tested.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextvars import Context
from functools import cached_property
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from c4s.core.db import db
from tests.house.welsh import english_in, welsh_in

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PREFIXES = {"cy": "Gwall: ", "en": "Error: "}
TYPED = "input:not([type=hidden]), textarea, select"
ABOUT_A_PERSON = {"name": ("name",), "email": ("email", "username"), "phone": ("tel",)}
"""Fields that a browser can fill in for somebody, and the words that tell it how (WCAG 1.3.5)."""
STOPS = ("a", "button", "input", "select", "textarea", "summary")
"""Where the Tab key stops."""
CODED = ("hidden", "radio", "checkbox")
"""Boxes whose values are codes of ours, unless they look like a text that somebody has typed."""
SAYS_NOTHING = {"click here", "here", "more", "read more", "cliciwch yma", "yma", "mwy", "darllen mwy"}
WORDS_OF_A_PAGE = (
    *("title", "h1", "h2", "h3", "h4", "p", "li", "dt", "dd"),
    *("label", "legend", "caption", "th", "td", "button", "summary", "a"),
)


SECRETS = re.compile(r'(?<=name=")(?:csrf_token|opened|key)" value="[^"]*')
_checked: set[tuple[int, str, str]] = set()


class Page:
    """What came back: the answer, and the page in it."""

    def __init__(self, response: TestResponse, address: str) -> None:
        self.response, self.address, self.status = response, address, response.status_code
        self.html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @cached_property
    def tags(self) -> list[Tag]:
        """Every tag of the page, in order."""
        return self.soup.find_all(True)

    @cached_property
    def _by_name(self) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = defaultdict(list)
        for tag in self.tags:
            found[tag.name].append(tag)
        return found

    @cached_property
    def _by_attribute(self) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = defaultdict(list)
        for tag in self.tags:
            for attribute in tag.attrs:
                found[attribute].append(tag)
        return found

    def named(self, *names: str) -> list[Tag]:
        """The tags of these names, in order."""
        if len(names) == 1:
            return self._by_name.get(names[0], [])
        return [tag for tag in self.tags if tag.name in names]

    def having(self, attribute: str) -> list[Tag]:
        return self._by_attribute.get(attribute, [])

    @property
    def language(self) -> str:
        return str(self.soup.html["lang"])

    @property
    def h1(self) -> str:
        return words(self.soup.h1)

    @property
    def title(self) -> str:
        return words(self.soup.title)

    @property
    def main(self) -> str:
        """The words of the page itself, without the frame around it."""
        return words(self.soup.main)

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""
        return [words(item) for item in self.soup.select("#error-summary li")]

    @property
    def switch(self) -> str:
        """Where the language switch leads."""
        return str(self.soup.select_one("header a.switch")["href"])

    def links(self) -> dict[str, str]:
        """Addresses by link text, in the main part of the page."""
        return {words(link): str(link["href"]) for link in self.soup.select("main a[href]")}

    def form(self, number: int = 0) -> Tag:
        return self.soup.select("main form[method=post]")[number]

    def values(self) -> dict[str, Any]:
        """What the first form to post would send if its main button were pressed now."""
        values: dict[str, Any] = {}
        for control in self.form().select("input[name], textarea[name], select[name]"):
            name = str(control["name"])
            if control.name == "textarea":
                values[name] = control.get_text().removeprefix("\n")
            elif control.name == "select":
                chosen = control.select_one("option[selected]") or control.select_one("option")
                values[name] = chosen["value"] if chosen else ""
            elif control.get("type") in ("checkbox", "radio"):
                if control.has_attr("checked"):
                    values[name] = control.get("value", "on")
            else:
                values[name] = control.get("value", "")
        return values


def words(tag: Tag | None) -> str:
    """The text of a tag on one line."""
    return " ".join(tag.get_text(" ").split()) if tag else ""


class Visitor:
    """Somebody with a browser, no scripts and no account."""

    def __init__(self, site: Flask, network: str = "192.0.2.1") -> None:
        self.site, self.network = site, network
        self.client = site.test_client()
        self.page: Page

    # -- going about ---------------------------------------------------------------------------------

    def open(self, address: str, status: int = 200, **headers: str) -> Page:
        """Open an address, follow where it leads, and check the page."""
        return self._arrive(self.ask("GET", address, headers=headers), address, status)

    def follow(self, text: str, status: int = 200) -> Page:
        """Follow a link of the page by its text."""
        return self.open(urljoin(self.page.address, self.page.links()[text]), status)

    def switch_language(self) -> Page:
        """Use the switch at the top."""
        return self.open(self.page.switch)

    def send(self, status: int = 200, press: tuple[str, str] | None = None, **typed: Any) -> Page:
        """Fill in the page's form and press its main button, or the one given by name and value.

        Args:
            status: of the page where it ends.
            typed: values by field; None leaves a field out, as an unticked box is.
        """
        values = {**self.page.values(), **typed}
        form = self.page.form()
        address = str(form.get("action") or self.page.address)
        if press:
            values[press[0]] = press[1]
            button = form.select_one(f'button[name="{press[0]}"][value="{press[1]}"]')
            assert button is not None, f"no button {press}"
            address = str(button.get("formaction") or address)
        data = {name: value for name, value in values.items() if value is not None}
        address = urljoin(self.page.address, address)
        return self._arrive(self.ask("POST", address, data=data), address, status)

    def say_it_in(self, language: str) -> Page:
        """Press the form's button for the other language; what has been typed must stay."""
        before = {name: value for name, value in self.page.values().items() if name != "csrf_token"}
        page = self.send(press=("_language", language))
        after = {name: value for name, value in page.values().items() if name != "csrf_token"}
        assert (page.language, after) == (language, before)
        return page

    def ask(self, method: str, address: str, **more: Any) -> TestResponse:
        """One request as a browser makes it, without a look at the answer.

        In a context of its own, as on a server: a test's own application context would otherwise be
        the request's too, with everything that an earlier request left in ``g``.
        """
        if has_app_context():
            db.session.rollback()  # what the test has read before is read again
        return Context().run(
            self.client.open, address, method=method, environ_base={"REMOTE_ADDR": self.network}, **more
        )

    def _arrive(self, response: TestResponse, address: str, status: int) -> Page:
        for _ in range(5):
            if response.status_code not in (301, 302, 303, 307, 308):
                break
            target = urlsplit(response.headers["Location"])
            assert target.netloc in ("", "127.0.0.1", "localhost"), response.headers["Location"]
            address = target.path + (f"?{target.query}" if target.query else "")
            response = self.ask("GET", address)
        assert response.status_code == status, (response.status_code, address, _complaint(response))
        self.page = Page(response, address)
        check_headers(response)
        # A page that has been checked word for word need not be checked again.
        seen = (status, urlsplit(address).path, SECRETS.sub("", self.page.html))
        if response.mimetype == "text/html" and seen not in _checked:
            check(self.page)
            if response.request.method == "GET":
                self._check_switch()
            _checked.add(seen)
        return self.page

    def _check_switch(self) -> None:
        """The switch leads to the same page in the other language, and back to this very address."""
        if urlsplit(self.page.address).path[:4] not in ("/cy/", "/en/"):
            return
        other = self.ask("GET", self.page.switch)
        assert other.status_code in (200, self.page.status), (other.status_code, self.page.switch)
        language, switch = re.findall(r'<html lang="(..)">|<a class="switch" href="([^"]*)"', other.text)
        assert language[0] == the_other(self.page.language)
        if self.page.status == 200:
            assert parts_of(unescape(switch[1])) == parts_of(self.page.address)


def parts_of(address: str) -> tuple[str, list[tuple[str, str]]]:
    """The path of an address and what it asks, however they are written."""
    parts = urlsplit(address)
    return unquote(parts.path).rstrip("/"), sorted(parse_qsl(parts.query, keep_blank_values=True))


def the_other(language: str) -> str:
    return {"cy": "en", "en": "cy"}[language]


def _complaint(response: TestResponse) -> str:
    soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    return words(soup.main)[:600]


# -- what is checked on every page -------------------------------------------------------------------


def check_headers(response: TestResponse) -> None:
    """Nothing foreign may load; what is private is never kept, what is public carries no cookie."""
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "script" not in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    if "public" in headers["Cache-Control"]:
        assert "Set-Cookie" not in headers
        assert "Cookie" not in headers.get("Vary", "")
    else:
        assert headers["Cache-Control"] == "no-store"


def check(page: Page) -> None:
    """Every rule that holds for every page."""
    path = urlsplit(page.address).path
    problems = [*_head(page, path), *_outline(page), *_links(page), *_controls(page), *_errors(page)]
    problems += _nothing_forbidden(page)
    if path[:4] in ("/cy/", "/en/"):
        problems += _frame(page, path[1:3])
    problems += _foreign_words(page)
    assert problems == [], (page.address[:200], problems)


def _head(page: Page, path: str) -> Iterator[str]:
    if not page.html.startswith("<!DOCTYPE html>"):
        yield "does not begin with the doctype"
    if page.response.headers["Content-Type"] != "text/html; charset=utf-8":
        yield "is not said to be HTML in UTF-8"
    if page.language not in ("cy", "en") or page.response.headers["Content-Language"] != page.language:
        yield "html lang and Content-Language differ"
    if [len(page.named(name)) for name in ("title", "h1", "main")] != [1, 1, 1]:
        yield "must have one title, one h1 and one main"
    if path != "/" and page.h1.casefold() not in page.title.casefold():
        yield f"the title {page.title!r} does not contain the h1 {page.h1!r}"


def _frame(page: Page, language: str) -> Iterator[str]:
    soup, other = page.soup, the_other(language)
    if page.language != language:
        yield "is not in the language of its address"
    links = page.named("a")
    switches = [
        link for link in links if link.get("hreflang") == link.get("lang") == other and link.find_parent("header")
    ]
    if len(switches) != 1:
        yield "must have one language switch"
    stops = [
        tag for tag in page.tags if tag.get("tabindex") == "0" or (tag.name in STOPS and tag.get("type") != "hidden")
    ]
    if not words(stops[0]) or stops[0].get("href") != "#main":
        yield "the skip link does not come first"
    if not any(switch is stop for switch in switches for stop in stops[:5]):
        yield "the switch is more than five stops away"
    frame = [tag.name for tag in soup.body.find_all(("header", "footer", "main"), recursive=False)]
    if frame != ["header", "main", "footer"]:
        yield "must have one header, one footer and one main"
    alternates = [str(link["hreflang"]) for link in page.named("link") if link.get("hreflang")]
    if alternates != ["cy", "en", "x-default"]:
        yield f"addresses in both languages: {alternates}"
    statement = {"cy": "/cy/hygyrchedd", "en": "/en/accessibility"}[language]
    if not [link for link in links if link.get("href") == statement and link.find_parent("footer")]:
        yield "the footer does not lead to the accessibility statement"


def _outline(page: Page) -> Iterator[str]:
    levels = [int(tag.name[1]) for tag in page.named(*HEADINGS) if not tag.find_parent(id="error-summary")]
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            yield f"a heading level is skipped: h{before}, h{after}"
    for tag in page.named(*HEADINGS, "title", "label", "legend", "caption", "button", "th", "dt"):
        if not words(tag) and not tag.select("svg[role=img]"):
            yield f"empty {tag.name}"
    ids = Counter(str(tag["id"]) for tag in page.having("id"))
    yield from (f"id twice: {name}" for name, number in ids.items() if number > 1)
    for attribute in ("for", "aria-labelledby", "aria-describedby", "form", "list"):
        for tag in page.having(attribute):
            for name in str(tag[attribute]).split():
                if name not in ids:
                    yield f"{attribute}={name} leads nowhere"
    labels = [str(nav.get("aria-label", "")) for nav in page.named("nav")]
    if not all(labels) or len(set(labels)) != len(labels):
        yield f"navs do not have names of their own: {labels}"
    for image in page.named("img"):
        if not image.has_attr("alt"):
            yield f"img without alt: {image.get('src')}"
    for picture in page.named("svg"):
        if picture.get("aria-hidden") != "true" and picture.get("role") != "img":
            yield "svg neither hidden nor named"
    for table in page.named("table"):
        if not table.caption or not table.select("th") or table.select("th:not([scope])"):
            yield "table without caption, heads or scopes"


def _links(page: Page) -> Iterator[str]:
    ids = {str(tag["id"]): tag for tag in page.having("id")}
    leads: dict[str, set[str]] = defaultdict(set)
    for link in page.named("a"):
        address, text = str(link.get("href", "")), words(link) or str(link.get("aria-label", ""))
        if not address or not text:
            yield f"a link without an address or without words: {link}"
        elif address.startswith("#") and address[1:] not in ids:
            yield f"{address} leads nowhere"
        if text.casefold().strip(" .…") in SAYS_NOTHING:
            yield f"a link that says nothing: {text}"
        if link.find_parent("main") and not link.find_parent(id="error-summary"):
            named = str(link.get("aria-labelledby", "")).split()
            leads[" ".join(words(ids.get(one)) for one in named) or text].add(address)
    for text, addresses in leads.items():
        if len(addresses) > 1:
            yield f"one text, several addresses: {text}: {sorted(addresses)}"


def _controls(page: Page) -> Iterator[str]:
    labels = Counter(label.get("for") for label in page.named("label"))
    ticks = Counter(box.get("name") for box in page.named("input") if box.get("type") == "checkbox")
    for control in page.named("input", "textarea", "select"):
        kind, name = control.get("type"), control.get("name")
        if kind in ("hidden", "submit"):
            continue
        if labels[control.get("id")] != 1:
            yield f"must have one label: {name}"
        group = control.find_parent("fieldset")
        if (kind == "radio" or ticks[name] > 1) and not (group and words(group.legend)):
            yield f"choices without a legend: {name}"
        wanted = ABOUT_A_PERSON.get(str(name), ())
        if wanted and control.find_parent("form", method="post") and control.get("autocomplete") not in wanted:
            yield f"a browser cannot fill in {name}"
    for form in page.named("form"):
        buttons = form.select("button")
        if not form.has_attr("novalidate"):
            yield "form without novalidate"
        if not buttons or any(button.get("type") != "submit" for button in buttons):
            yield "a form’s buttons must submit"
        if buttons and buttons[0].get("name") in ("_language", "_change"):
            yield f"the first button is not the main one: {buttons[0].get('name')}"
        if form.get("method") == "post":
            if not form.select_one("input[name=csrf_token][value]"):
                yield "a form to post without a token"
            typed = [box for box in form.select(TYPED) if not box.find_parent(hidden=True)]
            if typed and not form.select(f'button[name=_language][value="{the_other(page.language)}"]'):
                yield "a form to post without a button for the other language"


def _errors(page: Page) -> Iterator[str]:
    soup = page.soup
    summary = soup.find(id="error-summary")
    failed = page.title.startswith(PREFIXES[page.language])
    # The page for a 422 from somewhere else than a form has neither a form nor a summary.
    answered = page.status in (422, 429) and bool(soup.select("main form[method=post], main form .wrong"))
    if [bool(summary), failed] != [answered, answered]:
        yield f"an error must show in status, title and summary alike: {page.status}, {page.title}"
    focus = page.having("autofocus")
    if focus != ([summary] if summary else []):
        yield "only the summary takes the focus"
    wrong = [tag for tag in page.having("class") if {"field", "wrong"} <= set(tag["class"])]
    messages_beside = [tag for tag in page.named("p") if "error" in tag.get("class", ())]
    if page.having("aria-invalid") and not wrong:
        yield "marked as wrong without a message"
    if not summary:
        if wrong or messages_beside:
            yield "a field is wrong, and no summary says so"
        return
    if summary.get("tabindex") != "-1" or not summary.find_next("h1"):
        yield "the summary must take the focus and come before the h1"
    if not page.errors or not all(page.errors):
        yield "the summary says nothing"
    messages = [words(item) for item in summary.select("a")]
    beside = [re.sub(r"^(Gwall|Error): ", "", words(tag)) for tag in messages_beside]
    if sorted(messages) != sorted(beside):
        yield f"the summary says {messages}, the fields say {beside}"
    for link in summary.select("a"):
        target = soup.find(id=str(link["href"])[1:])
        if target is None or target.name not in ("input", "textarea", "select"):
            yield f"the summary does not lead to a control: {link['href']}"
        elif not target.find_parent(class_="wrong"):
            yield f"the summary leads to a field that is right: {link['href']}"
    for box in wrong:
        if not box.select("[aria-invalid=true][aria-describedby]"):
            yield f"not marked as wrong: {words(box)[:60]}"
    for tag in page.having("aria-invalid"):
        if tag not in wrong and not tag.find_parent(class_="wrong"):
            yield f"marked as wrong, but right: {tag.get('name')}"


def _nothing_forbidden(page: Page) -> Iterator[str]:
    for tag in page.tags:
        if tag.name in ("script", "style", "iframe", "object", "embed", "marquee", "base") or "http-equiv" in tag.attrs:
            yield f"forbidden: <{tag.name}>"
        for name in tag.attrs:
            if name.startswith("on") or name in (
                "style", "placeholder", "required", "pattern", "minlength", "maxlength", "title",
                "accesskey", "target", "autoplay",
            ):  # fmt: skip
                yield f"forbidden: {name} on {tag.name}"
        for name in ("href", "src", "action", "formaction"):
            if name not in tag.attrs:
                continue
            if not re.match(r"(?:https?://|webcal://|/|#|\?|mailto:|tel:|$)", str(tag[name])):
                yield f"an address of an odd kind: {tag[name]}"
            if str(tag[name]).startswith(("//", "/\\")):
                yield f"an address without a scheme: {tag[name]}"
        if str(tag.get("tabindex", "0")) not in ("0", "-1"):
            yield "tabindex above zero"
    viewport = page.soup.select_one("meta[name=viewport]")
    if viewport is None or "scal" in str(viewport["content"]).replace("initial-scale=1", ""):
        yield "the page cannot be made larger"
    if re.search(r"\{\{|\}\}|\{%|%\(|\bNone\b|\bUndefined\b|<bound |object at 0x", page.soup.get_text()):
        yield "something unfinished shows"


def _foreign_words(page: Page) -> list[str]:
    """English left on a Welsh page, Welsh on an English one: in text and labels, outside what is marked.

    Names are marked ``translate=no``; what a visitor typed stands in the boxes too, or in hidden ones.
    Their apostrophes are their own.
    """
    problems: list[str] = []
    other = the_other(page.language)
    typed = {
        " ".join(str(tag["value"]).split())
        for tag in page.named("input")
        if tag.get("type") not in CODED or re.search(r"[\s@'’]", str(tag.get("value", "")))
        if tag.get("value")
    }
    names = {words(tag) for tag in page.having("translate")} | typed - {""}
    passed_over = {
        id(inner)
        for tag in page.tags
        if tag.name in ("textarea", "address", "code")
        or tag.get("lang") == other
        or {"translate", "data-any-language"} & tag.attrs.keys()
        for inner in (tag, *tag.descendants)
    }
    if urlsplit(page.address).path == "/":
        passed_over |= {id(inner) for inner in page.soup.title.descendants}  # the title is in both languages
    texts = [
        " ".join(" ".join(str(text) for text in tag.strings if id(text) not in passed_over).split())
        for tag in page.named(*WORDS_OF_A_PAGE)
        if id(tag) not in passed_over
    ]
    texts += [str(tag["aria-label"]) for tag in page.having("aria-label") if id(tag) not in passed_over]
    texts += [str(tag["content"]) for tag in page.named("meta") if tag.get("name") == "description"]
    for text in texts:
        for name in names:
            if name in text:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", text)
        if re.search(r"[^\W\d_]'[^\W\d_]", text):
            problems.append(f"straight apostrophe: {text[:80]}")
    find = english_in if page.language == "cy" else welsh_in
    found = {str(one) for text in texts for one in find(text, names)}
    return [*problems, *(f"not in this page’s language: {one}" for one in sorted(found))]
