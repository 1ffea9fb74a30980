"""Every page in a real browser, with scripts off."""
