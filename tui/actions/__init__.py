"""The actions, each written once: it asks the person, works in the store, and shows the outcome.

An action is a coroutine that reads from top to bottom as it happens. It asks through a prompter
(`tui.actions.prompter`), which the screens and line mode implement.
"""
