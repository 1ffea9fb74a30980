"""The paper of networks."""

from wtforms import StringField, TextAreaField

from c4s.i18n.bilingual import Bilingual
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.forms import AtMost, Form, Needed, many_lines, one_line

LONGEST_NAME, LONGEST_ABOUT = 120, 1_000


class NetworkForm(Form):
    """What a network is called and what it does, in both languages."""

    name_cy = StringField(
        _l("Name of the network in Welsh"),
        filters=[one_line],
        validators=[
            Needed(_l("Enter the name of the network in Welsh")),
            AtMost(LONGEST_NAME, _l("The name in Welsh must be 120 characters or fewer")),
        ],
    )
    name_en = StringField(
        _l("Name of the network in English"),
        filters=[one_line],
        validators=[
            Needed(_l("Enter the name of the network in English")),
            AtMost(LONGEST_NAME, _l("The name in English must be 120 characters or fewer")),
        ],
    )
    about_cy = TextAreaField(
        _l("What the network does, in Welsh"),
        filters=[many_lines],
        validators=[
            Needed(_l("Write in Welsh what the network does")),
            AtMost(LONGEST_ABOUT, _l("What the network does in Welsh must be 1,000 characters or fewer")),
        ],
    )
    about_en = TextAreaField(
        _l("What the network does, in English"),
        filters=[many_lines],
        validators=[
            Needed(_l("Write in English what the network does")),
            AtMost(LONGEST_ABOUT, _l("What the network does in English must be 1,000 characters or fewer")),
        ],
    )

    @property
    def name_of_it(self) -> Bilingual:
        """What it is called."""
        return Bilingual(self.name_cy.data or "", self.name_en.data or "")

    @property
    def about(self) -> Bilingual:
        """What it does."""
        return Bilingual(self.about_cy.data or "", self.about_en.data or "")
