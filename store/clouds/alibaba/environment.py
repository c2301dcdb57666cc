"""Environment variables that affect requests: proxies and certificates.

A proxy's address may contain a password, so a message names the variable and the kind of its value
only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from store.clouds.alibaba.endpoint import Endpoint, is_loopback
from store.errors import Unreachable
from store.i18n import _

PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
CERTIFICATES = "REQUESTS_CA_BUNDLE"
_SOCKS = ("socks4", "socks4a", "socks5", "socks5h")


def check_environment(endpoint: Endpoint, environ: Mapping[str, str] = os.environ) -> None:
    """Raises `Unreachable` for a variable that prevents every request."""
    from requests.utils import should_bypass_proxies

    problems = [certificate_problem(environ)] if endpoint.protocol == "https" else []
    host = endpoint.host.rpartition(":")[0] or endpoint.host
    url = f"{endpoint.protocol}://{endpoint.host}"
    if not (is_loopback(host.strip("[]")) or should_bypass_proxies(url, None)):
        upper = f"{endpoint.protocol.upper()}_PROXY"
        name = next((name for name in (upper, upper.lower()) if environ.get(name)), None)
        problems.append(proxy_problem(name, environ[name]) if name else "")
    for problem in filter(None, problems):
        raise Unreachable(_("{problem}; nothing was sent.").format(problem=problem))


def proxy_problem(name: str, address: str) -> str:
    """Why the proxy address in the variable cannot be used; empty if it can."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        parsed = parse_url(address if "://" in address else f"http://{address}")
    except LocationParseError:
        return _("{name} is not a proxy address such as http://proxy.example.com:3128").format(
            name=name
        )
    scheme = (parsed.scheme or "").lower()
    if scheme in _SOCKS:
        if find_spec("socks") is not None:
            return ""
        return _(
            "{name} is a SOCKS proxy ({scheme}), which needs the package PySocks: "
            "run `pip install pysocks` in the program's environment"
        ).format(name=name, scheme=scheme)
    if scheme not in {"http", "https"} or not parsed.host:
        return _("{name} is not a proxy address such as http://proxy.example.com:3128").format(
            name=name
        )
    return ""


def certificate_problem(environ: Mapping[str, str] = os.environ) -> str:
    """Why the configured certificates cannot be used; empty if they can, or if none are
    configured."""
    path = environ.get(CERTIFICATES)
    if not path or os.access(Path(path), os.R_OK):
        return ""
    return _("{name} points to {path}, which does not exist or cannot be read").format(
        name=CERTIFICATES, path=path
    )
