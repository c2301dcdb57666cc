"""What the outside relies on, through the program's own commands."""
