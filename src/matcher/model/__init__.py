"""Values that every room shares: trials, criteria, checks, profiles, verdicts and matches. No I/O, no vocabulary."""
