"""Files are written whole, also on file systems without locks, links or syncing of folders."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from store.files.writing import flush_folder, locks_work, publish, write_file

LACKING = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>

static int lacks(const char *what) { return getenv(what) != 0; }

int link(const char *from, const char *to) {
    if (lacks("NO_LINKS")) { errno = EPERM; return -1; }
    return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link"))(from, to);
}

int fsync(int file) {
    struct stat found;
    if (lacks("NO_FOLDER_SYNC") && !fstat(file, &found) && S_ISDIR(found.st_mode)) {
        errno = EINVAL;
        return -1;
    }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
}

static int locked(int file, int command, void *argument, const char *name) {
    int is_lock = command == F_SETLK || command == F_SETLKW || command == F_GETLK;
    if (is_lock && lacks("NO_LOCKS")) { errno = ENOLCK; return -1; }
    return ((int (*)(int, int, ...))dlsym(RTLD_NEXT, name))(file, command, argument);
}

int fcntl(int file, int command, ...) {
    va_list rest; va_start(rest, command); void *argument = va_arg(rest, void *); va_end(rest);
    return locked(file, command, argument, "fcntl");
}

int fcntl64(int file, int command, ...) {
    va_list rest; va_start(rest, command); void *argument = va_arg(rest, void *); va_end(rest);
    return locked(file, command, argument, "fcntl64");
}
"""
"""A library that takes from a file system what SMB, exFAT, CIFS and NFS may lack."""


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lacking")
    source = folder / "lacking.c"
    source.write_text(LACKING)
    made = folder / "lacking.so"
    try:
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-w", "-o", str(made), str(source), "-ldl"],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no C compiler makes the library: {error}")
    return made


def sync(home: Path, lacking: Path, what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", "--home", str(home), "sync"],
        env={**os.environ, "LD_PRELOAD": str(lacking), what: "1"},
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("what", ["NO_LINKS", "NO_FOLDER_SYNC"])
def test_a_home_is_made_where_the_file_system_lacks(
    what: str, tmp_path: Path, lacking: Path
) -> None:
    home = tmp_path / "home"
    for _ in range(2):
        ran = sync(home, lacking, what)
        assert (ran.returncode, ran.stderr) == (0, "")
    assert sorted(path.name for path in home.iterdir()) == ["practice.db", "store.db"]


def test_a_folder_without_locks_is_named(tmp_path: Path, lacking: Path) -> None:
    ran = sync(tmp_path / "home", lacking, "NO_LOCKS")
    assert ran.returncode == 74
    assert "network share" in ran.stderr
    assert "--home" in ran.stderr
    assert "another process" not in ran.stderr


def test_a_finished_file_overwrites_none_without_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", link)
    first, second, path = tmp_path / "first", tmp_path / "second", tmp_path / "store.db"
    first.write_text("first")
    second.write_text("second")
    publish(first, path)
    publish(second, path)
    assert path.read_text() == "first"


def test_a_plain_file_is_replaced_and_keeps_mode_and_owner(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("old")
    path.chmod(0o600)
    before = path.stat().st_ino
    write_file(path, b"new", new_mode=0o644)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.stat().st_ino != before
    new = tmp_path / "new.csv"
    write_file(new, b"new", new_mode=0o644)
    assert stat.S_IMODE(new.stat().st_mode) == 0o644
    assert sorted(each.name for each in tmp_path.iterdir()) == ["new.csv", "own.csv"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
def test_root_leaves_a_file_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text("old")
    os.chown(path, 12345, 12346)
    write_file(path, b"new", new_mode=0o644)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


def test_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    (tmp_path / "dangling.csv").symlink_to("made.csv")
    for name in ("link.csv", "dangling.csv"):
        write_file(tmp_path / name, b"new", new_mode=0o644)
        assert (tmp_path / name).is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == (tmp_path / "made.csv").read_bytes() == b"new"


def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    taken: list[bytes] = []
    reader = threading.Thread(target=lambda: taken.append(path.read_bytes()))
    reader.start()
    write_file(path, b"new", new_mode=0o644)
    reader.join()
    assert taken == [b"new"]
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.parametrize("name", ["/dev/fd/{}", "/proc/self/fd/{}"])
def test_an_open_descriptor_goes_on_where_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / "log"
    path.write_text("before ")
    with path.open("ab") as file:
        write_file(Path(name.format(file.fileno())), b"new", new_mode=0o644)
    assert path.read_bytes() == b"before new"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "null"
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        write_file(path, b"new", new_mode=0o644)
    except PermissionError:
        pytest.skip("devices cannot be made or used here")
    assert stat.S_ISCHR(path.stat().st_mode)


def test_a_folder_that_is_synced_and_locked(tmp_path: Path) -> None:
    flush_folder(tmp_path)
    assert locks_work(tmp_path)
    assert list(tmp_path.iterdir()) == []
