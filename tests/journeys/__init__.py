"""What people come to do, from beginning to end, in a real browser with scripts off."""
