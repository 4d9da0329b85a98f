"""What both stores do, the one of SQLite and the one of a real PostgreSQL."""

import tempfile
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.store.config import read_site
from pipeline.store.database import open_database
from pipeline.store.memory import Memory
from pipeline.store.pairs import Pair, Pairs, sqlite
from pipeline.store.pairs.postgres import PostgresPairs
from pipeline.store.pairs.sqlite import SCHEMA, SqlitePairs
from tests import postgres
from tests.builders import make_site, publish

needs_server = pytest.mark.skipif(
    postgres.programs() is None, reason="tests/install_tools.sh installs PostgreSQL"
)


@pytest.fixture(scope="module")
def url():
    # A socket's path has at most 107 characters, and pytest's folders are closed to
    # the server's user.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with postgres.server(Path(folder) / "pg") as address:
            yield address


@pytest.fixture
def emptied(url):
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("drop table if exists publish_pairs, publish_catalogs")
    return url


@pytest.fixture(
    params=["sqlite", "index", pytest.param("postgres", marks=needs_server)]
)
def pairs(request, tmp_path, monkeypatch):
    if request.param == "index":  # as for more texts than can all be compared
        monkeypatch.setattr(sqlite, "_FEW", 0)
    if request.param != "postgres":
        file = tmp_path / "memory.sqlite"
        store: Pairs = SqlitePairs(
            open_database(file, root=tmp_path, schema=SCHEMA, version=1)
        )
    else:
        url = request.getfixturevalue("emptied")
        store = PostgresPairs(url, site="https://clinic.example/", source="en")
    yield store
    store.close()


HAIR = Pair(
    "Wash your hair.",
    "Saçınızı yıkayın.",
    "title",
    before="",
    after="Next",
    date="2026-03-01",
    creator="Head <h@clinic.example>",
)


def test_a_pair_comes_back_as_it_was_put(pairs):
    pairs.put("tr", "articles/a", "digest", [HAIR])

    (found,) = pairs.of("tr", HAIR.msgid)

    assert found.place == "articles/a"
    assert found.is_own
    assert (found.msgstr, found.msgctxt) == (HAIR.msgstr, "title")
    assert (found.before, found.after) == ("", "Next")
    assert (found.date, found.creator) == (HAIR.date, HAIR.creator)
    assert pairs.digests("tr") == {"articles/a": "digest"}
    assert [*pairs.every("tr")] == [found]
    assert pairs.of("de", HAIR.msgid) == []


def test_a_place_is_replaced_as_a_whole_and_dropped(pairs):
    pairs.put("tr", "a", "1", [HAIR, Pair("One", "Bir")])
    pairs.put("tr", "a", "2", [Pair("Two", "İki")])
    assert [pair.msgid for pair in pairs.every("tr")] == ["Two"]
    assert pairs.digests("tr") == {"a": "2"}

    pairs.drop("tr", "a")

    assert [*pairs.every("tr")] == []
    assert pairs.digests("tr") == {}


def test_the_nearest_text_is_among_the_nearby_ones(pairs):
    others = [Pair(f"Something quite different, number {n}.", "x") for n in range(50)]
    pairs.put("tr", "a", "1", [HAIR, *others])

    assert HAIR.msgid in pairs.nearby("tr", "Wash your hairs", 75)
    assert pairs.nearby("de", "Wash your hairs", 75) == []


def test_a_text_that_came_later_is_nearby_as_well(pairs):
    pairs.put("tr", "a", "1", [Pair("Sleep on your back.", "Sırtüstü uyuyun.")])
    assert HAIR.msgid not in pairs.nearby("tr", "Wash your hairs.", 75)
    pairs.put("tr", "b", "1", [HAIR])

    assert HAIR.msgid in pairs.nearby("tr", "Wash your hairs.", 75)


def test_page_addresses_are_not_nearby(pairs):
    pairs.put("tr", "a", "1", [Pair("hair-loss", "sac", "slug")])

    assert pairs.nearby("tr", "hair-los", 75) == []


def test_texts_that_differ_in_numbers_are_alike(pairs):
    pairs.put("tr", "a", "1", [Pair("Take 5 mg.", "5 mg alın."), Pair("Rest.", "x")])

    assert pairs.alike("tr", "Take 0 mg.") == ["Take 5 mg."]


def test_what_a_file_has_is_not_the_sites_own(pairs):
    pairs.put("tr", "tmx:old.tmx", "1", [HAIR])

    (found,) = pairs.of("tr", HAIR.msgid)

    assert (found.place, found.is_own) == ("tmx:old.tmx", False)


@needs_server
def test_another_site_finds_it_and_sees_whose_it_is(emptied):
    ours = PostgresPairs(emptied, site="https://a.clinic.example/", source="en")
    theirs = PostgresPairs(emptied, site="https://b.clinic.example/", source="en")
    german = PostgresPairs(emptied, site="https://c.clinic.example/", source="de")
    ours.put("tr", "articles/a", "1", [HAIR])

    (found,) = theirs.of("tr", HAIR.msgid)

    assert not found.is_own
    assert found.place == "articles/a of https://a.clinic.example/"
    assert theirs.digests("tr") == {}
    assert german.of("tr", HAIR.msgid) == []
    for store in (ours, theirs, german):
        store.close()


@needs_server
def test_what_postgresql_cannot_hold_is_left_out(emptied):
    store = PostgresPairs(emptied, site="a", source="en")
    store.put("tr", "a", "1", [Pair("a\0b", "x"), Pair("c", "y\0"), HAIR])

    assert [pair.msgid for pair in store.every("tr")] == [HAIR.msgid]
    assert store.of("tr", "a\0b") == []
    store.close()


@needs_server
def test_what_a_checkout_does_not_have_stays_for_the_others(emptied, tmp_path):
    path = tmp_path / "locales/tr/LC_MESSAGES/a.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Language: tr\\n"\n\nmsgid "One"\nmsgstr "Bir"\n')
    with Memory.open(tmp_path, url=emptied, site="a") as memory:
        assert memory.refresh(tmp_path, "tr") == ()
    path.unlink()
    with Memory.open(tmp_path, url=emptied, site="a") as memory:
        memory.refresh(tmp_path, "tr")
        assert [found.msgstr for found in memory.exact("tr", "One", None)] == ["Bir"]


@needs_server
def test_commands_use_the_shared_memory(emptied, tmp_path):
    one, two = (make_site(tmp_path / name) for name in ("one", "two"))
    for root, title in ((one, "One"), (two, "Two")):
        config = root / "publish.toml"
        text = f'memory = "{emptied}"\n' + config.read_text()
        config.write_text(
            text.replace("https://clinic.example", f"https://{title}.example")
        )
        assert read_site(root).memory_url == emptied
    (one / "memory").mkdir()
    (one / "memory/old.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en">'
        '<seg>Wash your hair.</seg></tuv><tuv xml:lang="tr"><seg>Yıkayın.</seg></tuv>'
        "</tu></body></tmx>"
    )
    publish(one, "memory", "search", "x", "--lang", "tr")

    found = publish(
        two, "memory", "search", "Wash your hair.", "--lang", "tr", "--json"
    )

    (unit,) = found.json["units"]
    assert unit["translation"] == "Yıkayın."
    assert unit["place"].startswith("old.tmx of https://")
    assert "s3cret" not in found.out + found.err


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:s3cret-word@127.0.0.1:1/db",
        "postgresql://me:s3cret%2Dword@127.0.0.1:1/db",
        "postgresql://127.0.0.1:1/db?user=me&password=s3cret-word",
        "postgresql://me:s3cret-word@[::1/db",
        "postgresql://me:s3cret-word@127.0.0.1:port/db",
        "postgresql://me:s3cret-word@127.0.0.1:1/db?nonsense=1",
    ],
)
def test_a_memory_that_cannot_be_reached_is_one_line_without_the_password(address):
    with pytest.raises(StoreError) as caught:
        PostgresPairs(address, site="a", source="en")

    said = str(caught.value)
    assert "s3cret" not in said
    assert "\n" not in said
    assert said.startswith("the shared memory postgresql://")
    assert caught.value.__cause__ is None


@needs_server
def test_a_wrong_password_is_one_line_without_it(emptied):
    wrong = emptied.replace("s3cret-word", "wr0ng-word")

    with pytest.raises(StoreError, match="authentication failed") as caught:
        PostgresPairs(wrong, site="a", source="en")

    assert "wr0ng" not in str(caught.value)


@needs_server
def test_the_password_may_come_from_the_environment(emptied, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "s3cret-word")

    PostgresPairs(emptied.replace(":s3cret-word", ""), site="a", source="en").close()


@needs_server
def test_a_server_that_goes_away_is_one_line(emptied):
    import psycopg

    store = PostgresPairs(emptied, site="a", source="en")
    with psycopg.connect(emptied, autocommit=True) as other:
        other.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'publish'"
        )
    with pytest.raises(StoreError, match="the shared memory"):
        store.put("tr", "a", "1", [HAIR])
    store.close()


def test_offline_nothing_is_connected_to(tmp_path):
    root = make_site(tmp_path)
    config = root / "publish.toml"
    config.write_text('memory = "postgresql://127.0.0.1:1/db"\n' + config.read_text())
    publish(root, "extract")

    assert publish(root, "pretranslate", "--offline").code == 0
    assert publish(root, "pretranslate").code == 1
