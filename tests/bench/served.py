"""One server to be measured: ``python -m tests.bench.served ours|bare WORKERS``, the address of its data in BENCH_DATA.

Both run in the very server of ``flask serve``, with its options; the port is printed, then the server runs until it
is told to stop.
"""

import os
import sys
from pathlib import Path

from flask import Flask

from c4s.backoffice import serving
from c4s.core.config import Settings
from c4s.core.db import db
from c4s.site import create_app
from tests.bench import bare


def ours(database: str) -> Flask:
    """The site as a demonstration, one proxy in front of it, and no pause asked of those who fill in a form."""
    settings = Settings(
        database_url=database, secret_key="for-the-benchmark-only-" + "x" * 32, demonstration="1", trusted_proxies="1"
    )
    return create_app(settings, FORM_SECONDS=0, PROPAGATE_EXCEPTIONS=False)


def theirs(file: str) -> Flask:
    """The bare site, made known to our database layer only because the server closes its connections."""
    app = bare.create(Path(file))
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    app.teardown_appcontext_funcs.clear()  # nothing of ours on its way
    return app


def main(which: str, workers: int) -> None:
    app = {"ours": ours, "bare": theirs}[which](os.environ["BENCH_DATA"])
    with app.app_context():
        db.engine.dispose()
    listener = serving.listen("127.0.0.1", 0)
    print(listener.getsockname()[1], flush=True)
    serving.settle()
    serving.web_server(app, workers, listener, os.open(os.devnull, os.O_WRONLY))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
