"""Where the credentials come from: a profile of the `aliyun` CLI, or the SDK's own chain.

Nothing here asks for a key, stores one, or puts one into a text. The ECS metadata service is
switched off before the SDK is imported, unless the chosen profile is made for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from store.clouds.alibaba.key_hiding import RecordingProvider
from store.errors import CloudError, Denied, Unreachable
from store.i18n import _

ECS_ROLE = "EcsRamRole"
_DISABLED = "ALIBABA_CLOUD_ECS_METADATA_DISABLED"
_SHOWN = 4
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
    """`china` or `international`, where the profile tells."""
    is_current: bool = False


class Source(Struct, frozen=True):
    """Which credentials are in use, in words that hold no secret."""

    where: str
    key: str
    """The last characters of the AccessKey ID, enough to tell two of them apart."""


def cli_file(home: Path | None) -> Path:
    """The file of the `aliyun` CLI. Raises `Denied` where there is no home folder."""
    if home is None:
        raise Denied(
            _(
                "no home folder can be told, so there is no ~/.aliyun/config.json. Set HOME, or "
                "leave `profile` out of config.toml to use the environment."
            ),
            "NoCredentials",
        )
    return home / ".aliyun" / "config.json"


def profiles(home: Path | None) -> list[Profile]:
    """The profiles that the CLI knows on this machine; none where there is no file.

    Raises `Denied` for a file that cannot be read. Needs no SDK.
    """
    path = None if home is None else cli_file(home)
    if path is None or not path.exists():
        return []
    document = _document(path)
    current = document.get("current")
    return [
        Profile(
            entry["name"],
            str(entry.get("mode", "")),
            _SITES.get(str(entry.get("site") or entry.get("oauth_site_type") or "").casefold()),
            entry["name"] == current,
        )
        for entry in _entries(document)
    ]


def _document(path: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Denied(
            _(
                "{path} cannot be read ({reason}), so there are no credentials. Check its "
                "permissions, or write it anew with `aliyun configure`."
            ).format(path=path, reason=type(error).__name__),
            "CredentialsFile",
        ) from None
    return document if isinstance(document, dict) else {}


def _entries(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = document.get("profiles")
    entries = listed if isinstance(listed, list) else []
    return [
        entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("name"), str)
    ]


def provider(profile: str | None, home: Path | None) -> RecordingProvider:
    """The SDK's provider of these credentials, tried once.

    Raises `Denied` where there are none, or `Unreachable` where STS cannot be reached.
    """
    mode = None if profile is None else _check_profile(profile, home)
    _switch_metadata(off=mode != ECS_ROLE)
    checked, problem = _checked_provider(profile, home)
    if checked is None:
        raise problem or AssertionError(profile)
    return checked


def _check_profile(profile: str, home: Path | None) -> str:
    """The mode of the profile. A key that it lacks would be taken from the environment."""
    path = cli_file(home)
    if not path.exists():
        raise Denied(
            _(
                "there are no credentials: {path} does not exist. `aliyun configure --profile "
                "{profile}` writes it, or leave `profile` out of config.toml to use the "
                "environment."
            ).format(path=path, profile=profile),
            "NoCredentials",
        )
    entries = {entry["name"]: entry for entry in _entries(_document(path))}
    if profile not in entries:
        known = ", ".join(sorted(entries)) or _("none")
        raise Denied(
            _(
                "{path} has no profile {profile!r}; there is: {known}. Correct `profile` in "
                "config.toml, or run `aliyun configure --profile {profile}`."
            ).format(path=path, profile=profile, known=known),
            "NoCredentials",
        )
    mode = str(entries[profile].get("mode", ""))
    missing = [name for name in _NEEDED.get(mode, ()) if not entries[profile].get(name)]
    if missing:
        raise Denied(
            _(
                "profile {profile!r} of {path} has no {missing}. `aliyun configure --profile "
                "{profile}` sets it."
            ).format(profile=profile, path=path, missing=", ".join(missing)),
            "NoCredentials",
        )
    return mode


def _switch_metadata(*, off: bool) -> None:
    """The SDK reads the switch once, when it is first imported."""
    value = "true" if off else "false"
    os.environ[_DISABLED] = value
    from alibabacloud_credentials.utils import auth_util

    auth_util.environment_ecs_metadata_disabled = value


def _checked_provider(
    profile: str | None, home: Path | None
) -> tuple[RecordingProvider | None, CloudError | None]:
    """The provider after one successful look-up, or the error. The caller raises it, so that
    the SDK's own exception, which may hold keys, is not chained to it."""
    from alibabacloud_credentials.exceptions import CredentialException
    from alibabacloud_credentials.provider import (
        CLIProfileCredentialsProvider,
        DefaultCredentialsProvider,
    )
    from Tea.exceptions import RetryError, TeaException

    # What the SDK raises where a file, a program or STS gives no credentials; the last four
    # come from answers of another shape, which it does not check.
    unusable = (
        CredentialException, TeaException, RetryError, OSError,
        ValueError, LookupError, TypeError, AttributeError,
    )  # fmt: skip
    try:
        if profile is None:
            recorder = RecordingProvider(DefaultCredentialsProvider())
        else:
            recorder = RecordingProvider(
                CLIProfileCredentialsProvider(
                    profile_name=profile, profile_file=str(cli_file(home))
                )
            )
        recorder.get_credentials()
    except unusable as error:
        return None, problem_of(error, profile)
    return recorder, None


def problem_of(error: BaseException, profile: str | None) -> CloudError:
    """The error of credentials that could not be had. The SDK's own text is not repeated:
    it may hold an answer of STS, keys included."""
    where = (
        _("the SDK's chain")
        if profile is None
        else _("profile {profile!r}").format(profile=profile)
    )
    if isinstance(error, OSError) or type(error).__name__ in {"RetryError", "UnretryableException"}:
        return Unreachable(
            _(
                "{where} gets its credentials over the network, and that did not answer; nothing "
                "was sent to the billing API. Check the connection and try again."
            ).format(where=where)
        )
    if profile is None:
        return Denied(
            _(
                "there are no credentials: neither the environment (ALIBABA_CLOUD_ACCESS_KEY_ID "
                "and _SECRET), nor the current profile of ~/.aliyun/config.json, nor "
                "~/.alibabacloud/credentials.ini has any that work. `aliyun configure` writes a "
                "profile."
            ),
            "NoCredentials",
        )
    return Denied(
        _(
            "{where} of ~/.aliyun/config.json gives no usable credentials ({reason}). `aliyun "
            "configure --profile {profile}` sets it up anew."
        ).format(where=where, reason=type(error).__name__, profile=profile),
        "NoCredentials",
    )


def source(provider: RecordingProvider) -> Source:
    """Which credentials these are, in words without a secret."""
    credentials = provider.get_credentials()
    key = str(credentials.get_access_key_id() or "")
    return Source(
        str(credentials.get_provider_name() or ""), f"…{key[-_SHOWN:]}" if key else _("none")
    )
