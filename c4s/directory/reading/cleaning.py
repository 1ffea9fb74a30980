"""Values as they come, made fit to keep: plain text, addresses of the web, post and telephone."""

import html
import math
import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit, urlunsplit

import idna
import nh3
import phonenumbers
from email_validator import EmailNotValidError, validate_email

from c4s.core.text import tidy

# --- Text -------------------------------------------------------------------------------------------------

_BULLET = re.compile(r"^[•·▪●‣◦]\s*(?=\S)", re.MULTILINE)


def one_line(value: object) -> str:
    """A value as one tidy line: no control, bidirectional or invisible characters, single spaces.

    Anything that is not text or a whole number becomes "".
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    if not isinstance(value, str) or not value:
        return ""
    if value.isascii() and value.isprintable():  # nearly every value of a large file; tidy() would agree
        return " ".join(value.split()) if "  " in value else value.strip()
    return tidy(value)


def paragraphs(value: object) -> str:
    """Plain text of several lines: every line tidy, paragraphs one empty line apart, bullets as "- "."""
    if not isinstance(value, str):
        return one_line(value)
    return _BULLET.sub("- ", tidy(value, lines=True))


def shortened(text: str, limit: int) -> str:
    """The text itself, or its beginning up to a whole word and "…", within the limit."""
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    if not text[limit - 1].isspace():
        start = start.rsplit(maxsplit=1)[0] if len(start.split()) > 1 else start
    return start.rstrip(" \n,;:.–-") + "…"


def opening_sentence(text: str, limit: int) -> str:
    """The first paragraph, or as many of its first sentences as the limit holds, or its first words."""
    first = text.split("\n", 1)[0].removeprefix("- ")
    if len(first) <= limit:
        return first
    end = max(first.rfind(mark, 0, limit) for mark in (". ", "! ", "? "))
    return first[: end + 1] if end > limit // 4 else shortened(first, limit)


# --- HTML -------------------------------------------------------------------------------------------------

_HTML_LIMIT = 40_000  # characters looked at; the longest real description seen has 17,000
_BLOCKS = {
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
    "hr",
    "address",
    "figure",
    "main",
    "nav",
    "aside",
}
_LINES = {"br", "li", "tr", "dt", "dd", "option"}
_CELLS = {"td", "th"}
_KEPT_TAGS = _BLOCKS | _LINES | _CELLS | {"tbody", "thead"}
_SILENT_TAGS = {"script", "style", "template", "noscript", "iframe", "head", "title", "textarea"}
_LOOKS_LIKE_HTML = re.compile(r"<[a-zA-Z/!?]")
_STILL_HTML = re.compile(r"</?(?:p|br|div|span|ul|ol|li|strong|b|em|i|a|h[1-6]|script|style)\b[^<>]*>", re.I)
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_LINE_ENDS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")  # in HTML no more than spaces


def html_to_text(value: object) -> str:
    """HTML, or text that may be HTML, as plain paragraphs.

    Paragraphs are one empty line apart, list items are lines that begin with "- ", links keep their words
    and lose their address. Scripts, styles, pictures and comments leave nothing behind. Text that was
    escaped once too often ("&lt;p&gt;") is unwrapped once more.
    """
    if not isinstance(value, str):
        return one_line(value)
    text = value[:_HTML_LIMIT]
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return one_line(text)  # most cells of a spreadsheet; the rest of this would agree, slowly
    text = _flattened(text) if _LOOKS_LIKE_HTML.search(text) else paragraphs(html.unescape(text))
    return _flattened(text.replace("\n", "<br>")) if _STILL_HTML.search(text) else text


def _flattened(markup: str) -> str:
    # nh3 first: what comes out is well formed, whatever went in, so that one plain pattern can cut it up.
    clean = nh3.clean(markup, tags=_KEPT_TAGS, clean_content_tags=_SILENT_TAGS, attributes={"*": set()}, link_rel=None)
    lines: list[str] = []
    line, bullet, lists = "", "", 0
    for closing, tag, words in _tags_and_words(_LINE_ENDS.sub(" ", clean.replace("&nbsp;", " "))):
        if tag in _CELLS:
            line += ", " if line.strip() and not closing else ""
        elif tag:
            if line.strip():
                lines.append(bullet + (line.strip(" ,") if tag == "tr" else line.strip()))
                bullet = ""
            elif tag == "br":
                lines.append("")
            line = ""
            if tag == "li":
                bullet = "" if closing else "- "
            around = lists
            if tag in ("ul", "ol"):
                lists = max(0, lists + (-1 if closing else 1))
            if tag in _BLOCKS and not min(around, lists):
                lines.append("")
        line += words
    lines.append(bullet + line.strip() if line.strip() else "")
    return paragraphs(html.unescape("\n".join(lines)))


def _tags_and_words(clean: str) -> Iterator[tuple[bool, str, str]]:
    """Every tag with the words after it; first the words before any tag."""
    pieces = _TAG.split(clean)
    yield False, "", pieces[0]
    for closing, tag, words in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        yield bool(closing), tag, words


# --- Addresses of the web and of post ---------------------------------------------------------------------

_WEBSITE_LIMIT = 400
_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d)")
_LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)$")
_TOP_LABEL = re.compile(r"^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$")
_NOT_PUBLIC = ("localhost", "local", "internal", "invalid", "test", "onion", "arpa")


def website(value: object) -> str:
    """A web address that is safe to link to, or "".

    http and https only; "www.…" gets https. A name that is not ASCII is shown as it travels (xn--…), so
    that no look-alike deceives. No user names, no bare numbers, no machines of somebody's own network.
    """
    text = one_line(value)
    if not text or len(text) > _WEBSITE_LIMIT or " " in text or "\\" in text:
        return ""
    scheme = _SCHEME.match(text)
    if not scheme:
        text = "https://" + text.lstrip("/")
    elif scheme[1].lower() not in ("http", "https") or text[scheme.end() : scheme.end() + 2] != "//":
        return ""
    try:
        parts = urlsplit(text)
        port = parts.port
        host = _public_name(parts.hostname or "")
    except ValueError:
        return ""
    if not host or "@" in parts.netloc:
        return ""
    path, query, fragment = (
        quote(part, safe="/%:@!$&'()*+,;=~?-._") for part in (parts.path, parts.query, parts.fragment)
    )
    address = urlunsplit((parts.scheme, f"{host}:{port}" if port else host, path, query, fragment))
    return address if len(address) <= _WEBSITE_LIMIT else ""


def _public_name(host: str) -> str:
    if not host.isascii():
        if len(host) > 253:
            return ""
        host = idna.encode(host, uts46=True).decode("ascii")  # IDNAError is a ValueError
    labels = host.lower().removesuffix(".").split(".")
    if len(labels) < 2 or labels[-1] in _NOT_PUBLIC or not _TOP_LABEL.match(labels[-1]):
        return ""
    return ".".join(labels) if all(map(_LABEL.match, labels)) and sum(map(len, labels)) < 240 else ""


def email(value: object) -> str:
    """An e-mail address in its usual form, or ""; ASCII before the @, so that every server takes it."""
    text = one_line(value)
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    if "@" not in text or len(text) > 254:
        return ""
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        return ""


_PHONES_LIMIT = 120
_BETWEEN_NUMBERS = re.compile(r"\s*(?:[/;,|]|\bor\b|\bneu\b)\s*", re.IGNORECASE)
# Numbers that Ofcom keeps for plays and examples. No telephone answers them, so the list of real numbers
# does not know them; demonstrations and tests use them for that very reason.
_IN_PLAYS_ONLY = re.compile(r"^(?:1632960|7700900|8081570|9098790|3069990)\d{3}$")


def phone(value: object) -> str:
    """The first telephone number in the text, as it is written here ("01632 960123"), or "".

    A number from abroad is written with its country code.
    """
    text = one_line(value)
    if not text or len(text) > _PHONES_LIMIT:
        return ""
    for part in (text, *_BETWEEN_NUMBERS.split(text)):
        try:
            number = phonenumbers.parse(part, "GB")
        except phonenumbers.NumberParseException:
            continue
        here = number.country_code == 44
        played = here and _IN_PLAYS_ONLY.match(str(number.national_number))
        if played or phonenumbers.is_valid_number(number):
            form = phonenumbers.PhoneNumberFormat
            return str(phonenumbers.format_number(number, form.NATIONAL if here else form.INTERNATIONAL))
    return ""


# --- Positions ------------------------------------------------------------------------------


def position(latitude: object, longitude: object) -> tuple[float, float] | tuple[None, None]:
    """Degrees north and east as numbers, or two Nones: absent, zero, not numbers, or not in these islands."""
    if isinstance(latitude, bool) or isinstance(longitude, bool):
        return None, None
    try:
        north, east = float(latitude), float(longitude)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None, None
    if not (math.isfinite(north) and math.isfinite(east)):
        return None, None
    return (north, east) if 49 <= north <= 61.5 and -11 <= east <= 2.5 else (None, None)
