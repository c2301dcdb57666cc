"""The pages of Alibaba Cloud's documentation behind the rules and procedures.

Two of them are the source of the rules (`D1`, `D2`). Content of any other page is kept apart, with
its title, date and address.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from store.i18n import N_


class Source(Struct, frozen=True):
    """A page of the documentation, as of its date."""

    title: str
    """In English, as on the page; the catalogue translates it."""
    dated: date | None
    """The day of its last update; None: the page shows none."""
    url: str


class Remark(Struct, frozen=True):
    """An addition or contradiction on a page; without a source it is our own advice."""

    text: str
    source: Source | None = None


_INTERNATIONAL = "https://www.alibabacloud.com/help"
_CHINA = "https://help.aliyun.com"

D1 = Source(
    N_("IoT Platform: Overdue payments and renewal methods"),
    date(2023, 10, 31),
    f"{_INTERNATIONAL}/en/iot/product-overview/overdue-payments-and-renewal-methods",
)
D2 = Source(
    N_("ApsaraVideo VOD: Renewal policy"),
    date(2026, 1, 23),
    f"{_INTERNATIONAL}/en/vod/product-overview/renewal",
)

SOURCES: Mapping[str, Source] = {
    "D1": D1,
    "D2": D2,
    "iot-overdue": Source(
        N_("IoT Platform: Overdue payments and renewals"),
        date(2026, 6, 21),
        f"{_INTERNATIONAL}/doc-detail/55734.htm",
    ),
    "iot-billing-faq": Source(
        N_("IoT Platform: Billing FAQ"),
        date(2026, 6, 17),
        f"{_INTERNATIONAL}/en/iot/support/iot-platform-billing-related-issues",
    ),
    "iot-billing": Source(
        N_("IoT Platform: Billing overview"),
        None,
        f"{_CHINA}/en/iot/product-overview/billing-overview",
    ),
    "iot-instances": Source(
        N_("IoT Platform: Instance overview (in Turkish)"),
        None,
        f"{_INTERNATIONAL}/tr/iot/user-guide/overview-60",
    ),
    "iot-public-regions": Source(
        N_("IoT Platform: Regions"),
        date(2024, 9, 14),
        f"{_INTERNATIONAL}/en/iot/user-guide/regions",
    ),
    "iot-regions": Source(
        N_("IoT Platform: Supported regions"),
        date(2023, 9, 19),
        f"{_INTERNATIONAL}/en/iot/product-overview/supported-regions",
    ),
    "iot-instances-faq": Source(
        N_("IoT Platform: FAQ about IoT Platform instances"),
        None,
        f"{_CHINA}/en/iot/support/faq-about-iot-platform-instances",
    ),
    "iot-create": Source(
        N_("IoT Platform: Create an enterprise edition instance"),
        None,
        f"{_CHINA}/en/iot/getting-started/purchase-an-enterprise-edition-instance",
    ),
    "iot-enterprise": Source(
        N_("IoT Platform: Enterprise Edition instances"),
        None,
        f"{_INTERNATIONAL}/en/iot/product-overview/enterprise-edition-instances",
    ),
    "iot-deprecated": Source(
        N_("IoT Platform (Deprecated): User Guide"),
        date(2026, 6, 18),
        f"{_CHINA}/en/iot/user-guide/",
    ),
    "payment-methods": Source(
        N_("Expenses and Costs: Payment methods"),
        date(2026, 6, 5),
        f"{_INTERNATIONAL}/en/user-center/instruction-of-payment-management",
    ),
    "repayment": Source(
        N_("Expenses and Costs: Bill settlement and repayment"),
        date(2026, 1, 21),
        f"{_INTERNATIONAL}/en/user-center/user-guide/batch-balance",
    ),
    "bank-account": Source(
        N_("What is exclusive Alibaba Cloud Bank Account?"),
        date(2019, 5, 20),
        f"{_INTERNATIONAL}/doc-detail/119472.htm",
    ),
    "bank-transfer-china": Source(
        N_("Alibaba Cloud Developer Community: question 8067, on bank transfers"),
        None,
        "https://developer.aliyun.com/ask/8067",
    ),
    "renewal-guide": Source(
        N_("Expenses and Costs: Renew expiring resources"),
        date(2026, 3, 30),
        f"{_INTERNATIONAL}/en/user-center/renewal-guide",
    ),
    "quota-alerts": Source(
        N_("Expenses and Costs: Configure remaining quota alerts for resource plans"),
        date(2026, 4, 1),
        f"{_INTERNATIONAL}/en/user-center/configure-balance-alerts",
    ),
    "vod-renewal": Source(
        N_("ApsaraVideo VOD: Renewal policy (newer edition)"),
        None,
        f"{_CHINA}/en/vod/product-overview/renewal",
    ),
    "vod-plan-renewal": Source(
        N_("ApsaraVideo VOD: Renew a resource plan"),
        None,
        f"{_CHINA}/zh/vod/product-overview/renew-a-resource-plan",
    ),
    "vod-usage": Source(
        N_("ApsaraVideo VOD: View the usage details of a resource plan"),
        None,
        f"{_INTERNATIONAL}/en/vod/product-overview/view-the-usage-details-of-a-resource-plan",
    ),
    "vod-billing-faq": Source(
        N_("ApsaraVideo VOD: FAQ about billing"),
        date(2024, 2, 18),
        f"{_INTERNATIONAL}/tc/vod/product-overview/faq-about-billing",
    ),
    "vod-offset": Source(
        N_("ApsaraVideo VOD: Offset rules of resource plans"),
        date(2026, 3, 11),
        f"{_INTERNATIONAL}/en/vod/product-overview/rules-for-applying-resource-plans",
    ),
    "vod-overdue": Source(
        N_("ApsaraVideo VOD: Overdue payments"),
        None,
        f"{_CHINA}/en/vod/product-overview/overdue-payments",
    ),
    "vod-overdue-2021": Source(
        N_("ApsaraVideo VOD: Overdue payments (2021, in Chinese)"),
        date(2021, 7, 20),
        "https://github.com/AlibabaCloudDocs/vod/blob/258ceb97a2ff1712ab39358ca286a932336e7ccb"
        "/cn.zh-CN/%E4%BA%A7%E5%93%81%E5%AE%9A%E4%BB%B7/%E6%AC%A0%E8%B4%B9%E8%AF%B4%E6%98%8E.md",
    ),
    "manage-licenses": Source(
        N_("ApsaraVideo VOD: Manage licenses"),
        date(2026, 1, 16),
        f"{_INTERNATIONAL}/en/vod/developer-reference/obtain-a-license",
    ),
    "my-licenses": Source(
        N_("ApsaraVideo Live: My Licenses"),
        None,
        f"{_CHINA}/en/live/user-guide/my-licenses",
    ),
    "license-faq": Source(
        N_("Apsara Video SDK: FAQ about licenses"),
        date(2024, 12, 18),
        f"{_INTERNATIONAL}/en/apsara-video-sdk/user-guide/faqs-for-sdk-license",
    ),
    "license-faq-2026": Source(
        N_("Apsara Video SDK: FAQ about licenses (in Chinese)"),
        date(2026, 1, 21),
        f"{_CHINA}/zh/apsara-video-sdk/faqs-for-sdk-license",
    ),
    "license-access": Source(
        N_("Apsara Video SDK: Integrate a license (in Chinese)"),
        date(2024, 11, 11),
        f"{_INTERNATIONAL}/zh/apsara-video-sdk/user-guide/access-to-license",
    ),
}
"""Every cited page, by a short name."""
