"""What we keep of the news that somebody wants."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Fact, Part, Record
from c4s.accounts.models import Person
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.news import phrases, queries
from c4s.news.models import NewsWish
from c4s.news.rules import Letter


def wanted(wish: NewsWish) -> list[Letter]:
    """Which letters somebody wants."""
    return [one for one, is_wanted in ((Letter.EVENTS, wish.events), (Letter.BUSINESSES, wish.businesses)) if is_wanted]


def _wishes(person: Person) -> Sequence[Record]:
    wish = queries.wish_of(person.id)
    if wish is None:
        return []
    language = current_language()
    categories = ", ".join(one.name.spoken(language)[0] for one in wish.categories)
    areas = ", ".join(one.name.spoken(language)[0] for one in wish.areas)
    letters = wanted(wish)
    return [
        [
            Fact(
                "letters",
                _l("News you want"),
                " ".join(letters),
                ", ".join(str(phrases.LETTER[one]) for one in letters),
            ),
            data.text("categories", _l("Kinds of business"), categories, categories or _l("All of them")),
            data.text("areas", _l("Areas"), areas, areas or _l("All of them")),
            data.moment("agreed_at", _l("When you agreed"), wish.agreed_at),
            data.moment("told_until", _l("News sent up to"), wish.told_until),
        ]
    ]


PART = Part("news", _l("News by email"), _wishes)
