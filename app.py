"""The way in: builds the site, or says in plain words which settings stand in the way."""

from c4s.core.config import UnsafeSettings
from c4s.site import create_app

try:
    app = create_app()
except UnsafeSettings as problem:
    raise SystemExit(str(problem)) from None
