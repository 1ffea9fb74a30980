"""What shortlists say, in words of both languages."""

from c4s.i18n.speech import lazy_gettext as _l
from c4s.shortlists.rules import WhyNot

WHY_NOT = {
    WhyNot.FULL: _l("A shortlist can hold up to 20 suppliers. Remove one first"),
}
