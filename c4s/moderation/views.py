"""What we promise to those who wait for a moderator, and how it goes: for everybody to read."""

from flask import render_template
from flask.typing import ResponseReturnValue

from c4s.i18n.addresses import BilingualBlueprint
from c4s.moderation import phrases, queries, rules
from c4s.web.access import EVERYONE

promises = BilingualBlueprint("promises", __name__)


@promises.page(cy="/ein-haddewid", en="/our-promise", access=EVERYONE, is_public=True)
def show() -> ResponseReturnValue:
    """How many changes wait for us, for how long, and within how many days we promise to read them."""
    return render_template("moderation/promise.html", promise=queries.promise(), words=phrases, days=rules.PROMISE)
