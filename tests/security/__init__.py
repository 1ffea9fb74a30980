"""What somebody who means harm has tried, and what came of it."""
