"""What fills the terminal: the main screen, an item's page, a walk-through."""
