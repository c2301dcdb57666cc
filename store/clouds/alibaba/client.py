"""The official SDK, made to send one request at most and to keep quiet.

Imported by the first call and not before: it takes a third of a second, and 1.5 when it was
never run. Requests are made of its models and signed and sent by it; answers are read from
JSON here, since its models copy any type and swallow an answer of another shape.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from store.clouds.alibaba import answers, credentials
from store.clouds.alibaba.endpoint import REGIONS, Endpoint, endpoint_of
from store.clouds.alibaba.error_codes import CHANGING, Answer, Passing, fault, shortened
from store.config import Account
from store.errors import CloudError, Denied, Unreachable
from store.i18n import _, later

T = TypeVar("T")
VERSION = "2017-12-14"
_LOGGERS = ("credentials", "darabonba-core", "alibabacloud-tea")
_POOL = 4
"""Of no other client in this process, so that the session is ours alone."""
_SUCCESS = frozenset({"success", "200", ""})
_mounting = threading.Lock()


class Waits(Struct, frozen=True):
    """How long one request waits, in seconds."""

    connect: float = 5.0
    read: float = 15.0
    changing: float = 45.0
    """For the answer to a request that changes something: giving up early leaves it unknown."""


class BillingClient:
    """One account's way to the billing API; every request is sent once."""

    def __init__(self, account: Account, waits: Waits, home: Path) -> None:
        self._profile = account.profile
        self._endpoint = endpoint_of(account)
        self._site = account.site
        self._waits = waits
        self._home = home
        self._made: _Made | None = None
        self._making = threading.Lock()

    def ask(self, operation: str, **parameters: object) -> Mapping[str, Any]:
        """The body of a successful answer. Raises what `faults.fault` says, or `Unreachable`."""
        return self.ask_for(dict, operation, **parameters)

    def ask_for(self, shape: type[T], operation: str, **parameters: object) -> T:
        """The same in that shape, which is a `Told`."""
        made = self._sdk()
        request = _request(made, operation, parameters)
        answer, problem = self._sent(made, request)
        if problem is not None:
            raise problem
        body = answers.read(answer, shape) if isinstance(answer, bytes) else answer
        _check(made, operation, body)
        return answers.shaped(operation, body, shape)

    def source(self) -> credentials.Source:
        """Which credentials are in use."""
        return credentials.source(self._sdk().provider)

    @property
    def is_guarded(self) -> bool:
        """Whether what was sent so far went the guarded way."""
        return self._made is not None and self._made.guard.carried > 0

    @property
    def ahead(self) -> float:
        """By how many seconds this machine's clock is ahead of the endpoint's."""
        return 0.0 if self._made is None else float(self._made.guard.ahead)

    def _sdk(self) -> _Made:
        with self._making:
            if self._made is None:
                self._made = _make(
                    self._profile, self._home, self._endpoint, self._site, self._waits
                )
            return self._made

    def _sent(self, made: _Made, request: _Request) -> tuple[Any, CloudError | None]:
        """The answer, or the error; raised by the caller, so that nothing of the SDK's own
        exception, signed headers included, hangs on it."""
        try:
            told = made.sdk.call_api(
                request.how, request.what, made.runtime(read_timeout=self._patience(request))
            )
        except made.sdk_error as error:
            return None, self._problem(made, request.operation, error)
        return told.get("body"), None

    def _patience(self, request: _Request) -> int:
        """How long the answer may take, in milliseconds."""
        waits = self._waits
        return round(1000 * (waits.changing if request.operation in CHANGING else waits.read))

    def _problem(self, made: _Made, operation: str, error: Any) -> CloudError:
        status = getattr(error, "status_code", None)
        if status is not None or _is_code(getattr(error, "code", None)):
            wait = getattr(error, "retry_after", None)
            hide = credentials.hider(made.provider)
            return fault(
                Answer(
                    operation,
                    hide(error.code if _is_code(error.code) else ""),
                    hide(str(error.message or "")),
                    status,
                    None if wait is None else wait / 1000,
                )
            )
        inner = getattr(error, "inner_exception", None) or error
        if _is_about_credentials(inner):
            return credentials.problem_of(inner, self._profile)
        return Passing(_silence(operation, inner))


class _Request(Struct, frozen=True):
    operation: str
    how: Any
    what: Any


class _Made(Struct, frozen=True):
    """The parts of the SDK, once they are imported."""

    sdk: Any
    provider: Any
    guard: Any
    models: Any
    runtime: Any
    open_api: Any
    sdk_error: type[Exception]


def _make(profile: str | None, home: Path, endpoint: Endpoint, site: str, waits: Waits) -> _Made:
    try:
        provider = credentials.provider(profile, home)
        quiet()
        from alibabacloud_bssopenapi20171214 import client, models
        from alibabacloud_credentials.client import Client as Credentials
        from alibabacloud_tea_openapi import utils_models
        from darabonba.runtime import RuntimeOptions
        from Tea.exceptions import TeaException
    except ImportError as error:
        raise Denied(
            _(
                "Alibaba Cloud's SDK is not installed ({module} is missing), so no real account "
                "can be asked. Install this program again, dependencies included: "
                "`pip install renewal-assistant`."
            ).format(module=error.name),
            "SdkMissing",
        ) from None
    quiet()
    config = utils_models.Config(
        credential=Credentials(provider=provider),
        endpoint=endpoint.host,
        protocol=endpoint.protocol,
        region_id=REGIONS[site],
        connect_timeout=round(waits.connect * 1000),
        read_timeout=round(waits.read * 1000),
        max_idle_conns=_POOL,
        ca=os.environ.get("REQUESTS_CA_BUNDLE") or None,
    )
    return _Made(
        client.Client(config), provider, _guard(endpoint), models, RuntimeOptions, utils_models,
        TeaException,
    )  # fmt: skip


def quiet() -> None:
    """Take the SDK's log lines, its `DEBUG=sdk` with signed headers too, off the screen."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        logger.disabled = True


def _guard(endpoint: Endpoint) -> Any:
    """The adapter that carries this endpoint's requests, put into the SDK's own session."""
    from darabonba.core import DaraCore

    from store.clouds.alibaba.guard import GuardedAdapter

    scheme = f"{endpoint.protocol}://"
    with _mounting:
        session = DaraCore._get_session(  # noqa: SLF001 - the SDK offers no other way to it
            session_key=f"{scheme}{endpoint.host}:80:pool={_POOL}",
            protocol=endpoint.protocol,
            pool_size=_POOL,
        )
        session.trust_env = False
        session.max_redirects = 0
        mounted = session.adapters.get(scheme)
        if not isinstance(mounted, GuardedAdapter):
            mounted = GuardedAdapter(endpoint.host)
            session.mount(scheme, mounted)
    return mounted


def _request(made: _Made, operation: str, parameters: Mapping[str, object]) -> _Request:
    how = made.open_api.Params(
        action=operation, version=VERSION, protocol="HTTPS", pathname="/", method="POST",
        auth_type="AK", style="RPC", req_body_type="formData",
        body_type="json" if operation in CHANGING else "byte",
    )  # fmt: skip
    model = getattr(made.models, f"{operation}Request", None)
    written = {name: _parameter(made, value) for name, value in parameters.items()}
    query = {} if model is None else model(**written).to_map()
    from alibabacloud_tea_openapi.utils import Utils

    return _Request(operation, how, made.open_api.OpenApiRequest(query=Utils.query(query)))


def _parameter(made: _Made, value: object) -> object:
    """Pairs of (module code, configuration) become the SDK's own; all else stays."""
    if not isinstance(value, tuple):
        return value
    module = made.models.GetSubscriptionPriceRequestModuleList
    return [module(module_code=code, config=config) for code, config in value]


def _is_code(code: object) -> bool:
    return isinstance(code, str) and code not in {"", "None"}


def _is_about_credentials(inner: BaseException) -> bool:
    module = type(inner).__module__.partition(".")[0]
    return module == "alibabacloud_credentials"


def _silence(operation: str, inner: BaseException) -> str:
    """The sentence of an answer that did not come, or cannot be read."""
    words = str(getattr(inner, "message", "") or inner)
    otherwise = later("the connection broke") if type(inner).__name__ == "RetryError" else _NO_JSON
    sentence = next((said for sign, said in _SILENCES if sign in words), otherwise)
    return _(
        "{operation}: {sentence}. Check the connection, the proxy, and `endpoint` in "
        "config.toml, if it is set; then try again."
    ).format(operation=operation, sentence=_(sentence))


_NO_JSON = later("its answer cannot be read (not the JSON that was expected)")
_SILENCES = (
    ("redirect", later("the endpoint answered with a redirect, which is not followed")),
    ("too slowly", later("the answer came too slowly and was given up")),
    ("Read timed out", later("no answer came in time")),
    ("ConnectTimeout", later("the endpoint could not be reached in time")),
    ("connect timeout", later("the endpoint could not be reached in time")),
    ("refused", later("the endpoint refused the connection")),
    ("resolve", later("the endpoint's name could not be found")),
    ("NameResolution", later("the endpoint's name could not be found")),
    ("CERTIFICATE_VERIFY", later("the endpoint's certificate is not trusted")),
    ("IncompleteRead", later("the answer broke off")),
    ("larger than", later("the answer is larger than any that the billing API gives")),
    ("json", _NO_JSON),
)


def _check(made: _Made, operation: str, body: object) -> None:
    """Raises what an answer means that is not one of success."""
    try:
        said = answers.told(body)
    except ValueError:
        raise Passing(_silence(operation, ValueError("json"))) from None
    success, code = said.success, _written(said.code)
    if success is True or success == "true":
        return
    if success is None and code.casefold() in _SUCCESS - {""}:
        return
    hide = credentials.hider(made.provider)
    if success is False or success == "false":
        raise fault(Answer(operation, hide(code), shortened(hide(_written(said.message)))))
    raise Unreachable(
        _(
            "{operation}: the answer does not say whether it succeeded ({code}); it is not relied "
            "on. Try again later."
        ).format(operation=operation, code=hide(code) or _("no code"))
    )


def _written(code: object) -> str:
    return str(code) if isinstance(code, str | int) and not isinstance(code, bool) else ""
