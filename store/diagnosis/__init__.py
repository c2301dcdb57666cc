"""Checks of the installation and of a real account: `renewal doctor` and the checklist."""
