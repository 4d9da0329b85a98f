"""A site's folder in parcels, and what comes back."""

import zipfile
from io import BytesIO

import pytest

from pipeline.errors import StoreError
from pipeline.store.parcels import (
    digest_of,
    lying_in,
    made_since,
    packed,
    parts_of,
    take_back,
    unpack,
)
from tests.builders import put

FILES = {
    "publish.toml": "",
    "source/a.md": "a",
    "source/deep/b.md": "b",
    "locales/glossary.tbx": "g",
    "locales/tr/LC_MESSAGES/a.po": "p",
    "locales/ar/LC_MESSAGES/a.po": "q",
    "templates/page.html": "t",
    "dist/site/index.html": "x",
    ".publish/journal.db": "j",
    ".publish/bodies/build.pack": "12",
}
STAGED = ".publish-0123456789abcdef.tmp"
PACK = "bodies/build-0123456789abcdef.pack"


def below(root):
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in root.rglob("*")
        if path.is_file()
    }


def sent(root):
    return {part: packed(root, paths) for part, paths in parts_of(root).items()}


def zipped(name, data=b"x"):
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as parcel:
        parcel.writestr(name, data)
    return written.getvalue()


def test_every_language_is_a_part_and_what_no_build_reads_is_none(tmp_path):
    parts = parts_of(put(tmp_path, FILES))

    assert parts == {
        "source": ("source/a.md", "source/deep/b.md"),
        "templates": ("templates/page.html",),
        "locales": ("locales/glossary.tbx",),
        "locales/tr": ("locales/tr/LC_MESSAGES/a.po",),
        "locales/ar": ("locales/ar/LC_MESSAGES/a.po",),
        ".publish/bodies/build.pack": (".publish/bodies/build.pack",),
    }


def test_what_is_unpacked_is_what_was_packed(tmp_path):
    root, other = put(tmp_path / "here", FILES), tmp_path / "there"
    other.mkdir()

    for data in sent(root).values():
        unpack(data, other)

    unsent = {"publish.toml", "dist/site/index.html", ".publish/journal.db"}
    assert below(other) == {k: v for k, v in FILES.items() if k not in unsent}


def test_a_folder_behind_a_link_is_sent_and_one_that_goes_round_ends(tmp_path):
    root = put(tmp_path / "site", {"source/a.md": "a"})
    put(tmp_path, {"elsewhere/b.md": "b"})
    (root / "source/linked").symlink_to(tmp_path / "elsewhere")
    (root / "source/round").symlink_to(root / "source")

    assert parts_of(root) == {"source": ("source/a.md", "source/linked/b.md")}


def test_a_part_has_another_digest_where_a_name_or_a_text_is_another(tmp_path):
    root = put(tmp_path, {"a": "1", "b": "1", "c": "2"})
    found = {digest_of(root, paths) for paths in (["a"], ["b"], ["c"], ["a", "b"], [])}

    assert len(found) == 5


def test_the_same_files_are_the_same_bytes(tmp_path):
    one, two = put(tmp_path / "1", FILES), put(tmp_path / "2", FILES)

    assert sent(one) == sent(two)


def test_what_is_made_elsewhere_comes_to_its_place_here(tmp_path):
    here, there = put(tmp_path / "here", FILES), put(tmp_path / "there", FILES)
    known = lying_in(there)
    put(there, {f".publish/{STAGED}": "page", f".publish/{PACK}": "one"})
    first = made_since(there, known)
    with (there / ".publish" / PACK).open("a") as pack:
        pack.write("two")
    second = made_since(there, known)

    for data in (second, first):
        assert data is not None
        take_back(data, here)
    made = {f".publish/{STAGED}": "page", f".publish/{PACK}": "onetwo"}
    assert below(here) == FILES | made
    assert not (there / ".publish" / STAGED).exists()
    assert made_since(there, known) is None


@pytest.mark.parametrize(
    "name",
    [
        "0/../publish.toml",
        "0/journal.db",
        f"0/bodies/../{STAGED}",
        f"-1/{STAGED}",
        STAGED,
        "/etc/passwd",
        "0/bodies/build.pack",
    ],
)
def test_nothing_else_is_taken_back(tmp_path, name):
    with pytest.raises(StoreError, match="sent a file"):
        take_back(zipped(name), tmp_path)

    assert below(tmp_path) == {}


def test_a_damaged_parcel_is_said(tmp_path):
    with pytest.raises(StoreError, match="damaged"):
        unpack(b"PK", tmp_path)
