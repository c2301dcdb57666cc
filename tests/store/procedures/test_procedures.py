"""The eight procedures: complete in both languages, and true to the rulebook."""

from __future__ import annotations

import re
import string
import tomllib
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from store.errors import Usage
from store.models import Kind
from store.rules.clauses import CLAUSES
from store.rules.sources import SOURCES
from store.walkthroughs.procedures import (
    PROCEDURE_IDS,
    Procedure,
    all_procedures,
    load_procedure,
    procedures_of_kind,
)
from store.walkthroughs.step import PLACEHOLDERS
from tui.text import use_language

RULEBOOK = {
    *(f"IOT-{number}" for number in range(1, 11)),
    *(f"VOD-{number}" for number in range(1, 8)),
    *(f"LIC-{number}" for number in range(1, 7)),
}


def _catalogue(language: str) -> dict[str, Procedure]:
    use_language(language)
    procedures = {procedure.id: procedure for procedure in all_procedures()}
    use_language("en")
    return procedures


ENGLISH, CHINESE = _catalogue("en"), _catalogue("zh")


def texts(procedure: Procedure) -> list[str]:
    collected = [procedure.title]
    for step in procedure.steps:
        collected += [step.title, step.where, step.does, *(note.text for note in step.notes)]
    return collected


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_catalogue_lists_each_procedure_in_its_order() -> None:
    assert tuple(procedure.id for procedure in all_procedures()) == PROCEDURE_IDS
    stored = {file.name for file in files("store.walkthroughs.procedures").iterdir()}
    assert {name for name in stored if name.endswith(".toml")} == {
        f"{procedure_id.lower()}.toml" for procedure_id in PROCEDURE_IDS
    }


@pytest.mark.parametrize("procedure_id", ["P-NOTHING", "p-topup", "", "../p-topup"])
def test_an_unknown_procedure_is_wrong_usage_and_says_which_there_are(procedure_id: str) -> None:
    with pytest.raises(Usage, match="P-LIC-REPLACE"):
        load_procedure(procedure_id)


@pytest.mark.parametrize("procedure_id", PROCEDURE_IDS)
def test_both_languages_have_the_same_steps_with_the_same_values(procedure_id: str) -> None:
    english, chinese = texts(ENGLISH[procedure_id]), texts(CHINESE[procedure_id])
    assert len(english) == len(chinese)
    for first, other in zip(english, chinese, strict=True):
        assert first.strip()
        assert other.strip()
        assert placeholders(first) == placeholders(other), (first, other)
    assert all(not re.search("[一-鿿]", text) for text in english)
    assert any(re.search("[一-鿿]", text) for text in chinese)


@pytest.mark.parametrize("procedure_id", PROCEDURE_IDS)
def test_every_placeholder_and_carried_value_is_known(procedure_id: str) -> None:
    for text in texts(ENGLISH[procedure_id]):
        assert set(placeholders(text)) <= set(PLACEHOLDERS)
        assert "\n" not in text
    for step in ENGLISH[procedure_id].steps:
        assert step.carry is None or step.carry in {*PLACEHOLDERS, "ticket"}


@pytest.mark.parametrize("procedure_id", PROCEDURE_IDS)
def test_pages_are_https_under_domains_of_the_cloud(procedure_id: str) -> None:
    for step in ENGLISH[procedure_id].steps:
        assert set(step.page) == {"china", "international"}
        for address in step.page.values():
            assert is_the_clouds(address)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_has_a_title_and_an_address_of_the_clouds(name: str) -> None:
    source = SOURCES[name]
    assert source.title
    repository = "https://github.com/AlibabaCloudDocs/"
    assert is_the_clouds(source.url) or source.url.startswith(repository)


def test_every_source_is_cited() -> None:
    cited = {procedure.source for procedure in all_procedures()}
    for procedure in all_procedures():
        cited |= {note.source for step in procedure.steps for note in step.notes if note.source}
    for clause in CLAUSES.values():
        cited |= {clause.source, *(each.source for each in clause.remarks if each.source)}
    assert set(SOURCES.values()) == cited


def is_the_clouds(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    is_known = host.endswith((".aliyun.com", ".alibabacloud.com"))
    return parts.scheme == "https" and parts.username is None and is_known


@pytest.mark.parametrize("procedure_id", PROCEDURE_IDS)
def test_every_step_rests_on_clauses_of_the_rulebook(procedure_id: str) -> None:
    for step in ENGLISH[procedure_id].steps:
        assert step.clauses
        assert set(step.clauses) <= RULEBOOK


def test_the_steps_rest_on_every_clause() -> None:
    used = {
        clause for procedure in all_procedures() for s in procedure.steps for clause in s.clauses
    }
    assert used == RULEBOOK


@pytest.mark.parametrize("procedure_id", PROCEDURE_IDS)
def test_step_ids_are_unique_and_the_last_step_ends_the_walk(procedure_id: str) -> None:
    steps = ENGLISH[procedure_id].steps
    assert len({step.id for step in steps}) == len(steps)
    ends = "submitted" if procedure_id == "P-TICKET" else "see"
    assert [step.action.value for step in steps].index(ends) == len(steps) - 1


def test_each_procedure_is_reachable_from_a_kind_and_each_rule_bound_kind_has_one() -> None:
    offered = {kind: {procedure.id for procedure in procedures_of_kind(kind)} for kind in Kind}
    assert set().union(*offered.values()) == set(PROCEDURE_IDS)
    assert offered[Kind.LICENSE] >= {"P-LIC-RENEW", "P-LIC-REPLACE", "P-TOPUP", "P-TICKET"}
    assert "P-IOT-RENEW" in offered[Kind.ENTERPRISE]
    assert {"P-TOPUP", "P-IOT-SETTLE"} <= offered[Kind.PUBLIC_PREVIOUS]
    assert "P-IOT-UPGRADE" in offered[Kind.PUBLIC_NEW]
    assert "P-PLAN-BUY" in offered[Kind.PLAN]
    assert "P-TOPUP" in offered[Kind.VOD]


def test_a_plan_is_never_offered_a_renewal() -> None:
    for procedure in procedures_of_kind(Kind.PLAN):
        assert not {step.action for step in procedure.steps} & {"renew", "auto-renew"}


@pytest.mark.parametrize(
    ("procedure_id", "names"),
    [
        ("P-TOPUP", ["Expenses", "Expenses and Costs", "Account Balance", "Top up"]),
        ("P-IOT-RENEW", ["Overview", "Renew", "Buy Now"]),
        (
            "P-LIC-RENEW",
            [
                "My Licenses",
                "License Management",
                "Resource Renewal",
                "Actions",
                "Auto-renewal",
                "Buy Now",
            ],
        ),
    ],
)
def test_english_uses_the_names_of_the_console(procedure_id: str, names: list[str]) -> None:
    text = " ".join(texts(ENGLISH[procedure_id]))
    assert [name for name in names if name not in text] == []


def test_chinese_uses_the_names_of_the_console() -> None:
    text = " ".join(text for procedure in CHINESE.values() for text in texts(procedure))
    names = ["费用与成本", "账户余额", "充值", "续费管理", "我的授权", "立即购买", "资源包"]
    assert [name for name in names if name not in text] == []


def test_license_method_1_has_its_six_steps() -> None:
    assert [step.action for step in load_procedure("P-LIC-RENEW").steps] == [
        "none",
        "save-instance-id",
        "copy-id",
        "renew",
        "auto-renew",
        "see",
    ]


def test_a_step_that_is_not_there_any_more_begins_again() -> None:
    procedure = load_procedure("P-IOT-RENEW")
    assert procedure.step("dropped") is procedure.steps[0]
    assert procedure.position("renew") == 2


def test_a_console_page_leads_to_later_steps_of_its_procedure() -> None:
    for procedure in all_procedures():
        ids = [step.id for step in procedure.steps]
        for number, step in enumerate(procedure.steps):
            assert set(step.leads_to) <= set(ids[number + 1 :]), (procedure.id, step.id)


def test_an_account_that_is_charged_to_a_card_repairs_its_payment_method() -> None:
    for procedure_id in ("P-TOPUP", "P-IOT-SETTLE"):
        balance = {step.action.value for step in load_procedure(procedure_id, "balance").steps}
        card = {step.action.value for step in load_procedure(procedure_id, "card").steps}
        assert balance >= {"top-up"}
        assert "payment-method" not in balance
        assert card >= {"payment-method"}
        assert "top-up" not in card
    assert load_procedure("P-TOPUP", "card").title == "Add or repair the payment method"
    assert load_procedure("P-TOPUP", "balance").title == "Top up the account"


def text_of(*steps: str) -> str:
    """All that these steps say, each named `P-…/step`, with what their notes are from."""
    parts = []
    for name in steps:
        procedure_id, step_id = name.split("/")
        step = load_procedure(procedure_id).step(step_id)
        assert step.id == step_id
        parts += [step.where, step.does]
        for note in step.notes:
            dated = note.source.dated if note.source else None
            parts.append(f"{note.text} [{note.source.title if note.source else ''} {dated}]")
    return " ".join(parts)


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        (
            "P-IOT-UPGRADE/purchase",
            ["region", "instance type", "online devices", "messaging TPS", "duration"],
        ),
        ("P-PLAN-BUY/look", ["Manage Reserved Instances", "Resource Packages"]),
        (
            "P-PLAN-BUY/buy",
            ["accelerated domain name", "pay-by-traffic", "View the usage details", "2026-03-11"],
        ),
        ("P-PLAN-BUY/alert", ["Set Remaining Quota Alert", "2026-04-01"]),
        (
            "P-LIC-REPLACE/bind",
            [
                "Bind License",
                "Create Application",
                "2026-01-16",
                "package name",
                "signature",
                "license key",
                "domain",
                "2024-12-18",
            ],
        ),
        ("P-LIC-REPLACE/ship", ["Download Certificate"]),
        ("P-LIC-RENEW/search-order", ["Actions column of License Management", "newer edition"]),
        (
            "P-TOPUP/top-up",
            ["1 to 2 days", "3 to 5 days", "2 to 4 days", "oldest bill", "approved credit", "fee"],
        ),
        ("P-TOPUP/payment-method", ["USD 1,000", "USD 8", "charged when it is bought"]),
        ("P-IOT-SETTLE/top-up", ["1 to 2 days", "3 to 5 days", "2 to 4 days", "24 hours"]),
        (
            "P-IOT-RENEW/renew",
            ["Deprecated", "2026-06-18", "by ticket", "2026-06-17", "2026-06-21"],
        ),
        ("P-IOT-UPGRADE/upgrade", ["Deprecated", "2026-06-18"]),
    ],
)
def test_the_linked_pages_are_led_through_with_their_sources(step: str, facts: list[str]) -> None:
    text = text_of(step)
    assert [fact for fact in facts if fact not in text] == []


def test_files_hold_both_languages_and_nothing_else() -> None:
    def pairs(node: object) -> list[dict[str, object]]:
        if isinstance(node, dict):
            if "en" in node or "zh" in node:
                return [node]
            return [pair for child in node.values() for pair in pairs(child)]
        if isinstance(node, list):
            return [pair for child in node for pair in pairs(child)]
        return []

    for procedure_id in PROCEDURE_IDS:
        text = (
            files("store.walkthroughs.procedures")
            .joinpath(f"{procedure_id.lower()}.toml")
            .read_text("utf-8")
        )
        for pair in pairs(tomllib.loads(text)):
            assert {"en", "zh"} <= set(pair) <= {"en", "zh", "source", "site", "from_months"}
