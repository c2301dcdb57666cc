"""What is due, outside the program: a calendar, a table, metrics, messages."""
