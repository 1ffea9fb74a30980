"""Who meets whom, and when, at a speed networking event."""
