"""The profiles of the `aliyun` CLI: its file, read in any encoding, and the parts that the SDK
supports.

No text made here contains a key. Works without the SDK.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from store.errors import Denied
from store.files.decoding import decode_text
from store.i18n import _

ECS_ROLE = "EcsRamRole"
_MODES = (
    "AK", "StsToken", "RamRoleArn", "ChainableRamRoleArn", ECS_ROLE, "OIDC", "CloudSSO", "OAuth",
    "External",
)  # fmt: skip
"""The profile modes that the SDK supports; the CLI has more."""
_NEEDED = {
    "AK": ("access_key_id", "access_key_secret"),
    "StsToken": ("access_key_id", "access_key_secret", "sts_token"),
    "RamRoleArn": ("access_key_id", "access_key_secret", "ram_role_arn"),
    ECS_ROLE: ("ram_role_name",),
}
"""The fields that a profile of each mode needs; the SDK checks the other modes."""


_SITES = {
    "china": "china",
    "cn": "china",
    "international": "international",
    "intl": "international",
}


class Profile(Struct, frozen=True):
    """A profile of the CLI's file, without its keys."""

    name: str
    mode: str
    site: str | None = None
    """`china` or `international`, if the profile has it."""
    is_current: bool = False


def cli_file(home: Path | None) -> Path:
    """The path of the `aliyun` CLI's file. Raises `Denied` if there is no home folder."""
    if home is None:
        raise Denied(
            _(
                "the home folder is unknown, so ~/.aliyun/config.json cannot be found. "
                "Set HOME, or remove `profile` from config.toml to use the environment."
            ),
            "NoCredentials",
        )
    return home / ".aliyun" / "config.json"


def profiles(home: Path | None) -> list[Profile]:
    """The profiles in the CLI's file; empty if there is no file.

    Raises `Denied` for a file that cannot be read. Works without the SDK.
    """
    path = None if home is None else cli_file(home)
    if path is None or not path.exists():
        return []
    content = read_profiles_file(path)
    current = content.get("current")
    return [
        Profile(
            entry["name"],
            str(entry.get("mode", "")),
            _SITES.get(str(entry.get("site") or entry.get("oauth_site_type") or "").casefold()),
            entry["name"] == current,
        )
        for entry in _entries(content)
    ]


def read_profiles_file(path: Path) -> Mapping[str, Any]:
    """The whole file, keys included. Raises `Denied` if it cannot be read."""
    try:
        content = json.loads(decode_text(path.read_bytes()))
    except OSError as error:
        raise Denied(
            _(
                "{path} cannot be read ({reason}), so there are no credentials. Check its "
                "permissions and its owner."
            ).format(path=path, reason=error.strerror),
            "CredentialsFile",
        ) from None
    except ValueError as error:
        raise Denied(
            _(
                "{path} is not valid JSON ({reason}), so there are no credentials. "
                "Correct it, or run `aliyun configure` to write it again."
            ).format(path=path, reason=_error_position(error)),
            "CredentialsFile",
        ) from None
    return content if isinstance(content, dict) else {}


def _error_position(error: ValueError) -> str:
    """The position of a JSON error; never the text there, which may be a key."""
    if isinstance(error, json.JSONDecodeError):
        return _("line {line}, column {column}").format(line=error.lineno, column=error.colno)
    return type(error).__name__


def _entries(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = content.get("profiles")
    entries = listed if isinstance(listed, list) else []
    return [
        entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("name"), str)
    ]


def check_profile(profile: str, home: Path | None) -> str:
    """The mode of the profile.

    A key that the profile lacks would be taken from the environment. Raises `Denied` for a profile
    that does not exist, or that the SDK cannot use.
    """
    path = cli_file(home)
    if not path.exists():
        raise Denied(
            _(
                "no credentials: {path} does not exist. Run `aliyun configure --profile "
                "{profile}` to create it, or remove `profile` from config.toml to use "
                "the environment."
            ).format(path=path, profile=profile),
            "NoCredentials",
        )
    entries = {entry["name"]: entry for entry in _entries(read_profiles_file(path))}
    if profile not in entries:
        known = ", ".join(sorted(entries)) or _("none")
        raise Denied(
            _(
                "{path} has no profile {profile!r}; it has: {known}. Correct `profile` "
                "in config.toml, or run `aliyun configure --profile {profile}`."
            ).format(path=path, profile=profile, known=known),
            "NoCredentials",
        )
    mode = str(entries[profile].get("mode") or "")
    if mode not in _MODES:
        raise Denied(
            _(
                "profile {profile!r} in {path} has the mode {mode!r}, which the SDK "
                "does not support; it supports {known}. Choose a profile with another "
                "mode in config.toml, or set this one up again with `aliyun configure "
                "--profile {profile}`."
            ).format(profile=profile, path=path, mode=mode, known=", ".join(_MODES)),
            "NoCredentials",
        )
    missing = [name for name in _NEEDED.get(mode, ()) if not entries[profile].get(name)]
    if missing:
        raise Denied(
            _(
                "profile {profile!r} in {path} has no {missing}. Run `aliyun configure "
                "--profile {profile}` to set it."
            ).format(profile=profile, path=path, missing=", ".join(missing)),
            "NoCredentials",
        )
    return mode


def current_problem(home: Path | None) -> Denied | None:
    """Why the current profile cannot be used; None if it can, or if there is none."""
    try:
        for profile in profiles(home):
            if profile.is_current:
                check_profile(profile.name, home)
    except Denied as error:
        return error
    return None
