"""What is kept about somebody who says, sees or signs something for a business."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Fact, Part, Record
from c4s.accounts.models import Person
from c4s.accounts.phrases import CAME_BY
from c4s.i18n import formats
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import SPOKEN
from c4s.quality import phrases, queries
from c4s.quality.rules import FactStanding

TOLD_TO_STAFF = _l("Told to our staff")
SAID_OR_SEEN = {FactStanding.SAYS: _l("You said it"), FactStanding.SHOWN: _l("You saw evidence of it")}


def _facts(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("entry", _l("Entry"), one.supplier.names.spoken(current_language())[0]),
            data.text("fact", _l("What it is about"), one.kind, phrases.KIND[one.kind]),
            data.text("standing", _l("What you did"), one.standing, SAID_OR_SEEN[one.standing]),
            data.text("level", _l("Level"), one.level or "", phrases.LEVEL[one.level] if one.level else ""),
            data.text("detail", _l("Registration number"), one.detail),
            data.moment("since", _l("When"), one.since),
            data.text("ends_on", _l("Last day"), one.ends_on.isoformat(), formats.plain_date(one.ends_on)),
        ]
        for one in queries.facts_by(person.id)
    ]


FACTS = Part("quality_facts", _l("What you said of quality for a business, or saw evidence of"), _facts)


def _signatures(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("business", _l("Business"), one.business.name),
            Fact("version", _l("Version"), one.version.number, str(one.version.number)),
            data.text("language", _l("Language in which you read it"), one.language, SPOKEN[one.language]),
            data.moment("signed_at", _l("Signed"), one.signed_at),
            data.text("came_by", TOLD_TO_STAFF, one.came_by or "", CAME_BY[one.came_by] if one.came_by else ""),
        ]
        for one in queries.signatures_by(person.id)
    ]


PART = Part("code_signatures", _l("The code of conduct, signed by you for a business"), _signatures)
