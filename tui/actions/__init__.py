"""The actions of a person, each written once: it asks, works in the store, and tells the outcome.

An action is a coroutine that reads from top to bottom as it happens. It asks and tells through a
prompter (`tui.actions.prompter`), which the screens and line mode implement.
"""
