"""A record as its author laid it out: headings, groups, lists and their members, and criteria that bear on each other."""
