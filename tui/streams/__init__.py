"""Standard streams: what is written outside the screen, its encoding, and the log."""
