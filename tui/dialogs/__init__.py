"""Dialogs: each shows a question or a message, and closes with the answer."""
