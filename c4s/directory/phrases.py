"""What the directory's codes are called, in both languages."""

from c4s.directory.rules import LegalForm, SizeBand, SupplierStatus
from c4s.i18n.speech import lazy_gettext as _l
from c4s.i18n.speech import lazy_pgettext as _pl

LEGAL_FORMS = {
    LegalForm.SOLE_TRADER: _l("Sole trader"),
    LegalForm.PARTNERSHIP: _l("Partnership"),
    LegalForm.LIMITED_COMPANY: _l("Limited company"),
    LegalForm.COMMUNITY_INTEREST_COMPANY: _l("Community interest company"),
    LegalForm.CO_OPERATIVE: _l("Co-operative"),
    LegalForm.CHARITY: _l("Charity"),
    LegalForm.ASSOCIATION: _l("Club or association"),
    LegalForm.PUBLIC_BODY: _l("Public body"),
}
SIZES = {
    SizeBand.ONE: _l("One person"),
    SizeBand.MICRO: _l("2 to 9 people"),
    SizeBand.SMALL: _l("10 to 49 people"),
    SizeBand.MEDIUM: _l("50 to 249 people"),
    SizeBand.LARGE: _l("250 people or more"),
}
STATUSES = {
    SupplierStatus.ACTIVE: _l("Open for business"),
    SupplierStatus.TEMPORARILY_CLOSED: _l("Closed for a time"),
    SupplierStatus.CLOSED: _l("Closed for good"),
}
KINDS = {
    "social": _l("Social enterprise"),
    "micro": _l("Micro-enterprise"),
    "cooperative": _l("Co-operative"),
    "charity": _l("Charity"),
    "claimed": _l("Entry kept by the business itself"),
}
LANGUAGES = {"cy": _l("Serves in Welsh"), "en": _l("Serves in English")}
SORTS = {
    "relevance": _pl("order of a list", "Closest match first"),
    "distance": _pl("order of a list", "Nearest first"),
    "name": _pl("order of a list", "By name"),
}
FHRS = _l("Food Hygiene Rating Scheme, Food Standards Agency")
OPEN_REFERRAL = _l("Open Referral UK service list")
SPREADSHEET = _l("A list given to us")


def source_name(source: str) -> object:
    """Where an entry's words come from."""
    if source == "fhrs":
        return FHRS
    return OPEN_REFERRAL if source.startswith("open-referral") else SPREADSHEET
