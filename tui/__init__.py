"""What a person sees and types: the terminal app and the `renewal` command."""

__version__ = "0.1.0"
