"""The screens: the main screen, an item's page, a walk-through and others that fill the
terminal."""
