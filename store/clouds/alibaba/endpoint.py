"""The endpoint of the billing API: that of the account's site, or `endpoint` of config.toml."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from msgspec import Struct

from store.config import Account
from store.errors import BadFile
from store.i18n import _

HOSTS = {
    "china": "business.aliyuncs.com",
    "international": "business.ap-southeast-1.aliyuncs.com",
}
"""The endpoint is the site's, not the region's (Alibaba Cloud, BSS OpenAPI endpoints)."""

REGIONS = {"china": "cn-hangzhou", "international": "ap-southeast-1"}
CURRENCIES = {"china": "CNY", "international": "USD"}
"""Site to the currency of its accounts, used if no answer names one."""


class Endpoint(Struct, frozen=True):
    """Protocol and host, with its port if it has one."""

    protocol: str
    host: str


def endpoint_of(account: Account) -> Endpoint:
    """The endpoint of an account. Raises `BadFile` for one that may not be used."""
    if account.endpoint is None:
        return Endpoint("https", HOSTS[account.site])
    where = f"config.toml: accounts.{account.name}.endpoint"
    expected = _("https://HOST[:PORT], or http:// for this machine")
    try:
        parts = urlsplit(account.endpoint)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise BadFile(where, _("not an address"), expected) from None
    plain = parts.scheme == "http" and host is not None and is_loopback(host)
    if not host or not (parts.scheme == "https" or plain):
        scheme = parts.scheme or _("no scheme")
        raise BadFile(where, f"{scheme}://{host or ''}", expected)
    if parts.username or parts.password or parts.query or parts.fragment or parts.path.strip("/"):
        raise BadFile(where, _("more than a host and a port"), expected)
    return Endpoint(parts.scheme, parts.netloc.lower())


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
