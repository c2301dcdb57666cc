"""What is due, for those who do not look at the program: a calendar, a table, metrics."""
