"""Text that wants to do harm, driven through every field that takes text from outside."""
