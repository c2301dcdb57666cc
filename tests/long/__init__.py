"""What a year in front of the open app, and thousands of syncs, leave behind."""
