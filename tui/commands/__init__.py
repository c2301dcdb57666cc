"""The commands of a person: their table, their registry, and keys of one's own."""
