"""What tests of several commands share."""

import os
import threading

import pytest


@pytest.fixture
def children(monkeypatch):
    """The processes that are started, though other tests may have left threads."""
    started = []
    fork = os.fork

    def noted():
        child = fork()
        if child:
            started.append(child)
        return child

    monkeypatch.setattr(os, "fork", noted)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    return started
