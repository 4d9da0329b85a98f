"""A site for MkDocs with static-i18n: the articles translated already, an equal template."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.builders import Builder
from bench.edits import pretranslated
from bench.pretranslated import put_pretranslated

_CONFIG: Final = """\
site_name: Benchmark clinic
site_url: https://clinic.example/
docs_dir: content
theme:
  name: null
  custom_dir: theme
plugins:
  - i18n:
      docs_structure: folder
      reconfigure_search: false
      languages:
"""
_LANGUAGE: Final = """\
        - locale: {tag}
          name: {tag}
          build: true
          default: {default}
"""
TEMPLATE: Final = "theme/main.html"
_MAIN: Final = """\
<!doctype html>
<html lang="{{ i18n_page_locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.title }} - {{ config.site_name }}</title>
<meta name="description" content="{{ page.meta.description }}">
<link rel="canonical" href="{{ page.canonical_url }}">
{% for tag, file in page.file.alternates.items() %}\
<link rel="alternate" hreflang="{{ tag }}" href="{{ config.site_url }}{{ file.url }}">
{% endfor %}\
<link rel="alternate" hreflang="x-default" href="{{ page.canonical_url }}">
<script type="application/ld+json">{{ {"@context": "https://schema.org",
"@type": "MedicalWebPage", "name": page.title, "url": page.canonical_url,
"inLanguage": i18n_page_locale, "description": page.meta.description,
"datePublished": page.meta.date | string} | tojson }}</script>
</head>
<body>
<a href="#content">Skip to content</a>
<header><a href="{{ nav.homepage.url | url }}">{{ config.site_name }}</a>
<nav><ul>{% for tag, file in page.file.alternates.items() %}\
<li><a href="{{ file.url | url }}" hreflang="{{ tag }}">{{ tag }}</a></li>\
{% endfor %}</ul></nav></header>
<main id="content"><article><h1>{{ page.title }}</h1>
<p>{{ page.meta.date }}</p>
<nav>{% for entry in page.toc %}<a href="{{ entry.url }}">{{ entry.title }}</a>{% endfor %}</nav>
{{ page.content }}</article>
{% if page.next_page %}<aside><a href="{{ page.next_page.url | url }}">\
{{ page.next_page.title }}</a></aside>{% endif %}
</main>
<footer><p>{{ config.site_name }}</p></footer>
</body>
</html>
"""


def mkdocs_builder(
    python: str, site: Path, target: Path, locales: Sequence[str], *, dirty: bool
) -> Builder:
    """The articles of a site as MkDocs reads them; `dirty` is its partial build."""
    languages = (
        _LANGUAGE.format(tag=tag, default=str(tag == locales[0]).lower())
        for tag in locales
    )
    (target / "theme").mkdir(parents=True)
    (target / "mkdocs.yml").write_text(_CONFIG + "".join(languages), "utf-8")
    (target / TEMPLATE).write_text(_MAIN, "utf-8")
    put_pretranslated(site, target / "content", locales)
    command = (python, "-m", "mkdocs", "build", "--quiet")
    return Builder(
        "MkDocs, static-i18n, `--dirty`" if dirty else "MkDocs, static-i18n",
        (*command, "--dirty") if dirty else command,
        target,
        made="site",
        counted=".html",
        edits=pretranslated(TEMPLATE),
        first=command,
        only_cold_above=100,
    )
