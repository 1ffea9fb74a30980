"""Events in the making: drafts, venues, publishing, moving and calling off."""
