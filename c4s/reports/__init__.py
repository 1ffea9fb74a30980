"""What readers say is wrong."""
