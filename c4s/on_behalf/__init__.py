"""What staff do for people of a business who have no e-mail: at their word, in their name, and as they would."""
