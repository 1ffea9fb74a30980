"""What pages of a profile say, in words of both languages."""

from c4s.accounts.phrases import Press
from c4s.i18n.speech import lazy_gettext as _l
from c4s.profiles.rules import NO, YES, Did, Outcome, Section, SectionState, WhyNot

SECTION = {
    Section.WHO: _l("Who you are"),
    Section.WHAT: _l("What you do"),
    Section.WHERE: _l("Where you are and where you work"),
    Section.CONTACT: _l("How people reach you"),
    Section.TOGETHER: _l("How you work with others"),
    Section.QUALITY: _l("Care and safeguarding"),
}
SECTION_STATE = {
    SectionState.RETURNED: _l("Returned to you: look at it again"),
    SectionState.NOT_STARTED: _l("Not started"),
    SectionState.IN_PROGRESS: _l("Something is still missing"),
    SectionState.CHANGED: _l("Complete, with changes that readers do not see yet"),
    SectionState.COMPLETE: _l("Complete"),
    SectionState.OPTIONAL: _l("Nothing written, and nothing needed"),
}
GROUP = {
    "profile": _l("Your profile"),
    "quality": _l("Quality and care"),
    "now": _l("Shown to readers at once"),
}
"""Of tasks, as ``directory.tasks`` names them."""
OTHER_LANGUAGES = _l("Other languages")
FIELD = {
    "name": _l("Name"),
    "name_cy": _l("Name in Welsh"),
    "legal_form": _l("Legal form"),
    "size": _l("How many people work in the business"),
    "company_number": _l("Company number"),
    "charity_number": _l("Charity number"),
    "social_enterprise": _l("Social enterprise"),
    "team_languages": _l("Languages that the team speaks or signs"),
    "summary": _l("In a sentence"),
    "description": _l("In your own words"),
    "categories": _l("Categories"),
    "address": _l("Address, without the town and the postcode"),
    "town": _l("Town or village"),
    "postcode": _l("Postcode"),
    "home_based": _l("This is somebody’s home"),
    "areas_served": _l("Areas you work in"),
    "website": _l("Website"),
    "phone": _l("Phone"),
    "email": _l("Email"),
    "hours": _l("Opening hours"),
    "access_notes": _l("Access"),
    "serves_in_welsh": _l("Customers can use Welsh with you"),
    "serves_in_english": _l("Customers can use English with you"),
    "wants": _l("What you want to do"),
    "could": _l("What you could do"),
    "wont": _l("What you do not do"),
    "buys_locally": _l("What you buy locally"),
    "networks": _l("Networks"),
    "personal_care": _l("Do you give personal care?"),
    "ciw_number": _l("Number with Care Inspectorate Wales"),
    "ciw_why_none": _l("Why you need no number"),
    "safeguarding_contact": _l("Safeguarding contact"),
}
"""What each field is called, on its page and to moderators."""
HINT = {
    "name": _l("As your customers know you. It is not translated."),
    "name_cy": _l("Only if the business has a Welsh name besides."),
    "company_number": _l(
        "Only if the business is registered with Companies House: eight characters, such as 01234567 or SC123456."
    ),
    "charity_number": _l("Only if it is a registered charity: six or seven digits."),
    "social_enterprise": _l("Tick it if the profit goes to people or the planet before the owners."),
    "summary": _l("What you do, and for whom: one or two sentences, about 30 words."),
    "description": _l("What customers can expect of you: about 150 words. An empty line begins a new paragraph."),
    "categories": _l("Choose all that fit, 10 at most. They are how people find you."),
    "address": _l("Each line on a line of its own. Leave it empty if it is somebody’s home."),
    "postcode": _l("Distances are worked out from it."),
    "home_based": _l("Readers see the town alone. Distances are measured from the middle of the area."),
    "areas_served": _l("Leave them all empty if customers come to you."),
    "phone": _l("Readers see it."),
    "email": _l("Nobody sees it: messages come through a form."),
    "hours": _l("Such as: Monday to Friday, 9:00 to 17:00. About 20 words."),
    "access_notes": _l(
        "Steps, parking, toilets, hearing loop, quiet times: what helps people to plan. About 50 words."
    ),
    "wants": _l("Work that you would like more of, alone or with others. About 50 words."),
    "could": _l("Work that you could do with a partner, or for the right customer. About 50 words."),
    "wont": _l("Work that you turn down, so that nobody asks in vain. About 30 words."),
    "buys_locally": _l("What you buy from others near you, or would like to. About 50 words."),
    "networks": _l("Tick those that you belong to."),
    "personal_care": _l("Such as help with washing, dressing, eating, moving or medicine."),
    "ciw_number": _l("Only if you give personal care. Anybody can check it in the public register."),
    "ciw_why_none": _l(
        "Only if you give personal care and have no number. Say what the law asks of you, and why. About 50 words."
    ),
    "safeguarding_contact": _l("Whom to tell if somebody may be at risk: a name or a role, and a phone number."),
}
"""What helps to fill in a field, and how long it should be."""
YES_OR_NO = {
    YES: _l("Yes, we give personal care"),
    NO: _l("No, we give none"),
}
IS_SO = {
    True: _l("This is so"),
    False: _l("This is not so"),
}
"""What is said of a tick."""
IN_LANGUAGE = {
    "cy": _l("In Welsh"),
    "en": _l("In English"),
}
ONLY_IN = {
    "cy": _l("In Welsh only"),
    "en": _l("In English only"),
}
"""What a text is that is written in one language alone."""
PICTURE = _l("Picture")
SERVICE = _l("Service")
JOINT_WORK = _l("Work done together")
MISSING = {
    "name": _l("Enter the name of the business"),
    "summary": _l("Say what you do, in Welsh or in English"),
    "categories": _l("Choose at least one category"),
    "town": _l("Enter a town, a postcode or the areas you work in"),
    "website": _l("Enter a website, a phone number, an email address or an address that people can visit"),
    "ciw_number": _l("Enter your number with Care Inspectorate Wales, or say why you need none"),
    "personal_care": _l("Say whether you give personal care: you have chosen a category of care"),
}
"""What to do about a field that a profile cannot be without."""
TOO_LONG = _l("Make this shorter: there is no room for all of it")
WHY_NOT = {
    WhyNot.NO_SUCH_ENTRY: _l("There is no such entry"),
    WhyNot.HAS_ONE: _l("This business keeps an entry already"),
    WhyNot.SAVED_MEANWHILE: _l(
        "Somebody else at your business saved other words while this page was open. Yours are still here: read both,"
        " and save again to keep yours."
    ),
}
DID = {
    Did.MADE: _l("Began a new entry"),
}
OUTCOME = {
    Outcome.MADE: _l("Your entry has been begun. Nobody else sees it until you submit it and our staff have read it."),
    Outcome.SAVED: _l("What you wrote has been saved. Readers see it once you submit it and our staff have read it."),
    Outcome.NOTHING_CHANGED: _l("Nothing had changed, so nothing was saved."),
    Outcome.SUBMITTED: _l("Your changes are waiting for our staff. We write to you when they have read them."),
    Outcome.WITHDRAWN: _l("You withdrew your changes: they are a draft again."),
    Outcome.DISCARDED: _l("Your changes have been deleted. What readers see has not changed."),
}
"""What somebody is told once, after doing something."""
WITHDRAW = Press(
    _l("Withdraw your changes"),
    _l(
        "Our staff will not read them for now. You can change them and submit them again: they then go to the end of"
        " the queue."
    ),
    _l("Withdraw the changes"),
)
DISCARD = Press(
    _l("Delete your changes"),
    _l(
        "All that you have written and readers do not see yet is deleted, and cannot be brought back. What readers see"
        " does not change."
    ),
    _l("Delete the changes"),
)
MAKE = Press(
    _l("Make a new entry"),
    _l(
        "Look first whether the directory has an entry for your business already: if it has, claim it. A new entry"
        " begins with what you have told us of your business."
    ),
    _l("Begin the entry"),
)
