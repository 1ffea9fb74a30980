"""Requests and complaints about personal data, and by when they must be answered."""
