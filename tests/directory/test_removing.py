"""Entries leave the directory for good; what was said of them stays, however late it was said."""

from threading import Event
from time import sleep

import pytest
from flask import Flask

from c4s.core import once
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import removing
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.reports.models import Report
from tests.builders import a_supplier
from tests.conftest import at_once
from tests.reports.builders import a_report


def test_what_is_just_being_said_of_an_entry_that_goes_is_kept_under_its_name(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    supplier, is_said, remember = a_supplier("Siop"), Event(), once.remember
    supplier_id = supplier.id
    db.session.remove()

    def slowly(key: str, result: str) -> None:
        remember(key, result)
        is_said.set()
        sleep(0.3)  # the entry begins to go meanwhile

    @unit_of_work
    def remove() -> None:
        removing.remove([db.session.get_one(Supplier, supplier_id)])

    monkeypatch.setattr(once, "remember", slowly)
    at_once(site, lambda: a_report(db.session.get_one(Supplier, supplier_id)), lambda: (is_said.wait(5), remove()))
    [report] = db.session.query(Report)
    assert (report.supplier_id, report.gone_name) == (None, Bilingual("Siop", "Siop"))
