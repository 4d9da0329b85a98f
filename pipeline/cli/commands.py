"""
The command line: which commands there are.

`--help` imports none of them: what it says of each stands here.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final, NoReturn

import click

from pipeline.cli import failure
from pipeline.cli.ending import run_to_end

COMMANDS: Final = {
    "init": "Make a new site with a sample article.",
    "locale": "Add a language to the site.",
    "extract": "Collect the English sentences into catalogs (.po).",
    "pretranslate": "Fill in drafts from memory and machines, for people to review.",
    "engines": "Show what can translate: installed, configured, reachable.",
    "glossary": "Import, export or search the words of the field.",
    "memory": "Search the translation memory; take TMX files in, or write one.",
    "check": "Look for mistakes in translations: numbers, links, names.",
    "review": "Translate and review in the browser, beside the page itself.",
    "approve": "Record that a person approves translations.",
    "build": "Make the pages and mails that may go out, into dist/.",
    "send": "Send one mail to yourself, to see it in a mail program.",
    "export": "Put the mails that are out into a folder for a sending system.",
    "verify": "Tell whether dist/ is whole.",
    "bundle": "Make a zip of what is published, to hand over.",
    "deploy": "Bring dist/ to where it is served from.",
    "explain": "Say why an article is out or held in each language.",
    "status": "Show how far each language and article is.",
    "recover": "Show every translation that an entry ever had.",
    "serve": "Preview in the browser; reloads when a file is saved.",
}
"""Every command, in the order of the work, with its one line of help."""


class Commands(click.Group):
    """The group: lazy, and with errors in our own form."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"pipeline.cli.{cmd_name}")
        command = getattr(module, cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            names = ", ".join(COMMANDS)
            raise click.UsageError(
                f"unknown command {args[0]!r}; known are {names}", ctx
            )
        return super().resolve_command(ctx, args)

    def main(  # type: ignore[override]  # always exits, unlike click's two modes
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: object,
    ) -> NoReturn:
        """Run, and exit with the documented code; never a traceback for bad input."""
        del extra
        given = list(sys.argv[1:] if args is None else args)
        run: Callable[..., object] = super().main

        def work() -> object:
            try:
                return run(given, prog_name or "publish", standalone_mode=False)
            except click.ClickException as error:
                return failure.show_click(error, as_json="--json" in given)
            except click.Abort:
                raise KeyboardInterrupt from None

        run_to_end(work)


def _complete(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if not value or ctx.resilient_parsing:
        return
    from click.shell_completion import get_completion_class

    kind = get_completion_class(value)
    if kind is not None:
        click.echo(kind(publish, {}, "publish", "_PUBLISH_COMPLETE").source())
    ctx.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="`publish COMMAND --help` tells more. Start with: publish init my-site "
    "--lang tr",
)
@click.version_option(package_name="publish", message="%(version)s")
@click.option(
    "--completion",
    type=click.Choice(["bash", "zsh", "fish"]),
    callback=_complete,
    expose_value=False,
    is_eager=True,
    help='Print a completion script: eval "$(publish --completion bash)".',
)
def publish() -> None:
    """
    English articles in, reviewed pages and mails in other languages out.

    Write English in source/, run `publish extract`, translate the .po files in
    locales/ with Poedit or any other editor, and run `publish build`. Nothing goes out
    that nobody reviewed.
    """
