"""What a person does from beginning to end, one story in a file, with keys only."""
