"""The pages on which readers say that something is wrong with an entry."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.models import Person
from c4s.accounts.session import this_person, this_sign_in
from c4s.core import tokens
from c4s.directory import queries as directory
from c4s.directory.models import Supplier
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.i18n.references import Reference, corrected
from c4s.reports import actions, queries
from c4s.reports.forms import TellForm
from c4s.reports.rules import ReportKind
from c4s.web.access import EVERYONE, GET_AND_POST
from c4s.web.messages import write_check_send

reports = BilingualBlueprint("reports", __name__)


def _entry(supplier_id: int) -> Supplier:
    found = directory.supplier(supplier_id)
    return found if found is not None and found.has_page else abort(404)


def _somebody() -> Person | None:
    """Who is signed in here, if anybody is, and has nothing left to show."""
    here = this_sign_in()
    return this_person() if here and here.is_whole else None


@reports.page(
    cy="/cyfeiriadur/<ref:supplier_id>/rhywbeth-o-i-le",
    en="/directory/<ref:supplier_id>/something-wrong",
    access=EVERYONE,
    methods=GET_AND_POST,
)
def tell(supplier_id: Reference) -> ResponseReturnValue:
    """Say what is wrong with an entry; read it again; send it. What we know of whoever is signed in is filled in."""
    supplier = _entry(int(supplier_id))
    moved = corrected(supplier_id, supplier.names) if request.method == "GET" else None
    if moved:
        return moved
    person = _somebody()
    known = {"name": person.name, "email": person.email, "language": person.language_written} if person else None
    form = TellForm(data=known)

    def send(**answers: str) -> None:
        actions.tell(
            supplier.id,
            ReportKind(form.subject.data),
            asked_in=current_language(),
            person_id=person.id if person else None,
            **answers,
        )

    return write_check_send(
        form,
        send,
        writing="reports/tell.html",
        checking="reports/check.html",
        sent=url_for(".told", token=tokens.sign("report", form.key.data or "")),
        supplier=supplier,
    )


@reports.page(
    cy="/cyfeiriadur/rhywbeth-o-i-le/diolch/<token>",
    en="/directory/something-wrong/thanks/<token>",
    access=EVERYONE,
)
def told(token: str) -> ResponseReturnValue:
    """What happens next: the reference, and by when we answer."""
    match tokens.read("report", token):
        case [str(key)]:
            report = queries.report_of_key(key) or abort(404)
        case _:
            abort(404)
    return render_template("reports/told.html", report=report, supplier=report.supplier, names=report.names)
