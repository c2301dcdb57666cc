"""How the house is built: which room may know which, and how large a room may get."""
