from dataclasses import replace

from pipeline.gate import Tally, judge
from pipeline.model.catalog import Catalog, Message

TEMPLATE = (
    Message("Title", msgctxt="title"),
    Message("scalp", msgctxt="slug"),
    Message("Take 5 mg."),
)
TRANSLATED = (
    Message("Title", ("Başlık",), msgctxt="title"),
    Message("scalp", ("",), msgctxt="slug"),
    Message("Take 5 mg.", ("5 mg alın.",)),
)


def verdict(messages, **options):
    defaults = {"accept": lambda m: m.is_usable, "approved": lambda _: False}
    catalog = None if messages is None else Catalog(Message(""), messages)
    return judge(TEMPLATE, catalog, **(defaults | options))


def test_a_translated_article_passes_and_its_slug_is_not_counted():
    found = verdict(TRANSLATED)

    assert found.passes
    assert found.why == ""
    assert found.tally == Tally(segments=2, words=4, translated=2)


def test_where_there_is_no_rule_all_that_is_usable_passes_and_nothing_is_approved():
    assert verdict(TRANSLATED, accept=None, approved=None) == verdict(TRANSLATED)
    fuzzy = (TRANSLATED[0], replace(TRANSLATED[2], flags=("fuzzy",)))
    assert verdict(fuzzy, accept=None, approved=None) == verdict(fuzzy)


def test_without_a_catalog_everything_is_untranslated():
    assert verdict(None).why == "2 untranslated of 2"


def test_a_fuzzy_message_holds_it():
    fuzzy = (TRANSLATED[0], replace(TRANSLATED[2], flags=("fuzzy",)))

    found = verdict(fuzzy)

    assert not found.passes
    assert found.why == "1 fuzzy of 2"
    assert (found.tally.translated, found.tally.fuzzy) == (1, 1)


def test_an_obsolete_message_is_as_good_as_none():
    gone = (TRANSLATED[0], replace(TRANSLATED[2], obsolete=True))

    assert verdict(gone).why == "1 untranslated of 2"


def test_a_check_error_holds_it_and_is_said_first():
    found = verdict(TRANSLATED, erroneous=frozenset({(None, "Take 5 mg.")}))

    assert found.has_errors
    assert found.why == "1 with a check's error of 2"


def test_where_approval_is_required_a_translation_is_not_enough():
    found = verdict(TRANSLATED, accept=lambda m: m.msgctxt == "title")

    assert found.why == "1 not approved of 2"


def test_approved_messages_are_counted():
    found = verdict(TRANSLATED, approved=lambda m: m.msgctxt is None)

    assert found.tally.approved == 1


def test_tallies_add_up():
    assert Tally(1, 2, 3, 4, 5, 6) + Tally(1, 1, 1, 1, 1, 1) == Tally(2, 3, 4, 5, 6, 7)
