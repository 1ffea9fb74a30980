"""The way in: builds the site."""

from c4s.site import create_app

app = create_app()
