"""What the cloud lists, as the store keeps it: rows, queries, sync, assessment, forecast."""
