"""
A renamed article is followed by its content.

A domain that has a template but no source any more, and a new one whose messages are
mostly the same, are one article under a new name: its catalogs, approvals and old
addresses go with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from pipeline.errors import PublishError
from pipeline.model.catalog import Catalog, Message
from pipeline.model.site import Site
from pipeline.store.catalogs import (
    catalog_path,
    read_catalog,
    template_path,
    update_catalog,
)
from pipeline.store.comments import comments_path
from pipeline.store.files import move, remove
from pipeline.store.journal import Journal
from pipeline.store.kept import move_kept
from pipeline.store.published import Event, append_history, read_history
from pipeline.store.reviews import reviews_path
from pipeline.store.translators import translators_path

ENOUGH: Final = 0.5
"""The share of messages that two names of one article have in common, at least."""


def renamed(
    vanished: Mapping[str, Sequence[Message]],
    added: Mapping[str, Sequence[Message]],
) -> dict[str, str]:
    """The new domain by the old one, the most alike first; a pure comparison."""
    scored = sorted(
        (
            (-_overlap(old, new), old_domain, new_domain)
            for old_domain, old in vanished.items()
            for new_domain, new in added.items()
        ),
    )
    found: dict[str, str] = {}
    for score, old_domain, new_domain in scored:
        if -score < ENOUGH:
            break
        if old_domain not in found and new_domain not in found.values():
            found[old_domain] = new_domain
    return found


def _overlap(one: Sequence[Message], other: Sequence[Message]) -> float:
    keys, others = _body(one), _body(other)
    if not keys or not others:
        return 0.0
    return len(keys & others) / max(len(keys), len(others))


def _body(messages: Sequence[Message]) -> set[tuple[str | None, str]]:
    return {m.key for m in messages if m.msgctxt != "slug" and not m.obsolete}


def follow(
    site: Site,
    templates: Mapping[str, Sequence[Message]],
    living: frozenset[str],
    today: str,
    journal: Journal,
) -> tuple[dict[str, str], dict[str, PublishError]]:
    """
    Move what belongs to renamed articles; the new domain by the old one.

    And why not, by new domain where that failed and by old domain where it cannot be
    known. A new one that failed must get no template yet: without it, the next run
    sees again what it was called before.
    """
    root = Path(site.root)
    errors: dict[str, PublishError] = {}
    vanished: dict[str, Sequence[Message]] = {}
    for domain, path in existing_templates(root).items():
        if domain in templates or domain in living:
            continue
        try:
            vanished[domain] = read_catalog(path, root=root).messages
        except PublishError as error:
            errors[domain] = error
    added = {
        domain: messages
        for domain, messages in templates.items()
        if not template_path(root, domain).exists()
    }
    moved: dict[str, str] = {}
    for old, new in renamed(vanished, added).items():
        try:
            _move(site, old, new, today, journal)
        except PublishError as error:
            errors[new] = error
        else:
            moved[old] = new
    return moved, errors


def existing_templates(root: Path) -> dict[str, Path]:
    """Every `locales/_pot/**.pot`, by domain."""
    top = root / "locales" / "_pot"
    return {
        path.relative_to(top).with_suffix("").as_posix(): path
        for path in sorted(top.rglob("*.pot"))
    }


def _move(site: Site, old: str, new: str, today: str, journal: Journal) -> None:
    root = Path(site.root)
    for folder in sorted((root / "locales").iterdir()):
        if not folder.is_dir() or folder.name.startswith(("_", ".")):
            continue
        source = catalog_path(root, folder.name, old)
        target = catalog_path(root, folder.name, new)
        if source.exists() and not target.exists():
            update_catalog(
                source,
                lambda catalog: _with_new_slug(catalog, old, new),
                root=root,
                journal=journal,
            )
            move(source, target, root=root)
    for locale in (site.source_locale, *site.locales):
        for place in (reviews_path, translators_path, comments_path):
            source, target = place(root, locale, old), place(root, locale, new)
            if source.exists() and not target.exists():
                move(source, target, root=root)
        move_kept(root, locale, old, new)
        if old in read_history(root, locale).last():
            event = Event(article=old, event="renamed", renamed_to=new, date=today)
            append_history(root, locale, [event])
    remove(template_path(root, old), root=root)


def _with_new_slug(catalog: Catalog, old: str, new: str) -> Catalog:
    """The slug's msgid is the file's stem, so it follows the name."""
    stems = PurePosixPath(old).name, PurePosixPath(new).name
    return catalog.with_messages(
        replace(message, msgid=stems[1])
        if message.key == ("slug", stems[0]) and not message.obsolete
        else message
        for message in catalog.messages
    )
