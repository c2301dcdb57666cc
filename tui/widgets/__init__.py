"""What is put together into panes and screens; none of it reads the store."""
