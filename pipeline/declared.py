"""
Our own formats and checks, as far as one must know them without importing them.

This module is made from their classes by `python -m tests.make_docs`.
"""

from typing import Final

# fmt: off
FORMATS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "html": ("pipeline.formats.html:Html", (".html", ".htm",)),
    "markdown": ("pipeline.formats.markdown:Markdown", (".md", ".markdown",)),
    "text": ("pipeline.formats.text:Text", (".txt",)),
}
"""The place and the suffixes of each."""

CHECKS: Final[dict[str, tuple[str, str, dict[str, object]]]] = {
    "apostrophes": ("pipeline.checks.apostrophes:Apostrophes", "info", {}),
    "brackets": ("pipeline.checks.brackets:Brackets", "warning", {"signs": frozenset(("(", ")", "[", "]", "\uff08", "\uff09", "\uff3b", "\uff3d",))}),
    "dates": ("pipeline.checks.dates:Dates", "error", {"signs": frozenset(("0",)), "only_of_unlike": True}),
    "directions": ("pipeline.checks.directions:Directions", "warning", {}),
    "dots": ("pipeline.checks.dots:Dots", "warning", {}),
    "doubled": ("pipeline.checks.doubled:Doubled", "warning", {}),
    "empty": ("pipeline.checks.empty:Empty", "error", {"signs": frozenset(("",)), "only_of_unlike": True}),
    "glossary": ("pipeline.checks.glossary:Glossary", "warning", {}),
    "header": ("pipeline.checks.header:Header", "warning", {}),
    "hosts": ("pipeline.checks.hosts:Hosts", "error", {"signs": frozenset(("/", "@", "\\", "www.",)), "only_of_carried": True, "only_of_unlike": True}),
    "inconsistent": ("pipeline.checks.inconsistent:Inconsistent", "warning", {}),
    "length": ("pipeline.checks.length:Length", "warning", {}),
    "letters": ("pipeline.checks.letters:Letters", "warning", {}),
    "links": ("pipeline.checks.links:Links", "error", {"signs": frozenset(("+", "00", ":", "<", "@", "]", "www.",)), "only_of_carried": True, "only_of_unlike": True}),
    "marks": ("pipeline.checks.marks:Marks", "info", {}),
    "markup": ("pipeline.checks.markup:Markup", "error", {"signs": frozenset(("*", "<", "[", "]", "_", "`", "~", "\uff08", "\uff09", "\uff3b", "\uff3d",)), "signs_of_errors": frozenset(("<", "[", "]", "`", "~", "\uff08", "\uff09", "\uff3b", "\uff3d",)), "errors_only_of_unlike": True}),
    "negation": ("pipeline.checks.negation:Negation", "warning", {}),
    "numbers": ("pipeline.checks.numbers:Numbers", "error", {"signs": frozenset(("0",)), "only_of_unlike": True}),
    "phones": ("pipeline.checks.phones:Phones", "error", {"signs": frozenset(("0",)), "only_of_unlike": True}),
    "placeholders": ("pipeline.checks.placeholders:Placeholders", "error", {"signs": frozenset(("%", "{", "|",)), "only_of_unlike": True}),
    "plurals": ("pipeline.checks.plurals:Plurals", "error", {"signs": frozenset(("plural",)), "only_of_unlike": True}),
    "punctuation": ("pipeline.checks.punctuation:Punctuation", "warning", {}),
    "quotes": ("pipeline.checks.quotes:Quotes", "warning", {"signs": frozenset(("\"", "\u00ab", "\u00bb", "\u201c", "\u201d", "\u201e", "\u201f", "\u300c", "\u300d", "\u300e", "\u300f",))}),
    "sentences": ("pipeline.checks.sentences:Sentences", "warning", {}),
    "slug": ("pipeline.checks.slug:Slug", "warning", {}),
    "subject": ("pipeline.checks.subject:Subject", "warning", {}),
    "times": ("pipeline.checks.times:Times", "warning", {"signs": frozenset(("0",))}),
    "unchanged": ("pipeline.checks.unchanged:Unchanged", "warning", {}),
    "unsafe": ("pipeline.checks.unsafe:Unsafe", "error", {"signs": frozenset(("&", ":", "<", "\u200b",)), "only_of_unlike": True}),
    "whitespace": ("pipeline.checks.whitespace:Whitespace", "warning", {}),
}
"""The place, the severity and what it says of when to ask each."""
