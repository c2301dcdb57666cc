"""Standard streams, their encoding, and the log."""
