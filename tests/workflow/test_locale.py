"""A further language: the configuration names it, and its catalogs are there."""

import tomllib

import pytest

from pipeline.store.config_edit import with_locale
from tests.builders import CONFIG, make_site, po_path, publish, put


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('locales = ["tr"]\n', 'locales = ["tr", "de"]\n'),
        ("locales = ['tr', 'ar'] # two\n", "locales = ['tr', 'ar', \"de\"] # two\n"),
        ('locales = []\nteam = "x"\n', 'locales = ["de"]\nteam = "x"\n'),
        ('locales = [\n  "tr",\n]\n', 'locales = [\n  "tr", "de",\n]\n'),
        ('title = "x"\n\n[mail]\n', 'locales = ["de"]\ntitle = "x"\n\n[mail]\n'),
        (
            '[tool.x]\nlocales = ["no"]\n[tool.publish]\nlocales = ["tr"]\n',
            '[tool.x]\nlocales = ["no"]\n[tool.publish]\nlocales = ["tr", "de"]\n',
        ),
    ],
)
def test_the_list_is_longer_and_all_else_stays(before, after):
    assert with_locale(before, "de") == after


def test_a_language_is_added_with_its_catalogs(tmp_path):
    root = make_site(tmp_path)
    text = (root / "publish.toml").read_text(encoding="utf-8")

    ran = publish(root, "locale", "add", "de", "--json")

    assert ran.code == 0
    assert (ran.json["locale"], ran.json["config"]) == ("de", "publish.toml")
    assert {each["locale"] for each in ran.json["domains"]} == {"de"}
    assert po_path(root, locale="de").exists()
    now = (root / "publish.toml").read_text(encoding="utf-8")
    assert now == text.replace('["tr"]', '["tr", "de"]')
    assert publish(root, "status", "--lang", "de").code == 0


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("tr", "tr is there already"),
        ("en", "en is the source locale"),
        ("en-XA", "en-XA is a pseudo-locale"),
        ("pt_BR", "did you mean pt-BR?"),
    ],
)
def test_what_cannot_be_added_is_refused(tmp_path, tag, said):
    root = make_site(tmp_path)

    ran = publish(root, "locale", "add", tag)

    assert (ran.code, said in ran.err) == (2, True)
    assert (root / "publish.toml").read_text(encoding="utf-8") == CONFIG


def test_a_list_that_is_written_in_another_way_is_left_to_its_author(tmp_path):
    root = make_site(tmp_path)
    odd = CONFIG.replace('["tr"]', '[ # "x"] here\n "tr" ]')
    put(root, {"publish.toml": odd})
    assert tomllib.loads(odd)["locales"] == ["tr"]

    ran = publish(root, "locale", "add", "de")

    assert ran.code == 2
    assert 'add "de" to it by hand' in ran.err
    assert (root / "publish.toml").read_text(encoding="utf-8") == odd
