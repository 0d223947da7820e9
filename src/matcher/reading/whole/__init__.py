"""Criteria of one kind that are read from the first word to the last, or not at all."""
