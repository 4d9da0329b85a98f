"""The command itself; `python -m pipeline` is `publish`."""

import sys


def main() -> None:
    """Run the command that was asked for."""
    if sys.argv[1:] == ["build"]:
        if _is_said_again():
            return
        from pipeline.cli.plain_build import plain_build

        plain_build()
    from pipeline.cli.commands import publish

    publish()


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
