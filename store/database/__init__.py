"""SQLite files of ours: opening, connections, the file header, backups. Knows no table."""
