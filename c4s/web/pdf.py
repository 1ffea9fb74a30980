"""Paper as a PDF that a screen reader can read (PDF/UA), where the optional part that makes it is installed.

Without it there is no link to a PDF, and people print the page from their browser.
"""

from functools import cache
from importlib import import_module
from types import ModuleType

from c4s.core.config import ROOT

VARIANT = "pdf/ua-1"
STYLES = ROOT / "static" / "css" / "pdf.css"


@cache
def _maker() -> ModuleType | None:
    """WeasyPrint, looked for when it is first needed: the site serves its pages without it."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):  # it is not there, or its libraries of the system are not
        return None


def is_possible() -> bool:
    """Whether a PDF can be made here."""
    return _maker() is not None


def made(html: str) -> bytes:
    """A PDF of a whole page of HTML, which says its language and has a title. It asks for no other file.

    Raises:
        LookupError: no PDF can be made here; ``is_possible`` says so.
    """
    maker = _maker()
    if maker is None:
        raise LookupError
    nothing_else = maker.urls.URLFetcher(allowed_protocols=())
    styles = maker.CSS(string=STYLES.read_text(encoding="utf-8"), url_fetcher=nothing_else)
    page = maker.HTML(string=html, base_url=None, url_fetcher=nothing_else)
    pdf: bytes = page.write_pdf(stylesheets=[styles], pdf_variant=VARIANT)
    return pdf
