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

CHECKS: Final[dict[str, tuple[str, str, frozenset[str] | None]]] = {
    "apostrophes": ("pipeline.checks.apostrophes:Apostrophes", "info", None),
    "brackets": ("pipeline.checks.brackets:Brackets", "warning", frozenset(("(", ")", "[", "]", "\uff08", "\uff09", "\uff3b", "\uff3d",))),
    "dates": ("pipeline.checks.dates:Dates", "error", frozenset(("0",))),
    "directions": ("pipeline.checks.directions:Directions", "warning", None),
    "dots": ("pipeline.checks.dots:Dots", "warning", None),
    "doubled": ("pipeline.checks.doubled:Doubled", "warning", None),
    "empty": ("pipeline.checks.empty:Empty", "error", frozenset(("",))),
    "glossary": ("pipeline.checks.glossary:Glossary", "warning", None),
    "header": ("pipeline.checks.header:Header", "warning", None),
    "hosts": ("pipeline.checks.hosts:Hosts", "error", frozenset(("/", "@", "\\", "www.",))),
    "inconsistent": ("pipeline.checks.inconsistent:Inconsistent", "warning", None),
    "length": ("pipeline.checks.length:Length", "warning", None),
    "letters": ("pipeline.checks.letters:Letters", "warning", None),
    "links": ("pipeline.checks.links:Links", "error", frozenset(("+", "00", ":", "<", "@", "]", "www.",))),
    "marks": ("pipeline.checks.marks:Marks", "info", None),
    "markup": ("pipeline.checks.markup:Markup", "error", frozenset(("*", "<", "[", "]", "_", "`", "~", "\uff08", "\uff09", "\uff3b", "\uff3d",))),
    "negation": ("pipeline.checks.negation:Negation", "warning", None),
    "numbers": ("pipeline.checks.numbers:Numbers", "error", frozenset(("0",))),
    "phones": ("pipeline.checks.phones:Phones", "error", frozenset(("0",))),
    "placeholders": ("pipeline.checks.placeholders:Placeholders", "error", frozenset(("%", "{", "|",))),
    "plurals": ("pipeline.checks.plurals:Plurals", "error", frozenset(("plural",))),
    "punctuation": ("pipeline.checks.punctuation:Punctuation", "warning", None),
    "quotes": ("pipeline.checks.quotes:Quotes", "warning", frozenset(("\"", "\u00ab", "\u00bb", "\u201c", "\u201d", "\u201e", "\u201f", "\u300c", "\u300d", "\u300e", "\u300f",))),
    "sentences": ("pipeline.checks.sentences:Sentences", "warning", None),
    "subject": ("pipeline.checks.subject:Subject", "warning", None),
    "times": ("pipeline.checks.times:Times", "warning", frozenset(("0",))),
    "unchanged": ("pipeline.checks.unchanged:Unchanged", "warning", None),
    "unsafe": ("pipeline.checks.unsafe:Unsafe", "error", frozenset(("&", ":", "<", "\u200b",))),
    "whitespace": ("pipeline.checks.whitespace:Whitespace", "warning", None),
}
"""The place, the severity and the signs of each."""
