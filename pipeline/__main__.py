"""The command itself; `python -m pipeline` is `publish`."""

import gc
import os
import sys


def main() -> None:
    """Run the command that was asked for."""
    if sys.argv[1:] == ["build"]:
        # Stamps of all files are read, and stay: there is no garbage to look for.
        gc.disable()
        if _is_said_again():
            _leave(0)
            return
        gc.enable()
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


def _is_said_again() -> bool:
    """Whether nothing has changed since the last build, and that was said."""
    from pipeline.workflow.again import said_again

    try:
        lines = said_again(".")
        if lines:
            sys.stdout.write("\n".join([*lines, ""]))
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("publish: stopped\n")
        sys.exit(130)
    except OSError:
        return False
    return bool(lines)


if __name__ == "__main__":
    main()
