"""The program in a real pseudo-terminal: what it writes, and how it leaves."""
