"""`python -m tui`, the same as `renewal`."""

from __future__ import annotations

from tui.launcher import main

if __name__ == "__main__":
    main()
