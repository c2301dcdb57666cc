"""Writing files completely or not at all, without changing their type.

File systems without hard links (SMB, exFAT, Android) or without syncing of folders (CIFS) are
supported.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NO_LINKS = {errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF}
_NO_REPLACING = {errno.EPERM, errno.EACCES, errno.EBUSY, errno.EROFS, errno.EXDEV}
"""Errors of a file that cannot be replaced but may still be written: in a folder of another user,
or mounted itself."""
_DESCRIPTOR = re.compile(r"/dev/(stdin|stdout|stderr)|(?:/dev/fd|/proc/self/fd)/([0-9]+)")
_STANDARD = {"stdin": 0, "stdout": 1, "stderr": 2}


def write_file(path: Path, data: bytes, *, new_mode: int) -> None:
    """Write the file: a regular one is replaced atomically, so that no reader sees a partial file.

    A link is followed. An existing file keeps its mode and owner; a new one gets `new_mode`.
    Anything else (a device, a pipe, an open descriptor) is written through. Raises `OSError`.
    """
    descriptor = _DESCRIPTOR.fullmatch(str(path))
    if descriptor is not None:
        name, number = descriptor.groups()
        _write_descriptor(int(number) if number else _STANDARD[name], data)
        return
    path = Path(os.path.realpath(path))
    present = _present(path)
    if present is not None and not stat.S_ISREG(present.st_mode):
        _write_through(path, data)
        return
    try:
        _replace(path, data, present, new_mode)
    except OSError as error:
        if present is None or error.errno not in _NO_REPLACING:
            raise
        _write_through(path, data)


def _present(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _write_descriptor(number: int, data: bytes) -> None:
    with os.fdopen(os.dup(number), "wb") as file:
        file.write(data)


def _write_through(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_TRUNC)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _replace(path: Path, data: bytes, present: os.stat_result | None, new_mode: int) -> None:
    with draft_file(path) as draft:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if present is None:
            draft.chmod(new_mode)
        else:
            new = draft.stat()
            if (new.st_uid, new.st_gid) != (present.st_uid, present.st_gid):
                os.chown(draft, present.st_uid, present.st_gid)
            draft.chmod(stat.S_IMODE(present.st_mode))
        draft.replace(path)


@contextmanager
def draft_file(path: Path) -> Iterator[Path]:
    """An empty private file in the folder of `path`, to be filled and renamed. Leftovers are
    removed at the end, including SQLite's files for it."""
    from glob import escape
    from tempfile import mkstemp

    handle, name = mkstemp(prefix=f".{path.name}.new-", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for leftover in path.parent.glob(f"{escape(Path(name).name)}*"):
            leftover.unlink(missing_ok=True)


def publish(draft: Path, path: Path) -> None:
    """Rename a finished file, unless another process has already created one."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with _folder_locked(path.parent):
            if not path.exists():
                draft.rename(path)
    flush_folder(path.parent)


@contextmanager
def _folder_locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def link_or_copy(path: Path, name: Path) -> None:
    """Link the file under `name`; without hard links, copy it."""
    try:
        os.link(path, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        from shutil import copy2

        copy2(path, name)


def flush_folder(folder: Path) -> None:
    """Sync the folder, so that a new file survives a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def locks_work(folder: Path) -> bool:
    """Whether the folder's file system supports locks, which SQLite needs; network file systems
    without a lock server do not. True if it cannot be tested."""
    with suppress(OSError), draft_file(folder / "lock") as draft, draft.open("wb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
    return True
