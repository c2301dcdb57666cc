"""The configuration for which a renewal is priced: that of an order, checked against the codes that
the cloud publishes for the product.

No page confirms that the codes in an order are those that GetSubscriptionPrice accepts. They are
sent only if DescribePricingModule lists every one of them; if it does not, or may not be called,
there is no price by configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.clouds.alibaba.fields import Row, inner_list, mapping, rows, text
from store.clouds.alibaba.retry import Reader
from store.errors import CloudError

Configuration = tuple[tuple[str, str], ...]
"""As GetSubscriptionPrice takes it: (module code, `A:a,B:b`)."""

OPERATION = "DescribePricingModule"
_MODULE = re.compile(r"([\w.-]+):\[((?:[^:;\[\]]+:[^;\[\]]*;)*)\]")
_ATTRIBUTE = re.compile(r"([^:;]+):([^;]*);")
_RESERVED = set(",:;")


def order_configuration(row: Row) -> Configuration:
    """The configuration of an order's details; empty unless it is complete.

    BillModuleConfig has it by module; orders without that field (2021 and 2022) have it in
    OriginalConfig, as `module:[attribute:value;]module:[…]`.
    """
    wrapper = row.get("BillModuleConfig")
    modules = wrapper.get("billModuleConfig") if isinstance(wrapper, dict) else None
    if isinstance(modules, list):
        return _join_modules(_module_of(module) for module in modules)
    return _join_modules(_parse_modules(text(row.get("OriginalConfig"))))


def is_priced(
    reader: Reader, product: str, product_type: str, configuration: Configuration
) -> bool:
    """Whether the cloud lists every code of the configuration among those that have a price."""
    filters = {"product_type": product_type} if product_type else {}
    try:
        answer = reader.call(
            OPERATION, dict, product_code=product, subscription_type="Subscription", **filters
        )
        data = mapping(answer.get("Data"), OPERATION)
        modules = rows(mapping(data.get("ModuleList"), OPERATION).get("Module"), OPERATION)
    except CloudError:
        return False
    attributes = {text(module.get("ModuleCode")): _attributes(module) for module in modules}
    return all(_names(settings) <= attributes.get(code, set()) for code, settings in configuration)


def _attributes(module: Row) -> set[str]:
    wrapper = module.get("ConfigList")
    names = wrapper.get("ConfigList") if isinstance(wrapper, dict) else wrapper
    return {text(name) for name in names} if isinstance(names, list) else set()


def _names(settings: str) -> set[str]:
    return {setting.partition(":")[0] for setting in settings.split(",")}


Module = tuple[str, list[tuple[str, str]]]
"""A module's code, and its attributes with their values."""


def _join_modules(modules: Iterable[Module | None]) -> Configuration:
    """The modules in the form of a price request; empty if any of them is incomplete."""
    configuration = []
    for module in modules:
        code, settings = module or ("", [])
        unclear = any(
            not name or not value or _RESERVED & set(name + value) for name, value in settings
        )
        if not code or not settings or unclear:
            return ()
        configuration.append((code, ",".join(f"{name}:{value}" for name, value in settings)))
    return tuple(configuration)


def _module_of(module: object) -> Module | None:
    if not isinstance(module, dict):
        return None
    settings = [
        (text(entry.get("AttrApiCode")), text(entry.get("Value")))
        if isinstance(entry, dict)
        else ("", "")
        for entry in inner_list(module, "BillModuleProperties", "billModuleProperties")
    ]
    return text(module.get("ApiCode")), settings


def _parse_modules(written: str) -> list[Module | None]:
    if not re.fullmatch(f"(?:{_MODULE.pattern})*", written):
        return [None]
    return [
        (match[1], [(name, value) for name, value in _ATTRIBUTE.findall(match[2])])
        for match in _MODULE.finditer(written)
    ]
