"""Letters about cases, to wherever somebody wants the answer."""

from typing import Any

from c4s.cases.models import Case
from c4s.cases.phrases import SHORT
from c4s.cases.rules import CaseKind
from c4s.i18n import addresses, formats
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES
from c4s.mail import outbox
from c4s.mail.models import Channel
from c4s.mail.outbox import Recipient


def received(case: Case, *, is_known: bool) -> None:
    """The request or complaint has come: its reference, and by when it is answered.

    Args:
        is_known: it goes to the proved address of somebody who is signed in; what a stranger typed as a name is not
            sent to an address that may not be theirs.
    """
    _post("received", case, name=case.name if is_known or case.channel == Channel.POST else "")


def takes_longer(case: Case) -> None:
    """The answer takes two months longer: why."""
    _post("takes_longer", case, name=case.name, why=case.why_longer)


def answered(case: Case) -> None:
    """The answer."""
    link = addresses.links("pages.privacy")
    _post("answered", case, name=case.name, answer=case.answer, link=link)


def _post(letter: str, case: Case, *, name: str, **facts: Any) -> None:
    outbox.post(
        f"cases/{letter}",
        to=Recipient(name, case.address, case.language_written, case.channel),
        about=("case", case.id),
        name=name,
        reference=case.reference,
        topic=SHORT[case.kind],
        is_complaint=case.kind == CaseKind.COMPLAINT,
        due=Bilingual(*(formats.long_date(case.due_on, code) for code in LANGUAGES)),
        **facts,
    )
