"""Whole sites on the disk, and translation services on this machine."""

import json

import pytest

from pipeline import registry
from pipeline.engines.deep import Deep
from pipeline.errors import ConfigError, EngineUnavailable, StoreError, UsageError
from pipeline.model.purchase import Kept, Label
from pipeline.model.site import Site
from pipeline.store import catalogs
from pipeline.store.bought import Bought
from pipeline.store.catalogs import read_catalog, template_path, update_catalog
from pipeline.store.memory import FILE
from pipeline.workflow import drafting
from pipeline.workflow.pretranslate import pretranslate
from tests.engines.loopback import (
    Said,
    closed_port,
    refuse_the_internet,
    running_service,
)

TODAY = "2026-11-22"
FIELDS = r"""msgid ""
msgstr ""
"Project-Id-Version: clinic\n"
"PO-Revision-Date: 2026-01-01 10:00+0300\n"
"Last-Translator: Translator <tr@clinic.example>\n"
"Language: {locale}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
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
    return tmp_path


def write(root, domain, *entries, locale="tr"):
    """A catalog, and the template that says that its article is there."""
    for path in (
        root / "locales" / locale / "LC_MESSAGES" / f"{domain}.po",
        template_path(root, domain),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join((FIELDS.format(locale=locale), *entries))
        path.write_text(text, encoding="utf-8")


def entry(msgid, msgstr="", *, context=None, comment=None, flags=""):
    lines = [f"# {comment}"] if comment else []
    lines += [f"#, {flags}"] if flags else []
    lines += [f'msgctxt "{context}"'] if context else []
    return "\n".join([*lines, f'msgid "{msgid}"', f'msgstr "{msgstr}"', ""])


def read(root, domain, locale="tr"):
    path = root / "locales" / locale / "LC_MESSAGES" / f"{domain}.po"
    return read_catalog(path, root=root)


def site(root, *engines, locales=("tr",), **deep):
    return Site(
        root=str(root),
        locales=locales,
        engines=engines,
        engine_settings={"deep": {"pause": 0.001, "deadline": 10.0} | deep},
    )


def run(site, *, locales=("tr",), **options):
    return pretranslate(site, locales=locales, today=TODAY, **options)


def messages(report):
    return [error.message for error in report.errors]


def test_memory_comes_first_then_near_matches_then_the_engine(root, service):
    write(
        root, "articles/a", entry("Take 5 mg after each meal.", "Her öğün 5 mg alın.")
    )
    write(
        root,
        "articles/b",
        entry("Take 5 mg after each meal.", comment="mine"),
        entry("Take 10 mg after each meal."),
        entry("Call us, {{ first_name }}!"),
    )
    report = run(site(root, "deep", base_url=service.google))
    same, near, bought = read(root, "articles/b").messages
    assert (same.msgstr, same.flags) == ("Her öğün 5 mg alın.", ())
    assert same.comments == ("mine", f"publish {TODAY}: from memory, 100 %")
    assert (near.msgstr, near.flags) == ("Her öğün 10 mg alın.", ("fuzzy",))
    assert near.previous is not None
    assert near.previous.msgid == "Take 5 mg after each meal."
    assert (bought.msgstr, bought.flags) == ("Câll ûs, {{ first_name }}!", ("fuzzy",))
    assert bought.comments == (f"publish {TODAY}: machine (deep:google)",)
    assert service.asked == ["Call us, [X1X]!"]
    assert report.exit_code == 0
    assert report.as_json() == {
        "locales": [
            {
                "locale": "tr",
                "filled": {"memory": 2, "deep:google": 1},
                "failed": [],
                "left": 0,
                "characters": len("Call us, [X1X]!"),
            },
        ],
        "engines": [report.engines[0].as_json()],
        "errors": [],
    }


def test_memory_fills_every_article(root):
    write(root, "a", entry("Known text here", "Bilinen"))
    for domain in ("b", "c/d"):
        write(root, domain, entry("Known text here"), entry("One"))
    report = run(site(root))
    for domain in ("b", "c/d"):
        assert read(root, domain).messages[0].msgstr == "Bilinen"
    assert (report.locales[0].filled, report.locales[0].left) == ({"memory": 2}, 2)
    assert report.exit_code == 0


def test_the_header_is_not_touched(root, service):
    write(root, "a", entry("Hair"))
    before = read(root, "a").header
    run(site(root, "deep", base_url=service.google))
    assert read(root, "a").header == before


def test_a_second_run_buys_nothing_and_writes_nothing(root, service):
    write(root, "a", entry("Hair"), entry("Care"))
    configured = site(root, "deep", base_url=service.google)
    run(configured)
    path = root / "locales/tr/LC_MESSAGES/a.po"
    before = path.stat().st_mtime_ns
    report = run(configured)
    assert len(service.asked) == 2
    assert path.stat().st_mtime_ns == before
    assert (report.exit_code, report.locales[0].filled) == (0, {})


def test_a_text_that_was_emptied_is_not_bought_twice(root, service):
    write(root, "a", entry("Hair"))
    configured = site(root, "deep", base_url=service.google)
    run(configured)
    write(root, "a", entry("Hair"))
    report = run(configured)
    assert len(service.asked) == 1
    assert report.locales[0].filled == {"deep:google": 1}
    assert report.locales[0].characters == 0


def test_equal_texts_of_several_articles_are_bought_once(root, service):
    write(root, "a", entry("Hair"), entry("Hair", context="title"))
    write(root, "b", entry("Hair"))
    report = run(site(root, "deep", base_url=service.google))
    assert service.asked == ["Hair"]
    assert report.locales[0].filled == {"deep:google": 3}
    assert read(root, "b").messages[0].msgstr == "Hâîr"


def test_templates_strings_are_filled_too_and_plurals_whole(root, service):
    plural = (
        'msgid "%(n)s page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )
    write(root, "messages", plural)
    report = run(site(root, "deep", base_url=service.google))
    (message,) = read(root, "messages").messages
    assert message.msgstrs == ("%(n)s pâgê", "%(n)s pâgês")
    assert report.locales[0].left == 0


def test_page_addresses_are_left_and_not_counted(root, service):
    write(root, "a", entry("hair-loss", context="slug"))
    report = run(site(root, "deep", base_url=service.google))
    assert not service.asked
    assert report.locales[0].left == 0


def test_fuzzy_and_translated_texts_stay(root, service):
    write(root, "a", entry("One", "Bir", flags="fuzzy"), entry("Two", "İki"))
    before = read(root, "a")
    run(site(root, "deep", base_url=service.google))
    assert read(root, "a") == before


def test_each_text_is_kept_before_the_next_is_asked_for(root, service):
    write(root, "a", entry("One"), entry("Two"), entry("Three"))
    seen = []
    good = service.answer

    def answer(text):
        with Bought.open(root) as bought:
            kept = [
                bought.find(Label("deep:google", "en", "tr", each))
                for each in ("One", "Two", "Three")
            ]
        seen.append(kept)
        return good(text)

    service.answer = answer
    run(site(root, "deep", base_url=service.google))
    assert seen == [
        [None, None, None],
        [Kept("Onê"), None, None],
        [Kept("Onê"), Kept("Twô"), None],
    ]


def test_an_interruption_keeps_what_was_bought(root, service, monkeypatch):
    write(root, "a", entry("Known text here", "Bilinen"))
    write(root, "b", entry("Known text here"), entry("One"), entry("Two"))
    saved = []

    def update(path, change, **how):
        saved.append(path)
        if len(saved) == 2:
            raise KeyboardInterrupt
        return update_catalog(path, change, **how)

    monkeypatch.setattr(drafting, "update_catalog", update)
    with pytest.raises(KeyboardInterrupt):
        run(site(root, "deep", base_url=service.google))
    assert read(root, "b").messages[0].msgstr == "Bilinen"
    monkeypatch.undo()
    run(site(root, "deep", base_url=service.google))
    assert [m.msgstr for m in read(root, "b").messages] == ["Bilinen", "Onê", "Twô"]
    assert service.asked == ["One", "Two"]


def test_what_a_person_fills_in_meanwhile_is_not_overwritten(root, service):
    write(root, "a", entry("Hair"), entry("Care"))
    good = service.answer

    def answer(text):
        if text == "Hair":
            write(root, "a", entry("Hair", "Benim"), entry("Care"))
        return good(text)

    service.answer = answer
    report = run(site(root, "deep", base_url=service.google))
    assert [m.msgstr for m in read(root, "a").messages] == ["Benim", "Cârê"]
    assert report.locales[0].filled == {"deep:google": 1}


def test_an_editor_that_saves_at_the_same_moment_loses_nothing(
    root, service, monkeypatch
):
    write(root, "a", entry("Hair"), entry("Care", "Bakım"))
    write_catalog = catalogs.write_catalog
    edits = iter([entry("Care", "Bakımı")])

    def write_late(path, catalog, **how):
        for edit in edits:
            write(root, "a", entry("Hair"), edit)
        return write_catalog(path, catalog, **how)

    monkeypatch.setattr(catalogs, "write_catalog", write_late)
    report = run(site(root, "deep", base_url=service.google))
    assert [m.msgstr for m in read(root, "a").messages] == ["Hâîr", "Bakımı"]
    assert report.exit_code == 0


def test_a_file_that_is_saved_all_the_time_is_left_and_said(root, service, monkeypatch):
    write(root, "a", entry("Hair"), entry("Care"))
    write_catalog = catalogs.write_catalog

    def write_late(path, catalog, **how):
        write(root, "a", entry("Hair"), entry("Care", f"Bakım {len(service.paths)}"))
        service.paths.append("saved")
        return write_catalog(path, catalog, **how)

    monkeypatch.setattr(catalogs, "write_catalog", write_late)
    report = run(site(root, "deep", base_url=service.google))
    assert {error.path for error in report.errors} == {"locales/tr/LC_MESSAGES/a.po"}
    assert read(root, "a").messages[0].msgstr == ""
    assert report.exit_code == 1


def test_a_bought_text_is_saved_where_the_memory_cannot_keep_it(
    root, service, monkeypatch
):
    write(root, "a", entry("One"), entry("Two"))

    def full(*_):
        raise StoreError("no space", path=FILE)

    monkeypatch.setattr(Bought, "keep", full)
    report = run(site(root, "deep", base_url=service.google))
    assert [m.msgstr for m in read(root, "a").messages] == ["Onê", ""]
    assert [error.path for error in report.errors] == [FILE]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Said("<html><p>consent</p></html>"), "page without a translation"),
        ("", "the answer is empty"),
        ("MYMEMORY WARNING: YOU USED ALL", "no translation"),
        ("Take 5 mg, {{ name }}", "lost {{ name }}"),
        ("Take 5 mg, [X1X]", "the text itself"),
        ("5 mg alın", "lost {{ name }}"),
        ("50 mg alın, [X1X]", "other numbers"),
        ("<script>x</script> [X1X] 5", "adds <script>"),
    ],
)
def test_an_answer_that_is_none_fails_that_text_alone(root, service, said, why):
    write(root, "articles/a", entry("Take 5 mg, {{ name }}"), entry("Hair"))
    good = service.answer
    service.answer = lambda text: said if "mg" in text else good(text)
    report = run(site(root, "deep", base_url=service.google))
    assert [m.msgstr for m in read(root, "articles/a").messages] == ["", "Hâîr"]
    assert report.exit_code == 1
    (failed,) = report.locales[0].as_json()["failed"]
    assert failed["msgid"] == "Take 5 mg, {{ name }}"
    assert (failed["domain"], failed["engine"]) == ("articles/a", "deep:google")
    assert why in failed["why"]
    assert report.locales[0].left == 1


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Said("", 429), "takes no more texts for now"),
        (Said("", 500), "status 500"),
        (Said("", 403), "not allowed"),
        (Said("", hangs=True), "did not answer in time"),
    ],
)
def test_an_engine_that_cannot_go_on_is_one_line(root, service, said, message):
    write(root, "a", *(entry(f"Text {letter}") for letter in "abcdefgh"))
    service.answer = lambda _: said
    configured = site(root, "deep", base_url=service.google, deadline=0.5, retries=1)
    report = run(configured)
    (line,) = messages(report)
    assert message in line
    assert line.endswith("8 messages are left")
    assert report.exit_code == 1
    assert len(service.asked) <= 6
    assert report.locales[0].failed == ()


def test_without_a_network_memory_still_fills(root):
    write(root, "a", entry("Known text here", "Bilinen"))
    write(root, "b", entry("Known text here"), entry("One"))
    write(root, "b", entry("One"), locale="ar")
    with closed_port() as address:
        report = run(
            site(root, "deep", locales=("tr", "ar"), base_url=address),
            locales=("tr", "ar"),
        )
    assert read(root, "b").messages[0].msgstr == "Bilinen"
    (line,) = messages(report)
    assert "cannot be reached: connection refused" in line
    assert line.endswith("2 messages are left")
    assert report.exit_code == 1


def test_offline_asks_nobody_and_says_so_once(root, service):
    write(root, "a", entry("One"), entry("Two"))
    report = run(site(root, "deep", base_url=service.google), offline=True)
    assert messages(report) == [
        "deep:google needs a network and is not asked: --offline; 2 messages are left",
    ]
    assert (report.exit_code, service.asked) == (1, [])


def test_offline_is_no_trouble_where_nothing_is_left(root):
    write(root, "a", entry("One", "Bir"))
    report = run(site(root, "deep", "pseudo"), offline=True)
    assert (report.errors, report.exit_code) == ((), 0)


def test_a_locale_that_an_engine_does_not_know_is_one_line(root, service):
    write(root, "a", entry("One"), locale="tlh")
    write(root, "a", entry("One"))
    configured = site(root, "deep", locales=("tlh", "tr"), base_url=service.google)
    report = run(configured, locales=("tlh", "tr"))
    (line,) = messages(report)
    assert "does not translate from en into tlh; 1 message is left" in line
    assert read(root, "a").messages[0].msgstr == "Onê"


def test_a_dry_run_changes_nothing_and_tells_what_it_would_send(root, service):
    write(root, "a", entry("Known text here", "Bilinen"))
    write(root, "b", entry("Known text here"), entry("One"))
    before = read(root, "b")
    configured = site(root, "deep", base_url=service.google, price_per_million=1e6)
    report = run(configured, dry_run=True)
    (locale,) = report.locales
    assert (locale.filled, locale.left, locale.characters) == ({"memory": 1}, 1, 3)
    assert (read(root, "b"), service.asked) == (before, [])
    assert report.notes == ("the engines would cost about 3.00",)
    assert report.exit_code == 0


def test_a_dry_run_estimates_every_engine(root, service):
    configured = site(root, "deep", "pseudo", base_url=service.google)
    write(root, "c", entry("Bought before"))
    run(configured, engines=["deep"])
    write(root, "a", entry("Known text here", "Bilinen"))
    write(
        root,
        "b",
        entry("Known text here"),
        entry("Two words"),
        entry("Two words", context="title"),
        entry("See [this](a.md) page"),
        entry("See [this](b.md) page"),
        entry("Bought before"),
    )
    report = run(configured, dry_run=True)
    first, second = report.as_json()["estimates"]
    assert first == {
        "locale": "tr",
        "engine": "deep:google",
        "messages": 5,
        "texts": 2,
        "repeated": 2,
        "bought": 1,
        "words": 5,
        "characters": len("Two words") + len("See [X1X]this[X2X] page"),
        "cost": None,
    }
    assert (second["engine"], second["texts"], second["cost"]) == ("pseudo", 3, 0.0)
    assert report.engines == ()
    assert service.asked == ["Bought before"]


def test_a_price_may_depend_on_the_language(root, service):
    prices = {"default": 10, "ar": 20}
    for locale in ("tr", "ar"):
        write(root, "a", entry("Hair"), locale=locale)
    configured = site(
        root,
        "deep",
        locales=("tr", "ar"),
        base_url=service.google,
        price_per_million=prices,
    )
    report = run(configured, locales=("tr", "ar"), dry_run=True)
    costs = [each["cost"] for each in report.as_json()["estimates"]]
    assert costs == [0.00004, 0.00008]


@pytest.mark.parametrize(
    "price", [{"fr": 1}, {"tr": "much"}, {"default": True}, {"tr": -1}, float("inf")]
)
def test_a_wrong_price_is_said(root, price):
    with pytest.raises(ConfigError, match="price_per_million"):
        run(site(root, "deep", price_per_million=price))


def test_what_each_engine_did_is_told(root, service):
    write(root, "a", entry("Take 5 mg"), entry("Hair"), entry("Care"))
    service.answer = lambda text: "50 mg" if "mg" in text else f"{text} ê"
    report = run(site(root, "deep", base_url=service.google))
    (work,) = report.as_json()["engines"]
    seconds = work.pop("seconds")
    assert work == {
        "engine": "deep:google",
        "filled": 2,
        "refused": {"the answer has other numbers than the text": 1},
        "calls": 3,
        "texts": 3,
        "characters": len("Take 5 mgHairCare"),
        "cost": None,
    }
    assert seconds > 0


def test_no_more_is_sent_than_allowed(root, service):
    write(root, "a", entry("One"), entry("Three"), entry("Two"))
    report = run(site(root, "deep", base_url=service.google), max_chars=7)
    assert service.asked == ["One", "Two"]
    assert (report.locales[0].left, report.locales[0].characters) == (1, 6)
    assert "1 more text was not sent" in report.notes[0]
    assert report.exit_code == 0


def test_no_more_is_spent_than_allowed(root, service):
    write(root, "a", entry("One"), entry("Two"))
    configured = site(root, "deep", base_url=service.google, price_per_million=20)
    report = run(configured, max_cost=0.00008)
    assert service.asked == ["One"]
    assert report.locales[0].left == 1


def test_a_limit_of_cost_needs_a_price(root, service):
    with pytest.raises(UsageError, match="price_per_million"):
        run(site(root, "deep", base_url=service.google), max_cost=1.0)


def test_the_command_line_chooses_other_engines(root, service):
    write(root, "a", entry("One"))
    report = run(site(root, base_url=service.google), engines=["deep", "deep"])
    assert report.locales[0].filled == {"deep:google": 1}
    assert run(site(root, "deep"), engines=[]).errors == ()


def test_an_unknown_engine_names_the_known_ones(root):
    with pytest.raises(UsageError, match="known"):
        run(site(root, "bing"))


@pytest.mark.parametrize(
    "deep",
    [{"colour": "red"}, {"price_per_million": "much"}, {"price_per_million": True}],
)
def test_a_wrong_setting_is_said_with_its_file(root, deep):
    with pytest.raises(ConfigError) as caught:
        run(site(root, "deep", **deep))
    assert caught.value.path == "publish.toml"


def test_a_broken_catalog_does_not_stop_the_others(root, service):
    write(root, "a", entry("One"))
    write(root, "b", entry("Two"))
    path = root / "locales/tr/LC_MESSAGES/a.po"
    path.write_text(path.read_text(encoding="utf-8")[:-3], encoding="utf-8")
    report = run(site(root, "deep", base_url=service.google))
    (error,) = report.errors
    assert error.path == "locales/tr/LC_MESSAGES/a.po"
    assert report.exit_code == 1
    assert read(root, "b").messages[0].msgstr == "Twô"


def test_a_catalog_that_breaks_meanwhile_is_said_once(root, service):
    write(root, "a", entry("One"), entry("Two"))
    path = root / "locales/tr/LC_MESSAGES/a.po"

    def answer(text):
        path.write_text("msgid", encoding="utf-8")
        return f"{text} ê"

    service.answer = answer
    report = run(site(root, "deep", base_url=service.google))
    assert len(report.errors) == 1
    assert report.locales[0].left == 2


def test_a_disk_that_refuses_ends_the_buying(root, service, monkeypatch):
    write(root, "a", entry("One"), entry("Two"))
    write(root, "a", entry("One"), locale="ar")

    def full(path, *_, **__):
        raise StoreError("cannot be written: no space", path=path.name)

    monkeypatch.setattr(catalogs, "replace_exactly", full)
    configured = site(root, "deep", locales=("tr", "ar"), base_url=service.google)
    report = run(configured, locales=("tr", "ar"))
    assert messages(report) == ["cannot be written: no space"]
    assert service.asked == ["One"]
    assert [each.locale for each in report.locales] == ["tr"]


def test_a_wrong_glossary_is_said_and_the_rest_is_done(root, service):
    write(root, "a", entry("One"))
    (root / "locales/tr/glossary.csv").write_text("word\n", encoding="utf-8")
    report = run(site(root, "deep", base_url=service.google))
    assert [error.path for error in report.errors] == ["locales/tr/glossary.csv"]
    assert read(root, "a").messages[0].msgstr == "Onê"


def test_a_term_is_filled_from_the_glossary(root):
    write(root, "a", entry("Hair loss"))
    path = root / "locales/tr/glossary.csv"
    path.write_text("term,translation\nhair loss,saç dökülmesi\n", encoding="utf-8")
    report = run(site(root))
    assert read(root, "a").messages[0].msgstr == "saç dökülmesi"
    assert report.locales[0].filled == {"glossary": 1}


def test_an_article_that_is_gone_gets_nothing_bought(root, service):
    write(root, "a", entry("One"))
    template_path(root, "a").unlink()
    report = run(site(root, "deep", base_url=service.google))
    assert not service.asked
    assert report.locales[0].left == 0


def test_a_locale_without_catalogs_says_what_to_do(root):
    report = run(site(root, "deep"))
    (error,) = report.errors
    assert (error.path, error.hint) == (
        "locales/tr/LC_MESSAGES",
        "run `publish extract`",
    )


def test_a_damaged_memory_is_a_note(root):
    write(root, "a", entry("One", "Bir"))
    (root / FILE).parent.mkdir()
    (root / FILE).write_text("not a database " * 100, encoding="utf-8")
    report = run(site(root))
    assert "damaged" in report.notes[0]
    assert report.exit_code == 0


def test_progress_is_told_as_texts_are_saved(root, service):
    write(root, "a", entry("One"), entry("Two"))
    told = []
    run(
        site(root, "deep", base_url=service.google),
        progress=lambda *each: told.append(each),
    )
    assert told == [("tr", 1, 2, "3 characters"), ("tr", 2, 2, "6 characters")]


def test_an_engine_that_another_one_stood_in_for_is_said_all_the_same(
    root, service, monkeypatch
):
    class Gone(Deep):
        def translate(self, requests, *, source, target):
            raise EngineUnavailable(f"gone: {len(requests)} {source} {target}")

    def gone(settings):
        engine = Gone(settings)
        engine.origin = "gone"
        return engine

    known = {"gone": gone, "deep": Deep}
    monkeypatch.setattr(registry, "engine", known.__getitem__)
    write(root, "a", entry("One"))
    report = run(site(root, "gone", "deep", base_url=service.google))
    assert report.locales[0].filled == {"deep:google": 1}
    assert messages(report) == ["gone: 1 en tr"]
    assert report.exit_code == 1


def test_libretranslate_is_asked_in_its_own_way(root, service):
    write(root, "a", entry("Take 5 mg"))
    configured = site(root, "deep", service="libre", base_url=service.address)
    run(configured)
    assert service.paths == ["/translate"]
    assert read(root, "a").messages[0].comments == (
        f"publish {TODAY}: machine (deep:libre)",
    )


def test_the_json_document_is_json(root, service):
    write(root, "a", entry("One"), entry("Take 5 mg"))
    service.answer = lambda _: "50 mg"
    report = run(site(root, "deep", base_url=service.google))
    assert json.loads(json.dumps(report.as_json())) == report.as_json()
