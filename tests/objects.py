"""What speaks as S3 does, on this machine alone: moto's server, and a bucket in it."""

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.sshd import free_port, wait_for

KEYS = {
    "AWS_ACCESS_KEY_ID": "tests",
    "AWS_SECRET_ACCESS_KEY": "s3cret-word",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """The environment in which the AWS tools find it; the bucket is `clinic`."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        url = f"http://127.0.0.1:{port}"
        request = urllib.request.Request(f"{url}/clinic", method="PUT")
        urllib.request.urlopen(request, timeout=30).close()
        yield {**KEYS, "AWS_ENDPOINT_URL": url}
    finally:
        process.terminate()
        process.wait(10)
