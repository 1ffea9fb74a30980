"""The way of a message: written, read once more, sent.

The check page carries the answers itself; nothing is kept before they are sent.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.core.throttle import TooMany
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.forms import StrangersForm, network

SENT = ("name", "email", "language", "words")
WHY_NOT = {
    NotAgain.ANOTHER_BODY: _l("This message was already sent, with other words. Open the form again."),
}


def write_check_send(
    form: StrangersForm,
    send: Callable[..., None],
    *,
    writing: str,
    checking: str,
    sent: str,
    why_not: Mapping[Any, object] = MappingProxyType({}),
    **facts: object,
) -> ResponseReturnValue:
    """One step of somebody who writes a message: the form, the check page, or the page that follows.

    Args:
        form: with fields ``language`` and ``words``, and ``name`` and ``email`` where we do not know them; its pages
            say in ``_step`` whether they ask to ``check`` or to ``send``.
        send: passes the message on; it is given those, the form's ``key`` and the visitor's ``network``, and may
            refuse with ``TooMany``, ``NotAgain`` or a reason of its own.
        writing: the template of the form.
        checking: the template of the check page.
        sent: the address of the page that says thanks.
        why_not: what is said of the reasons that ``send`` has of its own.
        facts: what both templates need besides ``form``.
    """
    was_checked = request.form.get("_step") == "send"
    template = writing
    if form.validate_on_submit():
        if not was_checked:
            template = checking
        else:
            try:
                send(
                    key=form.key.data or "",
                    network=network(),
                    **{name: form[name].data or "" for name in SENT if name in form},
                )
            except Refused as refusal:
                if refusal.reason == TooMany.TOO_MANY:
                    form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
                else:
                    form.refuse({**WHY_NOT, **why_not}[refusal.reason])
            else:
                return redirect(sent, 303)
    elif was_checked and "_language" in request.form:
        template = checking  # in the other language
    return render_template(template, form=form, **facts), form.status, form.headers
