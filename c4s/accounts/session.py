"""Who is signed in: the join to Flask-Login, and the guards of pages that need to know.

The browser holds a random token alone; what it stands for is a row of ours, so that a sign-in ended here is ended.
Pages for everybody never come here, so that they set and read no cookie.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

import flask_login
from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from c4s.accounts import actions, queries, rules
from c4s.accounts.models import Person
from c4s.core import tokens
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Busy, Refused
from c4s.i18n import addresses
from c4s.web import access
from c4s.web.access import May
from c4s.web.forms import FORMS, came_from_here, network
from c4s.web.rights import NEED_SECOND_FACTOR, RIGHTS, ROLES, Allowed, Right, Who

SIGNED_IN = May(Right.USE_ACCOUNT)
SIGNED_IN_RECENTLY = May(Right.CHANGE_ACCOUNT)
ACCOUNT = "accounts.account"
KEPT = "kept"
"""Where the session keeps the token of what was sent before its visitor could enter."""
KEPT_FOR = "kept_for"
"""And the number of the one person who may see it: whoever was signed in, or else signs in first in this browser."""
WAITING_KEY = "waiting_key"
"""Where the session keeps a key for an app, sealed, while its owner shows once more who they are."""
TOKEN = "_user_id"  # the name is Flask-Login's
LONGEST_BACK = 1_500  # characters; a longer way back is forgotten rather than put into an address
NOT_KEPT = ("csrf_token", "next", "code", "recovery_code", "current_code", "codes")


@dataclass(frozen=True)
class SignedIn(flask_login.UserMixin):
    """Somebody who is signed in, and where."""

    token: str
    sign_in_id: int
    person_id: int
    created_at: datetime
    last_used_at: datetime
    confirmed_at: datetime
    standings: frozenset[Who]
    has_second_factor: bool
    second_factor_at: datetime | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to show; until then they are signed in to no page but one."""
        return not self.has_second_factor or self.second_factor_at is not None

    @property
    def is_staff(self) -> bool:
        """Whether they work here."""
        return not self.standings.isdisjoint(ROLES)

    @property
    def rights(self) -> frozenset[Right]:
        """What they may do here, apart from rights over one thing, of which ``guard`` asks."""
        return frozenset(right for right, allowed in RIGHTS.items() if not allowed.who.isdisjoint(self.standings))

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


def guard(allowed: Allowed) -> bool:
    """Whether the one who asks has a right; those who could have it are led to where they get it, and lose nothing
    that they have sent.

    Raises:
        NeedsSignIn, NeedsConfirming: with the answer to give.
        NotFound: the thing that it is a right over is none of theirs, or is not there at all.
    """
    here = this_sign_in()
    if here is None:
        raise NeedsSignIn(response=_redirect("accounts.sign_in"))
    if not here.is_whole and not allowed.half_signed_in:
        raise NeedsSignIn(response=_redirect("second_step.show"))
    _note_use(here)
    standings = here.standings
    if allowed.over:
        standings = _over(here, allowed.over) or abort(404)
    mine = allowed.who & standings
    if not mine:
        return False
    if mine <= NEED_SECOND_FACTOR and not here.has_second_factor:
        raise NeedsSignIn(response=_redirect("second_step.set_up"))
    if allowed.recently and not rules.is_recent(here.confirmed_at, now()):
        raise NeedsConfirming(response=_redirect("accounts.confirm"))
    _fill_in(here)
    return True


def done_if_allowed(action: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What an action of staff gives; whoever has lost the right to it since the page was guarded is told that (403)."""
    try:
        return action(*given, **named)
    except Refused as refusal:
        if refusal.reason == rules.WhyNot.NOT_ALLOWED:
            abort(403)
        raise


def _redirect(endpoint: str) -> Any:
    return redirect(url_for(endpoint, **_next()), 303)  # type: ignore[arg-type]


def _over(here: SignedIn, name: str) -> frozenset[Who]:
    asked: Callable[[int, int], frozenset[Who]] = current_app.extensions["c4s.standings"][name]
    return asked(here.person_id, int((request.view_args or {})[name]))


def knows(app: Flask, name: str, standings: Callable[[int, int], frozenset[Who]]) -> None:
    """Tell the guard who is what to a thing.

    Args:
        name: of its number, in addresses.
        standings: what a person (first) is to the thing (second); nothing for none, and for no such thing.
    """
    app.extensions.setdefault("c4s.standings", {})[name] = standings


def _fill_in(here: SignedIn) -> None:
    """Give a page back what was sent to it before its visitor could enter: to them, and to nobody else."""
    token = session.get(KEPT)
    if not token or session.get(KEPT_FOR) != here.person_id:
        return
    form = queries.kept_form(token)
    if form is None or form.address != _address():
        return  # on the way there they may first have to confirm who they are
    if request.method == "POST":
        _drop_form()
    else:
        # Forms show it filled in, and take nothing of it before it is sent again.
        g.kept_form = MultiDict(parse_qsl(form.body, keep_blank_values=True))


def _drop_form() -> None:
    """Forget what was kept for this browser."""
    token = session.pop(KEPT, None)
    session.pop(KEPT_FOR, None)
    if token:
        with suppress(Busy):
            actions.drop_form(str(token))


def _note_use(here: SignedIn) -> None:
    if now() - here.last_used_at >= (rules.NOTED_EVERY_OF_STAFF if here.is_staff else rules.NOTED_EVERY):
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
        token = actions.keep_form(_address(), urlencode(fields), network=network())
        if token:
            _drop_form()  # of two, the last is kept
            here = this_sign_in()
            session[KEPT], session[KEPT_FOR] = token, here.person_id if here else None


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
            if isinstance(getattr(current_app.view_functions.get(endpoint), "access", None), May):
                return endpoint, json.loads(values)
    return None


# ---- Coming and going ----


def start(token: str) -> None:
    """Begin, or go on with, a sign-in in this browser: all that its cookie held before is gone.

    Args:
        token: as an action of ours gave it.
    """
    earlier, known = session.get(TOKEN), _known(token)
    if known and session.get(KEPT_FOR) not in (None, known.person_id):
        _drop_form()
    carried_on = {name: session[name] for name in (KEPT, WAITING_KEY) if session.get(name)}
    if known and KEPT in carried_on:
        carried_on[KEPT_FOR] = known.person_id
    if earlier:
        actions.replace_sign_in(str(earlier))
    session.clear()
    g.pop("csrf_token", None)
    session.update(carried_on)
    flask_login.login_user(known)
    session.pop("_id", None)  # a digest of the visitor's address, for a protection that we have no use for


def end() -> None:
    """Forget in this browser who was signed in, and what was kept for them; the action has ended the sign-in itself."""
    _drop_form()
    flask_login.logout_user()
    session.clear()
    g.pop("csrf_token", None)


def _known(token: str) -> SignedIn | None:
    """Whom a browser's token stands for, asked anew at every request: one that has ended is nobody's."""
    found = queries.live_sign_in(token)
    if found is None:
        return None
    person = found.person
    standings = {Who.SIGNED_IN, *person.roles}
    return SignedIn(
        token,
        found.id,
        found.person_id,
        found.created_at,
        found.last_used_at,
        found.confirmed_at,
        frozenset(standings | {Who.BUYER} if person.is_buyer else standings),
        person.has_second_factor,
        found.second_factor_at,
    )


def install(app: Flask) -> None:
    """Tell Flask-Login how to know people.

    Not its own ``init_app``: that would look at the cookie of every visitor to every page.
    """
    manager = flask_login.LoginManager()
    manager.session_protection = None
    manager.user_loader(_known)
    app.login_manager = manager  # type: ignore[attr-defined]
    access.guarded_by(app, guard)
    access.known_by(app, lambda: this_person().id)
