"""The source of the credentials: a profile of the `aliyun` CLI, or the SDK's own chain.

Nothing here asks for a key, stores one, or puts one into a text. The ECS metadata service is
switched off before the SDK is imported, unless the chosen profile needs it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec import Struct

from store.clouds.alibaba.cli_profiles import (
    ECS_ROLE,
    check_profile,
    cli_file,
    current_problem,
    read_profiles_file,
)
from store.clouds.alibaba.key_hiding import RecordingProvider
from store.errors import CloudError, Denied, Unreachable
from store.i18n import _

_DISABLED = "ALIBABA_CLOUD_ECS_METADATA_DISABLED"
_SHOWN = 4


class Source(Struct, frozen=True):
    """A description of the credentials in use, without secrets."""

    where: str
    key: str
    """The last characters of the AccessKey ID, which identify it."""


def open_provider(profile: str | None, home: Path | None) -> RecordingProvider:
    """The SDK's provider of these credentials, tried once.

    Raises `Denied` if there are none, or `Unreachable` if STS cannot be reached.
    """
    mode = None if profile is None else check_profile(profile, home)
    _switch_metadata(off=mode != ECS_ROLE)
    checked, problem = _checked_provider(profile, home)
    if checked is None:
        raise problem or AssertionError(profile)
    return checked


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
        cli_profile,
    )
    from Tea.exceptions import RetryError, TeaException

    # The SDK opens the file in the encoding of the locale, which is not that of the file.
    cli_profile._load_config = lambda path: read_profiles_file(Path(path))  # noqa: SLF001
    # Raised by the SDK if a file, a program or STS gives no credentials; the last four come from
    # answers of another shape, which it does not check.
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
        known = current_problem(home) if profile is None else None
        return None, known or problem_of(error, profile)
    return recorder, None


_COMMAND_FAILED = re.compile(
    r"exit status \d+|command process timed out|external command(?!: exit)|external command output"
)
"""The safe parts of an SDK error about a `process_command`; the rest may contain the command's
output."""


def problem_of(error: BaseException, profile: str | None) -> CloudError:
    """The error for credentials that cannot be loaded. The SDK's own text is not repeated: it may
    contain an STS answer with keys."""
    where = (
        _("the SDK's credential chain")
        if profile is None
        else _("profile {profile!r}").format(profile=profile)
    )
    if isinstance(error, OSError) and error.filename is not None:
        return Denied(
            _("{where} needs {path}, which cannot be read ({reason}).").format(
                where=where, path=error.filename, reason=error.strerror
            ),
            "NoCredentials",
        )
    if isinstance(error, OSError) or type(error).__name__ in {"RetryError", "UnretryableException"}:
        return Unreachable(
            _(
                "{where} gets its credentials over the network, but the credential "
                "server did not answer; nothing was sent to the billing API. Check the "
                "connection and try again."
            ).format(where=where)
        )
    if profile is None:
        return Denied(
            _(
                "no credentials: none that work in the environment "
                "(ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET), in the current profile of "
                "~/.aliyun/config.json or in ~/.alibabacloud/credentials.ini. Run "
                "`aliyun configure` to create a profile."
            ),
            "NoCredentials",
        )
    if (status := _COMMAND_FAILED.search(str(error))) is not None:
        return Denied(
            _(
                "the `process_command` of {where} returned no credentials ({reason}). "
                "Run it on its own to see why."
            ).format(where=where, reason=status[0]),
            "NoCredentials",
        )
    return Denied(
        _(
            "{where} in ~/.aliyun/config.json gives no usable credentials "
            "({reason}). Run `aliyun configure --profile {profile}` to set it up "
            "again."
        ).format(where=where, reason=type(error).__name__, profile=profile),
        "NoCredentials",
    )


def describe_source(provider: RecordingProvider) -> Source:
    """The description of these credentials, without secrets."""
    credentials = provider.get_credentials()
    key = str(credentials.get_access_key_id() or "")
    return Source(
        str(credentials.get_provider_name() or ""), f"…{key[-_SHOWN:]}" if key else _("none")
    )
