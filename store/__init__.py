"""Items, rules, procedures, payments and clouds, independent of any terminal.

Nothing in this package imports `tui`, `textual` or `rich`.
"""
