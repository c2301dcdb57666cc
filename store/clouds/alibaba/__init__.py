"""A real account of Alibaba Cloud, through its billing API and its official SDK."""

from __future__ import annotations

from store.clouds.alibaba.client import Waits
from store.clouds.alibaba.cloud import AlibabaCloud
from store.clouds.alibaba.credentials import Profile, Source, profiles
from store.clouds.alibaba.item_types import ItemType
from store.clouds.alibaba.retry import Patience
from store.clouds.alibaba.rights import READING, RENEWING, RIGHTS, policy, to_grant

__all__ = [
    "READING",
    "RENEWING",
    "RIGHTS",
    "AlibabaCloud",
    "ItemType",
    "Patience",
    "Profile",
    "Source",
    "Waits",
    "policy",
    "profiles",
    "to_grant",
]
