"""One use case a command: read, call the stages, write, report."""
