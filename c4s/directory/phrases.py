"""What the directory's codes are called, in both languages."""

from c4s.accounts.phrases import Press
from c4s.directory.rules import ClaimState, Did, LegalForm, SizeBand, SupplierStatus, WhyNot
from c4s.i18n.speech import lazy_gettext as _l
from c4s.i18n.speech import lazy_pgettext as _pl

TRAIL_ALSO = {
    "supplier.enquiry_sent": _l("Sent a message to a supplier"),
    "suppliers.imported": _l("Took in a list of suppliers"),
}
"""Of what other rooms here do: by its code, for they are above this one."""
TRAIL_ALSO_KIND = {
    "supplier": _l("Entry in the directory"),
    "source": _l("Source of entries"),
}
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
    SupplierStatus.UNPUBLISHED: _l("Not yet published"),
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
MORE = {"now": _l("Can take work now"), "direct": _l("Takes direct payments")}
SORTS = {
    "relevance": _pl("order of a list", "Closest match first"),
    "distance": _pl("order of a list", "Nearest first"),
    "name": _pl("order of a list", "By name"),
}
CAN_TAKE_WORK: dict[bool | None, object] = {True: _l("Can take work now"), False: _l("Cannot take more work now")}
CLAIM_STATE = {
    ClaimState.WAITING: _l("Waiting for our staff"),
    ClaimState.GRANTED: _l("Agreed"),
    ClaimState.REFUSED: _l("Refused"),
    ClaimState.WITHDRAWN: _l("Withdrawn"),
}
WHY_NOT = {
    WhyNot.NO_SUCH_ENTRY: _l("There is no such entry or claim"),
    WhyNot.ALREADY_TAKEN: _l("A business keeps this entry already. Contact us if you think that is wrong"),
    WhyNot.ALREADY_WAITING: _l("You have claimed this entry already. Our staff will check your claim"),
    WhyNot.NOT_WAITING: _l("This claim is no longer waiting: somebody else decided it, or it was withdrawn"),
    WhyNot.ONES_OWN: _l("This business is yours too. Another member of staff must decide its claim"),
    WhyNot.ENTERED_IT: _l(
        "You wrote down this claim or another to the entry, or registered whoever makes it. "
        "Another member of staff must decide it"
    ),
    WhyNot.REASON_NEEDED: _l("Write why you refuse"),
    WhyNot.NO_MESSAGES: _l("This business takes no messages through this site any more. Its page says how to reach it"),
    WhyNot.NO_BUYER: _l("You have no buyer rights any more. You can still write as any visitor"),
    WhyNot.FOR_OWNERS: _l("Only an owner of the business can say that it has closed for good, or open it after that"),
}
DID = {
    Did.CLAIMED: _l("Claimed an entry"),
    Did.WITHDREW: _l("Withdrew a claim to an entry"),
    Did.LOOKED: _l("Read a claim to an entry"),
    Did.GRANTED: _l("Agreed to a claim to an entry"),
    Did.REFUSED: _l("Refused a claim to an entry"),
}
TRAIL_KIND = {
    "entry_claim": _l("A claim to an entry"),
}
"""What it was done to."""
OUTCOME = {
    Did.CLAIMED: _l("Your claim is waiting for our staff. We write to you when it is decided."),
    Did.WITHDREW: _l("Your claim has been withdrawn."),
    Did.GRANTED: _l("You agreed to the claim. The business has been told."),
    Did.REFUSED: _l("You refused the claim. The business has been told why."),
}
"""What somebody is told once, after doing something."""
WITHDRAW = Press(
    _l("Withdraw the claim"),
    _l("Our staff will not look at it any more. You can claim the entry again."),
    _l("Withdraw the claim"),
)
ANOTHER_GOT_IT = _l("Staff have agreed to the claim of another business to this entry.")
TEAM_LANGUAGES = {
    "cy": _l("Welsh"),
    "en": _l("English"),
    "bfi": _l("British Sign Language"),
    "ar": _l("Arabic"),
    "bn": _l("Bengali"),
    "bg": _l("Bulgarian"),
    "yue": _l("Cantonese"),
    "zh": _l("Chinese"),
    "fil": _l("Filipino"),
    "fr": _l("French"),
    "de": _l("German"),
    "gu": _l("Gujarati"),
    "hu": _l("Hungarian"),
    "it": _l("Italian"),
    "ku": _l("Kurdish"),
    "lt": _l("Lithuanian"),
    "ne": _l("Nepali"),
    "fa": _l("Persian"),
    "pl": _l("Polish"),
    "pt": _l("Portuguese"),
    "pa": _l("Punjabi"),
    "ro": _l("Romanian"),
    "ru": _l("Russian"),
    "sk": _l("Slovak"),
    "so": _l("Somali"),
    "es": _l("Spanish"),
    "ta": _l("Tamil"),
    "tr": _l("Turkish"),
    "uk": _l("Ukrainian"),
    "ur": _l("Urdu"),
}
"""What people who work at a business speak or sign, by ISO 639 codes."""
FHRS = _l("Food Hygiene Rating Scheme, Food Standards Agency")
OPEN_REFERRAL = _l("Open Referral UK service list")
SPREADSHEET = _l("A list given to us")


def language_name(code: str) -> str:
    """What a language of a team is called in the language of the page; nothing for one that we cannot name."""
    return str(TEAM_LANGUAGES.get(code, ""))


def source_name(source: str) -> object:
    """Where an entry's words come from."""
    if source == "fhrs":
        return FHRS
    return OPEN_REFERRAL if source.startswith("open-referral") else SPREADSHEET
