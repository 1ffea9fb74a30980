"""For staff: the rules of the guide, and when each was last held against its source."""

from flask import render_template

from c4s.core.clock import now
from c4s.guide import queries, rules
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web.access import May
from c4s.web.rights import Right

guide_review = BilingualBlueprint("guide_review", __name__)


@guide_review.page(cy="/staff/canllaw", en="/staff/guide", access=May(Right.WRITE_CODE))
def index() -> str:
    """Every rule with its version, its source and the day of its review; those whose year is over first."""
    guide = queries.guide()
    due = rules.due_for_review(guide, formats.uk(now()).date())
    others = [rule for rule in guide.rules.values() if rule not in due]
    return render_template("guide/review.html", due=due, others=sorted(others, key=lambda rule: rule.reviewed))
