"""What click finds wrong with a command line, in our words and the language in use."""

from __future__ import annotations

import click

from store.i18n import _


def sentence(error: click.ClickException) -> str:
    """The error as one sentence; where it has another one of its own, that one."""
    if isinstance(error, click.NoSuchOption):
        words = _("There is no option {name}.").format(name=error.option_name)
        return words + _perhaps(list(error.possibilities or ()))
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _missing(error.param, error.ctx)
    if isinstance(error, click.BadOptionUsage):
        return _misused(error)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{_name(error.param, error.ctx)}: {error.message}"
    return error.format_message()


def unknown_command(name: str, known: list[str]) -> str:
    """The sentence for a command that there is not."""
    import difflib

    words = _("There is no command {name}.").format(name=name)
    return words + _perhaps(difflib.get_close_matches(name, known))


def _perhaps(names: list[str]) -> str:
    if not names:
        return " " + _("`--help` lists what there is.")
    return " " + _("Perhaps: {names}").format(names=", ".join(sorted(names)))


def _missing(param: click.Parameter, ctx: click.Context | None) -> str:
    if isinstance(param, click.Option):
        return _("The option {name} is missing.").format(name=_name(param, ctx))
    return _("The argument {name} is missing.").format(name=_name(param, ctx))


def _misused(error: click.BadOptionUsage) -> str:
    """An option without its value, or a value for one that takes none: click tells the two
    apart by its message alone."""
    if "does not take" in error.message:
        return _("The option {name} takes no value.").format(name=error.option_name)
    return _("The option {name} needs a value.").format(name=error.option_name)


def _name(param: click.Parameter, ctx: click.Context | None) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(ctx) if ctx else str(param.name)
