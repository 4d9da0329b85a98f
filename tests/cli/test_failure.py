"""Wrong use: exit code 2, what is known, and never a traceback."""

import click
import pytest

from pipeline.cli.commands import COMMANDS
from pipeline.cli.commands import publish as command
from pipeline.errors import PublishError
from tests.builders import CONFIG, make_site, publish, publish_process

NEEDED = {
    "approve": ["--reviewer", "Reviewer"],
    "explain": ["articles/scalp"],
    "export": ["mails", "../mails"],
    "glossary": ["search", "scalp"],
    "locale": ["add", "de"],
    "memory": ["search", "scalp"],
    "send": ["mail/m", "--to", "a@clinic.example", "--smtp", "smtp://localhost"],
    # Several tests run at a time, and its usual port is one.
    "serve": ["--port", "0"],
}
PUBLISHING = {"build", "bundle", "export", "send"}
"""The commands of what is out, which the source locale is too."""


def takes_locales(name):
    known = command.get_command(click.Context(command), name)
    return known is not None and any("--lang" in each.opts for each in known.params)


OF_A_SITE = [
    name for name in COMMANDS if name not in {"init", "serve"} and takes_locales(name)
]


def refused(ran):
    """The one error of a command that was used wrongly."""
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) == 1
    (error,) = ran.json["errors"]
    assert error["message"] in ran.err
    return f"{error['message']} ({error['hint']})"


def test_an_unknown_command_names_the_known_ones(tmp_path):
    said = refused(publish(tmp_path, "biuld", "--json"))

    assert "'biuld'" in said
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option_names_the_known_ones(site, command):
    said = refused(publish(site, command, "--langg", "tr", "--json"))

    assert "--langg" in said
    assert "--json" in said
    assert "--project" in said


@pytest.mark.parametrize("command", OF_A_SITE)
def test_an_unknown_locale_names_the_configured_ones(site, command):
    more = NEEDED.get(command, [])

    said = refused(publish(site, command, *more, "--lang", "xx", "--json"))

    assert "'xx'" in said
    assert "configured are tr" in said


@pytest.mark.parametrize("command", [*OF_A_SITE, "serve"])
def test_a_locale_of_another_site_names_the_configured_ones(site, command):
    more = NEEDED.get(command, [])

    said = refused(publish(site, command, *more, "--lang", "de", "--json"))

    assert "'de'" in said
    assert "configured are tr" in said


@pytest.mark.parametrize("command", [*OF_A_SITE, "serve", "init"])
@pytest.mark.parametrize("tag", ["pt_BR", "pt-br", "PT_br"])
def test_a_locale_in_the_wrong_spelling_is_refused_with_the_right_one(
    site, command, tag
):
    more = ["new"] if command == "init" else NEEDED.get(command, [])

    said = refused(publish(site, command, *more, "--lang", tag, "--json"))

    assert "did you mean pt-BR?" in said


@pytest.mark.parametrize(
    "command", [name for name in OF_A_SITE if name not in PUBLISHING]
)
def test_the_source_locale_is_for_what_is_published_alone(site, command):
    more = NEEDED.get(command, [])

    said = refused(publish(site, command, *more, "--lang", "en", "--json"))

    assert "en is the source locale" in said


def test_build_makes_the_source_locale_alone(turkish):
    ran = publish(turkish, "build", "--lang", "en", "--json")

    assert ran.code == 0
    assert {page["locale"] for page in ran.json["pages"]} == {"en"}
    assert not (turkish / "dist/site/tr").exists()


@pytest.mark.parametrize("command", [name for name in OF_A_SITE if name != "build"])
def test_a_pseudo_locale_is_for_drafts_alone(site, command):
    more = NEEDED.get(command, [])

    said = refused(publish(site, command, *more, "--lang", "en-XA", "--json"))

    assert "pseudo-locale" in said
    assert "--draft" in said


@pytest.mark.parametrize("command", ["approve", "explain"])
def test_an_unknown_article_names_the_known_ones(site, command):
    more = ["--reviewer", "Reviewer"] if command == "approve" else []

    said = refused(publish(site, command, "articles/sclap", *more, "--json"))

    assert "'articles/sclap'" in said
    assert "articles/scalp" in said


def test_an_unknown_engine_names_the_installed_ones(site):
    said = refused(publish(site, "pretranslate", "--engine", "depe", "--json"))

    assert "'depe'" in said
    assert "installed are" in said
    assert "deep" in said
    assert "pseudo" in said


def test_an_unknown_engine_in_the_configuration_names_the_installed_ones(site):
    make_site(site, {"publish.toml": f'{CONFIG}engines = ["depe"]\n'})

    said = refused(publish(site, "pretranslate", "--json"))

    assert "installed are" in said
    assert "deep" in said
    assert "pseudo" in said


@pytest.mark.parametrize("command", [*OF_A_SITE, "serve"])
def test_an_unknown_key_names_the_known_ones_and_where_it_is(site, command):
    make_site(site, {"publish.toml": CONFIG + 'titel = "x"\n'})
    more = NEEDED.get(command, [])

    ran = publish(site, command, *more, "--json")

    said = refused(ran)
    (error,) = ran.json["errors"]
    assert (error["path"], error["line"]) == ("publish.toml", 4)
    assert "did you mean title?" in said
    assert "base_url, source_locale, locales" in said


@pytest.mark.parametrize("command", [*OF_A_SITE, "serve"])
def test_a_folder_that_is_no_site_says_how_to_make_one(tmp_path, command):
    more = NEEDED.get(command, [])

    said = refused(publish(tmp_path, command, *more, "--json"))

    assert "no publish.toml here or above" in said
    assert "publish init" in said


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["build", "--jobs", "many"], "'many' is not a valid integer"),
        (["build", "--jobs", "-1"], "-1 is not in the range"),
        (["build", "--executor", "cloud"], "'serial', 'process'"),
        (["build", "extra"], "unexpected extra argument (extra)"),
        (["approve"], "Missing option '--reviewer'"),
        (["approve", "--reviewer", " "], "needs a reviewer"),
        (["explain"], "Missing argument"),
        (["explain", "articles/scalp", "more"], "unexpected extra argument (more)"),
        (["check", "nowhere.po"], "no such file: nowhere.po"),
        (["verify"], "there is no release.json"),
        (["serve", "--port", "70000"], "70000 is not in the range"),
        (["pretranslate", "--max-chars", "-1"], "-1 is not in the range"),
        (["pretranslate", "--max-cost", "x"], "'x' is not a valid"),
        (["pretranslate", "--max-cost", "nan"], "nan is not a number"),
        (["pretranslate", "--max-cost", "inf"], "inf is not a number"),
    ],
)
def test_what_cannot_be_meant_is_refused(site, args, said):
    assert said in refused(publish(site, *args, "--json"))


def test_what_is_unknown_may_be_in_any_script(site):
    ran = publish_process(site, "explain", "مقالة", "--json")

    assert "'مقالة'" in refused(ran)


def test_an_error_reads_place_then_cause_then_what_to_do(capsys):
    from pipeline.cli.failure import show

    show([PublishError("it is\ncut", path="a.po", line=3, hint="restore it")])

    assert capsys.readouterr().err == "publish: a.po:3: it is cut (restore it)\n"


def test_an_error_cannot_steer_the_terminal(capsys):
    from pipeline.cli.failure import show

    show([PublishError("no \x1b[31mred\x07", path="a\x9b2J.po")])

    assert capsys.readouterr().err == "publish: a\ufffd2J.po: no \ufffd[31mred\ufffd\n"
