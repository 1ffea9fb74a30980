"""Connect4Success: local businesses found, learning, meeting and bidding together, in Welsh and in English."""
