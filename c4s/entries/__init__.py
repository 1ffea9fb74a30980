"""Staff find any entry of the directory, whatever its state, and see how it stands; and name networks."""
