"""A real account of Alibaba Cloud, through its billing API and its official SDK."""

from __future__ import annotations

from store.clouds.alibaba.cli_profiles import Profile, profiles
from store.clouds.alibaba.cloud import AlibabaCloud
from store.clouds.alibaba.credentials import Source
from store.clouds.alibaba.item_types import ItemType
from store.clouds.alibaba.retry import RetryPolicy
from store.clouds.alibaba.rights import OPTIONAL, RIGHTS, needed_right
from store.clouds.alibaba.sdk import Timeouts

__all__ = [
    "OPTIONAL",
    "RIGHTS",
    "AlibabaCloud",
    "ItemType",
    "Profile",
    "RetryPolicy",
    "Source",
    "Timeouts",
    "needed_right",
    "profiles",
]
