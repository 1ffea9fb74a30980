"""Changes wait here to be read; nothing here knows what they are changes of."""
