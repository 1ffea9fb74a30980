"""The pages on which staff say what evidence they saw, suspend signatures, and write the code of conduct."""

from collections.abc import Callable, Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.phrases import CAME_BY
from c4s.accounts.session import done_if_allowed, this_person
from c4s.businesses import queries as businesses
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.directory import tools
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES
from c4s.i18n.speech import lazy_gettext as _l
from c4s.quality import actions, phrases, queries
from c4s.quality.forms import CodeForm, FactForm, PublishForm, ReasonForm
from c4s.quality.rules import ASKS, Did, FactKind, FactStanding, WhyNot
from c4s.web import prose
from c4s.web.access import GET_AND_POST, May
from c4s.web.desk import Queue, Waits
from c4s.web.forms import Form
from c4s.web.rights import Right
from c4s.web.told import told_once

evidence = BilingualBlueprint("evidence", __name__)
code_work = BilingualBlueprint("code_work", __name__)

CHECKS, TAKES_DOWN, WRITES = May(Right.CHECK_EVIDENCE), May(Right.TAKE_DOWN), May(Right.WRITE_CODE)
TOOLS = (
    tools.Tool(phrases.EVIDENCE, "evidence.show", Right.CHECK_EVIDENCE),
    tools.Tool(phrases.SIGNATURE, "evidence.signature", Right.TAKE_DOWN),
)
SAYS, SHOWN = FactStanding.SAYS, FactStanding.SHOWN


def _kind(name: str) -> FactKind:
    if name not in list(FactKind):
        abort(404)
    return FactKind(name)


def _refuse(form: Form, refusal: Refused) -> None:
    """Say no beside the box that it is about, or on the form; or as the guard of the page does."""
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    reason = WhyNot(refusal.reason)
    if reason == WhyNot.NO_SUCH_FACT:
        abort(404)
    if isinstance(form, ReasonForm) and reason == WhyNot.REASON_NEEDED:
        form.ask_for(refusal.facts["languages"])  # type: ignore[arg-type]
        return
    sentence, box = phrases.WHY_NOT[reason], str(refusal.facts.get("box", ""))
    if box in form:
        form[box].errors = [sentence]
    else:
        form.refuse(sentence)


# ---- Evidence ----


@evidence.page(cy="/staff/tystiolaeth", en="/staff/evidence", access=CHECKS)
def index() -> ResponseReturnValue:
    """What businesses offer to show us, the longest waiting first."""
    return render_template(
        "quality/evidence_list.html",
        waiting=queries.offered(),
        kinds=phrases.KIND,
        outcome=told_once(phrases.OUTCOME),
    )


@evidence.page(
    cy="/staff/cofnodion/<int:supplier_id>/tystiolaeth",
    en="/staff/entries/<int:supplier_id>/evidence",
    access=CHECKS,
)
def show(supplier_id: int) -> ResponseReturnValue:
    """What is said and shown of one entry, and who to ask."""
    supplier = tools.found(supplier_id)
    actions.looked(supplier_id, by_id=this_person().id)
    supplier, found = tools.found(supplier_id), queries.facts(supplier_id)
    return tools.page(
        "quality/evidence.html",
        supplier,
        lines=[(kind, found.get((kind, SAYS)), found.get((kind, SHOWN))) for kind in FactKind],
        members=businesses.members_of(supplier.business_id) if supplier.business_id else (),
        not_kept=None if supplier.business_id else phrases.WHY_NOT[WhyNot.NOT_KEPT],
        today=formats.uk(now()).date(),
        words=phrases,
        outcome=told_once(phrases.OUTCOME),
    )


@evidence.page(
    cy="/staff/cofnodion/<int:supplier_id>/tystiolaeth/<kind>",
    en="/staff/entries/<int:supplier_id>/evidence/<kind>",
    access=CHECKS,
    methods=GET_AND_POST,
)
def see(supplier_id: int, kind: str) -> ResponseReturnValue:
    """Say that evidence was seen."""
    supplier, what = tools.found(supplier_id), _kind(kind)
    said, seen = (queries.fact(supplier_id, what, standing) for standing in (SAYS, SHOWN))
    form = FactForm(what, SHOWN, seen or said)
    if form.validate_on_submit():
        try:
            actions.see(supplier_id, what, form.given, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash(Did.SAW.value)
            return redirect(url_for(".show", supplier_id=supplier_id), 303)
        supplier, said = tools.found(supplier_id), queries.fact(supplier_id, what, SAYS)
    page = render_template(
        "quality/see.html", form=form, supplier=supplier, kind=what, said=said, years=ASKS[what].years, words=phrases
    )
    return page, form.status


@evidence.page(
    cy="/staff/cofnodion/<int:supplier_id>/tystiolaeth/<kind>/gwrthod",
    en="/staff/entries/<int:supplier_id>/evidence/<kind>/decline",
    access=CHECKS,
    methods=GET_AND_POST,
)
def decline(supplier_id: int, kind: str) -> ResponseReturnValue:
    """Say why evidence could not be seen, or counts no more."""
    supplier, what = tools.found(supplier_id), _kind(kind)
    said, seen = (queries.fact(supplier_id, what, standing) for standing in (SAYS, SHOWN))
    if seen is None and (said is None or said.offered_at is None):
        abort(404)
    form = ReasonForm(actions.language_for(supplier_id))
    if form.validate_on_submit():
        try:
            actions.not_shown(supplier_id, what, form.words, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash(Did.NOT_SHOWN.value)
            return redirect(url_for(".show", supplier_id=supplier_id), 303)
        supplier = tools.found(supplier_id)
    page = render_template("quality/decline.html", form=form, supplier=supplier, kind=what, words=phrases)
    return page, form.status


def _waiting() -> Sequence[Waits]:
    found = queries.offered()
    members = businesses.members_of_each({one.supplier.business_id for one in found if one.supplier.business_id})
    return [
        Waits(
            name=one.supplier.name,
            address=url_for("evidence.show", supplier_id=one.supplier_id),
            since=one.offered_at,
            language=actions.language_of([member.person for member in members[one.supplier.business_id]]),
        )
        for one in found
        if one.offered_at and one.supplier.business_id
    ]


QUEUE = Queue(
    "evidence", Right.CHECK_EVIDENCE, _l("Evidence that businesses offer to show"), "evidence.index", _waiting
)


# ---- Signatures ----


@evidence.page(
    cy="/staff/cofnodion/<int:supplier_id>/cod",
    en="/staff/entries/<int:supplier_id>/code",
    access=TAKES_DOWN,
    methods=GET_AND_POST,
)
def signature(supplier_id: int) -> ResponseReturnValue:
    """Whether the business of an entry signed the code; suspend its signature or restore it, and say why."""
    supplier = tools.found(supplier_id)
    business_id = supplier.business_id
    form = ReasonForm(actions.language_for(supplier_id))
    if business_id and form.validate_on_submit():
        act: Callable[..., None] = actions.restore if request.form.get("act") == "restore" else actions.suspend
        try:
            act(supplier_id, form.words, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash((Did.RESTORED if act is actions.restore else Did.SUSPENDED).value)
            return redirect(url_for(".signature", supplier_id=supplier_id), 303)
    if request.method == "GET":
        actions.looked(supplier_id, by_id=this_person().id)
    supplier = tools.found(supplier_id)
    is_suspended = queries.suspension(supplier) is not None
    page = tools.page(
        "quality/signature.html",
        supplier,
        form=form,
        not_kept=None if business_id else phrases.WHY_NOT[WhyNot.NOT_KEPT],
        is_suspended=is_suspended,
        signatures=queries.signatures(business_id) if business_id else (),
        suspensions=queries.suspensions(supplier),
        came_by=CAME_BY,
        outcome=told_once(phrases.OUTCOME),
    )
    return page, form.status


# ---- The code ----


@code_work.page(cy="/staff/cod-ymddygiad", en="/staff/code-of-conduct", access=WRITES)
def versions() -> ResponseReturnValue:
    """The versions of the code, and the draft of the next."""
    return render_template(
        "quality/code_list.html",
        versions=queries.versions(),
        draft=queries.draft(),
        outcome=told_once(phrases.OUTCOME),
    )


@code_work.page(
    cy="/staff/cod-ymddygiad/ysgrifennu", en="/staff/code-of-conduct/write", access=WRITES, methods=GET_AND_POST
)
def write() -> ResponseReturnValue:
    """Write the next version, both languages side by side."""
    form = CodeForm(queries.draft(), queries.current())
    if form.validate_on_submit():
        done_if_allowed(actions.write_code, form.words, form.changes, by_id=this_person().id)
        flash(Did.WROTE.value)
        return redirect(url_for(".publish"), 303)
    return render_template("quality/code_write.html", form=form), form.status


@code_work.page(
    cy="/staff/cod-ymddygiad/cyhoeddi", en="/staff/code-of-conduct/publish", access=WRITES, methods=GET_AND_POST
)
def publish() -> ResponseReturnValue:
    """Read the draft in both languages as it will be, then publish it."""
    draft = queries.draft() or abort(404)
    form = PublishForm(data={"turn": str(draft.turn)})
    if form.validate_on_submit():
        try:
            actions.publish_code(form.seen, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash(Did.PUBLISHED.value)
            return redirect(url_for(".versions"), 303)
        draft = queries.draft() or abort(404)
        form.turn.data = str(draft.turn)
    page = render_template(
        "quality/code_publish.html",
        form=form,
        draft=draft,
        sides=_sides(draft.words),
        changes=_sides(draft.changes),
        outcome=told_once(phrases.OUTCOME),
    )
    return page, form.status


def _sides(text: Bilingual) -> list[tuple[str, object, object]]:
    """A text as readers of each language will see it: the language, its name and the words."""
    names = {"cy": _l("Welsh"), "en": _l("English")}
    return [(code, names[code], prose.html(getattr(text, code), has_marks=True)) for code in LANGUAGES]
