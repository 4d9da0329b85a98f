import os

import pytest

from pipeline import registry
from pipeline.errors import SourceError, StoreError
from pipeline.model.site import Site
from pipeline.store.sources import find_sources, list_assets, read_source

TEXT = "# Title\n\nWords.\n"


def put(root, *paths):
    for path in paths:
        target = root / "source" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(TEXT, encoding="utf-8")


def found(root, *ignore):
    return find_sources(Site(str(root), ignore=ignore), registry.format_suffixes())


def domains(sources):
    return [file.domain for file in sources.files]


def test_articles_are_found_at_any_depth_in_the_order_of_their_domains(tmp_path):
    put(tmp_path, "b.md", "a/b/c.txt", "a/a.HTML", "mail/x.md")

    sources = found(tmp_path)

    assert [(file.path, file.domain, file.format) for file in sources.files] == [
        ("source/a/a.HTML", "a/a", "html"),
        ("source/a/b/c.txt", "a/b/c", "text"),
        ("source/b.md", "b", "markdown"),
        ("source/mail/x.md", "mail/x", "markdown"),
    ]
    assert sources.errors == ()


@pytest.mark.parametrize(
    "name",
    [
        "_notes.md",
        ".hidden.md",
        "README.md",
        "readme.md",
        "a/README.md",
        "_drafts/x.md",
        ".git/x.md",
        "picture.png",
        "table.csv",
        "without-suffix",
    ],
)
def test_what_is_no_article_is_passed_over(tmp_path, name):
    put(tmp_path, "article.md", name)

    assert domains(found(tmp_path)) == ["article"]


@pytest.mark.parametrize(
    ("glob", "left"),
    [
        ("old", ["a/x", "b"]),
        ("old/", ["a/x", "b"]),
        ("old/*", ["a/x", "b"]),
        ("old/**", ["a/x", "b"]),
        ("*.txt", ["a/x", "old/deep/y"]),
        ("a/*", ["b", "old/deep/y", "old/z"]),
        ("nothing", ["a/x", "b", "old/deep/y", "old/z"]),
    ],
)
def test_ignored_globs_are_passed_over(tmp_path, glob, left):
    put(tmp_path, "a/x.md", "b.txt", "old/z.txt", "old/deep/y.md")

    assert domains(found(tmp_path, glob)) == left


@pytest.mark.parametrize(
    "names",
    [("a.md", "a.txt"), ("a.md", "A.md"), ("x/ß.md", "x/SS.txt"), ("a.md", "a.html")],
)
def test_two_articles_of_one_domain_are_left_out_and_both_named(tmp_path, names):
    put(tmp_path, *names, "other.md")

    sources = found(tmp_path)

    (error,) = sources.errors
    assert domains(sources) == ["other"]
    assert {error.path, *error.message.removeprefix("the same article as ").split(", ")}
    assert all(f"source/{name}" in str(error) for name in names)
    assert len(sources.domains) == len({name.rpartition(".")[0] for name in names}) + 1


def test_a_name_that_is_kept_for_templates_is_refused(tmp_path):
    put(tmp_path, "messages.md", "a/messages.md")

    sources = found(tmp_path)

    assert domains(sources) == ["a/messages"]
    assert sources.errors[0].path == "source/messages.md"


@pytest.mark.parametrize("name", ["a\nb.md", "a\tb.md", "a\x1b[2J.md"])
def test_a_name_with_a_control_character_is_refused_and_shown_safely(tmp_path, name):
    put(tmp_path, name)

    sources = found(tmp_path)

    (error,) = sources.errors
    assert domains(sources) == []
    assert str(error).isprintable()


def test_a_name_that_is_not_utf_8_is_refused(tmp_path):
    put(tmp_path, os.fsdecode(b"\xff.md"))

    (error,) = found(tmp_path).errors

    assert "not UTF-8" in error.message
    assert str(error).isascii()


def test_a_link_that_leads_out_is_refused(tmp_path):
    put(tmp_path, "article.md")
    secret = tmp_path / "secret.md"
    secret.write_text(TEXT, encoding="utf-8")
    (tmp_path / "source/link.md").symlink_to(secret)

    sources = found(tmp_path)

    assert domains(sources) == ["article"]
    assert sources.errors[0].path == "source/link.md"


def test_a_link_that_stays_inside_is_an_article(tmp_path):
    put(tmp_path, "article.md")
    (tmp_path / "source/link.md").symlink_to("article.md")

    assert domains(found(tmp_path)) == ["article", "link"]


def test_a_folder_that_is_a_link_is_not_entered(tmp_path):
    put(tmp_path, "a/article.md")
    (tmp_path / "source/loop").symlink_to(tmp_path / "source")
    (tmp_path / "source/etc").symlink_to("/etc")

    assert domains(found(tmp_path)) == ["a/article"]


def test_what_is_no_plain_file_is_passed_over(tmp_path):
    put(tmp_path, "article.md", "folder.md/inside.md")
    os.mkfifo(tmp_path / "source/pipe.md")
    (tmp_path / "source/dangling.md").symlink_to("nowhere.md")

    assert domains(found(tmp_path)) == ["article", "folder.md/inside"]


def test_without_the_folder_it_is_said_what_to_do(tmp_path):
    (error,) = found(tmp_path).errors

    assert isinstance(error, SourceError)
    assert error.path == "source"
    assert "put the English articles there" in error.hint


def test_a_source_is_read_as_it_is(tmp_path):
    put(tmp_path, "a.md")
    (tmp_path / "source/a.md").write_bytes("\ufeffKaşıntı\r\n".encode())
    sources = found(tmp_path)

    assert read_source(Site(str(tmp_path)), sources.files[0]) == "Kaşıntı\r\n"


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("x\0y\n\nsecond", 1, "a NUL character"),
        ("---\ntitle: a\0\n---\n\nx\n", 2, "a NUL character"),
        ("x\r\n\r\n```\r\na\x04\r\n```\r\n", 4, "the control character EOT"),
    ],
)
@pytest.mark.parametrize("suffix", ["md", "txt", "html"])
def test_a_character_that_no_catalog_can_hold_is_told_with_its_line(
    tmp_path, suffix, text, line, name
):
    put(tmp_path, f"a.{suffix}")
    (tmp_path / f"source/a.{suffix}").write_bytes(text.encode())
    sources = found(tmp_path)

    with pytest.raises(SourceError, match=name) as caught:
        read_source(Site(str(tmp_path)), sources.files[0])

    assert (caught.value.path, caught.value.line) == (f"source/a.{suffix}", line)
    assert "delete it" in caught.value.hint


def test_a_source_that_is_gone_meanwhile_is_a_store_error(tmp_path):
    put(tmp_path, "a.md")
    sources = found(tmp_path)
    (tmp_path / "source/a.md").unlink()

    with pytest.raises(StoreError) as caught:
        read_source(Site(str(tmp_path)), sources.files[0])

    assert caught.value.path == "source/a.md"


def test_assets_are_what_is_no_article(tmp_path):
    put(
        tmp_path,
        "a.md",
        "a.png",
        "images/b.svg",
        "_private.png",
        ".hidden.png",
        "old/c.png",
    )
    (tmp_path / "source/secret.png").symlink_to("/etc/hostname")
    (tmp_path / "source/alias.png").symlink_to("a.png")

    assets = list_assets(
        Site(str(tmp_path), ignore=("old",)), registry.format_suffixes()
    )

    assert assets == {
        "source/a.png",
        "source/alias.png",
        "source/images/b.svg",
    }


def test_a_site_without_sources_has_no_assets(tmp_path):
    assert list_assets(Site(str(tmp_path)), registry.format_suffixes()) == frozenset()
