"""What the staff desk says, in words of both languages."""

from c4s.backoffice.waiting import Due
from c4s.i18n.speech import lazy_gettext as _l

DUE = {
    Due.LATER: _l("To be done by"),
    Due.TODAY: _l("To be done today"),
    Due.OVERDUE: _l("Late: it should have been done by"),
}
