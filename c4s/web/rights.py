"""Who may do what: the one table of rights. The guard of every page reads it, and so can anybody.

What is not in it is for everyone, and says so on its page (``access.EVERYONE``).
"""

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """What somebody is, to the site or to the one thing that a page is about."""

    SIGNED_IN = "signed_in"
    BUYER = "buyer"
    """Somebody of a public body whom staff have checked."""
    BUSINESS_OWNER = "business_owner"
    """One who speaks for this very business, and decides who else does."""
    BUSINESS_EDITOR = "business_editor"
    """One who speaks for this very business."""
    EDITOR = "editor"
    """A member of staff who looks after events and the site's own words."""
    MODERATOR = "moderator"
    """A member of staff who reads what businesses and buyers send in."""
    CARE_MODERATOR = "care_moderator"
    """A member of staff who reads what businesses say about personal care, because they know its law."""
    HELPER = "helper"
    """A member of staff who registers people and gets their post to them."""
    ADMINISTRATOR = "administrator"


ROLES = (Who.EDITOR, Who.MODERATOR, Who.CARE_MODERATOR, Who.HELPER, Who.ADMINISTRATOR)
"""What a member of staff may be, several at once."""
NEED_SECOND_FACTOR = frozenset({*ROLES, Who.BUYER})
"""Those whose rights wait until they have shown a second factor."""


class Right(StrEnum):
    """Something that only some may do."""

    FINISH_SIGN_IN = "finish_sign_in"
    USE_ACCOUNT = "use_account"
    CHANGE_ACCOUNT = "change_account"
    SEE_BUSINESS = "see_business"
    LEAD_BUSINESS = "lead_business"
    HAND_BUSINESS_OVER = "hand_business_over"
    WORK_AT_DESK = "work_at_desk"
    FIND_PEOPLE = "find_people"
    REGISTER_PEOPLE = "register_people"
    MAKE_CLAIM_CODES = "make_claim_codes"
    POST_LETTERS = "post_letters"
    SUSPEND_PEOPLE = "suspend_people"
    RENEW_SECOND_FACTOR = "renew_second_factor"
    CHANGE_ROLES = "change_roles"
    CHECK_BUYERS = "check_buyers"
    WRITE_AS_BUYER = "write_as_buyer"
    CHECK_CLAIMS = "check_claims"
    MODERATE = "moderate"
    MODERATE_CARE = "moderate_care"
    TRANSLATE_PROFILES = "translate_profiles"
    TAKE_DOWN = "take_down"
    SEE_ENTRIES = "see_entries"
    NAME_NETWORKS = "name_networks"
    CHECK_EVIDENCE = "check_evidence"
    WRITE_CODE = "write_code"
    KEEP_FRESH = "keep_fresh"
    ANSWER_REPORTS = "answer_reports"
    ANSWER_CASES = "answer_cases"
    RUN_EVENTS = "run_events"
    LOOK_AFTER_SIGN_UPS = "look_after_sign_ups"
    EXPORT_SIGN_UPS = "export_sign_ups"
    READ_TRAIL = "read_trail"
    EXPORT_TRAIL = "export_trail"


@dataclass(frozen=True)
class Allowed:
    """Who has a right, and on what terms.

    Attributes:
        who: any one of these.
        over: the name, in addresses, of the thing that it is a right over; somebody who is nothing to that very
            thing is told that there is no such thing.
        recently: they must have shown in the last few minutes who they are.
        half_signed_in: also for those who have yet to show their second factor.
    """

    who: frozenset[Who]
    over: str = ""
    recently: bool = False
    half_signed_in: bool = False


def _of(*who: Who, over: str = "", recently: bool = False, half_signed_in: bool = False) -> Allowed:
    return Allowed(frozenset(who), over, recently, half_signed_in)


RIGHTS: dict[Right, Allowed] = {
    # One's own account.
    Right.FINISH_SIGN_IN: _of(Who.SIGNED_IN, half_signed_in=True),
    Right.USE_ACCOUNT: _of(Who.SIGNED_IN),
    Right.CHANGE_ACCOUNT: _of(Who.SIGNED_IN, recently=True),
    # A business that one speaks for.
    Right.SEE_BUSINESS: _of(Who.BUSINESS_OWNER, Who.BUSINESS_EDITOR, over="business_id"),
    Right.LEAD_BUSINESS: _of(Who.BUSINESS_OWNER, over="business_id"),
    Right.HAND_BUSINESS_OVER: _of(Who.BUSINESS_OWNER, over="business_id", recently=True),
    # Those who buy for a public body.
    Right.WRITE_AS_BUYER: _of(Who.BUYER),
    # The staff desk.
    Right.WORK_AT_DESK: _of(*ROLES),
    Right.FIND_PEOPLE: _of(Who.HELPER, Who.MODERATOR, Who.ADMINISTRATOR),
    Right.REGISTER_PEOPLE: _of(Who.HELPER, Who.ADMINISTRATOR),
    Right.MAKE_CLAIM_CODES: _of(Who.HELPER, Who.ADMINISTRATOR, recently=True),
    Right.POST_LETTERS: _of(Who.HELPER, Who.ADMINISTRATOR),
    Right.SUSPEND_PEOPLE: _of(Who.MODERATOR, Who.ADMINISTRATOR, recently=True),
    Right.RENEW_SECOND_FACTOR: _of(*ROLES, recently=True),
    Right.CHANGE_ROLES: _of(Who.ADMINISTRATOR, recently=True),
    Right.CHECK_BUYERS: _of(Who.MODERATOR, Who.ADMINISTRATOR),
    Right.CHECK_CLAIMS: _of(Who.MODERATOR, Who.ADMINISTRATOR),
    Right.MODERATE: _of(Who.MODERATOR, Who.CARE_MODERATOR, Who.ADMINISTRATOR),
    Right.MODERATE_CARE: _of(Who.CARE_MODERATOR),
    Right.TRANSLATE_PROFILES: _of(Who.EDITOR, Who.MODERATOR, Who.ADMINISTRATOR),
    Right.TAKE_DOWN: _of(Who.MODERATOR, Who.ADMINISTRATOR),
    Right.SEE_ENTRIES: _of(*ROLES),
    Right.NAME_NETWORKS: _of(Who.EDITOR, Who.ADMINISTRATOR),
    Right.CHECK_EVIDENCE: _of(Who.MODERATOR, Who.CARE_MODERATOR, Who.ADMINISTRATOR),
    Right.WRITE_CODE: _of(Who.ADMINISTRATOR),
    Right.KEEP_FRESH: _of(Who.MODERATOR, Who.HELPER, Who.ADMINISTRATOR),
    Right.ANSWER_REPORTS: _of(Who.MODERATOR, Who.ADMINISTRATOR),
    Right.ANSWER_CASES: _of(Who.ADMINISTRATOR),
    Right.RUN_EVENTS: _of(Who.EDITOR, Who.ADMINISTRATOR),
    Right.LOOK_AFTER_SIGN_UPS: _of(Who.EDITOR, Who.HELPER, Who.ADMINISTRATOR),
    Right.EXPORT_SIGN_UPS: _of(Who.EDITOR, Who.ADMINISTRATOR, recently=True),
    Right.READ_TRAIL: _of(Who.ADMINISTRATOR),
    Right.EXPORT_TRAIL: _of(Who.ADMINISTRATOR, recently=True),
}
