"""What a product or commodity code says of an item.

None of these codes is published as a list. Those of VOD stand in the vendor's documentation of
20 July 2021 (github.com/AlibabaCloudDocs/vod); that codes of IoT Platform begin with `iot` is a
guess, so a kind is only ever proposed by them, and a person accepts it.
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
"""What a resource plan of VOD is for, by its commodity code."""

LICENSED_SDKS: dict[str, tuple[str, ...]] = {
    "vodsdk": (),
    "vod_shortvideosdk_pre_intl": ("Short Video SDK",),
}
"""Commodity codes of SDK licenses, and the SDKs in the order as far as the code names them."""

_TYPE_WORDS = (
    ("transcoding", ("transcod", "transsd", "转码")),
    ("moderation", ("moderation", "censor", "review", "_ai", "审核")),
    ("storage", ("storage", "存储")),
    ("traffic", ("flow", "traffic", "transfer", "cdn", "流量")),
)
"""Words of a package type or a name; the first that is met decides."""


def plan_type(commodity: str, package: str, words: str) -> str:
    """What a VOD plan is for: by the words of its package type and name, else by its commodity
    code, since packs of several types are sold under one code; else that code itself."""
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
    """What an item of these product codes may be; None where they say nothing."""
    folded = [code.casefold() for code in codes]
    if has_end and any(code in LICENSED_SDKS for code in folded):
        return Kind.LICENSE
    if not any(code.startswith("iot") for code in folded):
        return None
    if has_end and not is_pay_as_you_go:
        return Kind.ENTERPRISE
    return Kind.PUBLIC_NEW if is_pay_as_you_go else None
