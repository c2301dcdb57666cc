"""The reasons of speed: what is read, asked and imported, and never how long it takes."""
