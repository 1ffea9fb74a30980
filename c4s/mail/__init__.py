"""Letters leave by the outbox."""
