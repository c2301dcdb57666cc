"""The console script, in a module whose name no other project has: it finds the `tui` and `store`
of this program even if another project's come first on the path."""

from __future__ import annotations

import sys
from os.path import abspath, dirname, isfile, join

_OURS = join("tui", "launcher.py")


def main() -> None:
    """Run the program and end with its exit code."""
    folders = (dirname(abspath(__file__)), *sys.path)
    folder = next((folder for folder in folders if isfile(join(folder, _OURS))), None)
    if folder is not None:
        sys.path.insert(0, folder)
    from tui.launcher import main as launch

    launch()
