"""Frames out, keys in: everything that replaces or touches private parts of Textual."""
