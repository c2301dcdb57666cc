"""Write store/walkthroughs/procedures/pages/ from the procedures that drive the walk-throughs:
`python -m tests.pages`. One page for each procedure and language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from store.i18n import _
from store.rules.clauses import CLAUSES
from store.rules.sources import Source
from store.walkthroughs.procedures import PROCEDURE_IDS, Procedure, Step, load_procedure
from tui.text import LANGUAGES, use_language

FOLDER = Path(__file__).parent.parent / "store" / "walkthroughs" / "procedures" / "pages"
SITES = {"en": ("China site", "International site"), "zh": ("中国站", "国际站")}
WORDS = {
    "en": {
        "source": "Follows",
        "where": "Where",
        "pages": "Page",
        "carry": "Copy",
        "rules": "Rules",
        "balance": "for accounts that are charged to their balance",
        "card": "for accounts that are charged to a card or wallet",
    },
    "zh": {
        "source": "依据",
        "where": "位置",
        "pages": "页面",
        "carry": "复制",
        "rules": "规则",
        "balance": "适用于从余额扣款的账号",
        "card": "适用于从银行卡或数字钱包扣款的账号",
    },
}
COLON = {"en": ": ", "zh": "："}
CARRIED = {
    "en": {
        "instance_id": "the Instance ID",
        "new_instance_id": "the new Instance ID",
        "owed": "what is owed",
        "missing_amount": "the missing amount",
        "ticket": "the ticket's draft",
        "application": "the application",
        "package": "the package name",
        "sdks": "the SDKs",
        "plan_type": "the plan's type",
        "name": "the name",
        "id": "the ID",
    },
    "zh": {
        "instance_id": "实例 ID",
        "new_instance_id": "新的实例 ID",
        "owed": "欠费金额",
        "missing_amount": "所缺金额",
        "ticket": "工单草稿",
        "application": "应用",
        "package": "包名",
        "sdks": "SDK",
        "plan_type": "资源包类型",
        "name": "名称",
        "id": "ID",
    },
}

_PLACE = re.compile(r"\{(\w+)\}")


def file_name(procedure_id: str, lang: str) -> str:
    """`P-TOPUP.md`, `P-TOPUP.zh.md`."""
    return f"{procedure_id}.md" if lang == "en" else f"{procedure_id}.{lang}.md"


def page(procedure_id: str, lang: str) -> str:
    """The procedure as Markdown. What stands for an item's own value is in italics."""
    use_language(lang)
    try:
        return "\n".join(_lines(load_procedure(procedure_id), lang)) + "\n"
    finally:
        use_language("en")


def _lines(procedure: Procedure, lang: str) -> Iterator[str]:
    words, source = WORDS[lang], procedure.source
    yield f"# {procedure.title} ({procedure.id})"
    yield ""
    colon = COLON[lang]
    yield f"{words['source']}{colon}{_cited(source)}"
    for number, step in enumerate(procedure.steps, 1):
        yield ""
        yield f"## {number}. {step.title}{_condition(step, lang)}"
        yield ""
        yield from _step(step, procedure.source, lang)


def _cited(source: Source) -> str:
    """The page as a link, with its date."""
    dated = _("undated") if source.dated is None else f"{source.dated:%Y-%m-%d}"
    return f"[{_(source.title)}]({source.url}), {dated}"


def _condition(step: Step, lang: str) -> str:
    if step.charged_to is None:
        return ""
    words = WORDS[lang][step.charged_to]
    return f"（{words}）" if lang == "zh" else f" ({words})"


def _step(step: Step, source: Source, lang: str) -> Iterator[str]:
    words, colon = WORDS[lang], COLON[lang]
    yield f"- {words['where']}{colon}{step.where}"
    addresses = [f"[{name}]({url})" for name, url in zip(SITES[lang], _urls(step), strict=True)]
    yield f"- {words['pages']}{colon}{' · '.join(addresses)}"
    if step.carry is not None:
        yield f"- {words['carry']}{colon}{CARRIED[lang][step.carry]}"
    yield ""
    yield _in_italics(step.does)
    for note in step.notes:
        yield ""
        yield f"> {_in_italics(note.text)}"
        if note.source is not None:
            yield ">"
            yield f"> {_cited(note.source)}"
    if step.clauses:
        yield ""
        yield f"{words['rules']}{colon.rstrip()}"
        yield ""
        for each in step.clauses:
            clause = CLAUSES[each]
            other = "" if clause.source == source else f" ({_cited(clause.source)})"
            yield f"- `{each}` {_(clause.says)}{other}"


def _urls(step: Step) -> tuple[str, str]:
    return step.page["china"], step.page["international"]


def _in_italics(text: str) -> str:
    return _PLACE.sub(lambda match: f"*{match[1].replace('_', ' ')}*", text)


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    return {file_name(each, lang): page(each, lang) for each in PROCEDURE_IDS for lang in LANGUAGES}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
