"""What a database holds, and that a demonstration's is never served to real people."""

from dataclasses import replace

import click
import pytest

from c4s.backoffice import contents, invented, preparing, serving
from c4s.directory import importing
from c4s.directory.models import Claim
from tests.accounts.builders import a_person
from tests.builders import a_record, a_supplier
from tests.events.builders import an_event


@pytest.fixture
def settings(site):
    """Those of a site for real people."""
    return replace(site.extensions["c4s.settings"], demonstration="0")


def test_a_database_is_empty_without_suppliers_and_events(site):
    assert contents.is_empty() is True
    an_event()
    assert contents.is_empty() is False


def test_a_database_with_a_supplier_is_not_empty(site):
    a_supplier("Becws y Bont")
    assert contents.is_empty() is False


def test_real_people_and_suppliers_are_served(site, settings):
    a_person("nia")
    a_supplier("Becws y Bont", claim=Claim.IMPORTED)
    contents.must_be_for_real(settings)


def _a_supplier():
    record = replace(a_record("Becws y Bont"), source=Claim.DEMONSTRATION.value)
    importing.add_supplier(record, (), Claim.CLAIMED, None)  # a business keeps it since


def _a_person():
    a_person("sian", email=invented.EMAIL.upper())


def _a_colleague():
    a_person("gwen", email=invented.STAFF[-1].email)


@pytest.mark.parametrize("leave", [_a_supplier, _a_person, _a_colleague])
def test_what_a_demonstration_leaves_keeps_the_site_from_starting_for_real(site, settings, monkeypatch, leave):
    leave()
    with pytest.raises(click.ClickException, match="use another C4S_DATABASE_URL"):
        serving.prepare(settings)
    monkeypatch.setitem(site.extensions, "c4s.settings", settings)
    done = site.test_cli_runner().invoke(preparing.prepare)
    assert (done.exit_code, "use another C4S_DATABASE_URL" in done.output) == (1, True)


def test_a_demonstration_is_served_as_one(site, settings):
    _a_person()
    a_supplier("Becws y Bont")
    serving.prepare(replace(settings, demonstration="1"))
