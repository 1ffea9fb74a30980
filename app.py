"""The way in: builds the site, or says in plain words which settings stand in the way."""

import gc

from c4s.core.config import UnsafeSettings

gc.disable()  # what is loaded stays: to look through it for rubbish, again and again, would be a quarter of the time
try:
    from c4s.site import create_app

    app = create_app()
except UnsafeSettings as problem:
    raise SystemExit(str(problem)) from None
gc.freeze()
gc.enable()
