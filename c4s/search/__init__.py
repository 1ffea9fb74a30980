"""One index for the whole site."""
