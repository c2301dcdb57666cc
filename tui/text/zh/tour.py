"""The tour in Chinese."""

from __future__ import annotations

WORDS = {
    "Page back": "上一页",
    "Next page": "下一页",
    "The pane at the top right tells what will stop or be lost, the most pressing "
    "first: ! is critical, · a warning, ? is not known.": (
        "右上方的窗格列出即将停止或丢失的内容，最紧急的在前：! 表示严重，· 表示警告，? 表示未知。"
    ),
    "The pane beside it tells the balance, and from which day it does not cover "
    "what comes. {ahead} shows the coming 90 days.": (
        "旁边的窗格显示余额，以及从哪天起余额不足。按 {ahead} 查看未来 90 天。"
    ),
    "Find it": "查找",
    "{panes} show the instances, licenses, plans, walk-throughs and payments; "
    "{filter} finds words in them.": (
        "{panes} 分别显示实例、License、资源包、引导和付款；按 {filter} 在其中搜索。"
    ),
    "{open} opens an item: its way through time, and each rule with its "
    "document. {copy} copies the Instance ID.": (
        "按 {open} 打开一项，可看到它的时间线以及每条规则和出处。按 {copy} 复制实例 ID。"
    ),
    "Be walked through": "跟随引导",
    "{walk} begins the documented way to keep an item. Each step says where to go, "
    "what to click and what to carry; {next} goes on.": (
        "按 {walk} 开始文档所述的步骤。每一步都说明去哪里、点什么、带什么；按 {next} 继续。"
    ),
    "Leave at any time: it is kept at its step, also when the line drops. Where "
    "renewing cannot work, {method2} goes over to buying and binding.": (
        "可随时离开：进度会保留，断线也不丢。无法续费时，按 {method2} 改为购买并绑定新的 License。"
    ),
    "Pay once": "只付一次",
    "{renew} renews. You read the price, the term and everything that is covered, "
    "and type the last four characters of the Instance ID: enter alone never "
    "pays.": (
        "按 {renew} 续费。先核对价格、时长和涵盖的全部内容，"
        "再输入实例 ID 的最后四个字符：仅按回车不会付款。"
    ),
    "Where the answer is lost, the payment stays unknown until {reconcile} has "
    "looked what came of it. Nothing is sent twice.": (
        "如果没有收到答复，付款状态为未知，按 {reconcile} 查明结果。任何请求都不会重复发送。"
    ),
    "Practise first": "先练习",
    "On the practice account nothing is real: {topup} adds funds, {clock} moves "
    "the clock, and everything follows.": (
        "练习账号中一切都不是真的：按 {topup} 充值，按 {clock} 拨动时钟，其余随之变化。"
    ),
    "{help} shows every key, {palette} finds every command by its name. {accounts} "
    "goes over to a real account.": (
        "按 {help} 查看所有按键，按 {palette} 按名称查找命令，按 {accounts} 切换到真实账号。"
    ),
}
