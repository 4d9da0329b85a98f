#!/bin/sh
# Make .venv with a pip that knows dependency groups (25.1 or newer).
set -u
python=$1
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "make: $python is older than Python 3.11: name a newer one, make PYTHON=python3.12" >&2
    exit 1
fi
if ! "$python" -m venv .venv 2>/dev/null; then
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null 2>&1 ||
            { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null 2>&1; }
    fi
    "$python" -m venv .venv || {
        rm -rf .venv
        echo "make: Python cannot make a virtual environment: apt-get install python3-venv" >&2
        exit 1
    }
fi
.venv/bin/python -m pip --disable-pip-version-check --quiet install 'pip>=25.1'
