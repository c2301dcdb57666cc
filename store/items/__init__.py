"""Items as they are stored: sync, rows, queries, assessment, sort orders, search, forecast."""
