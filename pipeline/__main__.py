"""The command itself; `python -m pipeline` is `publish`."""

import gc
import os
import sys

TYPE_CHECKING = False  # importing `typing` takes as long as looking at all inputs
if TYPE_CHECKING:
    from collections.abc import Sequence


def main() -> None:
    """Run the command that was asked for."""
    if sys.argv[1:] == ["build"]:
        # Stamps of all files are read, and stay: there is no garbage to look for. A
        # build that does more than a little looks for it again.
        gc.disable()
        code = _said_again()
        if code is not None:
            _leave(code)
            sys.exit(code)
        from pipeline.cli.plain_build import plain_build
        from pipeline.workflow.report import DONE, HELD

        try:
            plain_build()
        except SystemExit as end:
            for code in (DONE, HELD):
                if end.code == code:
                    _leave(code)
            raise
    from pipeline.cli.commands import publish

    publish()


def _leave(code: int) -> None:
    """
    End at once where all went well, and all is written.

    Python would take apart every object of the site first: a tenth of such a build.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return  # The usual end tells what is wrong with them.
    os._exit(code)


def _said_again() -> int | None:
    """The exit code if nothing has changed since the last build, and that was said."""
    from pipeline.workflow.again import said_again

    try:
        said = said_again(".", _draw)
        if said:
            sys.stdout.write(said[0])
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("publish: stopped\n")
        sys.exit(130)
    except OSError:
        return None
    return said[1] if said else None


def _draw(columns: "Sequence[str]", rows: "Sequence[Sequence[str]]") -> str | None:
    from pipeline.cli.plain_table import drawn

    return drawn(sys.stdout, columns, rows)


if __name__ == "__main__":
    main()
