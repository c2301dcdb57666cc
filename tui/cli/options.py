"""Shared by all subcommands: the global options, `--json`, output, and types of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec import Struct

from store.errors import Usage
from store.i18n import ENGLISH, N_, _
from store.inputs import parse_amount
from store.sanitize import plain, plain_json
from store.times import parse_duration
from tui.streams.encodings import supported_language
from tui.streams.output import output_encoding, write_data, write_words
from tui.text import use_language

if TYPE_CHECKING:
    from store.home import Home
    from store.session import Session

Command = TypeVar("Command", bound=Callable[..., Any])


class Options(Struct):
    """The global options, which open the home folder and the session."""

    home_folder: str | None
    account: str | None
    read_only: bool
    plain: bool
    language: str | None = None
    """The language that `--lang` or `RENEWAL_LANG` chose; None: config.toml goes before the
    locale."""

    def home(self) -> Home:
        from store.home import open_home
        from tui.streams.log import use_log

        home = open_home(self.home_folder)
        use_log(home.log)
        return home

    def session(self) -> Session:
        from store.session import Session

        session = Session.open(self.home(), self.account, read_only=self.read_only)
        if session.config.lang and self.language is None:
            use_language(supported_language(session.config.lang, output_encoding()))
        return session

    def document_language(self, session: Session) -> str:
        """The language of a document that another program reads: the chosen one, else English. The
        locale has no part in it, so that a timer and a terminal write the same."""
        return self.language or session.config.lang or ENGLISH


pass_options = click.make_pass_decorator(Options)


def json_option(command: Command) -> Command:
    """`--json`: exactly one document on stdout."""
    return click.option(
        "--json", "as_json", is_flag=True, help=N_("Print one JSON document on stdout.")
    )(command)


def print_result(document: dict[str, Any], lines: Iterable[str], *, as_json: bool) -> None:
    """Print the result of a command: the document, or the lines as plain text."""
    if as_json:
        write_data(plain_json(document, indent=2) + "\n")
        return
    for line in lines:
        write_words(plain(line, limit=4000))


def print_message(line: str) -> None:
    """Print a message for the person to stderr."""
    write_words(plain(line, limit=4000), err=True)


class Duration(click.ParamType[timedelta]):
    """`3d12h` as a timedelta."""

    name = "duration"

    def convert(self, value: Any, _param: Any, _ctx: Any) -> timedelta:
        return value if isinstance(value, timedelta) else parse_duration(value)


class WholeDays(Duration):
    """`30d`, in whole days only."""

    name = "days"

    def convert(self, value: Any, param: Any, ctx: Any) -> timedelta:
        length = super().convert(value, param, ctx)
        if length % timedelta(days=1):
            raise Usage(
                _("{value!r} is not a number of whole days such as 30d").format(value=value)
            )
        return length


class Age(Duration):
    """A duration; `0` stands for no time at all, and `never` for no limit."""

    name = "age"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if value == "never":
            return NEVER
        return timedelta(0) if value == "0" else super().convert(value, param, ctx)


NEVER = "never"


class Amount(click.ParamType[Decimal]):
    """Digits with at most two decimals, more than 0."""

    name = "amount"

    def convert(self, value: Any, _param: Any, _ctx: Any) -> Decimal:
        return value if isinstance(value, Decimal) else parse_amount(value)


class Whole(click.ParamType[int]):
    """A whole number; with limits, from the lowest to the highest."""

    name = "n"

    def __init__(self, *limits: int) -> None:
        self.limits = limits

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        text = str(value)
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()):
            self.fail(_("{value!r} is not a whole number.").format(value=text), param, ctx)
        number = int(text)
        if self.limits and not self.limits[0] <= number <= self.limits[1]:
            words = _("{value} is not between {lowest} and {highest}.")
            message = words.format(value=number, lowest=self.limits[0], highest=self.limits[1])
            self.fail(message, param, ctx)
        return number


class FilePath(click.Path):
    """A path. `~` is expanded here, since no shell expands it after `=`."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        from store.home import user_path

        if value == "":
            self.fail(_("The name of the file is empty."), param, ctx)
        return super().convert(user_path(value), param, ctx)
