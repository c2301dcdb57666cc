"""Output of frames and input of keys: everything that replaces or uses private parts of Textual."""
