"""Which engine gets which text, on whole sites with a service on this machine."""

import pytest

from pipeline.errors import ConfigError, UsageError
from pipeline.store.config import read_site
from pipeline.workflow.pretranslate import pretranslate
from pipeline.workflow.routes import Routes
from tests.engines.loopback import refuse_the_internet, running_service
from tests.workflow.test_pretranslate import TODAY, entry, read, write

CONFIG = """\
title = "Test"
base_url = "https://clinic.example/"
locales = ["tr", "ar"]
engines = ["deep"]

[engine.deep]
base_url = "{address}/m"

[engine.libretranslate]
base_url = "{address}"
"""


@pytest.fixture(autouse=True)
def _no_internet(monkeypatch):
    refuse_the_internet(monkeypatch)


@pytest.fixture
def service():
    with running_service() as running:
        yield running


@pytest.fixture
def root(tmp_path):
    for locale in ("tr", "ar"):
        for domain in ("articles/a", "mail/b"):
            write(tmp_path, domain, entry(f"Text of {domain}"), locale=locale)
    return tmp_path


def run(root, service, more, **options):
    text = CONFIG.format(address=service.address) + more
    (root / "publish.toml").write_text(text, encoding="utf-8")
    site = read_site(root)
    return pretranslate(site, locales=site.locales, today=TODAY, **options)


def origins(root):
    """Who filled each catalog, as its comment says."""
    return {
        (locale, domain): next(
            iter(read(root, domain, locale).messages[0].comments), ": "
        ).partition(": ")[2]
        for locale in ("tr", "ar")
        for domain in ("articles/a", "mail/b")
    }


def test_a_language_has_engines_of_its_own(root, service):
    run(root, service, '[locale.ar]\nengines = ["libretranslate"]\n')
    assert origins(root) == {
        ("tr", "articles/a"): "machine (deep:google)",
        ("tr", "mail/b"): "machine (deep:google)",
        ("ar", "articles/a"): "machine (libretranslate)",
        ("ar", "mail/b"): "machine (libretranslate)",
    }


def test_a_class_goes_before_the_language(root, service):
    more = """\
[locale.ar]
engines = ["libretranslate"]

[[class]]
globs = ["mail/*"]
engines = []
"""
    report = run(root, service, more)
    assert origins(root) == {
        ("tr", "articles/a"): "machine (deep:google)",
        ("tr", "mail/b"): "",
        ("ar", "articles/a"): "machine (libretranslate)",
        ("ar", "mail/b"): "",
    }
    assert not any("mail" in asked for asked in service.asked)
    assert [each.left for each in report.locales] == [1, 1]


def test_settings_of_language_and_class_are_laid_over_those_of_the_engine(
    root, service
):
    more = """\
[locale.ar.engine.deep]
service = "libre"
base_url = "{0}"

[[class]]
globs = ["mail/*"]

[class.engine.deep]
service = "mymemory"
base_url = "{0}/get"
"""
    run(root, service, more.format(service.address))
    assert origins(root) == {
        ("tr", "articles/a"): "machine (deep:google)",
        ("tr", "mail/b"): "machine (deep:mymemory)",
        ("ar", "articles/a"): "machine (deep:libre)",
        ("ar", "mail/b"): "machine (deep:mymemory)",
    }


def test_the_command_line_goes_before_all_orders(root, service):
    more = '[locale.ar]\nengines = []\n[[class]]\nglobs = ["mail/*"]\nengines = []\n'
    run(root, service, more, engines=["libretranslate"])
    assert set(origins(root).values()) == {"machine (libretranslate)"}


def test_an_engine_that_is_down_is_not_asked_again_for_another_class(root, service):
    more = '[[class]]\nglobs = ["mail/*"]\nengines = ["deep", "libretranslate"]\n'
    service.fault = lambda _: "429"
    report = run(root, service, more)
    assert len([e for e in report.errors if "deep:google" in e.message]) == 1


def test_what_is_set_alike_is_one_engine(root, service):
    text = CONFIG.format(address=service.address)
    text += '[[class]]\nglobs = ["mail/*"]\n[class.engine.deep]\nworkers = 2\n'
    (root / "publish.toml").write_text(text, encoding="utf-8")
    routes = Routes(read_site(root))
    routes.prepare(("tr", "ar"))
    assert routes.of("tr", "articles/a") == routes.of("ar", "articles/x")
    assert routes.of("tr", "mail/b") != routes.of("tr", "articles/a")
    assert len(routes.engines()) == 2


def test_a_wrong_engine_of_a_class_is_said_before_anything_is_sent(root, service):
    more = '[[class]]\nglobs = ["mail/*"]\nengines = ["bing"]\n'
    with pytest.raises(UsageError, match="bing"):
        run(root, service, more)
    with pytest.raises(ConfigError, match="colour"):
        run(root, service, '[locale.ar.engine.deep]\ncolour = "red"\n')
    assert service.asked == []
