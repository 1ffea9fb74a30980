"""Who came, and the certificates that say so."""
