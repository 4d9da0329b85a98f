"""The page's own words: complete in each of its languages, and as gettext wants them."""

import re
import shutil
import subprocess
from collections import Counter

import pytest

from pipeline.cldr import plural_forms
from pipeline.po.parse import parse
from pipeline.review.views import UI_LOCALES
from pipeline.review.words import script_words
from tests.review import make_words

TRANSLATED = [language for language in UI_LOCALES if language != "en"]
_CALL = re.compile(r'\b(?:_|ngettext)\(\s*"((?:[^"\\]|\\.)*)"')
_VALUE = re.compile(r"%\(\w+\)s")


@pytest.fixture(params=TRANSLATED)
def catalog(request):
    path = make_words.path_of(request.param)
    return parse(path.read_text(encoding="utf-8"), path=path.name)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalog_has_what_the_templates_and_scripts_say(language):
    text = make_words.path_of(language).read_text(encoding="utf-8")

    assert text == make_words.catalogs()[language], (
        "run `python -m tests.review.make_words`, then translate"
    )


def test_every_word_is_translated(catalog):
    assert [each.msgid for each in catalog.messages if not each.is_usable] == []


def test_a_translation_has_the_values_of_its_text(catalog):
    for message in catalog.messages:
        wanted = Counter(_VALUE.findall(message.msgid))
        if message.msgid_plural is None:
            assert Counter(_VALUE.findall(message.msgstr)) == wanted, message.msgid
        else:
            # One, two and none may be said without the number.
            for form in message.msgstrs:
                assert not Counter(_VALUE.findall(form)) - wanted, message.msgid


@pytest.mark.parametrize("language", TRANSLATED)
def test_gettext_takes_the_catalog(language):
    msgfmt = shutil.which("msgfmt")
    assert msgfmt, "apt-get install gettext"
    path = make_words.path_of(language)
    done = subprocess.run(
        [msgfmt, "--check-format", "--check-domain", "-o", "/dev/null", str(path)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_plural_forms_are_those_of_the_language(catalog):
    fields = catalog.fields()

    assert fields["Plural-Forms"] == plural_forms(fields["Language"])


def test_the_scripts_say_nothing_that_no_catalog_could_hold():
    wanted = {message.msgid for message in make_words.wanted()}
    scripts = (make_words.HERE / "static").glob("*.js")
    said = {text for path in scripts for text in _CALL.findall(path.read_text("utf-8"))}

    assert said
    assert said <= wanted


def test_the_scripts_get_their_own_words_and_no_others(catalog):
    words = script_words(catalog)

    assert "Approved." in words
    assert len(words["%(number)s error"]) == int(
        plural_forms(catalog.fields()["Language"])[9]
    )
    assert "Who are you?" not in words
    assert script_words(None) == {}
