"""Who can sign in to a demonstration: somebody invented, whose password everybody may know."""

NAME = "Siân ap Rhŷs"
EMAIL = "sian.aprhys@example.cymru"
PASSWORD = "tair cath ar bont y glaw"
