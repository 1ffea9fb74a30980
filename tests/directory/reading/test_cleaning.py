"""Values from other people's files, made fit to keep."""

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4s.directory.reading.cleaning import (
    email,
    html_to_text,
    one_line,
    opening_sentence,
    paragraphs,
    phone,
    position,
    shortened,
    website,
)
from c4s.taxonomy.rules import postcode

ANYTHING = st.one_of(
    st.text(),
    st.text("<>/&;:.@ pbscrlijavh\n\t\"'=1#x-"),
    st.none(),
    st.integers(),
    st.floats(),
    st.booleans(),
)


# --- Text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Tŷ   Coch\u00a0Cyf ", "Tŷ Coch Cyf"),
        ("T\u0177 \u202eCoch\u202c", "Tŷ Coch"),
        ("Ty\u0302", "Tŷ"),
        ("one\r\ntwo\x00", "one two"),
        ("\ud800half", "half"),
        (12, "12"),
        (True, ""),
        (None, ""),
        ([], ""),
        (10**50, ""),
    ],
)
def test_a_line_is_tidy_whatever_it_was(given_text, kept):
    assert one_line(given_text) == kept


def test_paragraphs_stay_one_empty_line_apart_and_bullets_become_hyphens():
    text = "  First  line\r\n\r\n\r\n\r\n• one\r\n▪two\n\n\nLast\n\n"
    assert paragraphs(text) == "First line\n\n- one\n- two\n\nLast"


def test_a_long_text_is_cut_after_a_whole_word():
    assert shortened("Cawl cartref bob dydd", 100) == "Cawl cartref bob dydd"
    assert shortened("Cawl cartref bob dydd", 16) == "Cawl cartref…"
    assert shortened("Cawl cartref bob dydd", 13) == "Cawl cartref…"
    assert shortened("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(), st.integers(min_value=2, max_value=40))
@settings(deadline=None)
def test_a_shortened_text_is_never_over_its_limit(text, limit):
    assert len(shortened(text, limit)) <= limit


def test_an_opening_sentence_ends_where_a_sentence_ends():
    text = "We bake bread. We sell it in Porth on Saturdays and in Treorci on Sundays.\n\nMore."
    assert opening_sentence(text, 100) == text.split("\n")[0]
    assert opening_sentence(text, 40) == "We bake bread."
    assert opening_sentence("One very long sentence without any end in sight", 20) == "One very long…"
    assert opening_sentence("", 20) == ""


# --- HTML -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One&nbsp;two</p><p>&nbsp;</p><p></p><p>Three &amp; four</p>", "One two\n\nThree & four"),
        ("Plain & simple, 5 < 6", "Plain & simple, 5 < 6"),
        ("Caf&eacute; Siân&#39;s", "Café Siân's"),
        ("<p>Here:</p><ul><li>soup</li><li><p>cake</p></li></ul><p>Come!</p>",
         "Here:\n\n- soup\n- cake\n\nCome!"),
        ("<p>Dear all,</p><table><tr><td>one</td><td></td></tr></table>", "Dear all,\n\none"),
        ("a<br>b<br/><br>c", "a\nb\n\nc"),
        ("<h2>Hours</h2>Every day", "Hours\n\nEvery day"),
        ("<table><tr><td>Mon</td><td>10–4</td></tr><tr><td>Tue</td><td>shut</td></tr></table>",
         "Mon, 10–4\nTue, shut"),
        ('<p>See <a href="javascript:alert(1)" onclick="x()">our page</a></p>', "See our page"),
        ("<script>alert('x')</script><style>p{}</style>Hello<!-- secret -->", "Hello"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("&lt;p&gt;Twice&lt;/p&gt;&lt;p&gt;wrapped&lt;/p&gt;", "Twice\n\nwrapped"),
        ('<p title="a>b" lang="cy">Titled</p>', "Titled"),
        ("<svg/onload=alert(1)><math><mtext>x</mtext></math>Left", "Left"),
        ("", ""),
        (None, ""),
    ],
)  # fmt: skip
def test_html_becomes_plain_paragraphs(markup, text):
    assert html_to_text(markup) == text


@pytest.mark.parametrize("piece", ["<b>", "<p>", "<ul><li>", "<div ", "&lt;p&gt;", "<!", "<a href='", "[("])
def test_ten_thousand_of_anything_is_read_at_once(piece):
    began = time.process_time()
    html_to_text(piece * 10_000)
    assert time.process_time() - began < 2  # what is feared is minutes


@given(ANYTHING)
@settings(deadline=None)
def test_no_text_keeps_a_script_or_a_control_character(value):
    text = html_to_text(value)
    assert not re.search(r"<(?:script|style|p|br|a)\b[^<>]*>", text, re.I)
    assert [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"] == []
    assert "\n\n\n" not in text


# --- Web, post, telephone ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://caffi.example.wales/", "https://caffi.example.wales/"),
        ("HTTPS://Caffi.Example.Wales/Bwyd?q=a b", ""),
        ("HTTPS://Caffi.Example.Wales/Bwyd?q=a+b#c", "https://caffi.example.wales/Bwyd?q=a+b#c"),
        ("www.caffi.example.wales", "https://www.caffi.example.wales"),
        ("caffi.example.wales:8080/x", "https://caffi.example.wales:8080/x"),
        ("//caffi.example.wales", "https://caffi.example.wales"),
        ("http://tŷ.example.wales/bwydlen-tŷ", "http://xn--t-foa.example.wales/bwydlen-t%C5%B7"),
        ("http://example.wales/\"onmouseover='x'<b>", "http://example.wales/%22onmouseover='x'%3Cb%3E"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt://example.wales/%0aalert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:helo@example.wales", ""),
        ("ftp://example.wales", ""),
        ("http:example.wales", ""),
        ("helo@example.wales", ""),
        ("https://user:pass@example.wales", ""),
        ("https://127.0.0.1/", ""),
        ("https://[::1]/", ""),
        ("https://localhost/", ""),
        ("http://printer.local", ""),
        ("http://exa_mple.wales", ""),
        ("http://", ""),
        ("http://example.wales:99999/", ""),
        ("none", ""),
        ("n/a", ""),
        ("3.14", ""),
        ("https://example.wales\\@evil.example.com", ""),
        ("https://example.wales/" + "a" * 400, ""),
        (None, ""),
    ],
)  # fmt: skip
def test_a_website_is_safe_to_link_to_or_nothing(written, kept):
    assert website(written) == kept


@given(ANYTHING)
@settings(deadline=None)
def test_whatever_is_written_a_website_is_http_and_stays_itself(value):
    address = website(value)
    assert address == "" or re.fullmatch(r"https?://[a-z0-9.:-]+(?:[/?#][!-~]*)?", address)
    assert website(address) == address


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("helo@example.cymru", "helo@example.cymru"),
        ("mailto:Helo@EXAMPLE.cymru?subject=x", "Helo@example.cymru"),
        ("siân@example.cymru", ""),
        ("helo@", ""),
        ("ring us", ""),
        ("a@b.example.com, c@d.example.com", ""),
        ("x" * 300 + "@example.com", ""),
        (None, ""),
    ],
)
def test_an_email_address_is_right_or_nothing(written, kept):
    assert email(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("01632960123", "01632 960123"),
        ("+44 (0)1632 960 123", "01632 960123"),
        ("07700 900123", "07700 900123"),
        ("ffôn: 01632 960123", "01632 960123"),
        ("01632 960123 / 07700 900123", "01632 960123"),
        ("+353 1 679 1234", "+353 1 679 1234"),
        ("999", ""),
        ("0163", ""),
        ("ring the bell", ""),
        ("1" * 200, ""),
        (None, ""),
    ],
)
def test_a_telephone_number_is_written_as_here_or_nothing(written, kept):
    assert phone(written) == kept


@given(ANYTHING)
@settings(deadline=None)
def test_no_value_upsets_telephone_email_or_postcode(value):
    assert re.fullmatch(r"(?:\+?[0-9 ()x-]+)?", phone(value))
    assert email(value) == "" or "@" in email(value)
    assert re.fullmatch(r"(?:[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2})?", postcode(value))


# --- Postcodes and positions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("CF37 1AB", "CF37 1AB"),
        (" cf371ab ", "CF37 1AB"),
        ("CF 37 1 AB", "CF37 1AB"),
        ("CF37-1AB.", "CF37 1AB"),
        ("CF4O 1AB", "CF40 1AB"),
        ("CF40 OAB", "CF40 0AB"),
        ("CF37 IAB", "CF37 1AB"),
        ("0X1 2AB", "OX1 2AB"),
        ("SO1 1AA", "SO1 1AA"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("W1A 0AX", "W1A 0AX"),
        ("CF37", ""),
        ("CF37 1A", ""),
        ("CF37 1AC", ""),  # the second half has no C
        ("XX1 1AA", ""),
        ("CF37 1AB CF37 1AD", ""),
        ("ŶF37 1AB", ""),
        ("", ""),
        (None, ""),
        (371, ""),
    ],
)
def test_a_postcode_is_written_as_on_a_letter_or_not_at_all(written, kept):
    assert postcode(written) == kept


@pytest.mark.parametrize(
    ("north", "east", "kept"),
    [
        ("51.6", "-3.4", (51.6, -3.4)),
        (51.6, -3.4, (51.6, -3.4)),
        ("0", "0", (None, None)),
        ("", "", (None, None)),
        (None, None, (None, None)),
        ("nan", "inf", (None, None)),
        ("-3.4", "51.6", (None, None)),
        (True, True, (None, None)),
        ([], {}, (None, None)),
    ],
)
def test_a_position_is_in_these_islands_or_unknown(north, east, kept):
    assert position(north, east) == kept
