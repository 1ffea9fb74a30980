"""Which rules a business has to follow, found question by question."""
