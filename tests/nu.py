"""The W3C's Nu checker of HTML, on pages that a loopback server gives."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

JAR = Path(".venv/node/node_modules/vnu-jar/build/dist/vnu.jar")


def messages(addresses: Sequence[str]) -> list[str]:
    """Every error and warning, each with its page and line."""
    jar = Path(__file__).parents[1] / JAR
    java = shutil.which("java")
    if java is None or not jar.exists():
        pytest.fail(f"java or {JAR} is missing: `make .venv/tested` installs them")
    command = [java, "-Xss1m", "-jar", str(jar), "--format", "json", *addresses]
    ran = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    found = json.loads(ran.stderr)["messages"]
    return [
        f"{each['url']}:{each.get('lastLine')}: {each['type']}: {each['message']}"
        for each in found
        if each["type"] == "error" or each.get("subType") == "warning"
    ]
