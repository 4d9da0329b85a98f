"""
Where other site generators look for documents, and what they make of them.

Hugo: https://gohugo.io/content-management/multilingual/ (translation by content
folder). Docusaurus: https://docusaurus.io/docs/i18n/tutorial (plugin-content-docs).
Astro's Starlight: https://starlight.astro.build/guides/i18n/.
"""

import re
from typing import Final

from pipeline.late import dataclass
from pipeline.slugs import slugify


@dataclass(frozen=True, slots=True)
class Layout:
    """One generator; every path has slashes and is below its folder."""

    name: str
    source: str
    """Where the source locale's documents lie; `{locale}` stands for the locale."""

    folder: str
    """The same for every other locale."""

    assets: str = ""
    """Where pictures and files lie; empty: beside the documents of each locale."""

    is_plain: bool = False
    """Whether documents keep their form: no front matter for those without one."""

    keeps_html: bool = False
    """Whether a document may be HTML with front matter; else it becomes Markdown."""

    has_images_beside: bool = False
    """Whether Markdown's pictures lie beside the documents all the same."""

    follows_markdown: bool = False
    """Whether it follows links and pictures in Markdown alone, and none in HTML."""

    links_by_url: bool = False
    """Whether links lead to addresses; else to files, which the generator follows."""

    has_slug: bool = False
    """Whether front matter sets the last part of the address alone."""

    has_heading_ids: bool = False
    """Whether `## Risks {#risks}` sets the anchor of a heading."""

    commands: str = ""
    """What the generator would run, as a regular expression."""

    def place(self, locale: str, *, source: bool) -> str:
        """The folder of a locale's documents."""
        # Starlight's addresses, and so its folders, are in lower case.
        tag = locale.lower() if self.name == "astro" else locale
        return (self.source if source else self.folder).format(locale=tag)

    def file(self, domain: str, kind: str) -> str:
        """The name of a document below the folder of its locale."""
        suffix = {"markdown": ".md", "html": ".html", "text": ".txt"}[kind]
        if not self.is_plain and suffix != ".md":
            suffix = ".html" if self.keeps_html else ".md"
        if self.name == "hugo" and domain.rpartition("/")[2] == "index":
            # `index.md` would make its folder one page, with all else as resources.
            domain = f"{domain[: -len('index')]}_index"
        return f"{domain}{suffix}"

    def url(self, locale: str, domain: str, slug: str) -> str:
        """The address of a document, below that of the site, with a slash."""
        *folders, stem = domain.split("/")
        parts = [re.sub(r"\s+", "-", folder.lower()) for folder in folders]
        last = slug if self.has_slug else slugify(stem, locale="en")
        return "/".join((locale.lower(), *parts, last, ""))


LAYOUTS: Final = {
    layout.name: layout
    for layout in (
        Layout("plain", "{locale}", "{locale}", is_plain=True),
        Layout(
            "hugo",
            "content/{locale}",
            "content/{locale}",
            assets="static/assets",
            keeps_html=True,
            links_by_url=True,
            has_slug=True,
            has_heading_ids=True,
            commands=r"\{\{[<%].*?[%>]\}\}",
        ),
        Layout(
            "docusaurus",
            "docs",
            "i18n/{locale}/docusaurus-plugin-content-docs/current",
            has_slug=True,
            has_heading_ids=True,
            follows_markdown=True,
            commands=r"\{[^{}\n]*\}|^(?:import|export)\b[^\n]*",
        ),
        Layout(
            "astro",
            "src/content/docs/{locale}",
            "src/content/docs/{locale}",
            assets="public/assets",
            has_images_beside=True,
            links_by_url=True,
        ),
    )
}
"""The layouts by name, in the order in which they are told of."""
