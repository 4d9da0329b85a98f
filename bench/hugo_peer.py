"""
A site for Hugo: the same articles, translated already, and an equal template.

The theme in `hugo/` is that of ours in Hugo's language: what a page of ours says a page
of Hugo's says too, in its head, its data for search engines and its text. Lists, tags,
a feed for each language, the sitemap and robots.txt are there as well.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bench.builders import Builder
from bench.edits import pretranslated
from bench.pretranslated import put_pretranslated
from pipeline.cldr import direction, display_name, full_locale
from pipeline.model.catalog import Message
from pipeline.po.parse import parse
from pipeline.render.strings import builtin_templates

THEME: Final = Path(__file__).with_name("hugo")
TEMPLATE: Final = "layouts/baseof.html"

_CONFIG: Final = """\
baseURL = "https://clinic.example/"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
buildFuture = true
capitalizeListTitles = false
disableHugoGeneratorInject = true
enableRobotsTXT = true
disableKinds = ["section"]
[taxonomies]
tag = "tags"
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "feed"
[outputs]
home = ["html", "atom"]
taxonomy = ["html"]
term = ["html"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.extensions.typographer]
disable = true
"""
_LANGUAGE: Final = """
[languages.{tag}]
contentDir = "content/{tag}"
title = {title}
languageName = {name}
languageDirection = "{dir}"
weight = {weight}
[languages.{tag}.params]
graph = "{graph}"
"""
_STRINGS: Final = {
    "skip": "Skip to the content",
    "foot": "This information does not replace a conversation with your doctor.",
    "lede": "Clear, careful articles about your health and your treatment.",
    "articles": "Articles",
    "topics": "All topics",
    "register": "What our articles are about, from A to Z.",
    "topic": "Articles on this topic: %(topic)s",
    "count": "%(count)s article",
    "missing": "Page not found",
    "nothing": "There is no page at this address. It may have moved, or been withdrawn.",
    "all": "All articles",
    "language": "Language",
    "minutes": "%(minutes)s minute to read",
    "notice": "This is a sample translation. It has not been reviewed by a clinician.",
    "contents": "On this page",
    "filed": "Topics of this article",
    "related": "Keep reading",
    "table": "Table %(number)s",
}
"""What our templates say, by the names that Hugo's have for it."""

_PLURALS: Final = {
    "%(count)s article": "%(count)s articles",
    "%(minutes)s minute to read": "%(minutes)s minutes to read",
}
_FORMS: Final = ("zero", "one", "two", "few", "many", "other")
_FIELD: Final = re.compile(r"%\((?P<name>\w+)\)s")


def hugo_builder(
    hugo: str, site: Path, target: Path, locales: Sequence[str]
) -> Builder:
    """The articles of a site as Hugo reads them."""
    shutil.copytree(THEME, target)
    ours = Path(builtin_templates())
    shutil.copytree(ours / "static", target / "static" / "static")
    shutil.copy(ours / "partials/mark.svg", target / "layouts/_partials/mark.html")
    (target / "i18n").mkdir()
    config = [_CONFIG]
    for weight, tag in enumerate(locales, 1):
        words = _words(site, tag)
        strings = dict(_strings(words))
        (target / "i18n" / f"{tag}.json").write_text(json.dumps(strings), "utf-8")
        config.append(_language(tag, weight, _said(words, "Benchmark clinic")[0]))
    (target / "hugo.toml").write_text("".join(config), "utf-8")
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


def _language(tag: str, weight: int, title: str) -> str:
    return _LANGUAGE.format(
        tag=tag,
        title=json.dumps(title),
        name=json.dumps(display_name(tag)),
        dir=direction(tag),
        weight=weight,
        graph=full_locale(tag),
    )


def _words(site: Path, locale: str) -> Mapping[str, Message]:
    """The translated strings of the templates by msgid; none for the source's locale."""
    path = site / "locales" / locale / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}
    catalog = parse(path.read_text("utf-8"), path=str(path))
    return {message.msgid: message for message in catalog.messages}


def _strings(words: Mapping[str, Message]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The texts of Hugo's templates by name, in each of the plural forms of CLDR."""
    for name, msgid in _STRINGS.items():
        first, last = _said(words, msgid)
        yield (
            name,
            dict.fromkeys(_FORMS, _FIELD.sub(_go_field, last))
            | {"one": _FIELD.sub(_go_field, first)},
        )


def _said(words: Mapping[str, Message], msgid: str) -> tuple[str, str]:
    """The first form and the last; those of the source where there are no words."""
    if msgid in words:
        return words[msgid].msgstrs[0], words[msgid].msgstrs[-1]
    return msgid, _PLURALS.get(msgid, msgid)


def _go_field(match: re.Match[str]) -> str:
    """A field as Go's templates have it; what is counted is named `Count`."""
    name = match["name"]
    return "{{ .Count }}" if name in {"count", "minutes"} else f"{{{{ .{name} }}}}"
