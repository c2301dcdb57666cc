"""The real account, over a real connection to a server of the tests."""
