"""What businesses write of themselves, until moderators let it go live."""
