"""What becomes of the sitemap where a few of its pages came, went, or are others."""

from collections.abc import Collection, Sequence

from pipeline.model.page import State
from pipeline.render.library import Library
from pipeline.render.sitemap import page_entry
from pipeline.workflow.loud import require, required
from pipeline.workflow.turns import Turn


def change_sitemap(
    text: bytearray, turns: Sequence[Turn], *, before: Library, now: Library
) -> None:
    """
    Make of a sitemap the one with the pages that are in it now.

    The libraries are those of the last build and of this one.
    """
    moved = {(turn.domain, turn.locale) for turn in turns}
    for domain in dict.fromkeys(turn.domain for turn in turns):
        for old in before.alternates(domain):
            entry, new = page_entry(old, before), ""
            if (domain, old.locale) not in moved:
                new = page_entry(required(now.find(domain, old.locale)), now)
            _put(text, entry, new)
    for locale in now.locales:
        new_ones = {t.domain for t in turns if t.locale == locale and t.now is not None}
        _add(text, new_ones, locale, now)


def _add(text: bytearray, new: Collection[str], locale: str, library: Library) -> None:
    """Add to it the new pages of a locale, each behind the one before it."""
    domains = library.domains(locale) if new else []
    for place, domain in enumerate(domains):
        if domain not in new:
            continue
        entry = _entry(domain, locale, library)
        before = (_entry(d, locale, library) for d in domains[place - 1 :: -1])
        behind = next(filter(None, before), "") if place else ""
        if not behind:
            # What comes later is not there yet, if it is new as well.
            rest = (d for d in domains[place:] if d not in new)
            after = (_entry(d, locale, library) for d in rest)
            next_one = next(filter(None, after), "")
            _put(text, next_one, entry + next_one)
        else:
            _put(text, behind, behind + entry)


def _entry(domain: str, locale: str, library: Library) -> str:
    """What the sitemap says of a page, if anything."""
    edition = required(library.find(domain, locale))
    if edition.state is not State.PUBLISHED:
        return ""
    return page_entry(edition, library)


def _put(text: bytearray, old: str, new: str) -> None:
    """Put an entry in the place of another, which has an address of its own."""
    before = old.encode()
    place = text.find(before)
    require(old and place >= 0)
    text[place : place + len(before)] = new.encode()
