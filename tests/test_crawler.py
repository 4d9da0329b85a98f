"""What a crawler finds on the example, and on a site in which everything happened."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest

from tests import stress_site
from tests.browser import served
from tests.builders import publish
from tests.crawler import Crawl
from tests.nu import messages

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with everything; no test changes it."""
    return stress_site.make(tmp_path_factory.mktemp("stress"))


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Crawl:
    """Its pages, to be broken."""
    shutil.copytree(root / "dist/site", tmp_path / "site")
    return Crawl(tmp_path / "site", stress_site.BASE)


@pytest.fixture(scope="module")
def states(root: Path) -> dict[tuple[str, str], str]:
    ran = publish(root, "build", "--json")
    return {
        (each["article"].removeprefix("articles/"), each["locale"]): each["state"]
        for each in ran.json["pages"]
    }


TOPIC = re.compile("/(?:tags|sections)/")
"""In the address of a list of articles on one topic."""


def test_the_site_has_everything(states):
    assert {
        states["fallback", "ar"],
        states["partial", "ar"],
        states["noticed", "tr"],
        states["held", "ar"],
        states["kept", "tr"],
    } == {"fallback", "partial", "recalled", "held", "published"}
    assert states["deleted", "tr"] == states["withdrawn", "ar"] == "recalled"


def test_a_crawler_stumbles_over_nothing(root):
    crawl = Crawl(root / "dist/site", stress_site.BASE)

    assert len(crawl.pages) > 45
    assert crawl.faults() == []


def test_what_is_published_is_reached_from_the_first_page_and_nothing_else(
    root, states
):
    crawl = Crawl(root / "dist/site", stress_site.BASE)
    out = {"published", "fallback", "partial"}
    slugs = {
        ("whole", "ar"): "al-kull",
        ("moved", "tr"): "yine-tasindi",
    }

    expected = {
        f"{locale}/{slugs.get((name, locale), name)}/index.html"
        for (name, locale), state in states.items()
        if state in out
    }
    lists = {f"{tag}/index.html" for tag in ("en", *stress_site.LOCALES)}
    topics = {path for path in crawl.reached() if TOPIC.search(path)}

    assert topics
    assert crawl.reached() == expected | lists | topics | {"index.html"}


def test_search_engines_are_told_of_what_is_published_in_full(root, states):
    crawl = Crawl(root / "dist/site", stress_site.BASE)

    listed = {url for url, _ in crawl.sitemap()}

    listed = {url for url in listed if not TOPIC.search(url)}
    whole = [key for key, state in states.items() if state == "published"]
    lists = [
        stress_site.BASE,
        *(f"{stress_site.BASE}{each}/" for each in ("en", *stress_site.LOCALES)),
    ]
    assert set(lists) <= listed
    assert len(listed) == len(whole) + len(lists)
    for name, locale in set(states) - set(whole):
        assert f"{stress_site.BASE}{locale}/{name}/" not in listed


def test_the_example_is_without_a_fault_too(tmp_path):
    for part in ("source", "locales", "templates"):
        shutil.copytree(REPOSITORY / part, tmp_path / part)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    assert publish(tmp_path, "build").code == 3

    crawl = Crawl(tmp_path / "dist/site", "https://clinic.example/health/")

    assert len(crawl.pages) > 10
    assert crawl.faults() == []


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"),
    [
        ("tr/whole/index.html", '<html lang="tr"', '<html lang="de"', "is in de"),
        ("tr/whole/index.html", 'hreflang="ar"', 'hreflang="de"', "the same"),
        ("tr/whole/index.html", '<link rel="canonical"', "<link rel=x", "canonical"),
        ("tr/whole/index.html", "#doses-of-held", "#gone", "leads to no anchor"),
        ("tr/whole/index.html", "../held/index.html", "../x/index.html", "nowhere"),
        ("tr/whole/index.html", "../held/index.html", "../noticed/", "withdrawn"),
        ("tr/whole/index.html", "../held/index.html", "../tasindi/", "an old address"),
        ("tr/whole/index.html", "assets/articles/hand", "assets/x", "leads nowhere"),
        ("ar/held-ar/index.html", "", "<html><body>", "has no x-default"),
        ("ar/partial/index.html", "noindex", "all", "is missing"),
        ("tr/tasindi/index.html", "color-scheme", "robots", "moved, and is kept"),
        ("sitemap.xml", "/tr/held/", "/ar/held/", "is not indexed"),
        ("tr/feed.xml", "/tr/held/", "/ar/partial/", "that is published"),
        ("_redirects", "yine-tasindi", "whole", "is not what the pages say"),
        ("robots.txt", "Allow", "Disallow", "cannot say noindex"),
        ("404.html", 'href="https://clinic.example/health/', 'href="', "absolute"),
    ],
)
def test_what_is_broken_is_found(copy, file, before, after, fault):
    path = copy.folder / file
    path.parent.mkdir(exist_ok=True)
    text = path.read_text("utf-8") if path.exists() else ""
    broken = text.replace(before, after)
    assert broken != text
    path.write_text(broken, "utf-8")

    found = Crawl(copy.folder, copy.base_url).faults()

    assert any(fault in line for line in found), found


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The addresses of all pages of the same site, as a server gives them."""
    root = tmp_path_factory.mktemp("live")
    top = root / "dist/site"
    with served(top) as address:
        stress_site.make(root, base_url=address)
        pages = sorted(top.rglob("*.html"))
        yield [f"{address}{page.relative_to(top).as_posix()}" for page in pages]


def test_the_checker_of_html_finds_nothing_on_any_page(live):
    assert len(live) > 45
    assert messages(live) == []


def test_every_link_is_answered_by_a_server(live):
    address = urljoin(live[0], "/")
    links = set()
    for url in live:
        with urlopen(url) as answer:
            text = answer.read().decode()
        found = (urljoin(url, link) for link in re.findall(r'href="([^"]*)"', text))
        links |= {urldefrag(link).url for link in found if link.startswith(address)}

    assert len(links) > len(live)
    for link in sorted(links):
        with urlopen(link) as answer:
            assert answer.status == 200, link
