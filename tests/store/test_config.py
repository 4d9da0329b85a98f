import pytest

from pipeline.errors import ConfigError, UsageError
from pipeline.store.config import (
    find_root,
    read_site,
    require_locale,
    required_for_build,
)


def site_from(tmp_path, text, name="publish.toml"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_site(tmp_path)


def refused(tmp_path, text):
    with pytest.raises(ConfigError) as caught:
        site_from(tmp_path, text)
    return caught.value


def test_every_default_is_filled_in(tmp_path):
    site = site_from(tmp_path, "")

    assert (site.source_locale, site.locales) == ("en", ())
    assert (site.require, site.two_person) == ("translated", False)
    assert (site.executor, site.jobs) == ("process", 0)


def test_every_key_is_read(tmp_path):
    site = site_from(
        tmp_path,
        """\
title = "Klinik"
logo = "static/logo.png"
base_url = "https://clinic.example/health"
locales = ["tr", "pt-BR", "zh-Hans"]
team = "Team <team@clinic.example>"
bugs = "bugs@clinic.example"
engines = ["deep", "pseudo"]
[engine.deep]
service = "google"
[review]
require = "approved"
two_person = true
[[class]]
globs = ["articles/**"]
require = "translated"
policy = "fallback"
[mail]
from = "Clinic <info@clinic.example>"
to = "Patient <patient@clinic.example>"
unsubscribe = "https://clinic.example/u"
[source]
ignore = ["drafts/*"]
[build]
jobs = 2
executor = "serial"
""",
    )

    assert site.base_url == "https://clinic.example/health/"
    assert site.locales == ("tr", "pt-BR", "zh-Hans")
    assert site.logo == "static/logo.png"
    assert site.engine_settings == {"deep": {"service": "google"}}
    assert site.classes[0].policy == "fallback"
    assert site.mail.unsubscribe == ("https://clinic.example/u",)
    assert (site.ignore, site.jobs) == (("drafts/*",), 2)


def test_addresses_of_mails_may_be_merge_fields_and_more_than_one(tmp_path):
    site = site_from(
        tmp_path,
        """
        [mail]
        to = "{{ name }} <{{ mail }}>"
        unsubscribe = ["https://clinic.example/u?id={{ id }}", "mailto:a@b.example"]
        bilingual = true
        """,
    )

    assert site.mail.to == "{{ name }} <{{ mail }}>"
    assert site.mail.unsubscribe[1] == "mailto:a@b.example"
    assert site.mail.bilingual


def test_pyproject_holds_the_same_keys(tmp_path):
    text = '[tool.publish]\ntitle = "Klinik"\n'

    site = site_from(tmp_path, text, "pyproject.toml")

    assert (site.title, site.config_path) == ("Klinik", "pyproject.toml")


def test_two_configurations_are_an_error(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.publish]\n", encoding="utf-8")

    error = refused(tmp_path, "")

    assert "both" in error.message


def test_a_pyproject_of_something_else_is_no_configuration(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"publish init"):
        find_root(tmp_path)


def test_the_site_is_found_from_a_folder_inside(tmp_path):
    (tmp_path / "publish.toml").write_text("", encoding="utf-8")
    inside = tmp_path / "source" / "articles"
    inside.mkdir(parents=True)

    assert find_root(inside) == tmp_path


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="no such folder"):
        find_root(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('titel = "x"', 1, "did you mean title?"),
        ('\n[review]\nrequired = "approved"', 3, "known are require, two_person"),
        ('[review]\nrequire = "nobody"', 2, "it is one of translated, approved"),
        ("title = 5", 1, "must be a text in quotes"),
        ("locales = 'tr'", 1, "must be a list"),
        ("[review]\ntwo_person = 1", 2, "must be true or false"),
        ("[build]\njobs = -1", 2, "whole number"),
        ('[build]\nexecutor = "cloud"', 2, "serial, process"),
        ('[mail]\nfrom = "Clinic"', 2, "not one mail address"),
        ('[mail]\nfrom = "Clinic, Inc. <a@b.example>"', 2, "a name with a comma"),
        ('[mail]\nto = "a@b.example, c@d.example"', 2, "not one mail address"),
        ('[mail]\nunsubscribe = "http://clinic.example"', 2, "or a list of both"),
        ('[mail]\nunsubscribe = ["mailto:x"]', 2, "or a list of both"),
        ('[mail]\nbilingual = "yes"', 2, "must be true or false"),
        ('base_url = "clinic.example"', 1, "write it whole"),
        ('base_url = "https://clinic.example/?q=1"', 1, "write it whole"),
        ('base_url = "https://[/"', 1, "write it whole"),
        ('base_url = "https://straße.example/"', 1, "as your registrar does"),
        ('locales = ["pt_BR"]', 1, "did you mean pt-BR?"),
        ('locales = ["xx"]', 1, "unknown locale 'xx'"),
        ('locales = ["en-XA"]', 1, "pseudo-locale"),
        ('locales = ["tr", "tr"]', 1, "twice"),
        ('source_locale = "english"', 1, "unknown locale"),
        ("review = 1", 1, "must be a table"),
        ("class = 1", 1, "must be tables"),
        ("[[class]]\npolicy = 'hold'", 1, "needs globs"),
        ('[[class]]\nglobs = ["a"]\nstale = "maybe"', 3, "recall"),
        ('[memory]\nurl = "mysql://db"', 2, "must begin with postgresql://"),
        ('memory = "mysql://db"', 1, "must begin with postgresql://"),
        ("memory = 5", 1, "memory must be a table"),
        ('title = "a\\nb"', 1, "one line"),
        ("title = ", 1, "not TOML"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(tmp_path, text, line, said):
    error = refused(tmp_path, text)

    assert (error.path, error.line) == ("publish.toml", line)
    assert said in str(error)


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path):
    (tmp_path / "publish.toml").write_bytes(b"# a\ntitle = '\xff'\n")

    with pytest.raises(ConfigError) as caught:
        read_site(tmp_path)

    assert caught.value.line == 2


@pytest.mark.parametrize("tag", ["tr", "pt-BR", "zh-Hans", "es-419", "gsw"])
def test_a_known_locale_is_taken_as_it_is(tag):
    assert require_locale(tag) == tag


def test_the_address_of_the_site_is_in_ascii(tmp_path):
    (tmp_path / "publish.toml").write_text(
        'base_url = "https://sağlık.example/deri-sağlığı"\n', encoding="utf-8"
    )

    address = "https://xn--salk-1wa3i.example/deri-sa%C4%9Fl%C4%B1%C4%9F%C4%B1/"
    assert read_site(tmp_path).base_url == address


@pytest.mark.parametrize("key", ["title", "base_url"])
def test_build_needs_title_and_address(tmp_path, key):
    values = {"title": "x", "base_url": "https://clinic.example/"}
    del values[key]
    text = "".join(f'{name} = "{value}"\n' for name, value in values.items())

    with pytest.raises(ConfigError, match=f"{key} is missing"):
        required_for_build(site_from(tmp_path, text))


@pytest.mark.parametrize(
    "logo",
    ["logo.png", "static/../../x.png", "static/x.bmp", "https://a.example/x.png"],
)
def test_a_logo_is_a_picture_among_the_static_files(tmp_path, logo):
    error = refused(tmp_path, f'title = "x"\nlogo = "{logo}"\n')
    assert (error.line, logo in error.message) == (2, True)


def test_a_logo_that_is_not_there_stops_the_build(tmp_path):
    text = 'title = "x"\nbase_url = "https://clinic.example/"\nlogo = "static/a.svg"\n'
    site = site_from(tmp_path, text)

    with pytest.raises(ConfigError, match=r"templates/static/a\.svg does not exist"):
        required_for_build(site)

    (tmp_path / "templates/static").mkdir(parents=True)
    (tmp_path / "templates/static/a.svg").write_text("<svg/>")
    required_for_build(site)


@pytest.mark.parametrize(
    ("more", "line", "message"),
    [
        ('[locale.de]\nengines = ["deep"]\n', 2, "does not have"),
        ("[locale.tr]\nengine = 1\n", 3, "table"),
        ("[locale.tr]\ncolour = 1\n", 3, "unknown key 'colour'"),
        ('[locale.tr]\nengines = ["a", "a"]\n', 3, "twice"),
        ("[privacy.patterns]\nfile = '('\n", 3, "the pattern file is no regular"),
        ("[privacy.patterns]\nfile = '(a+)+'\n", 3, "the pattern file could take"),
        ("[privacy.patterns]\nfile = ''\n", 3, "the pattern file finds the empty"),
        ("[privacy.patterns]\nfile = 7\n", 3, "text in quotes"),
        ("[privacy]\npattern = 7\n", 3, "unknown key 'pattern'"),
    ],
)
def test_what_is_wrong_with_engines_and_patterns_is_one_line(
    tmp_path, more, line, message
):
    (tmp_path / "publish.toml").write_text('locales = ["tr"]\n' + more)
    with pytest.raises(ConfigError, match=message) as caught:
        read_site(tmp_path)
    assert caught.value.line == line


def test_engines_of_a_language_and_of_a_class_and_patterns_are_read(tmp_path):
    (tmp_path / "publish.toml").write_text(
        """\
locales = ["tr"]
[locale.tr]
engines = ["deepl"]
[locale.tr.engine.deepl]
formality = "informal"
[privacy.patterns]
file = 'K-\\d{6}'
[[class]]
globs = ["mail/*"]
engines = []
[class.engine.llm]
batch = 2
"""
    )
    site = read_site(tmp_path)
    rules = site.locale_rules["tr"]
    assert (rules.engines, rules.engine_settings["deepl"]) == (
        ("deepl",),
        {"formality": "informal"},
    )
    assert site.private == (("file", r"K-\d{6}"),)
    assert (site.classes[0].engines, site.classes[0].engine_settings) == (
        (),
        {"llm": {"batch": 2}},
    )
