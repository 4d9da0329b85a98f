"""
mdpo at the same work: every article into a catalog for each locale, in one process.

Run by the Python of the bench's own environment: `mdpo_peer.py SOURCE TARGET LOCALE...`.
One process for all articles is the best that mdpo can do: its command takes one catalog.
Prints how many messages the catalogs hold.
"""

import sys
from pathlib import Path

from mdpo.md2po import markdown_to_pofile


def main(source: Path, target: Path, locales: list[str]) -> None:
    messages = 0
    for locale in locales:
        for article in sorted(source.rglob("*.md")):
            catalog = (target / locale / article.relative_to(source)).with_suffix(".po")
            catalog.parent.mkdir(parents=True, exist_ok=True)
            made = markdown_to_pofile(
                str(article), save=True, po_filepath=str(catalog), location=False
            )
            messages += len(made)
    print(messages)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
