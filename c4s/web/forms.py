"""Paper that loses nothing: what every form on the site shares.

Each form says its own sentences, because WTForms' Welsh messages are incomplete.
"""

import re
import secrets
import time
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import Any

from flask import Flask, abort, current_app, g, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from itsdangerous import BadSignature, TimestampSigner
from wtforms import Field, HiddenField, SelectChoice, StringField, ValidationError
from wtforms.meta import DefaultMeta

from c4s.core import throttle
from c4s.core.clock import now
from c4s.core.text import tidy
from c4s.i18n import formats
from c4s.i18n.languages import current_language, the_other
from c4s.i18n.speech import lazy_gettext as _l

NEVER_AS_ATTRIBUTE = ("required", "maxlength", "minlength", "pattern", "max", "min", "step")
LONGEST_OPEN = 24 * 60 * 60  # seconds; a form that a machine keeps and sends for ever grows stale
KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
TOO_MANY = _l("Too many forms have been sent in a short time. Phone us, or send yours again after this time:")


class Guard(_FlaskFormCSRF):
    """Flask-WTF's token, refused in our own words; it lives as long as the session."""

    def validate_csrf_token(self, form: FlaskForm, field: Field) -> None:
        try:
            super().validate_csrf_token(form, field)
        except ValidationError:
            raise ValidationError(
                _l("This page had been open for a long time. Your answers are still here: send them again.")
            ) from None


class Form(FlaskForm):
    """A form that keeps what was typed through every error, change of language and stale page."""

    form_errors: list[object]
    taken_again: datetime | None = None
    """When one more will be taken, if too many were sent."""

    class Meta(FlaskForm.Meta):
        csrf_class = Guard

        def get_translations(self, form: Any) -> None:
            return None

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Words alone: a file that somebody sends in a box for words is nothing.

            A page that is only opened shows what was sent to it before its visitor had signed in, if anything was.
            """
            return request.form or None if request.method == "POST" else g.get("kept_form")

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            return DefaultMeta.render_field(self, field, {**dict.fromkeys(NEVER_AS_ATTRIBUTE, False), **render_kw})

    @property
    def only_shows_again(self) -> bool:
        """The language button or a change button was pressed: nothing is to be validated or saved."""
        return "_language" in request.form or "_change" in request.form

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        return not self.only_shows_again and super().validate_on_submit(extra_validators)

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        token = getattr(self, "csrf_token", None)
        if token is not None and token.errors:
            self.form_errors = [*self.form_errors, *token.errors]
            token.errors = []
        return is_valid

    def refuse(self, sentence: object) -> None:
        """Say no above the form, in words that ``phrases`` chose."""
        self.form_errors = [*self.form_errors, sentence]

    def refuse_until(self, moment: datetime) -> None:
        """Say above the form that too many were sent, and when one will be taken again."""
        self.refuse(f"{TOO_MANY} {formats.date_and_time(moment)}")
        self.taken_again = moment

    @property
    def status(self) -> int:
        """What the page answers with: 422 when there is something to mend, 429 when there is only time to wait."""
        if self.taken_again:
            return 429
        return 422 if self.errors else 200

    @property
    def headers(self) -> dict[str, str]:
        """What the page answers with besides: in how many seconds to come back, when too many were sent."""
        if not self.taken_again:
            return {}
        return {"Retry-After": str(max(1, int((self.taken_again - now()).total_seconds())))}


class ActForm(Form):
    """A page of buttons: it carries only the token."""


class StrangersForm(Form):
    """A form that anybody may send: it creates once, and machines find it dull.

    Nothing is asked of people: a box they never see must stay empty, and a form must have been open
    for a moment before it is sent, and not for longer than a day.
    """

    key = HiddenField(default=lambda: secrets.token_urlsafe(16))
    opened = HiddenField(default=lambda: _stamp())
    website_address = StringField(_l("Leave this box empty"))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if not self.key.raw_data or not KEY.fullmatch(self.key.data or ""):
            self.key.data = secrets.token_urlsafe(16)
            is_valid = False
            self.refuse(_l("Your answers are still here: send them again."))
        elif is_valid and self._looks_like_a_machine():
            self.website_address.data = ""
            if not 0 <= _age(self.opened.data or "") <= LONGEST_OPEN:
                self.opened.data = _stamp()
            is_valid = False
            self.refuse(_l("We could not tell whether a person sent this. Check your answers and send them again."))
        return is_valid

    def _looks_like_a_machine(self) -> bool:
        """Asked only of answers that are otherwise right: a person in a hurry has mistakes to mend first."""
        seconds = _age(self.opened.data or "")
        return bool(self.website_address.data) or not current_app.config["FORM_SECONDS"] <= seconds <= LONGEST_OPEN


def _signer() -> TimestampSigner:
    keys = [*reversed(current_app.config["SECRET_KEY_FALLBACKS"]), current_app.config["SECRET_KEY"]]
    return TimestampSigner(keys, salt="c4s.form")


def _stamp() -> str:
    return _signer().sign(b"opened").decode()


def _age(stamp: str) -> float:
    """Seconds since a form was opened; below zero for a stamp we did not make."""
    try:
        made = _signer().unsign(stamp, return_timestamp=True)[1]
    except BadSignature:
        return -1.0
    return max(0.0, time.time() - made.timestamp())


def own_first(form: Form) -> None:
    """Have the boxes of the page's own language come before those of the other, as the page shows them."""
    mine, other = current_language(), the_other(current_language())
    names = list(form._fields)
    for place, name in enumerate(names[:-1]):
        if name.endswith(f"_{other}") and names[place + 1] == f"{name[:-3]}_{mine}":
            names[place : place + 2] = [names[place + 1], name]
    form._fields = {name: form._fields[name] for name in names}


class Needed:
    """Something must be given; ``message`` says what to do."""

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        if not field.data:
            raise ValidationError(self.message)


class OneOf:
    """One of the field's own choices must be picked; anything else counts as none."""

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: Form, field: Any) -> None:
        if chosen_label(field) is None:
            field.data = None
            raise ValidationError(self.message)


def options(words: Mapping[str, object]) -> list[SelectChoice]:
    """Choices for a field, from a phrase book: value and words."""
    return [SelectChoice(str(value), label) for value, label in words.items()]


def chosen_label(field: Any) -> object | None:
    """What the picked choice of a field is called; None when nothing that it offers is picked."""
    return next((choice.label for choice in field.choices if choice.value == field.data), None)


class AtMost:
    """A text of at most ``length`` characters."""

    def __init__(self, length: int, message: object) -> None:
        self.length, self.message = length, message

    def __call__(self, form: Form, field: Field) -> None:
        if len(field.data or "") > self.length:
            raise ValidationError(self.message)


class Number:
    """A whole number from ``least`` to ``most``; an empty box is another validator's affair."""

    def __init__(self, least: int, most: int, message: object) -> None:
        self.least, self.most, self.message = least, most, message

    def __call__(self, form: Form, field: Field) -> None:
        if field.data and number_in(field) not in range(self.least, self.most + 1):
            raise ValidationError(self.message)


def number_in(field: Any) -> int | None:
    """The number that somebody typed; None for nothing, and for what is no number."""
    typed = (field.data or "").strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 6 else None


class Email:
    """An address that mail can reach without extensions; an empty one is another validator's affair."""

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        if not field.data:
            return
        library = import_module("email_validator")  # with the first address, not at the start: it is slow to load
        try:
            found = library.validate_email(field.data, check_deliverability=False, allow_smtputf8=False, strict=True)
        except library.EmailNotValidError:
            raise ValidationError(self.message) from None
        field.data = found.normalized


def one_line(value: str | None) -> str:
    """A filter: a text as one tidy line."""
    return tidy(value or "")


def many_lines(value: str | None) -> str:
    """A filter: a text that keeps its paragraphs."""
    return tidy(value or "", lines=True)


def came_from_here() -> bool:
    """Whether a post was made from one of our own pages, as far as the browser tells."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def network() -> str:
    """The network that this request came from, as ``throttle.network_of`` says; one name for all that tell none."""
    return throttle.network_of(request.remote_addr or "unknown")


def install(app: Flask) -> None:
    """Refuse every post that another site made or that is no form, whatever view it is for."""

    @app.before_request
    def guard_posts() -> None:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return
        if not came_from_here():
            abort(403)
        if request.content_length and request.mimetype not in FORMS:
            abort(415)
