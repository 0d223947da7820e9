"""The version of the sources: a change in what they make of the same file raises it."""

SOURCES = "2"
