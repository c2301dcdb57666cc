"""The addresses of `[notify] to`, as the library apprise reads them, shown without secrets."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from store.errors import BadFile
from store.i18n import _

if TYPE_CHECKING:
    from apprise import NotifyBase

_NOT_SECRET_PATHS = ("mailto", "mailtos")
_WEB_HOOKS = ("json", "jsons", "xml", "xmls", "form", "forms")


class Address(Struct, frozen=True):
    """One address, ready for sending."""

    service: NotifyBase
    shown: str
    """The address without its secrets."""
    digest: str
    """Identifies the address in the database."""


def parse_addresses(urls: Sequence[str]) -> list[Address]:
    """The addresses of `[notify] to`. Raises `BadFile`, with its index, for an invalid one."""
    from apprise import Apprise
    from apprise.logger import logger

    logger.disabled = True  # its lines can contain addresses
    addresses = []
    for index, url in enumerate(urls):
        service = Apprise.instantiate(url, suppress_exceptions=True)
        if service is None:
            scheme = url.partition("://")[0][:20]
            raise BadFile(
                f"config.toml: notify.to[{index}]",
                f"{scheme}://…",
                _("an Apprise address such as mailto://user:password@example.com"),
            )
        addresses.append(Address(service, mask_url(service), sha256(url.encode()).hexdigest()))
    return addresses


def mask_url(service: NotifyBase) -> str:
    """The address without passwords, tokens, and options that can hold secrets."""
    url = str(service.url(privacy=True)).partition("?")[0].rstrip("/")  # type: ignore[no-untyped-call]
    scheme, _separator, rest = url.partition("://")
    if scheme in _NOT_SECRET_PATHS:
        return url
    host, slash, _path = rest.rpartition("@")[2].partition("/")
    if scheme in _WEB_HOOKS:  # the user name and the path can be tokens
        return f"{scheme}://{host}{'/…' if slash else ''}"
    return url
