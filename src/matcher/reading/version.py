"""The reader's version: a change in what it makes of the same text raises it."""

READER = "13"
