"""What the quality passport says, in words of both languages."""

from c4s.accounts.phrases import Press
from c4s.i18n.speech import lazy_gettext as _l
from c4s.quality.rules import DbsLevel, Did, FactKind, FactStanding, WhyNot

KIND = {
    FactKind.PUBLIC_LIABILITY: _l("Public liability insurance"),
    FactKind.EMPLOYERS_LIABILITY: _l("Employers’ liability insurance"),
    FactKind.PROFESSIONAL_INDEMNITY: _l("Professional indemnity insurance"),
    FactKind.DBS: _l("DBS check"),
    FactKind.SAFEGUARDING_TRAINING: _l("Safeguarding training"),
    FactKind.FIRST_AID: _l("First aid training"),
    FactKind.FOOD_HYGIENE: _l("Food hygiene training"),
    FactKind.MANUAL_HANDLING: _l("Manual handling training"),
    FactKind.HMRC_REGISTERED: _l("Registered with HMRC"),
    FactKind.DATA_PROTECTION_REGISTERED: _l("Registered with the Information Commissioner"),
    FactKind.CIW_REGISTERED: _l("Registered with Care Inspectorate Wales"),
    FactKind.SOCIAL_CARE_WALES_REGISTERED: _l("Registered with Social Care Wales"),
}
FILTER = {
    FactKind.PUBLIC_LIABILITY: _l("Shown to us: public liability insurance"),
    FactKind.EMPLOYERS_LIABILITY: _l("Shown to us: employers’ liability insurance"),
    FactKind.PROFESSIONAL_INDEMNITY: _l("Shown to us: professional indemnity insurance"),
    FactKind.DBS: _l("Shown to us: a DBS check"),
    FactKind.SAFEGUARDING_TRAINING: _l("Shown to us: safeguarding training"),
    FactKind.FIRST_AID: _l("Shown to us: first aid training"),
    FactKind.FOOD_HYGIENE: _l("Shown to us: food hygiene training"),
    FactKind.MANUAL_HANDLING: _l("Shown to us: manual handling training"),
    FactKind.HMRC_REGISTERED: _l("Shown to us: registration with HMRC"),
    FactKind.DATA_PROTECTION_REGISTERED: _l("Shown to us: registration with the Information Commissioner"),
    FactKind.CIW_REGISTERED: _l("Shown to us: registration with Care Inspectorate Wales"),
    FactKind.SOCIAL_CARE_WALES_REGISTERED: _l("Shown to us: registration with Social Care Wales"),
}
"""The same as a filter of the directory: those who showed us evidence, and no others."""
SIGNED_IT = _l("Signed the current code of conduct")
STANDING = {
    FactStanding.SAYS: _l("What you say"),
    FactStanding.SHOWN: _l("What you have shown us"),
}
LEVEL = {
    DbsLevel.BASIC: _l("Basic"),
    DbsLevel.STANDARD: _l("Standard"),
    DbsLevel.ENHANCED: _l("Enhanced"),
    DbsLevel.ENHANCED_WITH_LISTS: _l("Enhanced, with the barred lists"),
}
WHY_NOT = {
    WhyNot.NOT_SAID_HERE: _l("You say this in your profile, where a moderator reads it first"),
    WhyNot.LEVEL_NEEDED: _l("Select the level of the check"),
    WhyNot.ISSUE_NEEDED: _l("Enter the date of the certificate"),
    WhyNot.EXPIRY_NEEDED: _l("Enter the last day of the policy"),
    WhyNot.NUMBER_WRONG: _l("Check the number: this is not how that register writes its numbers"),
    WhyNot.ISSUED_LATER: _l("The date of the certificate is in the future. Check it"),
    WhyNot.TOO_OLD: _l("The date of the certificate is too long ago. Check it"),
    WhyNot.EXPIRED: _l("This has ended already. Enter the dates of a newer one"),
    WhyNot.TOO_FAR: _l("The last day is too far ahead. Check the year"),
    WhyNot.NO_SUCH_FACT: _l("This is no longer there"),
    WhyNot.NOT_KEPT: _l("No business keeps this entry, so nobody can show us anything for it"),
    WhyNot.ONES_OWN: _l("This business is yours too. Another member of staff must do this"),
    WhyNot.REASON_NEEDED: _l("Write why"),
    WhyNot.NO_CODE: _l("No code of conduct has been published yet"),
    WhyNot.NEWER_CODE: _l("A newer version of the code has been published. Read it, then sign it"),
    WhyNot.CHANGED: _l("The draft has changed since you opened this page. Read it again, then publish"),
    WhyNot.WORDS_NEEDED: _l("Write the code and what has changed in both languages, then publish"),
    WhyNot.SUSPENDED_ALREADY: _l("The signature of this business is suspended already"),
    WhyNot.NOT_SUSPENDED: _l("The signature of this business is not suspended"),
}
DID = {
    Did.SAID: _l("Said something about quality"),
    Did.TOOK_BACK: _l("Removed something said about quality"),
    Did.LOOKED: _l("Looked at the evidence of an entry"),
    Did.SAW: _l("Recorded that evidence was seen"),
    Did.NOT_SHOWN: _l("Recorded that evidence was not seen, or no longer counts"),
    Did.ENDED: _l("Stopped showing something that had ended"),
    Did.SIGNED: _l("Signed the code of conduct"),
    Did.WROTE: _l("Wrote a draft of the code of conduct"),
    Did.PUBLISHED: _l("Published the code of conduct"),
    Did.SUSPENDED: _l("Suspended the signature of a business"),
    Did.RESTORED: _l("Restored the signature of a business"),
}
TRAIL_KIND = {
    "code_version": _l("A version of the code of conduct"),
}
"""What it was done to."""
OUTCOME = {
    Did.SAID: _l("Saved. Readers can see it now."),
    Did.TOOK_BACK: _l("Removed. Readers no longer see it."),
    Did.SAW: _l("Recorded. The business has been told."),
    Did.NOT_SHOWN: _l("Recorded. The business has been told why."),
    Did.SIGNED: _l("You have signed the code of conduct."),
    Did.WROTE: _l("The draft has been saved."),
    Did.PUBLISHED: _l("The code is published. Owners are asked to sign it."),
    Did.SUSPENDED: _l("The signature is suspended. The business has been told why."),
    Did.RESTORED: _l("The signature is shown again. The business has been told."),
}
"""What somebody is told once, after doing something."""
LASTS = {
    1: _l("Without a last day it counts for one year."),
    3: _l("Without a last day it counts for three years from the date of the certificate."),
}
"""How long something counts, by the years of ``rules.Asks``."""
FACTS = _l("Insurance, checks and registrations")
CODE = _l("Code of conduct")
EVIDENCE = _l("Evidence")
SIGNATURE = _l("Code of conduct: signature")
TO_DO, ONE_ENDED = _l("Nothing said yet"), _l("Something has ended")
SIGN_IT, NEWER, SIGNED, IS_SUSPENDED = (
    _l("Not signed yet"),
    _l("A new version to sign"),
    _l("Signed by an owner"),
    _l("Suspended"),
)
"""How far a business has got."""
TAKE_BACK = Press(
    _l("Remove this from your entry"),
    _l("Readers no longer see that you say this. What you have shown us stays."),
    _l("Remove"),
)
