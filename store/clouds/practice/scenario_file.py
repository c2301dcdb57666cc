"""The file of a scenario, read strictly: every field is checked, unknown ones are refused."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from store.clouds.practice.fields import (
    Fields,
    amount,
    currency,
    identifier,
    identifier_or_empty,
    instant,
    list_of,
    load_document,
    one_of,
    or_null,
    quantity,
    show_value,
    text,
    whole,
)
from store.clouds.practice.scenario import (
    AccountFields,
    InstanceFields,
    LicenseFields,
    PlanFields,
    Scenario,
)
from store.errors import BadFile, Usage
from store.i18n import _
from store.models import Kind

SHIPPED = ("tour", "calm", "crisis")
"""The names of the included scenarios."""

KINDS = (Kind.ENTERPRISE, Kind.PUBLIC_PREVIOUS, Kind.PUBLIC_NEW, Kind.OTHER)
_months = whole(1, 120)


def shipped_scenario(name: str) -> Scenario:
    """The included scenario of this name."""
    if name not in SHIPPED:
        raise Usage(
            _("there is no scenario {shown}: use {value} or a file").format(
                shown=show_value(name), value=", ".join(SHIPPED)
            )
        )
    return read_scenario(Path(str(files(__package__) / "scenarios" / f"{name}.json")))


def read_scenario(path: Path) -> Scenario:
    """The scenario in the file. Raises `BadFile` with the path of the invalid field."""
    return parse_scenario(load_document(path))


def parse_scenario(document: object) -> Scenario:
    """The scenario in a JSON document."""
    fields = Fields(document, "")
    scenario = Scenario(
        clock=fields.take("clock", instant),
        account=fields.take("account", _account),
        instances=fields.take("instances", list_of(_instance)),
        licenses=fields.take("licenses", list_of(_license)),
        plans=fields.take("resource_plans", list_of(_plan)),
    )
    fields.finish()
    _refuse_equal_ids(scenario)
    _refuse_split_orders(scenario.licenses)
    return scenario


def _account(value: object, path: str) -> AccountFields:
    fields = Fields(value, path)
    account = AccountFields(
        site=fields.take("site", one_of(("china", "international"))),
        currency=fields.take("currency", currency),
        available=fields.take("available", amount),
        credit=fields.take("credit", amount),
    )
    fields.finish()
    return account


def _instance(value: object, path: str) -> InstanceFields:
    fields = Fields(value, path)
    kind = Kind(fields.take("kind", one_of(KINDS)))
    reads_id = identifier_or_empty if kind is Kind.PUBLIC_PREVIOUS else identifier
    instance_id = fields.take("instance_id", reads_id)
    name = fields.take("name", text)
    region = fields.take("region", text)
    match kind:
        case Kind.ENTERPRISE:
            instance = InstanceFields(
                instance_id, name, kind, region,
                expires_at=fields.take("expires_at", instant),
                auto_renewal_months=fields.take_optional("auto_renewal_months", _months),
                monthly_price=fields.take("monthly_price", or_null(amount)),
            )  # fmt: skip
        case Kind.PUBLIC_PREVIOUS:
            instance = InstanceFields(
                instance_id, name, kind, region,
                cycle_ends_at=fields.take("cycle_ends_at", instant),
                cycle_hours=fields.take("cycle_hours", whole(1, 8784)),
                cycle_cost=fields.take("cycle_cost", amount),
                bill_after_hours=fields.take("bill_after_hours", whole(0, 4)),
            )  # fmt: skip
        case Kind.OTHER:
            instance = InstanceFields(
                instance_id, name, kind, region,
                expires_at=fields.take("expires_at", instant),
                auto_renewal_months=fields.take_optional("auto_renewal_months", _months),
                monthly_price=fields.take_optional("monthly_price", amount),
            )  # fmt: skip
        case _:
            instance = InstanceFields(instance_id, name, kind, region)
    fields.finish()
    return instance


def _license(value: object, path: str) -> LicenseFields:
    fields = Fields(value, path)
    license_fields = LicenseFields(
        license_id=fields.take("license_id", identifier),
        application=fields.take("application", text),
        package=fields.take("package", text),
        instance_id=fields.take("instance_id", identifier_or_empty),
        sdks=fields.take("sdks", list_of(text)),
        expires_at=fields.take("expires_at", instant),
        monthly_price=fields.take("monthly_price", or_null(amount)),
        auto_renewal_months=fields.take_optional("auto_renewal_months", _months),
        renewal_error=fields.take_optional("renewal_error", text),
    )
    fields.finish()
    return license_fields


def _plan(value: object, path: str) -> PlanFields:
    fields = Fields(value, path)
    plan = PlanFields(
        plan_id=fields.take("plan_id", identifier),
        name=fields.take("name", text),
        type=fields.take("type", text),
        total=fields.take("total", quantity),
        remaining=fields.take("remaining", quantity),
        unit=fields.take("unit", text),
        used_per_day=fields.take("used_per_day", quantity),
        effective_at=fields.take("effective_at", instant),
        expires_at=fields.take("expires_at", instant),
        price=fields.take("price", or_null(amount)),
        months=fields.take("months", _months),
        effect_delay_minutes=fields.take("effect_delay_minutes", whole(0, 100_000)),
        payg_price=fields.take_optional("payg_price", quantity),
        region=fields.take_optional("region", text),
    )
    fields.finish()
    if plan.remaining > plan.total:
        raise BadFile(fields.at("remaining"), _("more than the total"), _("at most the total"))
    if plan.effective_at >= plan.expires_at:
        raise BadFile(
            fields.at("expires_at"), plan.expires_at.isoformat(), _("an instant after effective_at")
        )
    return plan


def _refuse_equal_ids(scenario: Scenario) -> None:
    """IDs are unique in the file; only the licenses of one order share theirs."""
    taken: dict[str, str] = {}

    def take(value: str, path: str, *, shared: str = "") -> None:
        first = taken.setdefault(value, shared or path)
        if first not in (path, shared):
            raise BadFile(path, show_value(value), _("an ID that is not in the file yet"))

    for index, instance in enumerate(scenario.instances):
        field = "instance_id" if instance.instance_id else "region"
        take(instance.id, f"instances[{index}].{field}")
    for index, license_fields in enumerate(scenario.licenses):
        take(license_fields.license_id, f"licenses[{index}].license_id")
        if license_fields.instance_id:
            take(license_fields.instance_id, f"licenses[{index}].instance_id", shared="an order")
    for index, plan in enumerate(scenario.plans):
        take(plan.plan_id, f"resource_plans[{index}].plan_id")


def _refuse_split_orders(licenses: tuple[LicenseFields, ...]) -> None:
    """Licenses of one order end, renew and fail together."""
    first_of: dict[str, tuple[int, LicenseFields]] = {}
    for index, this in enumerate(licenses):
        first_index, first = first_of.setdefault(this.instance_id, (index, this))
        if not this.instance_id:
            continue
        for name in ("expires_at", "auto_renewal_months", "renewal_error"):
            if getattr(this, name) != getattr(first, name):
                raise BadFile(
                    f"licenses[{index}].{name}",
                    show_value(str(getattr(this, name))),
                    _(
                        "the same value as licenses[{first_place}], which has the same instance_id"
                    ).format(first_place=first_index),
                )
