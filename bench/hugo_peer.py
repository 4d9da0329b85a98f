"""
A site for Hugo: the same articles, translated already, and an equal template.

It makes what ours makes: lists, tags, a feed for each language, a sitemap and JSON-LD.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.builders import Builder
from bench.edits import pretranslated
from bench.pretranslated import put_pretranslated

_CONFIG: Final = """\
baseURL = "https://clinic.example/"
title = "Benchmark clinic"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
buildFuture = true
[taxonomies]
tag = "tags"
[services.rss]
limit = 50
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[markup.goldmark.renderer]
unsafe = true
"""
_LANGUAGE: Final = """
[languages.{0}]
contentDir = "content/{0}"
weight = {1}
"""
_BASE: Final = """\
<!doctype html>
<html lang="{{ .Language.Lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ .Site.Title }}</title>
{{ with .Description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}\
<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}\
<link rel="alternate" hreflang="x-default" href="{{ .Permalink }}">
{{ block "data" . }}{{ end }}
</head>
<body>
<a href="#content">Skip to content</a>
<header><a href="{{ .Site.Home.RelPermalink }}">{{ .Site.Title }}</a>
<nav><ul>{{ range .AllTranslations }}\
<li><a href="{{ .RelPermalink }}" hreflang="{{ .Language.Lang }}">\
{{ .Language.Lang }}</a></li>{{ end }}</ul></nav></header>
<main id="content">{{ block "main" . }}{{ end }}</main>
<footer><p>{{ .Site.Title }}</p></footer>
</body>
</html>
"""
_SINGLE: Final = """\
{{ define "data" }}<script type="application/ld+json">\
{{ dict "@context" "https://schema.org" "@type" "MedicalWebPage" "name" .Title \
"url" .Permalink "inLanguage" .Language.Lang "description" .Description \
"datePublished" (.Date.Format "2006-01-02") | jsonify | safeJS }}</script>{{ end }}
{{ define "main" }}<article><h1>{{ .Title }}</h1>
<p>{{ .Date | time.Format ":date_long" }} - {{ .ReadingTime }}</p>
<nav>{{ .TableOfContents }}</nav>
{{ .Content }}</article>
<aside><ul>{{ range first 3 (after 1 .CurrentSection.RegularPages) }}\
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Description }}</p></li>\
{{ end }}</ul></aside>{{ end }}
"""
_LIST: Final = """\
{{ define "main" }}<h1>{{ .Title }}</h1><ul>\
{{ range .RegularPagesRecursive }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>\
<p>{{ .Description }}</p></li>{{ end }}</ul>{{ end }}
"""


TEMPLATE: Final = "layouts/_default/baseof.html"


def hugo_builder(
    hugo: str, site: Path, target: Path, locales: Sequence[str]
) -> Builder:
    """The articles of a site as Hugo reads them."""
    layouts = target / "layouts" / "_default"
    layouts.mkdir(parents=True)
    languages = (_LANGUAGE.format(tag, n) for n, tag in enumerate(locales, 1))
    (target / "hugo.toml").write_text(_CONFIG + "".join(languages), "utf-8")
    for name, text in (("baseof", _BASE), ("single", _SINGLE), ("list", _LIST)):
        (layouts / f"{name}.html").write_text(text, "utf-8")
    put_pretranslated(site, target / "content", locales)
    return Builder(
        "Hugo",
        (hugo, "--quiet"),
        target,
        made="public",
        counted=".html",
        memory=("resources", ".hugo_build.lock"),
        edits=pretranslated(TEMPLATE),
    )
