"""The stylesheet and the pictures: named by their contents, kept for ever."""

import gzip
import re
import shutil

import pytest

from c4s.core.config import ROOT
from c4s.web.assets import STYLES, gather
from tests.visitor import check_headers

pytestmark = pytest.mark.either_database

NAME = re.compile(r"/static/site-[0-9a-f]{10}\.css")


@pytest.fixture
def style(visitor):
    """The address of the stylesheet, as the front page has it."""
    return str(visitor.open("/en/").soup.select_one("link[rel=stylesheet]")["href"])


def test_a_page_has_one_stylesheet_under_a_name_made_of_its_contents(visitor, style):
    assert NAME.fullmatch(style)
    assert {str(link["href"]) for link in visitor.page.soup.select("link[rel=stylesheet]")} == {style}


def test_the_stylesheet_is_kept_for_ever(visitor, style):
    answer = visitor.ask("GET", style)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    check_headers(answer)


def test_the_stylesheet_is_the_parts_in_order_without_their_remarks(visitor, style):
    sent = visitor.ask("GET", style).text
    assert (sent.count("/*"), "url(http" in sent, "@import" in sent) == (0, False, False)
    firsts = []
    for name in STYLES:
        part = re.sub(r"/\*.*?\*/\n?", "", (ROOT / "static" / "css" / f"{name}.css").read_text(), flags=re.DOTALL)
        firsts.append(sent.index(part.strip()))
    assert firsts == sorted(firsts)


def test_the_stylesheet_travels_compressed(visitor, style):
    plain = visitor.ask("GET", style)
    packed = visitor.ask("GET", style, headers={"Accept-Encoding": "gzip"})
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert len(packed.get_data()) < len(plain.get_data()) / 3


def test_the_small_picture_of_the_site_is_found_under_its_old_name_too(visitor):
    linked = str(visitor.open("/").soup.select_one("link[rel=icon]")["href"])
    old, new = visitor.ask("GET", "/favicon.ico"), visitor.ask("GET", linked)
    assert (old.status_code, old.mimetype, old.get_data()) == (200, "image/svg+xml", new.get_data())


@pytest.mark.parametrize(
    "file",
    ["site.css", "site-0000000000.css", "css/site.css", "../app.py", "%2e%2e/app.py", "..%2fapp.py", "", ".css"],
)
def test_nothing_else_is_given_away(visitor, file):
    assert visitor.ask("GET", f"/static/{file}").status_code == 404


def test_another_style_gets_another_name(tmp_path):
    folder = tmp_path / "static"
    shutil.copytree(ROOT / "static", folder)
    before = gather(folder)
    with (folder / "css" / "parts.css").open("a") as file:
        file.write("\nmain { margin: 0 }\n")
    after = gather(folder)
    changed = [name for name in before if before[name].file != after[name].file]
    assert (changed, before.keys() == after.keys()) == (["site.css"], True)
