"""The front door and the small print."""
