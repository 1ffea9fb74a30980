"""Two languages, neither second."""
