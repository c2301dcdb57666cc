"""What asks a person something, or tells them; each one closes with its answer."""
