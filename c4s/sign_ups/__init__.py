"""The desk of sign-ups: what staff do for those who take part in an event."""
