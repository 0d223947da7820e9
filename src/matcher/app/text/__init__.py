"""What the panes say, as styled text built from matches and profiles; no widgets here."""
