"""Meanings of product and commodity codes.

None of these codes is published as a list. Those of VOD are in the vendor's documentation of 20
July 2021 (github.com/AlibabaCloudDocs/vod). That codes of IoT Platform begin with `iot` is a guess,
so codes only propose a kind, which a person accepts.
"""

from __future__ import annotations

from store.models import Kind

PLAN_TYPES = {
    "vodstoragebag": "storage",
    "vod_storage_bag_intl": "storage",
    "vodflowbag": "traffic",
    "vod_flow_bag_intl": "traffic",
    "vodtranssdbag2": "transcoding",
    "vod_transcode_bag_intl": "transcoding",
    "vod_censor_bag": "moderation",
}
"""The types of VOD resource plans, by commodity code."""

LICENSED_SDKS: dict[str, tuple[str, ...]] = {
    "vodsdk": (),
    "vod_shortvideosdk_pre_intl": ("Short Video SDK",),
}
"""Commodity code of SDK licenses to the SDKs of the order; empty if the code does not name them."""

_TYPE_WORDS = (
    ("transcoding", ("transcod", "transsd", "转码")),
    ("moderation", ("moderation", "censor", "review", "_ai", "审核")),
    ("storage", ("storage", "存储")),
    ("traffic", ("flow", "traffic", "transfer", "cdn", "流量")),
)
"""Words in a package type or name; the first match decides."""


def plan_type(commodity: str, package: str, words: str) -> str:
    """The type of a VOD plan: by the words of its package type and name, else by its commodity
    code, since packages of several types are sold under one code; else the code itself."""
    package_words = (
        package.casefold().replace(commodity.casefold(), "") if commodity else package.casefold()
    )
    for text in (package_words, words.casefold()):
        for name, parts in _TYPE_WORDS:
            if any(part in text for part in parts):
                return name
    code = commodity.casefold()
    by_word = (name for name, parts in _TYPE_WORDS if any(part in code for part in parts))
    return PLAN_TYPES.get(code) or next(by_word, commodity or package or "other")


def proposed_kind(codes: tuple[str, ...], *, has_end: bool, is_pay_as_you_go: bool) -> Kind | None:
    """The kind that these product codes suggest; None if they suggest none."""
    folded = [code.casefold() for code in codes]
    if has_end and any(code in LICENSED_SDKS for code in folded):
        return Kind.LICENSE
    if not any(code.startswith("iot") for code in folded):
        return None
    if has_end and not is_pay_as_you_go:
        return Kind.ENTERPRISE
    return Kind.PUBLIC_NEW if is_pay_as_you_go else None
