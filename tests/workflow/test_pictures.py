"""Pictures that no program can read are told, as long as a page shows them."""

import pytest

from pipeline.workflow.pictures import fault_note, fault_of
from tests.builders import ARTICLE, make_site, publish, put
from tests.payload_site import picture

SHOWN = f"{ARTICLE}\n![A hand](hand%20one.png)\n"
NOTE = (
    "source/articles/scalp.md:14: the picture source/articles/hand one.png cannot be "
    "read as one: it goes out without its size; export it anew"
)


@pytest.fixture
def site(tmp_path):
    files: dict[str, str | bytes] = {
        "source/articles/scalp.md": SHOWN,
        "source/articles/hand one.png": b"none",
    }
    return make_site(tmp_path, files)


def notes(site, *options):
    lines = publish(site, "build", *options).out.splitlines()
    told = [line.removeprefix("note: ") for line in lines if line.startswith("note: ")]
    return [note for note in told if "picture" in note]


def test_a_broken_picture_goes_out_and_is_told_with_the_line_that_names_it(site):
    assert notes(site) == [NOTE]
    html = (site / "dist/site/en/scalp/index.html").read_text("utf-8")
    assert 'alt="A hand" decoding="async"' in html


def test_it_is_told_again_until_the_picture_is_whole(site):
    notes(site)
    assert notes(site) == [NOTE]
    put(site, {"source/articles/other.md": "# Other\n\nText.\n"})
    assert notes(site) == [NOTE]
    put(site, {"source/articles/scalp.md": f"{SHOWN}\nMore.\n"})
    assert notes(site) == [NOTE]

    put(site, {"source/articles/hand one.png": picture()})
    assert notes(site) == []
    html = (site / "dist/site/en/scalp/index.html").read_text("utf-8")
    assert 'width="1" height="1"' in html


def test_it_is_told_no_more_when_no_page_shows_it(site):
    notes(site)
    put(site, {"source/articles/scalp.md": ARTICLE})
    assert notes(site) == []


def test_a_picture_that_is_cut_off_behind_its_head_is_told_until_it_is_whole(site):
    put(site, {"source/articles/hand one.png": picture()[:-20]})
    note = NOTE.replace(
        "cannot be read as one: it goes out without its size",
        "is cut off: the file ends before the picture does",
    )
    assert notes(site) == [note]
    put(site, {"source/articles/scalp.md": SHOWN.replace("\nWash", "\n\nWash")})
    assert notes(site) == [note.replace(":14:", ":15:")]
    html = (site / "dist/site/en/scalp/index.html").read_text("utf-8")
    assert 'width="1" height="1"' in html

    put(site, {"source/articles/hand one.png": picture()})
    assert notes(site) == []


def test_a_draft_tells_it_not(site):
    assert notes(site, "--draft") == []


@pytest.mark.parametrize(
    ("name", "data", "broken"),
    [
        ("x.png", b"x", True),
        ("X.JPG", b"", True),
        ("x.png", picture(), False),
        ("x.svg", b"<svg/>", True),
        ("x.svg", b"<svg viewBox='0 0 3 2'/>", False),
        ("x.avif", b"x", False),
        ("x.pdf", b"x", False),
    ],
)
def test_only_what_is_called_a_picture_can_be_a_broken_one(
    tmp_path, name, data, broken
):
    put(tmp_path, {f"source/{name}": data})
    assert bool(fault_of(tmp_path, f"source/{name}")) is broken


def test_a_variant_is_found_by_the_name_of_what_it_stands_for(tmp_path):
    put(tmp_path, {"source/a.md": "# A\n\n![x](b.png)\n"})
    told = fault_note(tmp_path, "source/b.tr.png", "source/a.md", "is none")
    assert told.startswith("source/a.md:3: the picture source/b.tr.png")


def test_without_its_article_it_is_told_all_the_same(tmp_path):
    told = fault_note(tmp_path, "source/b.png", "source/a.md", "is none")
    assert told == "source/a.md:1: the picture source/b.png is none; export it anew"
