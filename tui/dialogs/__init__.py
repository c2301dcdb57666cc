"""Dialogs: each asks or tells a person something, and closes with the answer."""
