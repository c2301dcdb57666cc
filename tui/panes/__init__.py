"""What each pane tells: pure functions from a snapshot to rows and lines."""
