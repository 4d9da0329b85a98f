"""Errors on the screen: one line each, and as JSON where that was asked for."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.cli.document import write_document
from pipeline.cli.screen import printable
from pipeline.errors import PublishError
from pipeline.workflow.report import WRONG_USE

if TYPE_CHECKING:
    import click


def say(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"publish: {printable(text)}\n")
    sys.stderr.flush()


def show(errors: Iterable[PublishError]) -> None:
    """Each error in a line: where, what, and what to do."""
    for error in errors:
        say(" ".join(str(error).split()))


def show_click(error: "click.ClickException", *, as_json: bool) -> int:
    """An error of the command line, naming what is known. Gives the exit code."""
    # A plain build goes without it.
    import click

    message, hint = " ".join(error.format_message().split()).rstrip("."), ""
    context = getattr(error, "ctx", None)
    if isinstance(error, click.NoSuchOption) and context is not None:
        names = [
            max(option.opts, key=len)
            for option in context.command.get_params(context)
            if isinstance(option, click.Option)
        ]
        message = f"unknown option {error.option_name}"
        hint = f"known are {', '.join(names)}"
    elif context is not None:
        hint = f"see `{context.command_path} --help`"
    report_failure(PublishError(message, hint=hint), as_json=as_json)
    return WRONG_USE


def report_failure(error: PublishError, *, as_json: bool) -> None:
    """An error that ended the command before it had a report."""
    if as_json:
        write_document({"errors": [error.as_json()]})
    show([error])
