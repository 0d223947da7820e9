"""What every rule is made of: patterns over tags, applied in their order, and the pieces of checks that they share."""
