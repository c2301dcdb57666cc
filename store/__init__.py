"""What is true: items, rules, procedures, payments, and the clouds they come from.

Knows no terminal: nothing in here imports `tui`, `textual` or `rich`.
"""
