"""The one JSON document of `--json`, in UTF-8 whatever the terminal speaks."""

import json
import sys
from collections.abc import Mapping


def write_document(values: Mapping[str, object]) -> None:
    """Write it to standard output, at once."""
    text = json.dumps(values, ensure_ascii=False, indent=1)
    sys.stdout.flush()
    # A lone surrogate (a file name that is not UTF-8) must not end in a traceback.
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()
