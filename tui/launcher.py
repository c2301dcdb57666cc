"""The first lines to run: they see to it that the program's own `store` and `tui` are imported,
whatever else has those names.

It is installed as `renewal_assistant` too, a name that no other project has, for the console
script. So it imports nothing of the program at its top, and calls `tui.start.run` alone.
"""

from __future__ import annotations

import sys
from os.path import abspath, dirname, isfile, join

_OWN = ("tui", "store")
_MARK = join("tui", "launcher.py")


def main() -> None:
    """Run the program and end with its exit code."""
    use_own_packages()
    from tui.start import run

    sys.exit(run())


def use_own_packages() -> None:
    """Put the folder of this program's packages first on the path, and forget foreign ones
    of the same names."""
    folder = _own_folder()
    if folder is None:
        return
    sys.path[:] = [folder, *(entry for entry in sys.path if entry != folder)]
    for name in [name for name in sys.modules if name.partition(".")[0] in _OWN]:
        path = getattr(sys.modules[name], "__file__", None)
        if path and not abspath(path).startswith(join(folder, "")):
            del sys.modules[name]


def _own_folder() -> str | None:
    """The folder that holds `tui` and `store` of this very program."""
    here = dirname(abspath(__file__))
    candidates = [dirname(here), here, *map(abspath, sys.path)]
    return next((folder for folder in candidates if isfile(join(folder, _MARK))), None)
