"""The practice cloud: an embedded account that follows the two documents to the second."""
