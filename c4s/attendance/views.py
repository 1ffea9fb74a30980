"""The pages on which people see their certificate, and on which anybody checks one."""

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.attendance import actions, letters, phrases, queries, rules
from c4s.attendance.forms import CodeForm
from c4s.core import tokens
from c4s.core.errors import Refused
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web import pdf
from c4s.web.access import EVERYONE, GET_AND_POST
from c4s.web.forms import network

certificates = BilingualBlueprint("certificates", __name__)


@certificates.page(cy="/tystysgrif", en="/certificate", access=EVERYONE, methods=GET_AND_POST)
def check() -> ResponseReturnValue:
    """Ask for the code of a certificate that somebody has shown."""
    form = CodeForm()
    if form.validate_on_submit():
        return redirect(url_for(".checked", code=rules.code_meant(form.code.data or "")), 303)
    return render_template("attendance/check.html", form=form), form.status


@certificates.page(cy="/tystysgrif/<code>", en="/certificate/<code>", access=EVERYONE)
def checked(code: str) -> ResponseReturnValue:
    """Whose certificate bears a code, for which event and when; or that there is none, or none any more."""
    try:
        actions.count_look_up(network())
    except Refused as refusal:
        form = CodeForm(data={"code": code})
        form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
        return render_template("attendance/check.html", form=form), form.status, form.headers
    meant = rules.code_meant(code)
    found = queries.certificate_by_code(meant) if meant else None
    page = render_template(
        "attendance/checked.html",
        certificate=found,
        code=meant,  # what else stands in the address is somebody else’s words, and not for our page
        dates=letters.dates(found.event) if found else None,
        duration=phrases.duration,
    )
    return page, 200 if found else 404


def _may_make_pdf() -> bool:
    """Whether this network has not asked for too many: each takes a processor for a second."""
    try:
        actions.count_pdf(network())
    except Refused:
        return False
    return True


@certificates.page(cy="/fy-nhystysgrif/<token>", en="/my-certificate/<token>", access=EVERYONE)
def mine(token: str) -> ResponseReturnValue:
    """One person's certificate, to print or to keep; the link in their letter opens it. It is also a PDF, where one can
    be made."""
    number, *code = tokens.read("certificate", token) or abort(404)
    wants_pdf = "pdf" in request.args and pdf.is_possible() and _may_make_pdf()
    found = queries.certificate(int(number)) or abort(404)
    if code != [found.code]:
        abort(404)
    paper = None if found.withdrawn_at else letters.paper(found, letters.dates(found.event))
    if paper and wants_pdf:
        return Response(
            pdf.made(render_template("attendance/pdf.html", paper=paper)),
            mimetype="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{found.code}.pdf"'},
        )
    as_pdf = url_for(".mine", token=token, pdf=1) if pdf.is_possible() and "pdf" not in request.args else None
    return render_template("attendance/mine.html", certificate=found, paper=paper, as_pdf=as_pdf)
