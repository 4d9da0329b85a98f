"""What every kind of target does alike."""


def put(target, parts):
    return sorted(target.put(parts.items()))


def test_what_is_put_is_there_as_it_was(opened):
    parts = {"release.json": b"{}", "site/tr/a b/ö.html": b"x" * 100_000, "mail/e": b""}

    with opened() as target:
        assert put(target, parts) == sorted(parts)

    with opened() as target:
        assert {path: target.read(path) for path in parts} == parts
        assert target.files() == {path: len(data) for path, data in parts.items()}


def test_an_empty_target_has_no_files(opened):
    with opened() as target:
        assert target.files() == {}
        assert target.read("release.json") is None


def test_a_file_takes_the_place_of_another(opened):
    with opened() as target:
        put(target, {"site/a": b"old and long"})
        put(target, {"site/a": b"new"})

        assert target.read("site/a") == b"new"
        assert target.files() == {"site/a": 3}


def test_many_files_at_once_are_all_there(opened):
    parts = {f"site/{n % 7}/{n}/index.html": b"%d" % n * 50 for n in range(60)}

    with opened() as target:
        put(target, parts)

        assert target.files() == {path: len(data) for path, data in parts.items()}


def test_what_is_removed_is_gone_and_the_rest_is_not(opened):
    with opened() as target:
        put(target, {"site/tr/a/index.html": b"1", "site/tr/b/index.html": b"2"})

        gone = list(target.remove(["site/tr/a/index.html", "site/none"]))

        assert "site/tr/a/index.html" in gone
        assert target.files() == {"site/tr/b/index.html": 1}
        put(target, {"site/tr/a/index.html": b"again"})
        assert target.read("site/tr/a/index.html") == b"again"


def test_a_file_is_made_once(opened):
    with opened() as target:
        assert target.create(".publish-deploy.lock", b"first")
        assert not target.create(".publish-deploy.lock", b"second")
        assert target.read(".publish-deploy.lock") == b"first"


def test_files_elsewhere_are_not_looked_at(opened):
    with opened() as target:
        put(target, {"private/letter.txt": b"x", "site/a": b"1"})

        assert target.files() == {"site/a": 1}
