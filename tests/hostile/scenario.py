"""The whole corpus in the fields of a practice account and of a CSV file."""

from __future__ import annotations

import csv
import io
from typing import Any

from tests.hostile.corpus import fitting
from tests.stories.scenarios import account, enterprise, plan, public_previous, sdk_license

SDKS_IN_ONE = 8


def hostile_account() -> dict[str, object]:
    """Each string is the name, the region, the application, an SDK … of something."""
    texts = [text for text in fitting() if text]
    turned = texts[1:] + texts[:1]
    groups = [texts[n : n + SDKS_IN_ONE] for n in range(0, len(texts), SDKS_IN_ONE)]
    return account(
        "90000.00",
        instances=[
            *(
                enterprise(f"iot-{n}", name=name, region=region)
                for n, (name, region) in enumerate(zip(texts, turned, strict=True))
            ),
            *(
                public_previous(instance_id=f"pub-{n}", name=text, region=text, cycle_cost="0.01")
                for n, text in enumerate(texts[::40])
            ),
        ],
        licenses=[
            sdk_license(
                f"lic-{n}", instance_id=f"vod-{n}", application=group[0], package=group[-1],
                sdks=group, renewal_error=group[len(group) // 2],
            )
            for n, group in enumerate(groups)
        ],
        resource_plans=[
            plan(f"plan-{n}", name=group[0], type=group[-1], unit=group[len(group) // 2])
            for n, group in enumerate(groups)
        ],
    )  # fmt: skip


def hostile_csv() -> str:
    """A file of licenses that holds the corpus in each of its columns of free text."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(["license_id", "application", "package", "instance_id", "sdks", "expires_at"])
    for n, text in enumerate(fitting()):
        sdks = text if text.replace(";", "").strip() else "SDK"
        row: list[Any] = [f"by-hand-{n}", text, text, f"v-{n}", sdks, "2026-12-01T00:00:00+08:00"]
        writer.writerow(row)
    return written.getvalue()
