"""How the command ends: with the documented code, and never with a traceback."""

import gc
import os
import sys
from collections.abc import Callable
from typing import Final, NoReturn

from pipeline.cli import failure

_YOUNG: Final = 50_000
"""Objects between two looks for garbage in circles. A site is many objects that stay,
and Python's default would look through them all again and again."""


def run_to_end(work: Callable[[], object]) -> NoReturn:
    """Do the work, and exit with the code that it gives, if it gives one."""
    gc.set_threshold(_YOUNG)
    try:
        code = work()
    except KeyboardInterrupt:
        failure.say("stopped")
        sys.exit(130)
    except BrokenPipeError:
        # The reader (`| head`) has seen enough.
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        # A disk that is full: what is left to say would fail once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        failure.say(f"the system refused: {error.strerror or error}")
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
