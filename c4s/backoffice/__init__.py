"""The staff desk and the commands that keep the house."""
