"""Headers on every answer: nothing foreign loads, nothing private is kept, everything public may be."""

import gzip
import hashlib
from datetime import timedelta

from flask import Flask, Response, current_app, g, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from c4s.core.changes import PAGES, version
from c4s.core.clock import now

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # not no-referrer: the form guard may need the Origin and Referer
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
SECURE_ONLY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
PUBLIC = "public, max-age=60"  # a page taken down is gone everywhere within a minute
PRIVATE = "no-store"
SLICE = timedelta(minutes=5)  # pages change with the clock too: places close, events pass
SMALLEST = 1_000  # bytes; below that compression costs more than it saves


def etag() -> str:
    """The tag of the page asked for: its address, what is published, the slice of time, this build."""
    slice_of_time = int(now().timestamp() // SLICE.total_seconds())
    facts = f"{current_app.config['BUILD']} {version(PAGES)} {slice_of_time} {request.full_path}"
    return hashlib.blake2s(facts.encode("utf-8", "replace"), digest_size=12).hexdigest()


class Sessions(SecureCookieSessionInterface):
    """Sessions whose signer is made once, not for every visitor."""

    signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        self.signer = self.signer or super().get_signing_serializer(app)
        return self.signer


def install(app: Flask) -> None:
    """Give every answer the headers of the house, and 304 to whoever has this very page already."""
    app.session_interface = Sessions()
    always = [*ALWAYS.items(), *(SECURE_ONLY.items() if app.config["SESSION_COOKIE_SECURE"] else ())]

    @app.before_request
    def still_the_same() -> Response | None:
        """Answer 304 before anything is read or rendered, when the visitor has this very page."""
        g.etag = None
        view = app.view_functions.get(request.endpoint or "")
        if request.method not in ("GET", "HEAD") or not getattr(view, "is_public", False):
            return None
        g.etag = etag()
        # Tags are compared weakly (RFC 9110, 13.1.2); of "*" only the page itself can tell whether it is there.
        known = request.if_none_match
        if not known.star_tag and known.contains_weak(g.etag):
            return Response(status=304)
        return None

    @app.after_request
    def finish(response: Response) -> Response:
        headers = response.headers
        if g.get("etag") and response.status_code == 200 and request.if_none_match.star_tag:
            response.status_code = 304
            response.set_data(b"")
        headers.extend((name, value) for name, value in always if name not in headers)
        if "Cache-Control" not in headers:
            if g.get("etag") and response.status_code in (200, 304):
                headers["Cache-Control"] = PUBLIC
                headers["ETag"] = f'W/"{g.etag}"'
            else:
                headers["Cache-Control"] = PRIVATE
                headers["X-Robots-Tag"] = "noindex"
        if response.location:
            response.set_data(b"")  # Werkzeug’s own words for those who are sent on are English only
        elif response.mimetype == "text/html":
            headers["Content-Language"] = g.get("language", "cy")
        return compressed(response)


def takes_gzip() -> bool:
    """Whether the visitor can unpack a compressed answer."""
    accepted = request.headers.get("Accept-Encoding", "").replace(" ", "")
    return "gzip" in accepted and "gzip;q=0" not in accepted  # a half-hearted yes counts as a no


def compressed(response: Response) -> Response:
    """The same answer, in fewer bytes, for a visitor who can unpack it."""
    kind = response.mimetype or ""
    is_text = kind.startswith("text/") or kind in ("application/json", "image/svg+xml")
    if not is_text or response.is_streamed or response.direct_passthrough:
        return response
    if "Vary" in response.headers:
        response.vary.add("Accept-Encoding")
    else:
        response.headers["Vary"] = "Accept-Encoding"
    if response.status_code == 304 or "Content-Encoding" in response.headers or not takes_gzip():
        return response
    body = response.get_data()
    if len(body) >= SMALLEST:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
