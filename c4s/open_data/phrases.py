"""What open data is called, in both languages."""

from c4s.directory.rules import Capacity, SupplierStatus
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.speech import lazy_gettext as _l
from c4s.open_data.rules import FARTHEST, MOST_PER_PAGE, NEAREST, Why

LICENCE = _l("Open Government Licence v3.0")
LICENCE_ADDRESS = Bilingual(
    "https://www.nationalarchives.gov.uk/doc/open-government-licence-cymraeg/version/3/",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)
"""Of our own list, and of the Food Standards Agency's."""
OPEN_REFERRAL = "Open Referral UK"
STANDARD = "Human Services Data Specification 3.0, Open Referral UK profile"
"""Names, of no language but their own."""
STATUS = {SupplierStatus.ACTIVE: "active", SupplierStatus.TEMPORARILY_CLOSED: "temporarily closed"}
"""Words of the standard, which has them in English only."""
CAPACITY = {Capacity.NOW: "now", Capacity.SOON: "soon", Capacity.FULL: "full"}
TAXONOMY = _l("Categories of the supplier directory")
ABOUT_TAXONOMY = _l("What suppliers do, in two levels.")
DIRECT_PAYMENTS = _l("Can be paid for with direct payments from social services")
SPEAKS = {"cy": _l("Welsh"), "en": _l("English")}
ABOUT = _l("Local businesses, social enterprises and people who work for themselves, and their services.")
PARAMETER = _l("A parameter of the question cannot be read")
TITLE = {
    400: _l("What you sent cannot be read"),
    403: _l("Nothing can be changed here. Everybody may read it"),
    404: _l("There is no such thing here, or no longer"),
    405: _l("This address can only be read"),
    413: _l("What you sent is too large"),
    414: _l("The address is too long"),
    415: _l("What you sent is in a format we do not accept"),
    429: _l("Too many tries"),
    500: _l("Sorry, there is a problem with the service"),
    503: _l("The service is busy"),
}
"""What is wrong, for each status that anything here may answer with; others are said as 400 or 500."""
LATER = {
    429: _l("Wait for a while and try again."),
    503: _l("Wait for a moment and try again."),
}
"""What to do about it, where that is to wait."""
WHY = {
    Why.UNKNOWN: _l("This address takes no such parameter."),
    Why.NOT_A_NUMBER: _l("It must be a whole number within the limits of this parameter."),
    Why.NOT_A_UUID: _l("It must be an identifier (a UUID) of this list."),
    Why.NOT_A_MOMENT: _l("It must be a date, or a date and time, as in ISO 8601."),
    Why.NO_SUCH_VALUE: _l("It is not one of the values that this parameter can have."),
    Why.NOT_A_POSTCODE: _l("It must be a full postcode."),
    Why.UNKNOWN_POSTCODE: _l("We do not know where this postcode is."),
    Why.TOO_LONG: _l("It is too long."),
    Why.NEEDS_POSTCODE: _l("It means nothing without a postcode."),
    Why.REPEATED: _l("It can be given only once."),
}
PARAMETERS = (
    ("search", _l("Words, in either language. A search gives the services of the thousand closest suppliers.")),
    ("taxonomy_term_id", _l("The identifier of a category. What is in it, or in those that it contains.")),
    ("taxonomy_id", _l("The identifier of our list of categories: services that are in any of them.")),
    ("organization_id", _l("The identifier of a supplier.")),
    ("modified_after", _l("A date, or a date and time: what has changed since, that moment included.")),
    ("postcode", _l("A full postcode: services near it, the nearest first.")),
    ("proximity", _l("How near, in metres. It needs a postcode.")),
    ("page", _l("Which page, from 1.")),
    ("per_page", _l("How many to a page.")),
    ("full", _l("Everything about each service, as on its own address.")),
    ("minimal", _l("Only the identifier of each service, and when it last changed.")),
    ("language", _l("The language of the texts. Without it, English.")),
)
"""What a list of services can be asked, as the page about it says it."""
OURS = (
    ("x_texts", _l("What there is in each language, beside every text.")),
    ("x_language", _l("The language of the standard’s own fields in this answer.")),
    ("x_page", _l("The page for people, in that language.")),
    (
        "x_quality",
        _l("What a supplier says, has shown us and has signed: each with its days. Nothing of what is past."),
    ),
    ("x_direct_payments", _l("Whether direct payments from social services can pay for it.")),
    ("x_capacity", _l("Whether there is room.")),
    ("x_capacity_on", _l("The day on which the supplier said so.")),
    ("x_team_languages", _l("Codes of the languages that the team speaks.")),
    ("x_source", _l("The list that an entry came from, and the identifier that it has there.")),
    ("x_licence", _l("The licence.")),
    ("x_documentation", _l("This page.")),
    ("x_cpv", _l("Codes of public procurement for a category.")),
    ("x_sic", _l("Industry codes of a category.")),
    ("x_is_more", _l("Whether a search found more suppliers than it looked at.")),
)
"""What the standard has no field for: a test sees to it that no answer has another."""
VALUES = {"x_capacity": ", ".join(CAPACITY.values())}
"""Words that these can be, in the one language that they have."""
LIMITS = {
    "proximity": f"{NEAREST}–{FARTHEST}",
    "per_page": f"1–{MOST_PER_PAGE}",
    "language": "cy, en",
    **dict.fromkeys(("full", "minimal"), "true, false"),
}
EXAMPLES = (
    (_l("The first services"), "/services?per_page=10"),
    (_l("The same in Welsh"), "/services?per_page=10&language=cy"),
    (_l("Everything about each"), "/services?full=true"),
    (_l("What has changed since the start of 2026"), "/services?modified_after=2026-01-01"),
    (_l("Only identifiers and when each last changed"), "/services?minimal=true&per_page=100"),
    (_l("By words"), "/services?search=plumber"),
    (_l("The categories"), "/taxonomy_terms?language=cy"),
    (_l("Services with the places where they are"), "/service_at_locations?per_page=10"),
    (_l("A description for programs"), "/openapi.json"),
)
"""Questions on the page about it; a test asks each of them."""
