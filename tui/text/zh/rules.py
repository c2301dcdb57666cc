"""The clauses of the two documents in Chinese."""

# ruff: noqa: E501

from __future__ import annotations

WORDS = {
    "With too little money on the account, devices can drop out. While anything is owed, nothing can be renewed, bought or upgraded.": "账户余额不足时设备可能不可用。欠费期间无法续费、购买或升级。",
    "The page of 21 June 2026 says that a running Enterprise Edition instance goes on running while the account is overdue.": "2026 年 6 月 21 日的页面说明：账户欠费期间，运行中的企业版实例会继续运行。",
    "Once money has arrived, the service is back within 30 minutes.": "充值到账后，服务在 30 分钟内恢复。",
    "An Enterprise Edition instance stops at the instant it expires.": "企业版实例到期即停止服务。",
    "15 days after it expired the instance is released: its products, devices and data are deleted, and nothing brings them back.": "实例到期 15 天后释放：其中的产品、设备和数据被删除，无法恢复。",
    "The billing questions page of 17 June 2026 says that a trial instance is released when its month is over, without these 15 days.": "2026 年 6 月 17 日的计费常见问题说明：试用实例满一个月即释放，没有这 15 天。",
    "Renew an Enterprise Edition instance before it expires.": "请在到期前为企业版实例续费。",
    "A public instance of the previous version is billed within 4 hours after each billing cycle; a bill that the balance does not cover makes the account overdue.": "旧版公共实例在每个计费周期结束后 4 小时内出账；余额不足以支付账单即为欠费。",
    "An overdue public instance goes on for 24 hours.": "公共实例欠费后可继续使用 24 小时。",
    "Not settled within those 24 hours, the public instance stops by itself.": "24 小时内未结清，公共实例自动停止服务。",
    "A public instance of the new version is free, and exists in China (Shanghai) only.": "新版公共实例免费，仅在华东2（上海）提供。",
    "A later question page also names Frankfurt, Silicon Valley, Virginia, Singapore and Tokyo; another says that use above the free quota is billed.": "后来的问题页面还提到法兰克福、硅谷、弗吉尼亚、新加坡和东京；另一页说明超出免费额度的用量会计费。",
    "Its size is fixed; who needs more upgrades it to an Enterprise Edition instance.": "规格固定；需要更多时升级到企业版实例。",
    "ApsaraVideo VOD is billed by use, afterwards, unless a plan covers it.": "视频点播默认按量付费（后付费），有资源包时先抵扣资源包。",
    "When a plan ends or is used up, billing by use takes over by itself, so the balance has to cover it; without a balance VOD is suspended.": "资源包到期或用尽后自动转为按量付费，需由账户余额支付；没有余额则视频点播停服。",
    "An ended plan or an overdue payment can stop VOD: buy or top up in time.": "资源包到期或欠费可能导致视频点播停服：请及时购买或充值。",
    "The page on overdue payments says that after a suspension the storage stays private until it is set back by hand, even when the money has arrived.": "欠费说明页面指出：停服后即使已充值，存储仍保持私有，需手动改回。",
    "A plan cannot be renewed: buy a new one before it ends.": "资源包不能续费：请在到期前新购。",
    "Later pages say that storage plans, and only those, can be renewed in the console.": "后来的页面说明：仅存储资源包可在控制台续费。",
    "Plans stack: after buying a new one there is nothing else to do.": "资源包可叠加：新购后无需其他操作。",
    "A bought plan takes effect by itself, perhaps after a while.": "购买的资源包自动生效，可能略有延迟。",
    "The page of 11 March 2026 says that only what is used after that instant is covered.": "2026 年 3 月 11 日的页面说明：只抵扣生效之后的用量。",
    "A quota alert can be set, so that a plan does not run out unnoticed.": "可设置余量预警，以免资源包在不知不觉中用尽。",
    "The Instance ID bound to the application tells which order is renewed.": "绑定到应用的实例 ID 决定续费哪个订单。",
    "With an empty Instance ID, or after an error during the renewal, there is method 2, or a ticket.": "实例 ID 为空或续费报错时，使用方式二，或提交工单。",
    "A renewal covers the whole order, all of its SDKs at once.": "续费针对整个订单，同时涵盖其中所有 SDK。",
    "What the order holds cannot be changed while it is renewed.": "续费时不能更改订单配置。",
    "Auto-renewal is recommended, against a lapse that nobody noticed.": "建议开启自动续费，以免因未注意而过期。",
    "The question page of 21 January 2026 says to turn it off where the console shows a later end than the reminder: the console's date wins.": "2026 年 1 月 21 日的问题页面建议：控制台显示的到期时间晚于提醒时请关闭自动续费，以控制台日期为准。",
    "Method 2: buy a new license before the old one ends and bind it to the application; otherwise the SDK's calls fail.": "方式二：在旧 License 到期前新购并绑定到应用，否则 SDK 调用会失败。",
}
