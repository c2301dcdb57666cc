"""Every command has a page of its manual, and every example on it works as it stands."""

from __future__ import annotations

import shlex

import click
import pytest

from tests.contract.program import Program
from tests.text.test_everything_is_marked import commands
from tui.cli.help_page import PageCommand
from tui.cli.manual import topic_text
from tui.cli.root import root
from tui.text import texts_in
from tui.text.cells import cells
from tui.text.wrapping import hang_text, wrap_text


def pages() -> list[PageCommand]:
    """The page of every command."""
    listed: list[PageCommand] = []
    for words in commands():
        context, command = click.Context(root), root
        for word in words:
            assert isinstance(command, click.Group)
            inner = command.get_command(context, word)
            assert isinstance(inner, PageCommand), words
            command = inner  # type: ignore[assignment]
        listed.append(command)
    return listed


def test_every_page_is_whole() -> None:
    for page in pages():
        assert page.summary, page.name
        assert page.exits, page.name
        assert page.examples, page.name
        for param in page.params:
            if isinstance(param, click.Option):
                assert param.help, f"{page.name} {param.name}"
        arguments = [each for each in page.params if isinstance(each, click.Argument)]
        assert len(page.argument_help) == len(arguments), page.name


def test_every_example_parses() -> None:
    for page in pages():
        for example in page.examples:
            program, *words = shlex.split(example.line)
            assert program == "renewal"
            context = root.make_context("renewal", words, resilient_parsing=False)
            command: click.Command = root
            rest = [*context._protected_args, *context.args]
            while rest and isinstance(command, click.Group):
                name, inner, rest = command.resolve_command(context, rest)
                assert inner is not None
                if "--help" not in rest:
                    context = inner.make_context(name, rest, parent=context)
                    rest = [*context._protected_args, *context.args]
                command = inner


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_timer_notifies_after_a_sync_that_failed(language: str) -> None:
    """A failure that lasts a day is itself a message, which `sync && notify` would never send."""
    with texts_in(language):
        recipes = topic_text("automation")
    assert "sync >/dev/null; renewal notify" in recipes
    unit = [line.strip() for line in recipes.splitlines() if "ExecStart=" in line]
    assert unit[0].startswith("ExecStart=-")
    assert unit[-1].endswith("renewal notify")


def test_the_examples_of_the_practice_cloud_run(program: Program) -> None:
    for page in pages():
        for example in page.examples:
            words = shlex.split(example.line)[1:]
            if words[:1] == ["practice"] and not {"bind", "refund"} & set(words):
                program("practice", "reset")
                program("practice", "topup", "20000")
                ran = program(*words)
                assert ran.exit == 0, (example.line, ran.err)


def test_a_line_is_never_too_wide() -> None:
    words = "续费针对整个订单，同时涵盖其中所有 SDK，不能更改订单配置（控制台）。" * 3
    for width in range(20, 61):
        lines = wrap_text(words, width)
        assert all(cells(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")
        assert not any(line.startswith(tuple("，。）")) for line in lines)
    assert hang_text("  --yes  ", "Skip the confirmation.", 40) == [
        "  --yes  Skip the confirmation."
    ]


def test_usage_errors_are_in_the_language(program: Program) -> None:
    for words, message in (
        (["sync", "--jsno"], "没有选项 '--jsno'。 是否指 '--json'？"),
        (["snyc"], "没有命令 'snyc'。 是否指 'sync'？"),
        (["sync", "x"], "多余的参数（x）。"),
        (["renew", "x"], "缺少选项 '--months'."),
        (["renew", "x", "--months"], "选项 '--months' 需要 1 个值。"),
        (["renew", "--months", "1"], "缺少参数 'INSTANCE_ID...'."),
        (["renew", "x", "--months", "y"], "'--months' 的值无效：'y' 不是整数。"),
        (["sync", "--json=1"], "选项 '--json' 不带值。"),
        (["practice", "foo"], "没有命令 'foo'。"),
    ):
        ran = program("--lang", "zh", *words)
        assert ran.exit == 64
        assert ran.err.startswith(message)
        assert "Try" not in ran.err
    assert program("snyc").err == (
        "No such command 'snyc'. Did you mean 'sync'? Try 'renewal --help' for help.\n"
    )


def test_help_names_a_command_as_other_programs_have_it(program: Program) -> None:
    assert program("help").out == program("--help").out
    assert program("help", "renew").out == program("renew", "--help").out
    asked = program("help", "payments", "reconcile")
    assert asked.out == program("payments", "reconcile", "--help").out
    assert program("help", "nothing").exit == 64
