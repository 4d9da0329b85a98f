"""Tags of admitted HTML, which are regular: one is read, and one is written."""

from typing import Final

from pipeline.late import regex

ATTRIBUTES: Final = r'((?: [a-z-]+="[^"]*")*)'
"""All that stands in a tag behind its name, as a part of a pattern."""

_ATTRIBUTE: Final = regex(r' ([a-z-]+)="([^"]*)"')


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of a tag as they are written there."""
    return dict(_ATTRIBUTE.findall(written))


def tag(name: str, attributes: dict[str, str]) -> str:
    """A tag of a name with these attributes."""
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>"
