"""One mistake is told in the same words by every command and in every form."""

import xml.etree.ElementTree as ET

import pytest

from tests.builders import ARTICLE, TURKISH, make_site, publish, translate

SOURCES = {
    "Come on March 4, 2026.": "3 Nisan 2026'da gelin.",
    "Read [more](https://clinic.example/scalp).": (
        "[Devamını](https://c1inic.example/scalp) okuyun."
    ),
    "Dear {{ name }}, rest.": "Sayın {{ namei }}, dinlenin.",
    "Take 5 mg now.": "Şimdi 50 mg alın.",
    "Write <b>it</b> down.": "Onu <b>yazın.",
}
"""Each with an error of another check."""


@pytest.fixture
def wrong(tmp_path):
    body = "".join(f"\n{source}\n" for source in SOURCES)
    site = make_site(tmp_path, {"source/articles/scalp.md": ARTICLE + body})
    assert publish(site, "extract").code == 0
    translate(site, TURKISH | SOURCES)
    return site


@pytest.fixture
def errors(wrong):
    """What `check --json` says, errors only: text by check and message."""
    found = publish(wrong, "check", "--json").json["findings"]
    return {
        (each["check"], each["msgid"], each["message"])
        for each in found
        if each["severity"] == "error"
    }


def test_several_checks_have_something_to_say(errors):
    assert {name for name, _, _ in errors} >= {
        "dates",
        "hosts",
        "links",
        "markup",
        "numbers",
        "placeholders",
    }
    assert {msgid for _, msgid, _ in errors} == {*SOURCES}


def test_sarif_has_the_words_of_json(wrong, errors):
    (run,) = publish(wrong, "check", "--format", "sarif").json["runs"]

    assert errors == {
        (each["ruleId"], each["properties"]["msgid"], each["message"]["text"])
        for each in run["results"]
        if each["level"] == "error"
    }


def test_junit_has_the_words_of_json(wrong, errors):
    root = ET.fromstring(publish(wrong, "check", "--format", "junit").out.encode())

    assert {(name, text) for name, _, text in errors} == {
        (each.get("type"), each.get("message")) for each in root.iter("failure")
    }


def test_approve_refuses_with_the_words_of_check(wrong, errors):
    ran = publish(wrong, "approve", "--reviewer", "Reviewer", "--json")

    assert ran.code == 1
    assert errors == {
        (each["check"], each["msgid"], each["message"]) for each in ran.json["refused"]
    }


def test_build_holds_the_article_with_the_words_of_check(wrong, errors):
    ran = publish(wrong, "build", "--json")

    assert ran.code == 1
    assert {f"{name}: {text}" for name, _, text in errors} == {
        each["message"] for each in ran.json["errors"]
    }


def test_explain_says_what_holds_it_with_the_words_of_check(wrong, errors):
    ran = publish(wrong, "explain", "articles/scalp", "--json")
    (page,) = (each for each in ran.json["pages"] if each["locale"] == "tr")

    assert ran.code == 1
    for message in page["messages"]:
        said = {text for _, msgid, text in errors if msgid == message["msgid"]}
        assert set(message["what"].split("; ")) <= {
            part for text in said for part in text.split("; ")
        }
        assert all(text in message["what"] for text in said)


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("approve", "--reviewer", "Reviewer"),
        ("build",),
        ("explain", "articles/scalp"),
    ],
    ids=lambda command: command[0],
)
def test_people_read_the_same_words(wrong, errors, command):
    ran = publish(wrong, *command)
    shown = ran.out + ran.err

    for _, _, text in errors:
        # A table may break the lines, and the words.
        for word in text.split():
            assert word in shown or len(word) > 20, text
