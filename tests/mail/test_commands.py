"""``flask mail …``, as people who keep the site type it."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from c4s.core.units import unit_of_work
from c4s.mail.delivery import KEEP_WORDS
from c4s.mail.models import Channel, LetterState
from tests.conftest import said
from tests.mail.writing import SIAN, kept, write


@pytest.fixture
def type_in(site):
    """Type a command; gives what is said, and how it ended."""

    def typed(*words):
        result = site.test_cli_runner().invoke(args=["mail", *words])
        return result.output, result.exit_code

    return typed


@unit_of_work
def fail(number):
    kept(number).state = LetterState.FAILED
    kept(number).problem = "SMTPRecipientsRefused"


def test_send(type_in, letters):
    write()
    assert (type_in("send"), len(letters)) == (("sent: 1, not sent: 0\n", 0), 1)


def test_failed_and_retry(type_in, letters):
    number = write()
    assert type_in("failed") == ("", 0)
    assert type_in("retry", str(number)) == (f"Error: letter {number} has not failed\n", 1)
    fail(number)
    assert type_in("failed") == (f"{number}\tpages/message\tSMTPRecipientsRefused\n", 0)
    assert type_in("retry", str(number)) == (f"queued again: {number}\n", 0)
    assert (type_in("send"), len(letters)) == (("sent: 1, not sent: 0\n", 0), 1)


def test_print_writes_one_sheet_for_each_letter_and_only_once(type_in, tmp_path):
    file = tmp_path / "letters.html"
    assert (type_in("print", str(file)), file.exists()) == (("letters: 0\n", 0), False)
    address = "1 Stryd y Bont\nPontypridd"
    numbers = [
        write(replace(SIAN, name="Siân & Tŷ", channel=Channel.POST, address=address), words="<b>Bara</b>\n\nŵy"),
        write(replace(SIAN, channel=Channel.PHONE, address="01632 960123")),
    ]
    assert type_in("print", str(file)) == (f"letters: 2, in {file}\n", 0)
    sheets = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select("article")
    assert [sheet.h2.get_text() for sheet in sheets] == [said("cy", "Message from the contact page")] * 2
    assert sheets[0].select("address")[1].get_text().split("\n") == ["Siân & Tŷ", *address.split("\n")]
    assert "<b>Bara</b>\n\nŵy" in sheets[0].select_one(".words").get_text()
    assert [kept(number).state for number in numbers] == [LetterState.PRINTED] * 2
    assert type_in("print", str(file)) == ("letters: 0\n", 0)


def test_purge(type_in, clock):
    write()
    type_in("send")
    clock.shift(KEEP_WORDS * 2)
    assert [type_in("purge"), type_in("purge")] == [("forgotten: 1\n", 0), ("forgotten: 0\n", 0)]
