"""Where the program writes, and what it leaves as it is."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environments.program import ROOT, environment, run, shell

EXPORT = ("export", "--csv", "--max-age", "never", "-o")
NOBODY = ("setpriv", "--reuid=12345", "--regid=12345", "--clear-groups")
"""Runs a command as somebody whom the system does not know."""
MARK = b"\xef\xbb\xbfaccount,"


def test_a_hyphen_is_stdout(home: Path, tmp_path: Path) -> None:
    ran = run(home, *EXPORT, "-", cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
    assert ran.exit == 0
    assert ran.out.startswith(MARK)
    assert not (tmp_path / "-").exists()


def test_stdout_by_its_name_is_appended_to(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    assert shell(f"$R >>'{log}'", home, *EXPORT, "/dev/stdout").exit == 0
    assert log.read_bytes().startswith(b"before\n" + MARK)


def test_a_pipe_is_written_to(home: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ran = shell(f"cat '{pipe}' & $R; wait", home, *EXPORT, str(pipe))
    assert ran.out.startswith(MARK)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_is_followed_and_the_mode_is_kept(home: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.touch(0o600)
    link.symlink_to(real)
    assert run(home, *EXPORT, str(link)).exit == 0
    assert link.is_symlink()
    assert real.read_bytes().startswith(MARK)
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    new = tmp_path / "new.csv"
    assert run(home, *EXPORT, str(new)).exit == 0
    assert stat.S_IMODE(new.stat().st_mode) == 0o644


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_stays_a_device(home: Path, tmp_path: Path) -> None:
    null = tmp_path / "null"
    try:
        os.mknod(null, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        null.open("wb").close()
    except PermissionError:
        pytest.skip("devices cannot be made or used here")
    assert run(home, *EXPORT, str(null)).exit == 0
    assert stat.S_ISCHR(null.stat().st_mode)


@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_tilde_is_the_home_folder(by: str, tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    arguments = ["status", "--line"]
    if by == "option":
        arguments = ["--home=~/rn", *arguments]
    else:
        env["RENEWAL_HOME"] = "~/rn"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert run(None, *arguments, env=env, cwd=elsewhere).exit == 3
    assert (tmp_path / "rn" / "store.db").exists()
    assert list(elsewhere.iterdir()) == []


def test_a_tilde_of_nobody_is_wrong_usage(tmp_path: Path) -> None:
    ran = run(Path("~nobody-is-called-so/rn"), "status", cwd=tmp_path)
    assert ran.exit == 64
    assert "~nobody-is-called-so" in ran.words
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("home", [None, "", "rel"])
def test_without_a_home_folder_one_has_to_be_named(home: str | None, tmp_path: Path) -> None:
    """Somebody whom the system does not know, or a HOME that is no folder."""
    unknown = NOBODY if home is None else ()
    if unknown and not can_be_nobody(tmp_path):
        pytest.skip("nobody whom the system does not know can run this program here")
    for arguments in (("status",), ("sync", "--json")):
        ran = run(None, *arguments, env={"HOME": home}, prefix=unknown)
        assert ran.exit == 74
        assert "--home" in ran.words
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    env = {"HOME": home, "RENEWAL_HOME": str(shared / "x")}
    assert run(None, "doctor", env=env, prefix=unknown).exit == 0
    assert run(None, "--version", env={"HOME": home}, prefix=unknown).exit == 0


def test_a_completion_without_a_home_says_nothing() -> None:
    words = {"COMP_WORDS": "renewal\nrenew\niot", "COMP_CWORD": "2", "HOME": ""}
    ran = run(None, env={**words, "_RENEWAL_COMPLETE": "bash_complete"})
    assert (ran.out.strip(), ran.err) == (b"", b"")


def can_be_nobody(folder: Path) -> bool:
    """Whether a user ID without an account can run this program and use the folder."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return False
    for parent in folder.parents:
        parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
    folder.chmod(0o755)
    code = f"import tui.cli, os; os.stat({str(folder)!r})"
    return not subprocess.run(
        [*NOBODY, sys.executable, "-c", code], env=environment(), capture_output=True, check=False
    ).returncode


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    line = f"mkdir '{tmp_path}/g'; cd '{tmp_path}/g'; rmdir ../g; $R"
    ran = shell(line, Path("rel"), "status")
    assert ran.exit == 74
    assert "current folder" in ran.words


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can lock others out")
def test_root_makes_no_home_below_a_folder_of_somebody_else(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    os.chown(theirs, 12345, 12345)
    ran = run(None, "status", env={"HOME": str(theirs)})
    assert ran.exit == 74
    assert "sudo -H" in ran.words
    assert list(theirs.iterdir()) == []


PACKAGE = "raise RuntimeError('this is another project')\n"


@pytest.mark.parametrize("shadow", ["store.py", "store/__init__.py", "tui/__init__.py", "tui.py"])
@pytest.mark.parametrize("start", ["module", "script"])
def test_the_program_runs_its_installed_packages(start: str, shadow: str, home: Path) -> None:
    foreign = home.parent / "foreign" / shadow
    foreign.parent.mkdir(parents=True)
    foreign.write_text(PACKAGE)
    path = str(home.parent / "foreign")
    script = Path(sys.executable).parent / "renewal"
    if start == "module":
        if shadow.startswith("tui"):
            pytest.skip("of `python -m tui` Python itself chooses the package")
        ran = run(home, "status", env={"PYTHONPATH": f"{path}:{ROOT}"}, cwd=Path(path))
    else:
        if not script.exists():
            pytest.skip("the program is not installed here")
        line = f"'{script}' --home '{home}' status"
        ran = shell(line, home, PYTHONPATH=path)
    assert ran.exit == 2, ran.words


def test_a_python_without_sqlite_is_named(home: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['_sqlite3'] = None\n")
    env = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    for arguments in (("--version",), ("--help",), ("completion", "bash")):
        assert run(home, *arguments, env=env).exit == 0, arguments
    for arguments in (("status",), ("sync",), ("doctor",), ("payments",), ("--plain",)):
        ran = run(home, *arguments, env=env)
        assert ran.exit == 74, arguments
        assert "sqlite3" in ran.words
