"""What is kept about somebody who answers for a business whether it worked together with another."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.profiles import pieces_phrases, queries


def _answers(person: Person) -> Sequence[Record]:
    language = current_language()
    return [
        [
            data.text("business", _l("The business"), named_by.names.spoken(language)[0]),
            data.text("what", _l("What you did together"), row.what.spoken(language)[0]),
            data.text("answer", _l("Your answer"), row.state, pieces_phrases.JOINT_ANSWER[row.state]),
            data.moment("answered_at", _l("Answered on"), row.answered_at),
        ]
        for row, named_by in queries.joint_work_answered_by(person.id)
    ]


JOINT_WORK = Part("joint_work", _l("Work together with another business, as you answered for yours"), _answers)
