"""Widgets that screens are built of; none of them reads the store."""
