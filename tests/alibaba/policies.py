"""The least RAM policies, by the rights that each operation needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from store.clouds.alibaba import RIGHTS
from store.clouds.alibaba.rights import CHANGING

READING = tuple(operation for operation in RIGHTS if operation not in CHANGING)
"""For an account that is only viewed."""
RENEWING = (*READING, *CHANGING)


def policy(operations: Iterable[str]) -> dict[str, Any]:
    """The least RAM policy that allows these operations.

    Reads are allowed under both names, since vendor pages show one or the other. Changes are
    allowed under the operation's own name only: `bss:ModifyInstance` would also allow buying and
    changing instances. The resource is always `*`: the billing API has no narrower one.
    """
    actions = {
        action
        for operation in operations
        for action in RIGHTS[operation]
        if operation not in CHANGING or action.startswith("bssapi:")
    }
    statement = {"Effect": "Allow", "Action": sorted(actions), "Resource": "*"}
    return {"Version": "1", "Statement": [statement]}
