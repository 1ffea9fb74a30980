"""What a business says of its quality, what it showed us, and what it signed."""
