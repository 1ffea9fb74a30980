"""What is kept about somebody who says, sees or signs something for a business."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Fact, Part, Record
from c4s.accounts.models import Person
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import SPOKEN
from c4s.quality import queries


def _signatures(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("business", _l("Business"), one.business.name),
            Fact("version", _l("Version"), one.version.number, str(one.version.number)),
            data.text("language", _l("Language in which you read it"), one.language, SPOKEN[one.language]),
            data.moment("signed_at", _l("Signed"), one.signed_at),
        ]
        for one in queries.signatures_by(person.id)
    ]


PART = Part("code_signatures", _l("The code of conduct, signed by you for a business"), _signatures)
