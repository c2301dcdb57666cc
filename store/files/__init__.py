"""Files: written completely or not at all, read in any encoding."""
