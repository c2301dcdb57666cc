"""The start of the program: it runs its own `store` and `tui`, whatever else has those names.

It is installed as `renewal_assistant` too, a name that no other project has, for the console
script; so nothing of the program is imported at its top.
"""

from __future__ import annotations

import sys
from os.path import abspath, dirname, isfile, join

_USAGE, _DEFECT, _FILE = 64, 70, 74
_OWN = ("tui", "store")
_MARK = join("tui", "start.py")


def main() -> None:
    """Run the program and end with its exit code."""
    use_own_packages()
    sys.exit(run_program())


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


def run_program() -> int:
    """The program's exit code; a start that fails ends with a sentence, too."""
    try:
        from tui.__main__ import run_to_the_end
    except ImportError as error:
        return _not_startable(error)
    return run_to_the_end()


def _not_startable(error: ImportError) -> int:
    """What is lacking, in English: the words of other languages are not there yet."""
    name = (error.name or "").partition(".")[0]
    if name in _OWN:
        words, code = f"a part of the program is missing ({error}); install it anew", _DEFECT
    else:
        words, code = f"this Python lacks {name or error}, which the program needs", _FILE
    print(f"renewal: {words}.", file=sys.stderr)  # noqa: T201 - nothing of ours is there yet
    return code


if __name__ == "__main__":
    main()
