"""What the site costs, measured: ``python -m tests.bench [NAME…]``. Nothing here is a test; no time fails a build."""
