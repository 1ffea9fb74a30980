"""Who may enter, declared on every page and refused where it is not."""

import logging


def test_a_page_that_does_not_say_who_may_enter_answers_nobody(troubled, caplog):
    caplog.set_level(logging.CRITICAL)
    page = troubled.open("/undeclared", 500)
    assert "secret" not in page.html


def test_a_page_that_somebody_may_not_enter_says_so(troubled, language):
    page = troubled.open({"cy": "/cy/cudd", "en": "/en/hidden"}[language], 403)
    assert (page.language, "secret" in page.html) == (language, False)
