"""The program's SQLite files: opening, connections, file header, backups. Knows no table."""
