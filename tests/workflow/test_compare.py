"""Engines beside what people wrote, on whole sites with a service on this machine."""

import pytest

from pipeline.model.site import Site
from pipeline.store.config import read_site
from pipeline.workflow.compare import compare
from tests.builders import publish
from tests.cli.test_pretranslate import configure
from tests.engines.loopback import refuse_the_internet, running_service
from tests.engines.misbehaviour import translation
from tests.workflow.test_pretranslate import TODAY, entry, write

PAIRS = {
    f"Sentence {n} of the article": translation(f"Sentence {n} of the article")
    for n in range(10, 40)
}
KEYS = {"locale", "engine", "sample", "answered", "scored", "chrf", "ter", "edits"}


@pytest.fixture(autouse=True)
def _no_internet(monkeypatch):
    refuse_the_internet(monkeypatch)
    monkeypatch.setenv("TEST_KEY", "k3y-of-a-test")


@pytest.fixture
def service():
    with running_service() as running:
        yield running


@pytest.fixture
def root(tmp_path, service):
    """Thirty texts that a person translated just as the service does, and others."""
    write(
        tmp_path,
        "a",
        *(entry(*each) for each in PAIRS.items()),
        entry("Fuzzy text", "x", flags="fuzzy"),
        entry("Empty text"),
        entry("slug-of-it", "adres", context="slug"),
    )
    more = f'[engine.deep]\nbase_url = "{service.google}"\npause = 0.001\nretries = 0\n'
    configure(tmp_path, service, "libretranslate", more, price_per_million=10.0)
    return tmp_path


def run(root, *engines, **options):
    site: Site = read_site(root)
    given = {"sample": 100} | options
    return compare(site, locales=("tr",), today=TODAY, engines=engines, **given)


def test_an_engine_that_writes_what_people_wrote_has_the_best_scores(root, service):
    def answer(text):
        path = service.paths[-1]
        return f"{translation(text)} and so on" if path == "/m" else translation(text)

    service.answer = answer
    before = {p: p.read_bytes() for p in (root / "locales").rglob("*") if p.is_file()}
    report = run(root, "libretranslate", "deep")
    one, other = (each.as_json() for each in report.comparison)
    assert one == {
        "locale": "tr",
        "engine": "libretranslate",
        "sample": 30,
        "answered": 30,
        "scored": 30,
        "chrf": 100.0,
        "ter": 0.0,
        "edits": 0.0,
    }
    assert (other["engine"], other["scored"]) == ("deep:google", 30)
    assert other["chrf"] < 100
    assert other["ter"] > 0
    assert {p: p.read_bytes() for p in before} == before
    assert {each.engine for each in report.engines} == {"libretranslate", "deep:google"}


def test_only_texts_that_may_be_published_are_asked_for(root, service):
    run(root, "libretranslate")
    assert sorted(service.asked) == sorted(PAIRS)


def test_a_sample_is_the_same_at_each_run_and_is_bought_once(root, service):
    run(root, "libretranslate", sample=5)
    first = list(service.asked)
    assert len(first) == 5
    run(root, "libretranslate", sample=5)
    assert service.asked == first
    run(root, "libretranslate", sample=8)
    assert len(service.asked) == len(set(service.asked)) == 8


def test_all_engines_are_scored_by_the_texts_that_all_of_them_answered(root, service):
    def answer(text):
        spoiled = service.paths[-1] == "/m" and int(text.split()[1]) % 5 == 0
        return "Another 7" if spoiled else translation(text)

    service.answer = answer
    report = run(root, "libretranslate", "deep")
    found = {e.engine: (e.answered, e.scored) for e in report.comparison}
    assert found["libretranslate"] == (30, 24)
    assert found["deep:google"] == (24, 24)


def test_limits_and_offline_hold(root, service):
    report = run(root, "libretranslate", dry_run=True)
    assert service.asked == []
    assert "would cost about" in report.notes[0]
    report = run(root, "libretranslate", offline=True)
    assert service.asked == []
    assert "--offline" in report.errors[0].message
    run(root, "libretranslate", max_chars=100)
    assert 0 < sum(map(len, service.asked)) <= 100
    run(root, "libretranslate", max_cost=0.001)
    assert 100 < sum(map(len, service.asked)) <= 200


def test_a_failing_engine_is_said_once_and_the_others_are_scored(root, service):
    service.fault = lambda _: "429" if service.paths[-1] == "/m" else ""
    report = run(root, "libretranslate", "deep")
    assert [each.answered for each in report.comparison] == [30, 0]
    assert [each.scores for each in report.comparison] == [None, None]
    assert len(report.errors) == 1


def test_the_comparison_is_a_table_and_a_document(root):
    done = publish(root, "pretranslate", "--compare", "libretranslate,deep")
    assert "chrF" in done.out
    assert "100.0" in done.out
    document = publish(
        root, "pretranslate", "--compare", "libretranslate", "--sample", "3", "--json"
    ).json
    assert document.keys() == {"locales", "comparison", "engines", "errors"}
    assert document["comparison"][0].keys() == KEYS
    assert document["comparison"][0]["sample"] == 3


@pytest.mark.parametrize(
    "given",
    [
        ("--compare", ","),
        ("--compare", "deep", "--engine", "deep"),
        ("--compare", "bing"),
    ],
)
def test_a_comparison_of_nothing_is_wrong_use(root, given):
    assert publish(root, "pretranslate", *given).code == 2
