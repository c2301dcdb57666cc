"""Exports: status JSON, calendar, CSV table, metrics, and messages."""
