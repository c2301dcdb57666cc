"""The content of each pane: pure functions from a snapshot to rows and lines."""
