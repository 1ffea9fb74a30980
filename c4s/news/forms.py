"""The paper on which people choose their news."""

from wtforms import SelectChoice

from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.news.phrases import LETTER
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Terms
from c4s.web.forms import Form
from c4s.web.told import TicksField


class ChooseForm(Form):
    """Which letters somebody wants, and what they should be about. Nothing is ticked for them."""

    letters = TicksField(
        _l("What would you like to hear of by email?"),
        description=_l("To stop, untick everything and save."),
        choices=[SelectChoice(code.value, words) for code, words in LETTER.items()],
    )
    categories = TicksField(
        _l("Which kinds of business?"), description=_l("If you tick nothing, you hear of all of them."), choices=[]
    )
    areas = TicksField(_l("Which areas?"), description=_l("If you tick nothing, you hear of all of them."), choices=[])

    def offer(self) -> None:
        """Put today's categories and areas on the form; only the upper level, to keep it short."""
        self.categories.choices = _choices(taxonomy.categories())
        self.areas.choices = _choices(taxonomy.areas())


def _choices(terms: Terms) -> list[SelectChoice]:
    language = current_language()
    return [SelectChoice(str(term.id), _name(term.name, language)) for term in terms.children(None, language)]


def _name(name: Bilingual, language: str) -> str:
    return name.spoken(language)[0]
