"""The home folder of the program, which is private to its owner, and that of the person."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from msgspec import Struct

from store.errors import FileTrouble, Usage
from store.i18n import _

_FILES = ("config.toml", "store.db", "practice.db", "renewal.log")


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


def user_home() -> Path | None:
    """The person's home folder: `HOME`, or the system's entry; None if there is neither. An empty
    or relative `HOME` is ignored."""
    folder = os.environ.get("HOME")
    if folder is None:
        import pwd

        try:
            folder = pwd.getpwuid(os.getuid()).pw_dir
        except KeyError:
            return None
    return Path(folder) if os.path.isabs(folder) else None


def user_path(text: str) -> Path:
    """The path, with a leading `~` expanded: a shell leaves it unchanged in quotes and after `=`.
    Raises `Usage` if there is no such home folder."""
    if not text.startswith("~"):
        return Path(text)
    name, _slash, rest = text.partition("/")
    folder = user_home() if name == "~" else _home_of(name[1:])
    if folder is None:
        raise Usage(
            _("{path}: the home folder of {name} is unknown; use an absolute path").format(
                path=text, name=name
            )
        )
    return folder / rest


def _home_of(user: str) -> Path | None:
    import pwd

    try:
        return Path(pwd.getpwnam(user).pw_dir)
    except KeyError:
        return None


def home_at(folder: str | None) -> Home:
    """The home folder, existing or not: nothing is created or changed. Raises `FileTrouble` if it
    is unknown, `Usage` for an invalid `~`."""
    if not folder:
        return Home(_default_folder())
    try:
        return Home(user_path(folder).absolute())
    except FileNotFoundError as error:
        raise FileTrouble(
            _(
                "the current folder no longer exists, so {folder} cannot be resolved; "
                "change to another folder, or use an absolute path"
            ).format(folder=folder)
        ) from error


def open_home(folder: str | None) -> Home:
    """The home folder, created if missing, set to 0700 and its files to 0600. Raises `FileTrouble`
    if it, or a file of the program in it, belongs to somebody else."""
    home = home_at(folder)
    try:
        _refuse_foreign_parent(home.folder)
        home.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_private(home.folder, 0o700)
        for name in _FILES:
            for path in home.folder.glob(f"{name}*"):
                _make_private(path, 0o600)
    except OSError as error:
        raise FileTrouble(
            _(
                "{folder} cannot be used as the home folder ({strerror}); check it, or "
                "choose another one with --home"
            ).format(folder=home.folder, strerror=error.strerror)
        ) from error
    return home


def _default_folder() -> Path:
    from platformdirs import user_data_path

    if user_home() is None and not _has_data_folder():
        raise FileTrouble(
            _("the home folder is unknown (HOME is not set); choose a folder with --home")
        )
    return user_data_path("renewal-assistant", appauthor=False)


def _has_data_folder() -> bool:
    """Whether the data folder is known without a home folder."""
    folder = os.environ.get("XDG_DATA_HOME", "").strip()
    return sys.platform != "darwin" and os.path.isabs(folder)


def _refuse_foreign_parent(folder: Path) -> None:
    """Raises `FileTrouble` if root would create a folder in another user's home, who could not use
    it, as under a sudo that keeps HOME."""
    if os.geteuid() != 0 or folder.exists():
        return
    above = next(parent for parent in folder.parents if parent.exists())
    owner = above.stat().st_uid
    if owner != 0:
        raise FileTrouble(
            _(
                "{above} belongs to another user (uid {owner}), who could not use a "
                "folder created there by root. Run the program as that user or with "
                "`sudo -H`, or choose another folder with --home."
            ).format(above=above, owner=owner)
        )


def _make_private(path: Path, mode: int) -> None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return  # a journal file of SQLite that another process has just removed
    if status.st_uid != os.geteuid():
        raise FileTrouble(
            _(
                "{path} belongs to another user (uid {st_uid}) and was not touched. "
                "Choose another folder with --home."
            ).format(path=path, st_uid=status.st_uid)
        )
    if status.st_mode & 0o777 != mode:
        path.chmod(mode)
