"""A review server in a process of its own, as people start it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.review.browsers import Browser


class Process:
    """A server in a process of its own."""

    def __init__(self, root, *args, **env):
        command = [sys.executable, "-m", "pipeline", "review", "--port", "0", "--json"]
        self.process = subprocess.Popen(
            [*command, *args],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self.process.stdout
        said = json.loads(self.process.stdout.readline())
        assert said["errors"] == []
        self.url = said["url"]
        port, self.key = re.findall(r":(\d+)/(.*)", self.url)[0]
        self.browser = Browser(int(port))

    def sign_in(self, **values):
        self.browser.open(f"/{self.key}")
        return self.browser.sign_in(name="Ann", **values)

    def end(self, number):
        self.process.send_signal(number)
        assert self.process.stdout
        self.process.stdout.close()
        return self.process.wait(20)
