"""The folder where everything is kept, private to its owner."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from store.errors import FileTrouble
from store.i18n import _

_OURS = ("config.toml", "store.db", "practice.db", "renewal.log")


class Home(Struct, frozen=True):
    """Paths of the files of one installation."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def store(self) -> Path:
        return self.folder / "store.db"

    @property
    def practice(self) -> Path:
        return self.folder / "practice.db"

    @property
    def log(self) -> Path:
        return self.folder / "renewal.log"


def home_at(folder: str | None) -> Home:
    """The home folder as it is, or is not: nothing is made or changed."""
    return Home(Path(folder).absolute() if folder else _default_folder())


def open_home(folder: str | None) -> Home:
    """The home folder, made when there is none, brought to 0700 and its files to 0600.

    Raises `FileTrouble` where it, or a file of ours in it, belongs to someone else.
    """
    home = home_at(folder)
    try:
        home.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_private(home.folder, 0o700)
        for name in _OURS:
            for path in home.folder.glob(f"{name}*"):
                _make_private(path, 0o600)
    except OSError as error:
        raise FileTrouble(
            _(
                "{folder} cannot be used as the home folder ({strerror}); check it, or "
                "choose another with --home"
            ).format(folder=home.folder, strerror=error.strerror)
        ) from error
    return home


def _default_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("renewal-assistant", appauthor=False)


def _make_private(path: Path, mode: int) -> None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return  # a journal file of SQLite that another process has just removed
    if found.st_uid != os.geteuid():
        raise FileTrouble(
            _(
                "{path} belongs to another user (uid {st_uid}); it is left alone. Choose "
                "another folder with --home."
            ).format(path=path, st_uid=found.st_uid)
        )
    if found.st_mode & 0o777 != mode:
        path.chmod(mode)
