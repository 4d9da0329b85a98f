"""The templates that come with the program, as files."""

import re
from pathlib import Path

import pytest

from pipeline.render.strings import builtin_templates, template_files

FOLDER = Path(builtin_templates())
FILES = template_files((str(FOLDER),))
CSS = (FOLDER / "static/site.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_template_loads_nothing_from_elsewhere(name):
    text = FILES[name].read_text(encoding="utf-8")
    text = text.replace("https://schema.org", "")
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?\s*(?:https?:)?//", text)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_template_runs_nothing(name):
    text = FILES[name].read_text(encoding="utf-8")
    kinds = re.findall(r"<script([^>]*)>", text)
    assert set(kinds) <= {' type="application/ld+json"'}
    assert not re.search(r"\son\w+=", text)


@pytest.mark.parametrize("name", sorted(n for n in FILES if n.endswith(".html")))
def test_every_word_of_a_template_can_be_translated(name):
    text = FILES[name].read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{% (?:set \w+|macro .*?) %\}.*?\{% end(?:set|macro) %\}", "", text)
    text = re.sub(r"\{% trans\b.*?\{% endtrans %\}", "", text, flags=re.DOTALL)
    # What a page may load is no text.
    text = re.sub(r"\{% block scripts %\}.*?\{% endblock %\}", "", text)
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "", text)
    assert not re.search(r"[A-Za-z]{2,}", text)


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_message_of_a_template_has_markup(name):
    text = FILES[name].read_text(encoding="utf-8")
    for message in re.findall(r"_\(\"(.*?)\"\)|endtrans", text):
        assert "<" not in message


def test_the_style_follows_the_direction_of_the_text():
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    physical = re.findall(
        r"[\s;{]((?:margin|padding|border|inset)-(?:left|right)|left|right|float)\s*:",
        rules,
    )
    assert physical == []


def test_the_style_loads_nothing():
    assert not re.search(r"@import|@font-face|url\(", CSS)


def test_the_style_knows_the_dark_the_printer_and_those_whom_motion_disturbs():
    for query in (
        "prefers-color-scheme: dark",
        "print",
        "prefers-reduced-motion",
        "forced-colors",
    ):
        assert re.search(rf"@media[^{{]*{query}", CSS)


def test_the_icon_is_there():
    icon = (FOLDER / "static/icon.svg").read_text(encoding="utf-8")
    assert icon.startswith("<svg ")
    assert "<script" not in icon
