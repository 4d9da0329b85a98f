from dataclasses import replace

import pytest

from pipeline.errors import BusyError, CatalogError, CharsetError, StoreError
from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import compose
from pipeline.po.parse import parse
from pipeline.store.catalogs import (
    catalog_path,
    read_catalog,
    template_path,
    update_catalog,
    write_catalog,
)
from tests.po.catalogs import msgcat, needs_gettext, with_header

CANONICAL = with_header(
    '#: source/x.md\nmsgid "one"\nmsgstr "bir"\n\nmsgid "two"\nmsgstr "iki"\n\n'
    '#~ msgid "gone"\n#~ msgstr "gitti"\n',
)
# The same as other tools write it: other breaks, flags, spaces and blank lines.
OTHER = """\

#note
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
#, c-format, fuzzy
msgid "one"
msgstr "b"
"ir"


msgid "two"
msgstr   "iki"

#~ msgid "gone"
#~ msgstr "gitti"

msgid "three"
msgstr "ü" "ç"

"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "x.po"


def save(path, text):
    path.write_bytes(text.encode())
    return read_catalog(path, root=path.parent)


def translated(catalog, msgid, msgstr):
    message = catalog.find(msgid)
    return catalog.with_message(replace(message, msgstrs=(msgstr,)))


# Places.


def test_catalogs_and_templates_have_their_places(tmp_path):
    assert (
        catalog_path(tmp_path, "pt_BR", "articles/x").relative_to(tmp_path).as_posix()
        == "locales/pt_BR/LC_MESSAGES/articles/x.po"
    )
    assert (
        template_path(tmp_path, "mail/y.z").relative_to(tmp_path).as_posix()
        == "locales/_pot/mail/y.z.pot"
    )


@pytest.mark.parametrize(
    "domain",
    ["", ".", "..", "../x", "a/../../x", "/etc/x", "a//b", "a/", "./a", "a\\b", "a\0"],
)
def test_a_domain_that_leaves_its_folder_is_refused(tmp_path, domain):
    with pytest.raises(CatalogError, match="no name for a catalog"):
        template_path(tmp_path, domain)
    with pytest.raises(CatalogError, match="no name for a catalog"):
        catalog_path(tmp_path, "tr", domain)


@pytest.mark.parametrize("locale", ["..", "tr/../..", "a/b", ""])
def test_a_locale_that_leaves_its_folder_is_refused(tmp_path, locale):
    with pytest.raises(CatalogError, match="no name for a catalog"):
        catalog_path(tmp_path, locale, "x")


# Reading.


def test_a_catalog_is_read(path):
    assert save(path, CANONICAL) == parse(CANONICAL, path="x.po")


def test_an_error_names_the_path_below_the_root(tmp_path):
    path = tmp_path / "locales" / "x.po"
    path.parent.mkdir()
    path.write_text('msgid "', encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        read_catalog(path, root=tmp_path)
    assert (caught.value.path, caught.value.line) == ("locales/x.po", 1)


def test_a_missing_catalog_is_an_error_of_ours(path):
    with pytest.raises(StoreError, match="no such file"):
        read_catalog(path, root=path.parent)


def test_another_charset_is_refused(path):
    path.write_bytes(CANONICAL.replace("UTF-8", "ISO-8859-9").encode("iso-8859-9"))
    with pytest.raises(CharsetError):
        read_catalog(path, root=path.parent)


# Writing.


def test_a_new_file_is_as_msgcat_writes_it(path):
    catalog = parse(OTHER, path="x.po")
    assert write_catalog(path, catalog, root=path.parent) is True
    assert path.read_text(encoding="utf-8") == compose(catalog)


@needs_gettext
def test_a_file_that_is_as_msgcat_writes_it_is_so_afterwards(path):
    catalog = save(path, msgcat(OTHER))
    assert write_catalog(path, translated(catalog, "two", "2"), root=path.parent)
    text = path.read_text(encoding="utf-8")
    assert text == msgcat(text)
    assert text == msgcat(OTHER).replace('"iki"', '"2"')


@pytest.mark.parametrize("text", [CANONICAL, OTHER, "\ufeff" + OTHER])
def test_saving_without_a_change_changes_nothing(path, text):
    catalog = save(path, text)
    before = path.stat()
    assert write_catalog(path, catalog, root=path.parent, base=catalog) is False
    assert path.stat() == before


def test_the_bytes_of_untouched_entries_stay(path):
    catalog = save(path, OTHER)
    assert write_catalog(path, translated(catalog, "two", "2"), root=path.parent)
    changed = OTHER.replace('msgstr   "iki"', 'msgstr "2"')
    assert path.read_text(encoding="utf-8") == changed


def test_a_changed_entry_is_written_in_the_usual_form(path):
    catalog = save(path, OTHER)
    write_catalog(path, translated(catalog, "one", "1"), root=path.parent)
    changed = OTHER.replace("#, c-format, fuzzy", "#, fuzzy, c-format")
    changed = changed.replace('msgstr "b"\n"ir"', 'msgstr "1"')
    assert path.read_text(encoding="utf-8") == changed


def test_entries_come_and_go_between_the_others(path):
    catalog = save(path, OTHER)
    one, _, gone, three = catalog.messages
    new = Message("new", ("yeni",))
    empty = Message("empty", ("",), obsolete=True)
    write_catalog(
        path, catalog.with_messages([one, three, new, gone, empty]), root=path.parent
    )
    text = path.read_text(encoding="utf-8")
    assert text.endswith(
        '"ir"\n\n\nmsgid "three"\nmsgstr "ü" "ç"\n\nmsgid "new"\nmsgstr "yeni"\n\n'
        '#~ msgid "gone"\n#~ msgstr "gitti"\n\n',
    )
    assert read_catalog(path, root=path.parent).messages == (one, three, new, gone)


def test_all_entries_but_the_header_may_go(path):
    catalog = save(path, OTHER)
    write_catalog(path, catalog.with_messages([]), root=path.parent)
    assert read_catalog(path, root=path.parent) == Catalog(catalog.header)


@pytest.mark.parametrize("text", [CANONICAL, OTHER])
def test_a_byte_order_mark_and_windows_line_ends_stay(path, text):
    windows = "\ufeff" + text.replace("\n", "\r\n")
    catalog = save(path, windows)
    write_catalog(path, translated(catalog, "two", "x"), root=path.parent)
    after = path.read_bytes().decode()
    assert after.startswith("\ufeff")
    assert after.count("\r\n") == after.count("\n")
    meant = windows.replace('   "iki"', ' "x"').replace('"iki"', '"x"')
    assert after == meant


def test_a_file_that_somebody_saved_meanwhile_is_left_alone(path):
    base = save(path, CANONICAL)
    saved = CANONICAL.replace("bir", "BİR")
    path.write_text(saved, encoding="utf-8")
    with pytest.raises(BusyError, match="in the meantime") as caught:
        write_catalog(path, translated(base, "two", "x"), root=path.parent, base=base)
    assert caught.value.path == "x.po"
    assert path.read_text(encoding="utf-8") == saved


def test_a_file_that_somebody_removed_meanwhile_is_not_made_again(path):
    base = save(path, CANONICAL)
    path.unlink()
    with pytest.raises(BusyError):
        write_catalog(path, base, root=path.parent, base=base)
    assert not path.exists()


def test_a_file_that_cannot_be_read_is_not_written_over(path):
    cut = CANONICAL[:-20]
    path.write_text(cut, encoding="utf-8")
    with pytest.raises(CatalogError):
        write_catalog(path, parse(CANONICAL, path="x.po"), root=path.parent)
    assert path.read_text(encoding="utf-8") == cut


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (Message("a", ("b\0c",)), "NUL"),
        (Message("a", ("\ud800",)), "surrogates"),
        (Message("a", ("x", "y")), "entry 'a' would change"),
        (Message("one", ("again",)), "in line"),
        (Message("a", ("b",), references=("a\u2069 b",)), "entry 'a' would change"),
        (Message("a", ("x",), msgid_plural="b"), "1 plural form"),
    ],
)
@pytest.mark.parametrize("text", [CANONICAL, OTHER])
def test_what_would_not_be_read_back_is_not_written(path, text, message, why):
    catalog = save(path, text)
    more = catalog.with_messages([*catalog.messages, message])
    with pytest.raises(CatalogError, match="cannot be written") as caught:
        write_catalog(path, more, root=path.parent)
    assert why in caught.value.message
    assert path.read_text(encoding="utf-8") == text


def test_a_catalog_in_ascii_takes_no_other_characters(path):
    catalog = save(path, CANONICAL.replace("UTF-8", "ASCII"))
    with pytest.raises(CatalogError, match="the header says ASCII"):
        write_catalog(path, translated(catalog, "two", "ş"), root=path.parent)


def test_an_entry_that_would_be_lost_is_not_written(path, monkeypatch):
    catalog = save(path, CANONICAL)
    more = catalog.with_messages(
        [*catalog.messages, Message("new", ("yeni",), obsolete=True)]
    )
    monkeypatch.setattr("pipeline.store.catalogs.compose", lambda _: CANONICAL)
    with pytest.raises(CatalogError, match="an entry would be lost"):
        write_catalog(path, more, root=path.parent)


# Updating.


def test_a_catalog_is_updated_in_one_go(path):
    base = save(path, CANONICAL)
    after = update_catalog(path, lambda c: translated(c, "two", "2"), root=path.parent)
    assert after == translated(base, "two", "2")
    assert read_catalog(path, root=path.parent) == after


def test_an_update_does_not_write_over_what_somebody_saved_meanwhile(path):
    save(path, CANONICAL)
    saved = CANONICAL.replace("bir", "1")

    def change(catalog):
        path.write_text(saved, encoding="utf-8")
        return translated(catalog, "two", "2")

    with pytest.raises(BusyError):
        update_catalog(path, change, root=path.parent)
    assert path.read_text(encoding="utf-8") == saved
