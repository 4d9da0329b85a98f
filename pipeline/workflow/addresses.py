"""
One address for each page and mail: two articles under one, and neither goes out.

An address that a page had before may become another page's, and that is said.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.errors import SourceError
from pipeline.render.topics import KINDS
from pipeline.store.published import History
from pipeline.workflow.decide import Decision, kept_back

_WHY: Final = "another page has its address"


def one_slug_each(
    decisions: Sequence[Decision], histories: Mapping[str, History], *, draft: bool
) -> tuple[list[Decision], list[SourceError]]:
    """
    The decisions, with those that share an address held, and an error for each address.

    In a draft everything is shown, so that everything is looked at.
    """
    by_address: dict[tuple[str, str, str], list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.goes_out or draft:
            kind = decision.article.kind
            by_address[decision.locale, kind, decision.slug].append(decision)
    clashing: set[tuple[str, str]] = set()
    errors: list[SourceError] = []
    reserved = [
        each
        for (_, kind, slug), group in by_address.items()
        for each in group
        if slug in KINDS and kind != "mail"
    ]
    for each in reserved:
        clashing.add((each.article.domain, each.locale))
        errors.append(_reserved(each))
    for (locale, _, slug), group in by_address.items():
        if len(group) > 1:
            clashing |= {(d.article.domain, locale) for d in group}
            errors.append(_clash(locale, slug, group))
    return [
        kept_back(each, histories[each.locale], why=_WHY)
        if (each.article.domain, each.locale) in clashing
        else each
        for each in decisions
    ], errors


def taken_over(
    decisions: Sequence[Decision], histories: Mapping[str, History]
) -> tuple[str, ...]:
    """
    A line for each old address of a page that becomes another page's in this build.

    It would lead to the page that had it; from now on its readers find the other one.
    `histories` end before this build, so that it is said when it happens.
    """
    now = {
        (each.locale, each.slug): each.article
        for each in decisions
        if each.goes_out and each.article.kind != "mail"
    }
    out = {(locale, article.domain): article for (locale, _), article in now.items()}
    found = []
    for locale, history in histories.items():
        before = history.slugs()
        for domain, slugs in before.items():
            old = out.get((locale, domain))
            for slug in slugs:
                new = now.get((locale, slug))
                if old is None or new is None or slug in before.get(new.domain, ()):
                    continue
                found.append(
                    f"{locale}/{slug} was an address of {old.path}, and is that of "
                    f"{new.path} now: no old link to it leads to {old.path} any more"
                )
    return tuple(sorted(found))


def _reserved(decision: Decision) -> SourceError:
    return SourceError(
        f"the address {decision.locale}/{decision.slug} is that of a list",
        path=decision.article.path,
        hint=f"give it another slug than {' or '.join(KINDS)}; it is not built",
    )


def _clash(locale: str, slug: str, group: Sequence[Decision]) -> SourceError:
    first, *others = sorted(d.article.path for d in group)
    return SourceError(
        f"the same address {locale}/{slug} as {', '.join(others)}",
        path=first,
        hint="give one of them another slug, in the front matter for the source's "
        "language, else in the entry `slug` of its catalog; neither is built",
    )
