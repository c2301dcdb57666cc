"""Nothing of a real account is green that the cloud did not say, and one odd row hides nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from store.home import Home
from store.items.outlook import days_ahead
from store.session import Session
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import Desk, days, instance, plan, wire_time
from tests.alibaba.server import Server
from tests.alibaba.test_account_details import package, transaction
from tests.alibaba.test_program import configure
from tests.contract.program import Program


@pytest.fixture
def factory(program: Program, server: Server, keys: Callable[..., None], desk: Desk) -> Program:
    """The program at a desk whose one instance needs nothing for a long time."""
    configure(program, server.address)
    desk.instances = [instance(ENTERPRISE, days(300))]
    return program


def states(document: Any) -> dict[str, tuple[str, str]]:
    """Each item's state and severity."""
    return {item["id"]: (item["state"], item["severity"]) for item in document["items"]}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_what_is_owed_since_an_unknown_time_is_critical(factory: Program, desk: Desk) -> None:
    assert factory("status", "--max-age", "0").exit == 0
    desk.balance["AvailableAmount"] = "-11.19"
    ran = factory("status", "--json", "--max-age", "0")
    document = ran.json
    assert (ran.exit, document["severity"]) == (2, "critical")
    assert (document["balance"]["owed"], document["balance"]["overdue_since"]) == ("11.19", None)
    assert states(document)[ENTERPRISE] == ("running", "ok")
    assert "CNY 11.19 owed, start unknown" in factory("status").out
    line = factory("status", "--line")
    assert line.out.startswith(
        "CRITICAL - factory: the account is overdue, CNY 11.19 owed, start unknown"
    )


def test_what_is_owed_is_a_message_once_until_it_is_paid(factory: Program, desk: Desk) -> None:
    with (factory.home / "config.toml").open("a") as config:
        config.write('[notify]\nto = ["json://127.0.0.1:1/"]\n')
    assert "Nothing new" in factory("notify").out
    desk.balance["AvailableAmount"] = "-11.19"
    assert factory("sync").exit == 0
    stdout = factory("notify", "--dry-run").out
    assert "CNY 11.19 owed, start unknown. Until it is paid" in stdout
    assert "1 critical" in stdout


def test_a_public_instance_that_no_api_lists_is_entered_by_its_region(
    factory: Program, desk: Desk
) -> None:
    assert factory("sync").exit == 0
    ran = factory("say", "--public-previous", "ap-northeast-1", "--name", "Tokyo", "--json")
    assert ran.json["instance_id"] == "public-previous:ap-northeast-1"
    stored = factory("status", "--json", "--max-age", "never").json
    assert states(stored)["public-previous:ap-northeast-1"] == ("running", "ok")
    desk.balance["AvailableAmount"] = "-11.19"
    item = factory.item("public-previous:ap-northeast-1")
    assert (item["kind"], item["name"], item["region"]) == (
        "iot-public-previous", "Tokyo", "ap-northeast-1",
    )  # fmt: skip
    assert (item["state"], item["severity"], item["next"], item["remedy"]) == (
        "overdue", "critical", None, "P-IOT-SETTLE",
    )  # fmt: skip
    assert {"IOT-2", "IOT-7", "IOT-8"} <= set(item["clauses"])
    assert factory("say", "--public-previous", "ap-northeast-1", "--remove").exit == 0
    for age in ("never", "0"):
        assert list(states(factory("status", "--json", "--max-age", age).json)) == [ENTERPRISE]
    assert factory("say", "--public-previous", "ap-northeast-1", "--remove").exit == 64


@pytest.mark.parametrize(("ago", "state"), [(0.5, "grace"), (1.5, "stopped")])
def test_a_public_instance_is_overdue_since_the_account_is(
    factory: Program, desk: Desk, ago: float, state: str
) -> None:
    assert factory("say", "--public-previous", "ap-northeast-1").exit == 0
    desk.balance["AvailableAmount"] = "-11.19"
    desk.transactions = [transaction(ago, "12.00", "-11.19"), transaction(ago + 1, "1.00", "0.81")]
    document = factory.status()
    since = at(document["balance"]["overdue_since"])
    (item,) = [each for each in document["items"] if each["id"].startswith("public-previous:")]
    assert (item["state"], item["severity"], document["severity"]) == (
        state,
        "critical",
        "critical",
    )
    if state == "grace":
        assert at(item["next"]["at"]) == since + timedelta(hours=24)
    assert factory("say", "--public-previous", "ap-northeast-1", "--remove").exit == 0
    assert factory("status", "--max-age", "never").exit == 2


def test_vod_is_at_risk_where_no_plan_of_a_type_is_left(factory: Program, desk: Desk) -> None:
    soon = wire_time(days(1 / 86_400))
    flow = {"CommodityCode": "vodflowbag", "PackageType": "FPT_vodflowbag"}
    desk.plans = [plan("p-1"), plan("p-2", ExpiryTime=soon, **flow)]
    desk.balance["AvailableAmount"] = "-0.01"
    assert factory("sync").exit == 0
    del desk.plans[1]
    assert factory.item("vod")["state"] == "at-risk"


def test_a_plan_that_has_ended_is_expired_though_the_list_leaves_it_out(
    factory: Program, desk: Desk
) -> None:
    desk.plans = [plan("ended", ExpiryTime=wire_time(days(1 / 86_400))), plan("gone"), plan("on")]
    desk.plans[2] |= {"CommodityCode": "vodflowbag", "PackageType": "FPT_vodflowbag"}
    assert factory("sync").exit == 0
    del desk.plans[:2]
    while datetime.now().astimezone() < at(factory.item("ended")["ends_at"]):
        pass
    shown = states(factory.status())
    assert shown["ended"] == ("expired", "critical")
    assert shown["gone"] == ("missing", "unknown")


def test_a_used_up_plan_in_the_instance_list_stays_a_plan(factory: Program, desk: Desk) -> None:
    """Packs are in the list of instances, too, and there without what is left of them."""
    desk.plans = [plan("p-1")]
    assert factory("sync").exit == 0
    desk.plans = []
    desk.instances.append(
        instance("p-1", days(265), ProductCode="vod", ProductType="vodstoragebag")
    )
    (shown,) = [item for item in factory.status()["items"] if item["id"] == "p-1"]
    assert (shown["kind"], shown["state"]) == ("resource-plan", "missing")


@pytest.mark.parametrize(
    ("other", "severity"),
    [
        ({"RemainingAmount": "0.4", "TotalAmount": "500"}, "critical"),
        ({"RemainingAmount": "50", "TotalAmount": "500"}, "ok"),
        ({"RemainingAmount": "500", "TotalAmount": "500", "Region": "ap-southeast-1"}, "critical"),
        ({"ExpiryTime": wire_time(days(7))}, "critical"),
    ],
)
def test_a_plan_is_not_covered_by_any_other(
    factory: Program, desk: Desk, other: dict[str, str], severity: str
) -> None:
    desk.plans = [plan("ending", ExpiryTime=wire_time(days(2))), plan("p-2", **other)]
    document = factory.status()
    assert states(document)["ending"] == ("active", severity)
    left = {
        item["id"]: item["plan"]["type_remaining"] for item in document["items"] if "plan" in item
    }
    same = other.get("Region") is None
    remaining = other.get("RemainingAmount", "40")
    assert left["ending"] == (f"{40 + float(remaining):g}" if same else "40")


def test_the_last_tenth_of_a_plan_is_a_warning_and_its_burn_is_measured(
    factory: Program, desk: Desk
) -> None:
    desk.plans = [plan("p-1", RemainingAmount="100.00", TotalAmount="500.00")]
    assert states(factory.status())["p-1"] == ("active", "ok")
    desk.plans[0]["RemainingAmount"] = "49.99"
    item = factory.item("p-1")
    assert (item["next"]["state"], item["severity"]) == ("used-up", "critical")
    assert at(item["next"]["at"]) < days(2)


def test_less_than_a_tenth_of_a_plan_is_a_warning(factory: Program, desk: Desk) -> None:
    desk.plans = [plan("p-1", RemainingAmount="0.4", TotalAmount="500.00")]
    ran = factory("status", "--json", "--max-age", "0")
    assert (ran.exit, states(ran.json)["p-1"]) == (1, ("active", "warning"))


@pytest.mark.parametrize(
    ("region", "errors"), [("ap-southeast-1", 0), ("us-east-1", 0), ("eu-west-1", 1)]
)
def test_the_regions_of_a_newer_page_are_no_data_errors(
    factory: Program, desk: Desk, region: str, errors: int
) -> None:
    desk.instances.append(instance("iot-new", None, Region=region))
    assert factory("say", "iot-new", "--kind", "iot-public-new").exit == 0
    ran = factory("status", "--json", "--max-age", "0")
    assert (len(ran.json["data_errors"]), ran.exit) == (errors, errors)


ODD_PLANS: tuple[tuple[dict[str, object], str], ...] = (
    ({"TotalAmount": "1000", "TotalAmountUnit": "Byte", "RemainingAmount": "620.5"}, "remaining"),
    ({"RemainingAmount": "1024.001"}, "remaining"),
    ({"RemainingAmount": "-1"}, "remaining"),
    ({"RemainingAmount": "-"}, "remaining"),
    ({"TotalAmount": "0", "RemainingAmount": "0"}, "total"),
    ({"TotalAmount": ["1"]}, "total"),
    ({"RemainingAmountUnit": "Count"}, "unit"),
    ({"EffectiveTime": "soon"}, "effective_at"),
    ({"ExpiryTime": None}, "ends_at"),
)


def test_amounts_and_times_that_cannot_be_are_data_errors_of_their_row(
    factory: Program, desk: Desk
) -> None:
    desk.plans = [plan(f"odd-{n}", **more) for n, (more, _field) in enumerate(ODD_PLANS)]
    desk.plans.append(plan("even", RemainingAmount="500"))
    ran = factory("status", "--json", "--max-age", "0")
    shown = states(ran.json)
    assert (shown["even"], ran.exit) == (("active", "ok"), 3)
    errors = {error["id"]: error for error in ran.json["data_errors"]}
    assert len(errors) == len(ran.json["data_errors"]) == len(ODD_PLANS)
    stdout = factory("status").out
    for n, (_more, field) in enumerate(ODD_PLANS):
        error = errors[f"odd-{n}"]
        assert (error["kind"], error["field"]) == ("other", field)
        assert shown[error["id"]] == ("unknown", "unknown")
        assert error["found"] in stdout


ODD_ROWS: tuple[tuple[Any, str], ...] = (
    (instance("odd-1", None, EndTime="soon"), "ends_at"),
    (instance("odd-2", None, EndTime=17), "ends_at"),
    (instance("iot-odd", None, EndTime=["2026-12-01T16:00:00Z"]), "ends_at"),
    (instance("", days(20)), "id"),
    (instance("odd", days(20)) | {"InstanceID": None}, "id"),
    (instance("odd", days(20)) | {"InstanceID": {"a": 1}, "Region": "x"}, "id"),
    (None, "id"),
    ("a row", "id"),
    ([], "id"),
    (7, "id"),
    ({}, "id"),
)


def test_odd_rows_are_data_errors_and_hide_no_other(factory: Program, desk: Desk) -> None:
    desk.instances += [row for row, _field in ODD_ROWS]
    assert factory("sync").exit == 0
    document = factory.status()
    errors = {error["id"]: error for error in document["data_errors"]}
    assert [error["kind"] for error in document["data_errors"]] == ["other"] * len(ODD_ROWS)
    assert sorted(error["field"] for error in errors.values()) == sorted(
        field for _row, field in ODD_ROWS
    )
    shown = states(document)
    assert {shown.pop(item_id) for item_id in errors} == {("unknown", "unknown")}
    assert shown == {ENTERPRISE: ("running", "ok")}
    again = factory.status()
    assert again["data_errors"] == document["data_errors"]
    assert states(again) == states(document)


def test_a_row_without_an_id_counts_by_its_dates_once_its_type_is_entered(
    factory: Program, desk: Desk
) -> None:
    desk.instances += [instance("", days(20)), instance("", days(20))]
    document = factory.status()
    ids = [error["id"] for error in document["data_errors"]]
    assert len(set(ids)) == 2
    for item_id in ids:
        assert factory("say", item_id, "--kind", "other", "--name", "Old order").exit == 0
    ran = factory("status", "--json", "--max-age", "0")
    assert (ran.exit, ran.json["data_errors"]) == (1, [])
    assert [states(ran.json)[item_id] for item_id in ids] == [("running", "warning")] * 2


def test_an_unreadable_row_is_never_paid_for(factory: Program, desk: Desk) -> None:
    assert factory("sync").exit == 0
    desk.instances[0]["EndTime"] = "soon"
    assert factory("renew", ENTERPRISE, "--months", "1", "--yes").exit == 12
    assert desk.charges == []


def test_odd_but_readable_rows_have_their_places(factory: Program, desk: Desk) -> None:
    desk.instances += [
        instance("i-1", None, SubscriptionType="PayAsYouGo", ProductCode="ecs"),
        instance("iot_instc_pub1", None, SubscriptionType="PayAsYouGo"),
        instance("iot-1", None, SubscriptionType="PayAsYouGo", EndTime="2999-09-08T16:00:00Z"),
        instance("new-1", None, Status="Creating"),
        instance("mk-1", None, EndTime="2999-09-08T16:00:00Z", ProductCode="cmjj"),
        instance("IFP-1", days(-3600), ProductCode="flowpack", Status="Creating"),
        instance("x-1", days(300), ProductCode="never-heard-of", ProductType="", Region=""),
    ]
    ran = factory("status", "--json", "--max-age", "0")
    assert (ran.exit, ran.json["data_errors"]) == (0, [])
    assert {name: state for name, (state, _) in states(ran.json).items()} == {
        ENTERPRISE: "running", "iot_instc_pub1": "running", "iot-1": "running",
        "new-1": "pending", "mk-1": "running", "IFP-1": "expired", "x-1": "running",
    }  # fmt: skip


def test_a_limited_product_is_listed_though_it_has_no_end(factory: Program, desk: Desk) -> None:
    """What is paid as it goes and limited for want of payment, and what may be IoT Platform."""
    endless = {"SubscriptionType": "PayAsYouGo", "ProductType": ""}
    desk.instances += [
        instance("i-1", None, ProductCode="ecs", SubStatus="WaitForLimit", **endless),
        instance("pub-1", None, **endless),
    ]
    document = factory.status()
    assert states(document) == {
        ENTERPRISE: ("running", "ok"), "i-1": ("running", "warning"), "pub-1": ("running", "ok"),
    }  # fmt: skip
    assert factory.item("pub-1")["proposed_kind"] == "iot-public-new"


def test_an_end_before_all_years_is_no_promise(factory: Program, desk: Desk) -> None:
    desk.instances = [instance("x-1", None, EndTime="1970-01-01T00:00:00Z", ProductCode="rds")]
    assert states(factory.status()) == {"x-1": ("unknown", "unknown")}


def test_an_ended_product_without_a_rule_is_remembered_for_30_days(
    factory: Program, desk: Desk
) -> None:
    nearly = timedelta(days=29, hours=23)
    desk.instances = [
        instance("rm-1", days(0) - nearly, ProductCode="rds"),
        instance("rm-2", days(-30), ProductCode="rds"),
    ]
    assert states(factory.status()) == {
        "rm-1": ("expired", "critical"), "rm-2": ("expired", "ok"),
    }  # fmt: skip


def test_what_ends_on_purpose_says_so_and_raises_no_alarm(factory: Program, desk: Desk) -> None:
    desk.instances = [
        instance(ENTERPRISE, days(2), RenewStatus="NotRenewal"),
        instance("iot-2", days(-2), RenewStatus="NotRenewal"),
        instance("x-1", days(2), RenewStatus="NotRenewal"),
    ]
    ran = factory("status", "--json", "--max-age", "0")
    assert ran.exit == 0
    assert states(ran.json) == {
        ENTERPRISE: ("running", "ok"), "iot-2": ("stopped", "ok"), "x-1": ("running", "ok"),
    }  # fmt: skip
    assert [item["ends_on_purpose"] for item in ran.json["items"]] == [True] * 3
    assert ran.json["forecast"]["unpriced"] == 0
    desk.instances = desk.instances[:1]
    assert states(factory.status())["iot-2"] == ("stopped", "ok")


def test_auto_renewal_without_a_term_is_on(factory: Program, desk: Desk) -> None:
    desk.instances = [instance(ENTERPRISE, days(2), RenewStatus="AutoRenewal")]
    item = factory.item(ENTERPRISE)
    assert (item["auto_renewal"], item["severity"]) == (
        {"months": None, "payable": None}, "critical",
    )  # fmt: skip


CONTRADICTIONS = (
    ({"SubStatus": "BandwidthLimited"}, "sub_status", "BandwidthLimited"),
    ({"SubStatus": "WaitForLimit"}, "sub_status", "WaitForLimit"),
    ({"Status": "Expired"}, "status", "Expired"),
    ({"StopTime": "2026-01-01T16:00:00Z"}, "stopped_at", "2026-01-02T00:00:00+08:00"),
    ({"ReleaseTime": "2026-01-01T16:00:00Z"}, "released_at", "2026-01-02T00:00:00+08:00"),
    ({"StopTime": "soon"}, "stopped_at", "soon"),
)


def test_what_contradicts_a_date_is_a_warning(factory: Program, desk: Desk) -> None:
    desk.instances = [
        instance(f"iot-{n}", days(300), **more) for n, (more, *_) in enumerate(CONTRADICTIONS)
    ]
    ran = factory("status", "--json", "--max-age", "0")
    assert ran.exit == 1
    assert set(states(ran.json).values()) == {("running", "warning")}
    errors = {error["id"]: (error["field"], error["found"]) for error in ran.json["data_errors"]}
    assert errors == {
        f"iot-{n}": (field, value) for n, (_more, field, value) in enumerate(CONTRADICTIONS)
    }


def test_a_limited_public_instance_with_an_id_is_overdue(factory: Program, desk: Desk) -> None:
    desk.instances = [instance("pub-1", None, SubStatus="BandwidthLimited")]
    assert factory("say", "pub-1", "--kind", "iot-public-previous").exit == 0
    assert states(factory.status()) == {"pub-1": ("overdue", "critical")}


def test_a_release_that_the_cloud_expects_is_shown(factory: Program, desk: Desk) -> None:
    release = days(9)
    times = {"ExpectedReleaseTime": wire_time(release)}
    desk.instances = [instance(ENTERPRISE, days(-1), **times), instance("rm-1", days(5), **times)]
    items = {item["id"]: item for item in factory.status()["items"]}
    assert {at(item["data_lost_at"]) for item in items.values()} == {release}
    assert items[ENTERPRISE]["next"]["state"] == "released"


def test_a_trial_is_released_at_its_end(factory: Program, desk: Desk) -> None:
    desk.instances = [instance(ENTERPRISE, days(20)), instance("x-1", days(-1))]
    for item_id in (ENTERPRISE, "x-1"):
        assert factory("say", item_id, "--kind", "iot-enterprise", "--trial").exit == 0
    items = {item["id"]: item for item in factory.status()["items"]}
    running, over = items[ENTERPRISE], items["x-1"]
    assert running["data_lost_at"] == running["ends_at"] == running["next"]["at"]
    assert (running["next"]["state"], running["trial"]) == ("released", True)
    assert (over["state"], over["remedy"], over["severity"]) == ("released", None, "critical")
    assert factory("say", "x-1", "--kind", "other", "--trial").exit == 64


def test_a_product_code_proposes_a_kind_that_one_word_accepts(factory: Program, desk: Desk) -> None:
    of_kids = ("--application", "Kids app", "--sdk", "Player SDK")
    shorts = "vod_shortvideosdk_pre_intl"
    proposals: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
        (instance("a", days(90), ProductCode="vod", ProductType="vodsdk"), "sdk-license", of_kids),
        (instance("b", days(90), ProductCode="vod", ProductType=shorts), "sdk-license", of_kids),
        (instance("c", days(90)), "iot-enterprise", ()),
        (instance("iot-d", None, SubscriptionType="PayAsYouGo"), "iot-public-new", ()),
    )
    desk.instances = [row for row, _kind, _more in proposals]
    items = {item["id"]: item for item in factory.status()["items"]}
    stdout = factory("status").out
    assert factory("say", "a", "--accept").exit == 64
    for row, kind, more in proposals:
        item_id = row["InstanceID"]
        assert (items[item_id]["kind"], items[item_id]["proposed_kind"]) == ("other", kind)
        assert f"renewal say {item_id} --accept" in stdout
        assert factory("say", item_id, "--accept", *more).exit == 0
    kinds = {item["id"]: item["kind"] for item in factory.status()["items"]}
    assert {kinds[row["InstanceID"]] == kind for row, kind, _more in proposals} == {True}
    assert "--accept" not in factory("status").out


def test_nothing_is_proposed_without_a_code(factory: Program, desk: Desk) -> None:
    desk.instances.append(instance("rm-1", days(90), ProductCode="rds", ProductType="rds"))
    assert "proposed_kind" not in factory.item("rm-1")
    assert factory("say", "rm-1", "--accept").exit == 64
    assert factory("say", "unknown", "--accept").exit == 64


PLAN_TYPES = (
    ({"CommodityCode": "vodtranssdbag2", "PackageType": "FPT_x", "Remark": ""}, "transcoding"),
    ({"CommodityCode": "vodflowbag", "PackageType": "FPT_vodflowbag_x"}, "traffic"),
    ({"CommodityCode": "vodflowbag", "PackageType": "FPT_vodflowbag_TransCode"}, "transcoding"),
    ({"CommodityCode": "vod_censor_bag", "PackageType": "FPT_vod_censor_bag"}, "moderation"),
    ({"CommodityCode": "vod_transcode_bag_intl", "PackageType": ""}, "transcoding"),
    ({"CommodityCode": "vodflowbag", "PackageType": "", "Remark": "转码时长包"}, "transcoding"),
    ({"CommodityCode": "vod_new_bag", "PackageType": ""}, "vod_new_bag"),
)


def test_codes_name_the_type_of_a_plan(factory: Program, desk: Desk) -> None:
    desk.plans = [plan(f"p-{n}", **more) for n, (more, _type) in enumerate(PLAN_TYPES)]
    items = {item["id"]: item for item in factory.status()["items"]}
    for n, (_more, name) in enumerate(PLAN_TYPES):
        assert items[f"p-{n}"]["plan"]["type"] == name


def test_nothing_and_less_than_nothing_are_0_00(factory: Program, desk: Desk) -> None:
    desk.balance["AvailableAmount"] = "-0.00"
    balance = factory.status()["balance"]
    assert (balance["available"], balance["owed"]) == ("0.00", "0.00")
    assert "CNY 0.00 available" in factory("status").out
    assert "-0.00" not in factory("status", "--line").out


def test_yen_have_no_decimals(factory: Program, desk: Desk) -> None:
    desk.balance |= {"AvailableAmount": "1,500", "Currency": "JPY"}
    assert factory.status()["balance"]["available"] == "1500.00"
    assert "JPY 1,500 available" in factory("status").out


def test_an_account_with_nothing_in_it_says_so(factory: Program, desk: Desk) -> None:
    desk.instances = []
    ran = factory("status", "--max-age", "0")
    assert ran.exit == 3
    assert "has no instances and no resource plans" in ran.out
    line = factory("status", "--line")
    assert line.out.startswith("UNKNOWN - factory: the cloud lists nothing")
    desk.instances = [instance("i-1", None, SubscriptionType="PayAsYouGo", ProductCode="ecs")]
    assert factory("status", "--max-age", "0").exit == 0


def test_an_account_with_nothing_but_what_was_entered_has_something(
    factory: Program, desk: Desk
) -> None:
    desk.instances = []
    assert factory("status", "--max-age", "0").exit == 3
    assert factory("say", "--public-previous", "ap-northeast-1").exit == 0
    assert factory("status", "--max-age", "never").exit == 0
    ran = factory("sync")
    assert (ran.exit, ran.err) == (0, "")
    assert factory("status", "--max-age", "0").exit == 0
    assert factory("say", "--public-previous", "ap-northeast-1", "--remove").exit == 0
    assert factory("status", "--max-age", "never").exit == 3


def test_an_account_with_nothing_but_a_plan_that_ended_has_something(
    factory: Program, desk: Desk
) -> None:
    desk.instances, desk.packages = [], [package("ended", "invalid", -3)]
    ran = factory("status", "--max-age", "0")
    assert "has no instances" not in ran.out
    assert ran.exit == 2


def test_the_outlook_has_trials_and_what_ends_on_purpose(factory: Program, desk: Desk) -> None:
    desk.instances = [
        instance("iot-1", days(20)),
        instance("iot-2", days(20), RenewStatus="NotRenewal"),
        instance("iot-3", days(-1), RenewStatus="NotRenewal"),
    ]
    assert factory("say", "iot-1", "--kind", "iot-enterprise", "--trial").exit == 0
    assert factory("sync").exit == 0
    with Session.open(Home(factory.home), "factory") as session:
        outlook = days_ahead(session.overview())
    ends = {name: n for n, day in enumerate(outlook) for name in day.names}
    lost = {name: n for n, day in enumerate(outlook) for name in day.names_of_lost}
    assert set(ends) == {"iot-1", "iot-2"}
    assert (ends["iot-1"], ends["iot-2"] + 15) == (lost["iot-1"], lost["iot-2"])
    assert lost["iot-3"] == ends["iot-1"] - 6


def test_the_calendar_reminds_of_nothing_that_ends_on_purpose(factory: Program, desk: Desk) -> None:
    desk.instances = [
        instance("iot-1", days(20)),
        instance("iot-2", days(20), RenewStatus="NotRenewal"),
    ]
    assert factory("sync").exit == 0
    calendar = factory("export", "--ics", "--max-age", "never", "--alarms", "7").out.replace(
        "\r\n ", ""
    )
    ends, on_purpose = (
        next(
            event
            for event in calendar.split("BEGIN:VEVENT")
            if f"UID:end-iot-enterprise-{name}" in event
        )
        for name in ("iot-1", "iot-2")
    )
    assert "BEGIN:VALARM" in ends
    assert "BEGIN:VALARM" not in on_purpose
    assert "ends as planned" in on_purpose
