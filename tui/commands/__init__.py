"""Commands: their table, their registry, and the keys that a person sets."""
