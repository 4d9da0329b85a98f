import os
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.errors import BusyError, StoreError
from pipeline.model.catalog import Catalog, Message
from pipeline.store import database, journal
from pipeline.store.catalogs import catalog_path, read_catalog, write_catalog
from pipeline.store.journal import FILE, Journal, Version
from pipeline.store.stamps import stamp_trees
from tests.po.catalogs import with_header


@pytest.fixture
def path(tmp_path):
    return catalog_path(tmp_path, "tr", "articles/x")


def save(path, *entries):
    """As an editor does, and long enough ago to be believed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(with_header("\n\n".join(entries)), encoding="utf-8")
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 10**9))


def entry(msgid, msgstr, *lines):
    return "\n".join([*lines, f'msgid "{msgid}"', f'msgstr "{msgstr}"'])


def said(root, folder="tr"):
    """The first form of each text, the newest first."""
    with Journal(root) as opened:
        return [text.msgstrs[0] for text in opened.texts(folder)]


def read(root, *folders, command="check"):
    with Journal(root, command) as opened:
        opened.read(folders or ("tr",))
        return opened.warning


# What is kept.


def test_every_translation_of_a_catalog_is_kept_with_all_that_names_it(tmp_path, path):
    plural = 'msgctxt "menu"\nmsgid "day"\nmsgid_plural "days"\n'
    save(
        path,
        entry("one", "bir"),
        entry("two", "iki", "#, fuzzy"),
        f'{plural}msgstr[0] "gün"\nmsgstr[1] "günler"',
        entry("empty", ""),
        '#~ msgid "gone"\n#~ msgstr "giden"',
    )
    before = datetime.now(tz=UTC).replace(microsecond=0)
    read(tmp_path)

    with Journal(tmp_path) as opened:
        gone, day, two, one = opened.texts("tr")

    assert (one.domain, one.msgctxt, one.msgid) == ("articles/x", None, "one")
    assert (one.msgstrs, one.state, one.how) == (
        ("bir",),
        "translated",
        "read by check",
    )
    assert before <= datetime.fromisoformat(one.seen) <= datetime.now(tz=UTC)
    assert (two.msgstrs, two.state) == (("iki",), "fuzzy")
    assert (day.msgctxt, day.msgid, day.msgid_plural) == ("menu", "day", "days")
    assert day.msgstrs == ("gün", "günler")
    assert gone.msgstrs == ("giden",)


def test_each_text_is_kept_once_and_the_newest_comes_first(tmp_path, path):
    for text in ("bir", "tek", "bir", "yek"):
        save(path, entry("one", text))
        read(tmp_path)

    assert said(tmp_path) == ["yek", "tek", "bir"]


def test_a_text_that_is_cleared_is_another(tmp_path, path):
    save(path, entry("one", "bir", "#, fuzzy"))
    read(tmp_path)
    save(path, entry("one", "bir"))
    read(tmp_path)

    with Journal(tmp_path) as opened:
        assert [t.state for t in opened.texts("tr")] == ["translated", "fuzzy"]


def test_locales_are_kept_apart(tmp_path):
    for folder, text in (("tr", "bir"), ("pt_BR", "um")):
        save(catalog_path(tmp_path, folder, "x"), entry("one", text))
    read(tmp_path, "tr")
    assert said(tmp_path, "pt_BR") == []
    read(tmp_path, "tr", "pt_BR")

    assert (said(tmp_path), said(tmp_path, "pt_BR")) == (["bir"], ["um"])


def test_templates_and_stray_files_are_not_kept(tmp_path):
    for place in ("locales/_pot/x.pot", "x.po", "locales/tr/x.po", "a/b/c/x.po"):
        file = tmp_path / place
        save(file, entry("one", "bir"))
        write_catalog(
            file, Catalog(Message(""), (Message("one", ("iki",)),)), root=tmp_path
        )

    assert read(tmp_path) == ""
    assert not (tmp_path / FILE).exists()


def test_a_name_that_is_not_utf_8_is_passed_over(tmp_path, path):
    save(path.with_name(os.fsdecode(b"\xff.po")), entry("one", "bir"))
    save(path, entry("one", "tek"))
    read(tmp_path)

    assert said(tmp_path) == ["tek"]


def test_a_broken_catalog_is_passed_over_until_it_is_mended(tmp_path, path):
    save(path, 'msgid "one"\nmsgstr "bi')
    save(path.with_name("y.po"), entry("two", "iki"))
    assert read(tmp_path) == ""
    assert said(tmp_path) == ["iki"]
    save(path, entry("one", "bir"))
    read(tmp_path)

    assert said(tmp_path) == ["bir", "iki"]


def test_a_folder_that_cannot_be_listed_does_not_stop_the_others(
    tmp_path, path, monkeypatch
):
    save(path, entry("one", "bir"))
    scan = stamp_trees

    def refuse(root, tops):
        if "locales/ar/LC_MESSAGES" in tops:
            raise PermissionError
        return scan(root, tops)

    monkeypatch.setattr(journal, "stamp_trees", refuse)
    read(tmp_path, "ar", "tr")

    assert said(tmp_path) == ["bir"]


# What a write does.


def test_what_a_catalog_held_and_what_it_will_hold_is_kept(tmp_path, path):
    save(path, entry("one", "bir"), entry("two", "iki"))
    held = read_catalog(path, root=tmp_path)
    (one, two) = held.messages
    write_catalog(
        path,
        held.with_messages([replace(one, msgstrs=("tek",)), two]),
        root=tmp_path,
        journal=(used := Journal(tmp_path, "extract")),
    )
    used.close()

    with Journal(tmp_path) as opened:
        texts = [(t.msgstrs[0], t.how) for t in opened.texts("tr")]
    assert texts == [
        ("tek", "written by extract"),
        ("iki", "read by extract"),
        ("bir", "read by extract"),
    ]


def test_a_write_without_a_journal_uses_one_of_its_own(tmp_path, path):
    catalog = Catalog(Message(""), (Message("one", ("bir",)),))
    write_catalog(path, catalog, root=tmp_path)

    with Journal(tmp_path) as opened:
        assert [t.how for t in opened.texts("tr")] == ["written"]


def test_words_are_kept_before_the_catalog_is_replaced(tmp_path, path, monkeypatch):
    save(path, entry("one", "bir"))
    base = read_catalog(path, root=tmp_path)

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.store.catalogs.replace_exactly", killed)
    with pytest.raises(KeyboardInterrupt):
        write_catalog(
            path, base.with_message(Message("one", ("tek",))), root=tmp_path, base=base
        )

    assert said(tmp_path) == ["tek", "bir"]


def test_a_catalog_without_a_translation_needs_no_journal(tmp_path, path):
    write_catalog(path, Catalog(Message(""), (Message("one"),)), root=tmp_path)

    assert path.exists()
    assert not (tmp_path / FILE).exists()


def test_a_catalog_is_left_alone_where_its_words_cannot_be_kept(tmp_path, path):
    save(path, entry("one", "bir"))
    base = read_catalog(path, root=tmp_path)
    before = path.read_bytes()
    (tmp_path / FILE).mkdir(parents=True)

    with pytest.raises(StoreError, match="words would not be safe") as caught:
        write_catalog(path, base.with_message(Message("one", ("x",))), root=tmp_path)

    assert caught.value.path == "locales/tr/LC_MESSAGES/articles/x.po"
    assert f"{FILE}: the database failed: it cannot be opened" in caught.value.message
    assert path.read_bytes() == before


# What it costs.


def test_what_did_not_change_is_not_read_again(tmp_path, path, monkeypatch):
    save(path, entry("one", "bir"))
    read(tmp_path)

    def unexpected(*_, **__):
        raise AssertionError

    monkeypatch.setattr(journal, "read_bytes", unexpected)
    before = (tmp_path / FILE).read_bytes()
    read(tmp_path)

    assert (tmp_path / FILE).read_bytes() == before


def test_a_content_that_is_known_is_not_parsed_again(tmp_path, path, monkeypatch):
    save(path, entry("one", "bir"))
    read(tmp_path)
    os.utime(path, ns=(0, 10**18))

    def unexpected(*_, **__):
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(journal, "parse", unexpected)
        read(tmp_path)

    assert said(tmp_path) == ["bir"]


def test_a_catalog_is_not_parsed_before_somebody_asks(tmp_path, path, monkeypatch):
    def unexpected(*_, **__):
        raise AssertionError

    save(path, entry("one", "bir"))
    with monkeypatch.context() as patched:
        patched.setattr(journal, "parse", unexpected)
        read(tmp_path)
    path.unlink()

    with Journal(tmp_path) as opened:
        assert opened.known("tr", "articles/x") == {(None, "one"): [("bir",)]}
        assert opened.known("tr", "articles/y") == {}


def test_a_text_was_seen_when_it_was_read_and_not_when_it_was_asked_for(tmp_path, path):
    save(path, entry("one", "bir"))
    read(tmp_path)
    earlier = "2020-01-01T00:00:00Z"
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("update wholes set seen = ?", (earlier,))
    connection.close()
    save(path.with_name("y.po"), entry("two", "iki"))
    read(tmp_path)

    with Journal(tmp_path) as opened:
        opened.known("tr", "articles/y")
        two, one = opened.texts("tr")
    assert (one.msgstrs, one.seen) == (("bir",), earlier)
    assert two.msgstrs == ("iki",)


def test_what_was_read_is_older_than_what_is_written_after_it(tmp_path, path):
    save(path, entry("one", "bir"))
    read(tmp_path)
    with Journal(tmp_path, "pretranslate") as opened:
        changed = Catalog(Message(""), (Message("one", ("tek",)),))
        meant = Version(b"another", changed)
        opened.before_writing(path, None, meant)
        texts = opened.history("tr", "articles/x", (None, "one"))

    assert [text.msgstrs for text in texts] == [("tek",), ("bir",)]


def test_a_journal_of_an_earlier_day_is_gone_on_with(tmp_path, path):
    save(path, entry("one", "bir"))
    read(tmp_path)
    assert said(tmp_path) == ["bir"]
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("drop table wholes")
    connection.close()
    save(path, entry("one", "tek"))
    read(tmp_path)

    assert said(tmp_path) == ["tek", "bir"]


def test_an_edit_in_the_same_tick_of_the_clock_is_seen(tmp_path, path):
    save(path, entry("one", "bir"))
    now = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(now, now))
    read(tmp_path)
    save(path, entry("one", "tek"))
    os.utime(path, ns=(now, now))
    read(tmp_path)

    assert said(tmp_path) == ["tek", "bir"]


def test_a_write_of_known_texts_only_writes_nothing(tmp_path, path):
    save(path, entry("one", "bir"), entry("two", "iki"))
    read(tmp_path)
    assert len(said(tmp_path)) == 2
    held = read_catalog(path, root=tmp_path)
    with Journal(tmp_path) as opened:
        turned = held.with_messages(reversed(held.messages))
        write_catalog(path, turned, root=tmp_path, journal=opened)
        assert opened._database is not None
        assert opened._database.connection.total_changes == 0


def test_looking_something_up_makes_no_journal(tmp_path):
    assert said(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


# What can go wrong with its file.


def damage(file, *, keep):
    data = file.read_bytes()
    file.write_bytes(data[:keep] + b"\xff" * (len(data) - keep))


@pytest.mark.parametrize("keep", [0, 4096])
def test_a_damaged_journal_is_kept_aside_and_a_new_one_begun(tmp_path, path, keep):
    save(path, *(entry(f"text {n}", f"metin {n}") for n in range(500)))
    read(tmp_path)
    damage(tmp_path / FILE, keep=keep)
    damaged = (tmp_path / FILE).read_bytes()
    save(path, entry("one", "bir"))

    warning = read(tmp_path)

    aside = tmp_path / f"{FILE}.damaged"
    assert "damaged" in warning
    assert f"{FILE}.damaged" in warning
    assert aside.read_bytes() == damaged
    assert said(tmp_path) == ["bir"]
    assert read(tmp_path) == ""


def test_damage_that_shows_in_a_write_does_not_stop_it(tmp_path, path):
    save(path, *(entry(f"text {n}", f"metin {n}") for n in range(500)))
    with Journal(tmp_path) as opened:
        opened.read(["tr"])
    damage(tmp_path / FILE, keep=4096)
    base = read_catalog(path, root=tmp_path)
    changed = base.with_message(Message("text 7", ("yedi",)))
    with Journal(tmp_path) as opened:
        assert write_catalog(path, changed, root=tmp_path, journal=opened)
        assert "damaged" in opened.warning
        texts = {text.msgstrs[0] for text in opened.texts("tr")}

    assert texts == {f"metin {n}" for n in range(500)} | {"yedi"}


def test_every_damaged_journal_is_kept(tmp_path, path):
    for number in range(3):
        save(path, entry("one", f"metin {number}"))
        read(tmp_path)
        damage(tmp_path / FILE, keep=0)
    read(tmp_path)

    names = sorted(file.name for file in (tmp_path / FILE).parent.iterdir())
    assert [name for name in names if "damaged" in name] == [
        "journal.sqlite.damaged",
        "journal.sqlite.damaged-2",
        "journal.sqlite.damaged-3",
    ]


def test_what_lies_beside_a_damaged_database_goes_with_it(tmp_path):
    file = tmp_path / "x.sqlite"
    for name in ("", "-wal", "-shm"):
        (tmp_path / f"x.sqlite{name}").write_text(name)

    aside = database.move_aside(file)

    assert aside == tmp_path / "x.sqlite.damaged"
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {
        "x.sqlite.damaged": "",
        "x.sqlite.damaged-wal": "-wal",
        "x.sqlite.damaged-shm": "-shm",
    }


def test_a_damaged_journal_that_cannot_be_moved_is_an_error(
    tmp_path, path, monkeypatch
):
    save(path, entry("one", "bir"))
    read(tmp_path)
    damage(tmp_path / FILE, keep=0)

    def refuse(_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(journal, "move_aside", refuse)
    with pytest.raises(StoreError, match="cannot be moved aside: Operation not"):
        read(tmp_path)


def test_a_journal_of_another_version_is_left_alone(tmp_path, path):
    save(path, entry("one", "bir"))
    read(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()

    with pytest.raises(StoreError, match=r"another version of this program \(99\)"):
        read(tmp_path)


def test_a_full_disk_is_said_and_the_file_not_given_up(tmp_path, path):
    save(path, *(entry(f"text {n}", f"metin {n}") for n in range(500)))
    with Journal(tmp_path) as opened:
        opened._open().connection.execute("pragma max_page_count = 1")
        with pytest.raises(StoreError, match="no space left on the disk") as caught:
            opened.read(["tr"])

    assert "deleted" not in caught.value.hint


def test_two_processes_wait_for_each_other(tmp_path, path, monkeypatch):
    monkeypatch.setattr(database, "_PATIENCE", 0.01)
    save(path, entry("one", "bir"))
    with Journal(tmp_path) as one, Journal(tmp_path) as other:
        with one._open().writing(), pytest.raises(BusyError, match="another process"):
            other.read(["tr"])
        other.read(["tr"])

    assert said(tmp_path) == ["bir"]


def test_two_processes_may_begin_it_at_once(tmp_path, monkeypatch):
    with Journal(tmp_path) as one:
        monkeypatch.setattr(database, "_version", late(one, database._version))
        with Journal(tmp_path) as other:
            other._open()
        monkeypatch.undo()
        held = Version(b"", Catalog(Message(""), (Message("one", ("bir",)),)))
        one.before_writing(catalog_path(tmp_path, "tr", "x"), None, held)

    assert said(tmp_path) == ["bir"]


def late(one, version):
    """The first look at a new file says so, and then another process makes it."""
    looks = []

    def look(connection):
        looks.append(connection)
        if len(looks) == 1:
            one._open()
            return 0
        return version(connection)

    return look


def test_stamps_that_are_known_spare_the_look(tmp_path, path):
    save(path, entry("one", "bir"))
    seen = stamp_trees(tmp_path, ["locales"])
    with Journal(tmp_path) as journal:
        journal.read(["tr"], seen=seen, checked=time.time_ns())
    assert said(tmp_path) == ["bir"]

    save(path, entry("one", "iki"))
    with Journal(tmp_path) as journal:
        # Nobody has looked since.
        journal.read(["tr"], seen=seen, checked=time.time_ns())
        assert said(tmp_path) == ["bir"]
        journal.read(["tr"], seen=stamp_trees(tmp_path, ["locales"]), checked=1)
    assert said(tmp_path) == ["iki", "bir"]


def test_a_catalog_behind_a_link_is_read_though_nobody_has_seen_it(tmp_path, path):
    save(path, entry("one", "bir"))
    (tmp_path / "locales").rename(tmp_path / "elsewhere")
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/tr").symlink_to(tmp_path / "elsewhere/tr")

    with Journal(tmp_path) as journal:
        journal.read(["tr"], seen=stamp_trees(tmp_path, ["locales"]), checked=1)

    assert said(tmp_path) == ["bir"]
