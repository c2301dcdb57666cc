"""What a person does: each act asks, works in the store, and tells what came of it.

An act is a coroutine that reads from top to bottom as it happens. It changes nothing on
the screen but through dialogs and a reload.
"""
