"""The official SDK: imported on first use, silenced, and made to send each request once.

Importing takes a third of a second, 1.5 s the first time. Requests are built from the SDK's models,
and signed and sent by it. Answers are decoded by `answers`, since the SDK's models accept any type
and swallow answers of another shape.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from store.clouds.alibaba import credentials
from store.clouds.alibaba.endpoint import REGIONS, Endpoint
from store.clouds.alibaba.environment import check_environment
from store.clouds.alibaba.error_codes import CHANGING
from store.clouds.alibaba.key_hiding import RecordingProvider
from store.errors import Denied, Unreachable
from store.i18n import _

VERSION = "2017-12-14"
NEWER_VERSION = "2023-09-30"
_NEWER_OPERATIONS = frozenset({"DescribeFrInstances"})
"""Operations of the newer version, which take their parameters in the body."""
_LOGGERS = ("credentials", "darabonba-core", "alibabacloud-tea")
_POOL = 4
"""No other client in this process uses this pool size, so the session is not shared."""
_mounting = threading.Lock()


class Timeouts(Struct, frozen=True):
    """The timeouts of one request, in seconds."""

    connect: float = 5.0
    read: float = 15.0
    optional: float = 5.0
    """For optional reads."""
    changing: float = 45.0
    """For changes: giving up early leaves their outcome unknown."""


class Sdk(Struct, frozen=True):
    """The used parts of the SDK, once imported."""

    client: Any
    provider: RecordingProvider
    guard: Any
    """The `GuardedAdapter` that carries the requests."""
    models: Any
    runtime: Any
    open_api: Any
    error: type[Exception]
    """The base of all errors that the client raises."""


class Request(Struct, frozen=True):
    """A request, ready to be signed and sent."""

    operation: str
    params: Any
    content: Any


def load_sdk(
    profile: str | None, home: Path | None, endpoint: Endpoint, site: str, timeouts: Timeouts
) -> Sdk:
    """Import the SDK and build its client.

    Raises `Denied` without an SDK or credentials, `Unreachable` for an unusable proxy or
    certificates.
    """
    check_environment(endpoint)
    silence_loggers()  # some log while credentials are fetched, a helper's secrets too
    try:
        provider = credentials.open_provider(profile, home)
        from alibabacloud_bssopenapi20171214 import client, models
        from alibabacloud_credentials.client import Client as Credentials
        from alibabacloud_tea_openapi import utils_models
        from darabonba.runtime import RuntimeOptions
        from Tea.exceptions import TeaException
    except ImportError as error:
        raise Denied(
            _(
                "the Alibaba Cloud SDK is not installed ({module} is missing), so real "
                "accounts cannot be used. Install this program again with its "
                "dependencies: `pip install renewal-assistant`."
            ).format(module=error.name),
            "SdkMissing",
        ) from None
    silence_loggers()
    config = utils_models.Config(
        credential=Credentials(provider=provider),
        endpoint=endpoint.host,
        protocol=endpoint.protocol,
        region_id=REGIONS[site],
        connect_timeout=round(timeouts.connect * 1000),
        read_timeout=round(timeouts.read * 1000),
        max_idle_conns=_POOL,
        ca=os.environ.get("REQUESTS_CA_BUNDLE") or None,
    )
    return Sdk(
        client.Client(config), provider, _guard(endpoint), models, RuntimeOptions, utils_models,
        TeaException,
    )  # fmt: skip


def silence_loggers() -> None:
    """Keep the SDK's log lines off the screen; with `DEBUG=sdk` they contain signed headers.

    Without a handler on the root logger, Python itself would print any library's warnings.
    """
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        logger.disabled = True


def _guard(endpoint: Endpoint) -> Any:
    """The adapter for this endpoint, mounted in the session that the SDK takes for it.

    The SDK would make the session itself, with an adapter that this one replaces: reading the
    certificates for that takes 20 ms.
    """
    from darabonba.core import DaraCore
    from requests import Session

    from store.clouds.alibaba.guard import GuardedAdapter

    scheme = f"{endpoint.protocol}://"
    key = f"{scheme}{endpoint.host}:80:pool={_POOL}"
    with _mounting:
        # The SDK has no public way to it.
        session = DaraCore._sessions.setdefault(key, Session())  # noqa: SLF001
        session.trust_env = False
        session.max_redirects = 0
        mounted = session.adapters.get(scheme)
        if not isinstance(mounted, GuardedAdapter):
            mounted = GuardedAdapter(endpoint.host)
            session.mount(scheme, mounted)
    return mounted


def build_request(sdk: Sdk, operation: str, parameters: Mapping[str, object]) -> Request:
    """The request of an operation, its parameters named as in the SDK's models. Raises
    `Unreachable` if the SDK of the operation's version is not installed."""
    from alibabacloud_tea_openapi.utils import Utils

    is_newer = operation in _NEWER_OPERATIONS
    params = sdk.open_api.Params(
        action=operation, version=NEWER_VERSION if is_newer else VERSION, protocol="HTTPS",
        pathname="/", method="POST", auth_type="AK", style="RPC", req_body_type="formData",
        body_type="json" if operation in CHANGING else "byte",
    )  # fmt: skip
    model = getattr(_newer_models() if is_newer else sdk.models, f"{operation}Request", None)
    values = {name: _value(sdk, value) for name, value in parameters.items()}
    fields = {} if model is None else model(**values).to_map()
    content = (
        sdk.open_api.OpenApiRequest(body=Utils.parse_to_map(fields))
        if is_newer
        else sdk.open_api.OpenApiRequest(query=Utils.query(fields))
    )
    return Request(operation, params, content)


def _newer_models() -> Any:
    try:
        from alibabacloud_bssopenapi20230930 import models
    except ImportError as error:
        raise Unreachable(
            _("{module} is not installed; install this program again with its dependencies").format(
                module=error.name
            )
        ) from None
    return models


def _value(sdk: Sdk, value: object) -> object:
    """Pairs of (module code, configuration) as the SDK's model; other values unchanged."""
    if not isinstance(value, tuple):
        return value
    module = sdk.models.GetSubscriptionPriceRequestModuleList
    return [module(module_code=code, config=config) for code, config in value]
