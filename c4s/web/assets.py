"""The stylesheet and the pictures: joined and named by their contents when the site starts, kept for ever."""

import gzip
import hashlib
import re
from pathlib import Path

from flask import Blueprint, Flask, Response, abort

from c4s.web.access import open_to_all
from c4s.web.headers import takes_gzip

STYLES = ("tokens", "base", "layout", "parts", "forms", "print")
OF_SOME_PAGES = ("paper", "month")
"""Stylesheets that only those pages load which need them."""
KINDS = {".svg": "image/svg+xml", ".css": "text/css", ".png": "image/png", ".webp": "image/webp"}
COMMENT = re.compile(rb"/\*.*?\*/\n?", re.DOTALL)
FOREVER = "public, max-age=31536000, immutable"


class Asset:
    """One static file in memory, plain and compressed, under a name that changes with its contents."""

    def __init__(self, name: str, body: bytes) -> None:
        stem, _, ending = name.rpartition(".")
        self.kind = KINDS["." + ending]
        self.file = f"{stem}-{hashlib.sha256(body).hexdigest()[:10]}.{ending}"
        self.body = body
        self.packed = gzip.compress(body, 9, mtime=0)


def gather(folder: Path) -> dict[str, Asset]:
    """Every asset by its plain name; the stylesheets joined, in order, as ``site.css``; and those of some pages.

    Args:
        folder: the project's ``static`` folder.
    """
    styles = b"\n".join((folder / "css" / f"{name}.css").read_bytes() for name in STYLES)
    styles = COMMENT.sub(b"", styles)
    pictures = [path for path in sorted(folder.rglob("*")) if path.suffix in (".svg", ".png", ".webp")]
    return {
        "site.css": Asset("site.css", styles),
        **{
            f"{name}.css": Asset(f"{name}.css", COMMENT.sub(b"", (folder / "css" / f"{name}.css").read_bytes()))
            for name in OF_SOME_PAGES
        },
        **{path.name: Asset(path.name, path.read_bytes()) for path in pictures},
    }


def install(app: Flask, folder: Path) -> None:
    """Serve the files of a folder under names that change with them, and know which build of the site this is."""
    assets = gather(folder)
    by_file = {asset.file: asset for asset in assets.values()}
    build = hashlib.sha256("".join(sorted(by_file)).encode())
    for path in sorted((folder.parent / "templates").rglob("*.*")):
        build.update(path.read_bytes())
    for path in sorted((folder.parent / "translations").rglob("*.po")):
        build.update(path.read_bytes())
    app.config["BUILD"] = build.hexdigest()[:12]
    app.jinja_env.globals["asset"] = lambda name: f"/static/{assets[name].file}"

    blueprint = Blueprint("assets", __name__)

    @blueprint.get("/static/<file>")
    @open_to_all()
    def show(file: str) -> Response:
        asset = by_file.get(file) or abort(404)
        packed = takes_gzip()
        response = Response(asset.packed if packed else asset.body, mimetype=asset.kind)
        response.headers["Cache-Control"] = FOREVER
        response.headers["Vary"] = "Accept-Encoding"
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return response

    @blueprint.get("/favicon.ico")
    @open_to_all()
    def favicon() -> Response:
        return show(assets["favicon.svg"].file)

    app.register_blueprint(blueprint)
