"""Ground floor: no web, no language, no capability."""
