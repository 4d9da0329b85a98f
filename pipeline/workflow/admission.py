"""What the translation memory may offer: only what may also be published."""

from dataclasses import replace
from pathlib import Path

from pipeline.model.catalog import Message
from pipeline.model.site import Site
from pipeline.store.memory import Admission
from pipeline.store.reviews import read_approvals
from pipeline.workflow.desk import content_class


def admission(site: Site, locale: str, domain: str) -> Admission:
    """
    The rule for the pairs of a domain. Raises StoreError for broken approvals.

    Under `require = "approved"` a pair must have been approved; that its source is gone
    since does not matter.
    """
    require = content_class(site, domain).require or site.require
    if require == "translated":
        return Admission()
    approvals = read_approvals(Path(site.root), locale, domain)

    def admits(message: Message) -> bool:
        return approvals.of(replace(message, obsolete=False)) is not None

    return Admission(admits, stamp=approvals.stamp)
