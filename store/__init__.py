"""Items, rules, procedures, payments, and the clouds that they come from.

Independent of any terminal: nothing in here imports `tui`, `textual` or `rich`.
"""
