"""Staff hide an entry at once, with a reason; its business can ask another of them to look again."""
