"""
mdpo's way back: every article with the translations of its catalogs, in one process.

Run by the Python of the bench's own environment, in a folder with `source/` and
`po/<locale>/`: `mdpo_filling.py TARGET LOCALE...`.
"""

import sys
from pathlib import Path

from mdpo.po2md import pofile_to_markdown


def main(target: Path, locales: list[str]) -> None:
    for article in sorted(Path("source").rglob("*.md")):
        name = article.relative_to("source")
        for locale in locales:
            catalog = Path("po", locale, name).with_suffix(".po")
            made = target / locale / name
            made.parent.mkdir(parents=True, exist_ok=True)
            pofile_to_markdown(str(article), [str(catalog)], save=str(made))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
