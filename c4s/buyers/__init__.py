"""People of public bodies, and whether staff have checked that they are."""
