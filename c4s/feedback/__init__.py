"""What people thought of an event they had been to."""
