import pickle
from dataclasses import replace

from pipeline.model.catalog import Catalog, Message

HEADER = Message("", ("Language: tr\nX-Editor: x: y\n",))
ONE = Message("One", ("Bir",))
GONE = Message("Two", ("İki",), obsolete=True)
CATALOG = Catalog(HEADER, (ONE, Message("Two", ("",)), GONE))


def test_a_living_entry_goes_before_an_obsolete_one_of_its_key():
    found = CATALOG.find("Two")

    assert found is not None
    assert not found.obsolete


def test_an_obsolete_entry_is_found_where_there_is_no_other():
    assert Catalog(HEADER, (GONE,)).find("Two") == GONE


def test_what_is_not_there_is_none():
    assert CATALOG.find("One", "title") is None


def test_fields_are_read_and_set_in_their_order():
    changed = CATALOG.with_fields(Language="ar", X_New="z")

    assert CATALOG.fields() == {"Language": "tr", "X-Editor": "x: y"}
    assert next(iter(changed.fields().items())) == ("Language", "ar")
    assert list(changed.fields())[-1] == "X-New"


def test_a_message_replaces_the_living_one_of_its_key():
    changed = CATALOG.with_message(Message("Two", ("2",)))

    assert [m.msgstr for m in changed] == ["Bir", "2", "İki"]


def test_only_a_translated_living_sure_message_is_usable():
    assert ONE.is_usable
    assert not replace(ONE, flags=("fuzzy",)).is_usable
    assert not replace(ONE, msgstrs=("Bir", "")).is_usable
    assert not replace(ONE, obsolete=True).is_usable


def test_a_catalog_survives_the_way_to_another_process():
    again = pickle.loads(pickle.dumps(CATALOG))

    assert again == CATALOG
    assert again.find("One") == ONE
