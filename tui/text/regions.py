"""Names of the regions that IoT Platform has public instances in."""

from __future__ import annotations

from store.i18n import N_, _

_NAMES = {
    "cn-shanghai": N_("Shanghai"),
    "ap-southeast-1": N_("Singapore"),
    "ap-northeast-1": N_("Tokyo"),
    "us-west-1": N_("Silicon Valley"),
    "us-east-1": N_("Virginia"),
    "eu-central-1": N_("Frankfurt"),
}


def region_name(region: str) -> str:
    """The city of a region's ID; the ID itself where it is another."""
    name = _NAMES.get(region)
    return _(name) if name else region
