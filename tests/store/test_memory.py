import sqlite3

import pytest

from pipeline.errors import BusyError, CatalogError, StoreError
from pipeline.model.suggestion import Suggestion
from pipeline.store import database
from pipeline.store.memory import FILE, Memory

HEADER = """msgid ""
msgstr ""
"Language: tr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def catalog(root, domain, *entries, locale="tr"):
    path = root / "locales" / locale / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((HEADER, *entries)), encoding="utf-8")
    return path


def entry(msgid, msgstr, *, context=None, flags="", obsolete=False):
    lines = [f"#, {flags}"] if flags else []
    lines += [f'msgctxt "{context}"'] if context else []
    lines += [f'msgid "{msgid}"', f'msgstr "{msgstr}"']
    if obsolete:
        lines = [f"#~ {line}" for line in lines]
    return "\n".join(lines) + "\n"


@pytest.fixture
def memory(tmp_path):
    with Memory.open(tmp_path) as opened:
        yield opened


def texts(suggestions):
    return [suggestion.msgstr for suggestion in suggestions]


def test_a_usable_pair_is_found_again_in_its_context(memory, tmp_path):
    catalog(tmp_path, "articles/a", entry("Hair", "Saç", context="title"))
    assert memory.refresh(tmp_path, "tr") == ()
    assert memory.exact("tr", "Hair", "title") == (
        Suggestion("Saç", 100, "memory", "Hair"),
    )
    assert memory.exact("tr", "Hair", None) == ()
    assert texts(memory.elsewhere("tr", "Hair", None)) == ["Saç"]
    assert memory.elsewhere("tr", "Hair", "title") == ()
    assert memory.exact("de", "Hair", "title") == ()


def test_only_what_a_person_stands_behind_is_learned(memory, tmp_path):
    plural = 'msgid "day"\nmsgid_plural "days"\nmsgstr[0] "gün"\nmsgstr[1] "gün"\n'
    catalog(
        tmp_path,
        "a",
        entry("fuzzy", "x", flags="fuzzy"),
        entry("empty", ""),
        plural,
        entry("gone", "giden", obsolete=True),
    )
    memory.refresh(tmp_path, "tr")
    for msgid in ("fuzzy", "empty", "day", ""):
        assert memory.exact("tr", msgid, None) == ()
    assert texts(memory.exact("tr", "gone", None)) == ["giden"]


def test_translations_that_differ_come_most_frequent_first(memory, tmp_path):
    for domain, msgstr in (("a", "Saç"), ("b", "Kıl"), ("c", "Saç")):
        catalog(tmp_path, domain, entry("Hair", msgstr))
    memory.refresh(tmp_path, "tr")
    assert texts(memory.exact("tr", "Hair", None)) == ["Saç", "Kıl"]


def test_an_obsolete_pair_counts_where_no_living_one_does(memory, tmp_path):
    catalog(tmp_path, "a", entry("Hair", "Kıl", obsolete=True))
    catalog(tmp_path, "b", entry("Hair", "Saç"))
    memory.refresh(tmp_path, "tr")
    assert texts(memory.exact("tr", "Hair", None)) == ["Saç"]


def test_the_memory_mirrors_the_catalogs(memory, tmp_path):
    catalog(tmp_path, "a", entry("One", "Bir"), entry("Two", "İki"))
    path = catalog(tmp_path, "b", entry("Three", "Üç"))
    memory.refresh(tmp_path, "tr")
    assert memory.near("tr", "Threes")
    catalog(tmp_path, "a", entry("One", "Tek"))
    path.unlink()
    memory.refresh(tmp_path, "tr")
    assert texts(memory.exact("tr", "One", None)) == ["Tek"]
    assert memory.exact("tr", "Two", None) == ()
    assert memory.exact("tr", "Three", None) == ()
    assert memory.near("tr", "Threes") == ()


def test_an_unchanged_catalog_is_not_read_again(memory, tmp_path):
    catalog(tmp_path, "a", entry("One", "Bir"))
    memory.refresh(tmp_path, "tr")
    before = memory._database.connection.total_changes
    memory.refresh(tmp_path, "tr")
    assert memory._database.connection.total_changes == before


def test_a_broken_catalog_is_reported_and_its_pairs_forgotten(memory, tmp_path):
    path = catalog(tmp_path, "a", entry("One", "Bir"))
    catalog(tmp_path, "b", entry("Two", "İki"))
    memory.refresh(tmp_path, "tr")
    path.write_text(f'{HEADER}\nmsgid "One"\nmsgstr "Bi', encoding="utf-8")
    (error,) = memory.refresh(tmp_path, "tr")
    assert isinstance(error, CatalogError)
    assert error.path == "locales/tr/LC_MESSAGES/a.po"
    assert memory.exact("tr", "One", None) == ()
    assert texts(memory.exact("tr", "Two", None)) == ["İki"]


def test_gettexts_folder_is_found_by_the_tag(memory, tmp_path):
    catalog(tmp_path, "a", entry("Hair", "Cabelo"), locale="pt_BR")
    memory.refresh(tmp_path, "pt-BR")
    assert texts(memory.exact("pt-BR", "Hair", None)) == ["Cabelo"]


def test_the_nearest_text_is_found_with_its_score(memory, tmp_path):
    catalog(
        tmp_path,
        "a",
        entry("Take two pills after breakfast.", "Kahvaltıdan sonra iki hap alın."),
        entry("Take two pills after every breakfast.", "Her kahvaltıdan sonra."),
        entry("Nothing alike", "Benzemez"),
    )
    memory.refresh(tmp_path, "tr")
    (found,) = memory.near("tr", "Take six pills after breakfast.")
    assert found.source == "Take two pills after breakfast."
    assert found.msgstr == "Kahvaltıdan sonra iki hap alın."
    assert 85 < found.score < 100
    assert memory.near("tr", "Take six pills after breakfast.", cutoff=99) == ()


def test_the_text_itself_and_page_addresses_are_not_near(memory, tmp_path):
    catalog(
        tmp_path,
        "a",
        entry("hair-loss", "sac-dokulmesi", context="slug"),
        entry("Hair care", "Saç bakımı"),
    )
    memory.refresh(tmp_path, "tr")
    assert memory.near("tr", "Hair care") == ()
    assert memory.near("tr", "hair-los") == ()


def test_a_deleted_memory_is_made_again(tmp_path):
    catalog(tmp_path, "a", entry("One", "Bir"))
    with Memory.open(tmp_path) as memory:
        memory.refresh(tmp_path, "tr")
    (tmp_path / FILE).unlink()
    with Memory.open(tmp_path) as memory:
        memory.refresh(tmp_path, "tr")
        assert memory.exact("tr", "One", None)
        assert not memory.warning


@pytest.mark.parametrize("cut", [b"not a database at all" * 100, None])
def test_a_damaged_memory_is_moved_aside_and_made_again(tmp_path, cut):
    catalog(tmp_path, "a", *(entry(f"Text {n}", f"Metin {n}") for n in range(2000)))
    with Memory.open(tmp_path) as memory:
        memory.refresh(tmp_path, "tr")
    file = tmp_path / FILE
    data = file.read_bytes()
    file.write_bytes(cut or data[:8192] + b"\xff" * (len(data) - 8192))
    with Memory.open(tmp_path) as memory:
        assert "damaged" in memory.warning
        memory.refresh(tmp_path, "tr")
        assert memory.exact("tr", "Text 1999", None)
    assert file.with_name("memory.sqlite.damaged").exists()
    with Memory.open(tmp_path) as memory:
        assert not memory.warning


def test_a_memory_of_another_version_is_made_again(tmp_path):
    catalog(tmp_path, "a", entry("One", "Bir"))
    with Memory.open(tmp_path) as memory:
        memory.refresh(tmp_path, "tr")
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("pragma user_version = 99")
    connection.close()
    with Memory.open(tmp_path) as memory:
        assert memory.exact("tr", "One", None) == ()
        assert not memory.warning


def test_where_nothing_can_be_written_it_lives_in_this_process(tmp_path):
    (tmp_path / ".publish").write_text("a file, not a folder", encoding="utf-8")
    catalog(tmp_path, "a", entry("One", "Bir"))
    with Memory.open(tmp_path) as memory:
        assert "cannot be written" in memory.warning
        memory.refresh(tmp_path, "tr")
        assert memory.exact("tr", "One", None)


def test_a_memory_that_is_a_folder_is_no_obstacle(tmp_path):
    (tmp_path / FILE).mkdir(parents=True)
    with Memory.open(tmp_path) as memory:
        assert "cannot be written" in memory.warning


def test_another_writer_is_waited_for_then_reported(tmp_path, monkeypatch):
    catalog(tmp_path, "a", entry("One", "Bir"))
    monkeypatch.setattr(database, "_PATIENCE", 0.01)
    with Memory.open(tmp_path) as memory:
        other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(BusyError):
            memory.refresh(tmp_path, "tr")
        with pytest.raises(BusyError):
            Memory.open(tmp_path)
        other.execute("rollback")
        other.close()
        memory.refresh(tmp_path, "tr")
        assert memory.exact("tr", "One", None)


def test_a_failure_while_writing_changes_nothing(memory, tmp_path):
    catalog(tmp_path, "a", entry("One", "Bir"))
    memory.refresh(tmp_path, "tr")

    def interrupted():
        with memory._database.writing() as connection:
            connection.execute("delete from pairs")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert memory.exact("tr", "One", None)


def test_a_memory_that_cannot_be_filled_is_an_error_and_no_broken_catalog(
    memory, tmp_path
):
    catalog(tmp_path, "a", *(entry(f"Text {n}", f"Metin {n}") for n in range(2000)))
    memory._database.connection.execute("pragma max_page_count = 1")
    with pytest.raises(StoreError) as caught:
        memory.refresh(tmp_path, "tr")
    assert caught.value.path == FILE
    assert "no space left on the disk (free some space)" in str(caught.value)


def test_the_text_between_the_same_two_is_a_context_match(memory, tmp_path):
    catalog(tmp_path, "a", entry("Dose", "Doz"), entry("Hair", "Saç"))
    catalog(tmp_path, "b", entry("Hair", "Kıl"), entry("Dose", "Miktar"))
    memory.refresh(tmp_path, "tr")

    assert texts(memory.exact("tr", "Hair", None)) == ["Kıl", "Saç"]
    assert texts(memory.in_context("tr", "Hair", None, "Dose", "")) == ["Saç"]
    assert texts(memory.in_context("tr", "Hair", None, "", "Dose")) == ["Kıl"]
    assert memory.in_context("tr", "Hair", None, "Dose", "Dose") == ()


def test_a_text_with_other_numbers_comes_before_one_that_looks_nearer(memory, tmp_path):
    catalog(
        tmp_path,
        "a",
        entry("Take 5 of 10.", "10 tanenin 5'ini alın."),
        entry("Take 7 of 10!", "Alın!"),
    )
    memory.refresh(tmp_path, "tr")

    (found,) = memory.near("tr", "Take 7 of 1000.")

    assert (found.source, found.score) == ("Take 5 of 10.", 99)


def test_a_text_with_another_merge_field_is_found_however_long_it_is(memory, tmp_path):
    catalog(tmp_path, "a", entry("On {{ day }}", "{{ day }} günü"))
    memory.refresh(tmp_path, "tr")

    (found,) = memory.near("tr", "On {{ the_appointment_date_of_the_patient }}")

    assert (found.source, found.score) == ("On {{ day }}", 99)


def test_a_text_that_is_gone_is_not_found_and_a_new_one_is(memory, tmp_path):
    catalog(tmp_path, "a", *(entry(f"Wash hair {n} times", "x") for n in "abcdef"))
    memory.refresh(tmp_path, "tr")
    assert memory.near("tr", "Wash hair g times")
    catalog(tmp_path, "a", entry("Take two pills", "y"))
    memory.refresh(tmp_path, "tr")

    assert memory.near("tr", "Wash hair g times") == ()
    assert texts(memory.near("tr", "Take six pills")) == ["y"]


def test_the_index_is_kept_between_two_runs(tmp_path):
    catalog(tmp_path, "a", entry("Take two pills", "y"))
    with Memory.open(tmp_path) as memory:
        memory.refresh(tmp_path, "tr")
        assert memory.near("tr", "Take six pills")
    with Memory.open(tmp_path) as memory:
        before = memory._database.connection.total_changes
        memory.refresh(tmp_path, "tr")
        assert memory.near("tr", "Take six pills")
        assert memory._database.connection.total_changes == before


def test_where_a_pair_comes_from_is_kept(memory, tmp_path):
    dates = '"PO-Revision-Date: 2026-03-01 10:00+0300\\n"\n"Last-Translator: Head <h@clinic.example>\\n"\n'
    path = catalog(tmp_path, "a")
    path.write_text(HEADER + dates + "\n" + entry("Hair", "Saç"), encoding="utf-8")
    memory.refresh(tmp_path, "tr")

    (pair,) = memory.pairs("tr")

    assert (pair.place, pair.date) == ("a", "2026-03-01")
    assert pair.creator == "Head <h@clinic.example>"
    assert (pair.before, pair.after) == ("", "")
