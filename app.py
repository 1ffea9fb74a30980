"""The way in: builds the site, or says in plain words which settings stand in the way."""

import gc

gc.disable()  # all that is loaded here stays: looking through it for rubbish would take a tenth of the time

from c4s.core.config import UnsafeSettings  # noqa: E402
from c4s.site import create_app  # noqa: E402

try:
    app = create_app()
except UnsafeSettings as problem:
    raise SystemExit(str(problem)) from None
gc.enable()
