"""Training and events."""
