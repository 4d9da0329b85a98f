import pytest

from pipeline.errors import CatalogError
from pipeline.model.site import ContentClass, Site
from pipeline.store.config import read_site
from pipeline.workflow.desk import content_class, read_desk
from pipeline.workflow.templates import read_templates
from tests.builders import CONFIG, po_path, publish, put, translate


def desk(root, **config):
    if config:
        text = CONFIG + "".join(f"[{name}]\n{body}\n" for name, body in config.items())
        put(root, {"publish.toml": text})
    site = read_site(root)
    template = read_templates(site).messages["articles/scalp"]
    return read_desk(site, "tr", "articles/scalp", template)


def test_without_a_catalog_everything_is_untranslated(site):
    po_path(site).unlink()

    found = desk(site)

    assert (found.catalog, found.error) == (None, None)
    assert found.verdict.tally.untranslated == found.verdict.tally.segments == 6


def test_a_broken_catalog_is_an_error_and_holds_everything(turkish):
    path = po_path(turkish)
    path.write_bytes(path.read_bytes()[:-30])

    found = desk(turkish)

    assert isinstance(found.error, CatalogError)
    assert found.error.path == found.file
    assert not found.verdict.passes


def test_what_is_translated_is_accepted(turkish):
    found = desk(turkish)

    assert found.verdict.passes
    assert found.accepts(found.catalog.find("Do not scratch."))


def test_where_approval_is_required_only_that_is_accepted(turkish):
    publish(turkish, "approve", "--reviewer", "Reviewer")
    translate(turkish, {"Do not scratch.": "Hiç kaşımayın."})

    found = desk(turkish, review='require = "approved"')

    assert found.require == "approved"
    assert found.accepts(found.catalog.find("Sleep on your back."))
    assert not found.accepts(found.catalog.find("Do not scratch."))
    assert found.verdict.why == "1 not approved of 6"
    assert found.verdict.tally.approved == 5


def test_an_entry_with_an_error_is_never_accepted(turkish):
    dose = "Take 5 mg in the evening."
    translate(turkish, {dose: "Akşamları 50 mg alın."})
    publish(turkish, "approve", "--reviewer", "Reviewer", "--note", "Really")

    found = desk(turkish)

    assert not found.accepts(found.catalog.find(dose))
    assert found.verdict.has_errors


def test_an_error_in_a_fuzzy_entry_holds_it_as_fuzzy(turkish):
    dose = "Take 5 mg in the evening."
    translate(turkish, {dose: "Akşamları 50 mg alın."}, flags=("fuzzy",))

    assert desk(turkish).verdict.why == "1 fuzzy of 6"


CLASSES = (
    ContentClass(("mail/**", "news/*"), require="approved", policy="fallback"),
    ContentClass(("**/scalp*",), policy="partial"),
    ContentClass(("articles/*",), stale="keep"),
)


@pytest.mark.parametrize(
    ("domain", "require", "policy"),
    [
        ("mail/reminder", "approved", "fallback"),
        ("news/one", "approved", "fallback"),
        ("articles/scalp", "translated", "partial"),
        ("articles/other", "translated", "hold"),
        ("elsewhere", "translated", "hold"),
    ],
)
def test_the_first_class_that_names_an_article_rules(domain, require, policy):
    rules = content_class(Site("/", classes=CLASSES), domain)

    assert (rules.require, rules.policy) == (require, policy)


@pytest.mark.parametrize("glob", ["articles/scalp.md", "source/articles/scalp"])
def test_a_glob_may_name_the_file(glob):
    site = Site("/", classes=(ContentClass((glob,), policy="partial"),))

    assert content_class(site, "articles/scalp").policy == "partial"


def test_a_glob_holds_for_a_name_whose_letters_are_written_in_two():
    site = Site("/", classes=(ContentClass(("a\u011fr\u0131/*",), require="approved"),))

    assert content_class(site, "ag\u0306r\u0131/doz").require == "approved"
