"""A business asks us to put its words into the other language, and staff do so."""
