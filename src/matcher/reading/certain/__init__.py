"""What is certain of a sentence though other words of it were not read, and what may only narrow it."""
