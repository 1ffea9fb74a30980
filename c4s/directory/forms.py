"""Paper of the directory."""

from c4s.i18n.speech import lazy_gettext as _l
from c4s.web import fields
from c4s.web.forms import StrangersForm


class EnquiryForm(StrangersForm):
    """A message to a supplier."""

    name = fields.full_name()
    email = fields.email(_l("The supplier sees it and answers you there."))
    language = fields.answer_language()
    words = fields.message(_l("Say what you need, where and when. Do not write anything private."))
