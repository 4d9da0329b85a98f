"""`locales/<locale>/reviews/<domain>.jsonl`: approvals, only ever appended to."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.approval import (
    Approval,
    Approvals,
    Withdrawal,
    compose_approval,
    parse_approvals,
)
from pipeline.cldr import gettext_locale
from pipeline.store.files import read_text
from pipeline.store.lines import append_lines


def reviews_path(root: Path, locale: str, domain: str) -> Path:
    """Where the approvals of a domain lie."""
    return Path(root, "locales", gettext_locale(locale), "reviews", f"{domain}.jsonl")


def read_approvals(root: Path, locale: str, domain: str) -> Approvals:
    """The approvals of a domain; none if there is no file."""
    path = reviews_path(root, locale, domain)
    if not path.exists():
        return Approvals()
    text = read_text(path, root=root)
    return parse_approvals(text, path=path.relative_to(root).as_posix())


def append_approvals(
    root: Path, locale: str, domain: str, lines: Iterable[Approval | Withdrawal]
) -> None:
    """Add approvals and withdrawals, all on the disk before this returns."""
    path = reviews_path(root, locale, domain)
    texts = (compose_approval(line).rstrip("\n") for line in lines)
    append_lines(path, texts, root=root)
