"""Who is signed in: the join to Flask-Login, and the guards of pages that need to know.

The browser holds a random token alone; what it stands for is a row of ours, so that a sign-in ended here is ended.
Pages for everybody never come here, so that they set and read no cookie.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

import flask_login
from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from c4s.accounts import actions, queries, rules
from c4s.accounts.models import Person
from c4s.core import tokens
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Busy, Refused
from c4s.core.throttle import network_of
from c4s.i18n import addresses
from c4s.web.forms import FORMS, came_from_here

ACCOUNT = "accounts.account"
KEPT = "kept"
TOKEN = "_user_id"  # the name is Flask-Login's
LONGEST_BACK = 1_500  # characters; a longer way back is forgotten rather than put into an address
NOT_KEPT = ("csrf_token", "next")


@dataclass(frozen=True)
class SignedIn(flask_login.UserMixin):
    """Somebody who is signed in, and where."""

    token: str
    sign_in_id: int
    person_id: int
    created_at: datetime
    last_used_at: datetime
    confirmed_at: datetime

    def get_id(self) -> str:
        """What the browser holds: the token, never a number."""
        return self.token


class NeedsSignIn(HTTPException):
    """The page is for people who are signed in: they are led to where they can be, and back afterwards."""

    code = 303


class NeedsConfirming(NeedsSignIn):
    """The page is for people who have just shown who they are."""


def this_sign_in() -> SignedIn | None:
    """Who is signed in here, if anybody is; asked of the database once a request."""
    user = flask_login.current_user._get_current_object()
    return user if isinstance(user, SignedIn) else None


def this_person() -> Person:
    """The one who is signed in, on a page that is for them alone.

    Raises:
        NeedsSignIn: nobody is.
    """
    here = this_sign_in()
    if here is None:
        raise NeedsSignIn
    return db.session.get_one(Person, here.person_id)


def SIGNED_IN() -> bool:  # noqa: N802 (it stands in decorators as a name for people)
    """Those who are signed in; others are asked to, and lose nothing that they have sent."""
    here = this_sign_in()
    if here is None:
        raise NeedsSignIn(response=redirect(url_for("accounts.sign_in", **_next()), 303))  # type: ignore[arg-type]
    _let_in(here)
    return True


def SIGNED_IN_RECENTLY() -> bool:  # noqa: N802
    """Those who have shown in the last few minutes who they are; others are asked to, and lose nothing."""
    here = this_sign_in()
    if here is not None and not rules.is_recent(here.confirmed_at, now()):
        _note_use(here)
        raise NeedsConfirming(response=redirect(url_for("accounts.confirm", **_next()), 303))  # type: ignore[arg-type]
    return SIGNED_IN()


def _let_in(here: SignedIn) -> None:
    _note_use(here)
    token = session.get(KEPT)
    if not token:
        return
    form = queries.kept_form(token)
    if form is None or form.address != _address():
        return  # on the way there they may first have to confirm who they are
    if request.method == "POST":
        session.pop(KEPT)
        with suppress(Busy):
            actions.drop_form(token)
    else:
        # Forms show it filled in, and take nothing of it before it is sent again.
        g.kept_form = MultiDict(parse_qsl(form.body, keep_blank_values=True))


def _note_use(here: SignedIn) -> None:
    if now() - here.last_used_at >= rules.NOTED_EVERY:
        with suppress(Busy):  # a page to read does not wait for that
            actions.note_use(here.sign_in_id)


# ---- There and back ----


def _next() -> dict[str, str]:
    """Where somebody was going, for after they have signed in; what they sent there is kept."""
    route = request.url_rule
    if route is None or "GET" not in (route.methods or ()):
        return {}
    if request.method == "POST":
        _keep_form()
    values = {**addresses.query(), **(request.view_args or {})}
    token = tokens.sign("return", str(request.endpoint), json.dumps(values))
    return {"next": token} if len(token) <= LONGEST_BACK else {}


def _address() -> str:
    """This page's Welsh address, which stands for both: somebody may change language on the way."""
    return addresses.path(current_app, str(request.endpoint), "cy", **(request.view_args or {}))


def _keep_form() -> None:
    if not came_from_here() or request.mimetype not in FORMS:
        return
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if "password" not in name and name not in NOT_KEPT and not name.startswith("_")
    ]
    with suppress(Refused, Busy):  # then it must be typed again; that is all
        token = actions.keep_form(_address(), urlencode(fields), network=network_of(request.remote_addr or ""))
        if token:
            session[KEPT] = token


def back() -> str:
    """The signed way back that the visitor came with, to be carried on in ``next``; empty for none of ours."""
    token = request.form.get("next") or request.args.get("next") or ""
    return token if len(token) <= LONGEST_BACK and _page_of(token) else ""


def address_back() -> str:
    """Where to go after signing in or confirming: where somebody was going, or their account.

    Made anew from our own routes: nothing that somebody wrote into an address comes out of it.
    """
    endpoint, values = _page_of(back()) or (ACCOUNT, {})
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return url_for(ACCOUNT)


def _page_of(token: str) -> tuple[str, dict[str, Any]] | None:
    """The page and its values that a token of ours names: one that is for people who are signed in."""
    match tokens.read("return", token):
        case [str(endpoint), str(values)]:
            access = getattr(current_app.view_functions.get(endpoint), "access", None)
            if access in (SIGNED_IN, SIGNED_IN_RECENTLY):
                return endpoint, json.loads(values)
    return None


# ---- Coming and going ----


def start(token: str) -> None:
    """Begin, or go on with, a sign-in in this browser: all that its cookie held before is gone.

    Args:
        token: as an action of ours gave it.
    """
    kept, earlier = session.get(KEPT), session.get(TOKEN)
    if earlier:
        actions.replace_sign_in(str(earlier))
    session.clear()
    g.pop("csrf_token", None)
    if kept:
        session[KEPT] = kept
    flask_login.login_user(_known(token))
    session.pop("_id", None)  # a digest of the visitor's address, for a protection that we have no use for


def end() -> None:
    """Forget in this browser who was signed in; the action has ended the sign-in itself."""
    flask_login.logout_user()
    session.clear()
    g.pop("csrf_token", None)


def _known(token: str) -> SignedIn | None:
    """Whom a browser's token stands for, asked anew at every request: one that has ended is nobody's."""
    found = queries.live_sign_in(token)
    if found is None:
        return None
    return SignedIn(token, found.id, found.person_id, found.created_at, found.last_used_at, found.confirmed_at)


def install(app: Flask) -> None:
    """Tell Flask-Login how to know people.

    Not its own ``init_app``: that would look at the cookie of every visitor to every page.
    """
    manager = flask_login.LoginManager()
    manager.session_protection = None
    manager.user_loader(_known)
    app.login_manager = manager  # type: ignore[attr-defined]
