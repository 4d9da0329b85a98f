"""`python -m pipeline` is `publish`."""

from pipeline.cli import publish

if __name__ == "__main__":
    publish()
