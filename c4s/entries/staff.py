"""The pages on which staff find entries, see how one stands, and name networks."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import session
from c4s.accounts.phrases import Press
from c4s.accounts.session import done_if_allowed, this_person
from c4s.audit import words as trail_words
from c4s.businesses import phrases as businesses_phrases
from c4s.businesses import queries as businesses
from c4s.core.errors import Refused
from c4s.core.text import tidy
from c4s.directory import phrases as directory_phrases
from c4s.directory import tools
from c4s.directory.models import Network, Supplier
from c4s.directory.tools import Tool
from c4s.entries import actions, phrases, queries
from c4s.entries.forms import NetworkForm
from c4s.entries.rules import Did, Standing, WhyNot
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.moderation import kinds
from c4s.moderation import queries as versions
from c4s.moderation.kinds import Said
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right
from c4s.web.told import told_once

entries = BilingualBlueprint("entries", __name__)
networks = BilingualBlueprint("networks", __name__)

SEES, NAMES = May(Right.SEE_ENTRIES), May(Right.NAME_NETWORKS)
TOOL = Tool(_l("The entry"), "entries.show", Right.SEE_ENTRIES)
CHARACTERS = 100  # of what is looked for
END = Press(
    _l("End the network"),
    _l("Nobody can be put into it any more, and lists leave it out. You can let it begin again."),
    _l("End the network"),
)
BEGIN_AGAIN = Press(
    _l("Let the network begin again"),
    _l("It is in the lists again, with those who were in it."),
    _l("Let the network begin again"),
)


@dataclass(frozen=True)
class Line:
    """One field of what is live."""

    label: object
    said: Said


@entries.page(cy="/staff/cofnodion", en="/staff/entries", access=SEES)
def index() -> ResponseReturnValue:
    """Find an entry by its name or number, in any state."""
    words = tidy(request.args.get("q", "").replace("\0", " "))[:CHARACTERS].strip()
    given = request.args.get("standing", "")
    wanted = Standing(given) if given in list(Standing) else None
    number = page_asked_for()
    found, total = queries.find(words, wanted, number)
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    return render_template(
        "entries/index.html", found=found, total=total, page=page, asked=words, wanted=wanted, words=phrases
    )


@entries.page(cy="/staff/cofnodion/<int:supplier_id>", en="/staff/entries/<int:supplier_id>", access=SEES)
def show(supplier_id: int) -> ResponseReturnValue:
    """One entry: how it stands, who speaks for it, what is live, what was done to it."""
    supplier = tools.found(supplier_id)
    here = session.this_sign_in() or abort(403)
    members = businesses.members_of(supplier.business_id) if supplier.business_id is not None else []
    return tools.page(
        "entries/show.html",
        supplier,
        standing=phrases.STANDING[queries.standing(supplier)],
        source=directory_phrases.source_name(supplier.source),
        business=businesses.business(supplier.business_id) if supplier.business_id is not None else None,
        members=members if Right.FIND_PEOPLE in here.rights else None,
        roles=businesses_phrases.ROLE,
        live=_live(supplier),
        has_versions=Right.MODERATE in here.rights and bool(versions.history(queries.PROFILE, supplier_id)),
        story=queries.story_of(supplier_id),
        words=phrases,
        action_words=trail_words.actions(),
        actor_words=trail_words.ACTOR,
        person_of=trail_words.person_of,
    )


def _live(supplier: Supplier) -> list[Line]:
    """What readers can see of an entry, field by field; what has nothing in it is left out."""
    kind = kinds.kind(queries.PROFILE)
    content = kind.live(supplier.id)
    said = [
        Line(field.label, kind.say(field.name, content[field.name]))
        for field in kind.fields(content, content)
        if field.name in content
    ]
    return [one for one in said if one.said.words or one.said.picture]


# ---- Networks ----


@networks.page(cy="/staff/rhwydweithiau", en="/staff/networks", access=NAMES)
def index_of_networks() -> ResponseReturnValue:
    """Every network, those that meet first, in the alphabet of the page."""
    language = current_language()
    found = sorted(
        queries.networks(), key=lambda one: (one.ended_on is not None, one.name.spoken(language)[0].casefold())
    )
    return render_template(
        "entries/networks.html", networks=found, members=queries.members(), outcome=told_once(phrases.OUTCOME)
    )


@networks.page(cy="/staff/rhwydweithiau/newydd", en="/staff/networks/new", access=NAMES, methods=GET_AND_POST)
def add() -> ResponseReturnValue:
    """Name a network."""
    return _named(None)


@networks.page(
    cy="/staff/rhwydweithiau/<int:network_id>",
    en="/staff/networks/<int:network_id>",
    access=NAMES,
    methods=GET_AND_POST,
)
def change(network_id: int) -> ResponseReturnValue:
    """Call a network otherwise, or say otherwise what it does."""
    return _named(queries.network(network_id) or abort(404))


def _named(network: Network | None) -> ResponseReturnValue:
    form = NetworkForm(data=_boxes(network) if network else {})
    if form.validate_on_submit():
        given, by_id = (form.name_of_it, form.about), this_person().id
        try:
            if network is None:
                done_if_allowed(actions.name_network, *given, by_id=by_id)
            else:
                done_if_allowed(actions.change_network, network.id, *given, by_id=by_id)
        except Refused as refusal:
            if refusal.reason == WhyNot.NOT_THERE:
                abort(404)
            form["name_cy"].errors = [phrases.WHY_NOT[WhyNot(refusal.reason)]]
        else:
            flash((Did.CHANGED if network else Did.NAMED).value)
            return redirect(url_for(".index_of_networks"), 303)
    return render_template("entries/network.html", form=form, network=network), form.status


def _boxes(network: Network) -> dict[str, str]:
    """A network as it stands in the boxes of its form."""
    return {
        "name_cy": network.name.cy,
        "name_en": network.name.en,
        "about_cy": network.about.cy,
        "about_en": network.about.en,
    }


@networks.page(
    cy="/staff/rhwydweithiau/<int:network_id>/terfynu",
    en="/staff/networks/<int:network_id>/end",
    access=NAMES,
    methods=GET_AND_POST,
)
def end(network_id: int) -> ResponseReturnValue:
    """End a network; or let one begin again that had ended."""
    network = queries.network(network_id) or abort(404)
    has_ended, form = network.ended_on is not None, ActForm()
    act, did = (actions.begin_again, Did.BEGAN_AGAIN) if has_ended else (actions.end_network, Did.ENDED)
    if form.validate_on_submit():
        try:
            done_if_allowed(act, network_id, by_id=this_person().id)
        except Refused:
            abort(404)
        flash(did.value)
        return redirect(url_for(".index_of_networks"), 303)
    page = render_template("entries/end.html", form=form, network=network, press=BEGIN_AGAIN if has_ended else END)
    return page, form.status
