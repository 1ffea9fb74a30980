"""The directory for machines: Open Referral UK."""
