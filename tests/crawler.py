"""A crawler of a built site, and everything that one would stumble over there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

_LINK: Final = "{http://www.w3.org/1999/xhtml}link"
_SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ELSEWHERE: Final = re.compile(r"(?:mailto|tel|data):")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.canonical: list[str] = []
        self.alternates: list[tuple[str, str]] = []
        self.feeds: list[str] = []
        self.robots = ""
        self.refresh = ""
        self.language = ""
        self.social = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values.get("lang", "")
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "meta" and values.get("name") == "robots":
            self.robots = values["content"]
        if tag == "meta" and values.get("property") == "og:url":
            self.social = values["content"]
        if tag == "meta" and values.get("http-equiv") == "refresh":
            self.refresh = values["content"].partition("url=")[2]
        if tag == "link" and values.get("rel") == "canonical":
            self.canonical.append(values["href"])
        elif tag == "link" and "hreflang" in values:
            self.alternates.append((values["hreflang"], values["href"]))
        elif tag == "link" and values.get("rel") == "alternate":
            self.feeds.append(values["href"])
        else:
            found = (values.get(name) for name in ("href", "src"))
            self.links += [url for url in found if url is not None]


@dataclass
class Crawled:
    """A page, where it is, and what it says of itself and of others."""

    path: str
    url: str
    ids: frozenset[str]
    links: tuple[str, ...]
    canonical: tuple[str, ...]
    alternates: tuple[tuple[str, str], ...]
    feeds: tuple[str, ...]
    language: str
    robots: str
    refresh: str
    social: str
    doubled: tuple[str, ...]

    @property
    def address(self) -> str:
        """As it is written in links."""
        return quote(self.url, safe=":/")

    @property
    def is_indexed(self) -> bool:
        # A search engine takes what a page moved to in its place.
        return "noindex" not in self.robots and not self.refresh

    @property
    def is_shown_anywhere(self) -> bool:
        """Whether a server shows it at other addresses than its own."""
        return self.path.endswith("404.html")


@dataclass
class Crawl:
    """All pages of a site below a folder, and what is wrong with them."""

    folder: Path
    base_url: str
    pages: dict[str, Crawled] = field(default_factory=dict)
    """By their absolute addresses."""

    def __post_init__(self) -> None:
        for file in sorted(self.folder.rglob("*.html")):
            page = self._read(file)
            self.pages[page.url] = page

    def _read(self, file: Path) -> Crawled:
        reader = _Reader()
        reader.feed(file.read_text("utf-8"))
        reader.close()
        path = file.relative_to(self.folder).as_posix()
        return Crawled(
            path,
            self.base_url + path.removesuffix("index.html"),
            frozenset(reader.ids),
            tuple(reader.links),
            tuple(reader.canonical),
            tuple(reader.alternates),
            tuple(reader.feeds),
            reader.language,
            reader.robots,
            reader.refresh,
            reader.social,
            tuple(each for each in set(reader.ids) if reader.ids.count(each) > 1),
        )

    def at(self, url: str) -> Crawled | None:
        """The page at an absolute address, with or without the file's name."""
        bare = unquote(urldefrag(url).url)
        return self.pages.get(bare.removesuffix("index.html"))

    def file(self, url: str) -> Path | None:
        """The file at an absolute address of the site."""
        path = unquote(urlsplit(url).path)
        top = urlsplit(self.base_url).path
        if not url.startswith(self.base_url) or not path.startswith(top):
            return None
        file = self.folder / path.removeprefix(top)
        if file.is_dir():
            file /= "index.html"
        return file if file.is_file() else None

    def faults(self) -> list[str]:
        """One line for each thing that is wrong."""
        return sorted(
            {
                *self._wrong_pages(),
                *self._dead_links(),
                *self._wrong_alternates(),
                *self._wrong_sitemap(),
                *self._wrong_feeds(),
                *self._wrong_moves(),
                *self._wrong_robots(),
            }
        )

    def _wrong_pages(self) -> Iterator[str]:
        for page in self.pages.values():
            if page.doubled:
                yield f"{page.path}: ids twice: {page.doubled}"
            is_move = bool(page.refresh)
            if is_move or page.is_shown_anywhere:
                if page.is_indexed:
                    yield f"{page.path}: is indexed and should not be"
                if page.alternates:
                    yield f"{page.path}: has alternates"
                continue
            if page.is_indexed and page.canonical != (page.address,):
                yield f"{page.path}: its canonical is {page.canonical}"
            if page.canonical and not page.canonical[0].startswith(self.base_url):
                yield f"{page.path}: its canonical is not absolute"
            if page.social and page.social != page.address:
                yield f"{page.path}: og:url is {page.social}"
            if not page.is_indexed and page.alternates:
                yield f"{page.path}: has alternates, and is kept from search engines"

    def _dead_links(self) -> Iterator[str]:
        for page in self.pages.values():
            for link in (*page.links, *page.feeds, *filter(None, [page.refresh])):
                yield from self._dead(page, link)

    def _dead(self, page: Crawled, link: str) -> Iterator[str]:
        if _ELSEWHERE.match(link):
            return
        if page.is_shown_anywhere and not link.startswith((self.base_url, "#")):
            yield f"{page.path}: {link} is not absolute"
        # As a server has it, and as a folder: both are the same, for links name files.
        url = urljoin(self.base_url + page.path, link)
        if not url.startswith(self.base_url):
            host = urlsplit(self.base_url).netloc
            if urlsplit(url).netloc == host:
                yield f"{page.path}: {link} leads out of the site"
            return
        target = self.at(url)
        if self.file(url) is None:
            yield f"{page.path}: {link} leads nowhere"
        fragment = unquote(urlsplit(url).fragment)
        if fragment and (target is None or fragment not in target.ids):
            yield f"{page.path}: {link} leads to no anchor"
        if target is not None and target.refresh:
            yield f"{page.path}: {link} leads to an old address"
        if target is not None and target is not page and self._is_withdrawn(target):
            yield f"{page.path}: {link} leads to what was withdrawn"

    def _is_withdrawn(self, page: Crawled) -> bool:
        return (
            not page.is_indexed
            and not page.canonical
            and not page.refresh
            and not page.is_shown_anywhere
        )

    def _wrong_alternates(self) -> Iterator[str]:
        for page in self.pages.values():
            names = [name for name, _ in page.alternates]
            if not page.is_indexed:
                continue
            if len(names) != len(set(names)) or names.count("x-default") > 1:
                yield f"{page.path}: languages twice: {names}"
            urls = [url for name, url in page.alternates if name != "x-default"]
            is_root = page.path == "index.html"
            if not is_root and page.address not in urls:
                yield f"{page.path}: is not among its own alternates"
            if "x-default" not in names:
                yield f"{page.path}: has no x-default"
            for name, url in page.alternates:
                yield from self._wrong_alternate(page, name, url)

    def _wrong_alternate(self, page: Crawled, name: str, url: str) -> Iterator[str]:
        other = self.at(url)
        if not url.startswith(self.base_url):
            yield f"{page.path}: the alternate {url} is not absolute"
        elif other is None:
            yield f"{page.path}: the alternate {url} leads nowhere"
        elif not other.is_indexed or other.canonical != (url,):
            yield f"{page.path}: the alternate {url} is not what is indexed"
        elif set(other.alternates) != set(page.alternates):
            yield f"{page.path}: the alternate {url} does not say the same"
        elif name not in {"x-default", other.language}:
            yield f"{page.path}: the alternate {url} is in {other.language}"

    def _wrong_sitemap(self) -> Iterator[str]:
        listed = dict(self.sitemap())
        for url, alternates in listed.items():
            page = self.at(url)
            if page is None or not page.is_indexed:
                yield f"sitemap.xml: {url} is not indexed"
            elif set(alternates) != set(page.alternates):
                yield f"sitemap.xml: {url} has other alternates than its page"
        for page in self.pages.values():
            is_listed = page.address in listed
            if page.is_indexed and not is_listed:
                yield f"sitemap.xml: {page.path} is missing"

    def sitemap(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The addresses of the sitemap, each with its alternates."""
        top = ET.parse(self.folder / "sitemap.xml").getroot()
        roots = [top]
        if top.tag == f"{_SITEMAP}sitemapindex":
            parts = (part.text or "" for part in top.iter(f"{_SITEMAP}loc"))
            roots = [ET.parse(self._known(part)).getroot() for part in parts]
        for root in roots:
            for url in root.iter(f"{_SITEMAP}url"):
                links = [
                    (each.get("hreflang", ""), each.get("href", ""))
                    for each in url.iter(_LINK)
                ]
                yield url.findtext(f"{_SITEMAP}loc", ""), links

    def _known(self, url: str) -> Path:
        file = self.file(url)
        assert file is not None, url
        return file

    def _wrong_feeds(self) -> Iterator[str]:
        for file in sorted(self.folder.rglob("feed.xml")):
            path = file.relative_to(self.folder).as_posix()
            locale = path.partition("/")[0]
            feed = ET.parse(file).getroot()
            for link in feed.findall(f"{_ATOM}link"):
                if self.file(link.get("href", "")) is None:
                    yield f"{path}: {link.get('href')} leads nowhere"
                if (
                    link.get("rel") == "self"
                    and link.get("href") != self.base_url + path
                ):
                    yield f"{path}: calls itself {link.get('href')}"
            for entry in feed.iter(f"{_ATOM}entry"):
                link_ = entry.find(f"{_ATOM}link")
                url = link_.get("href", "") if link_ is not None else ""
                page = self.at(url)
                if page is None or not page.is_indexed or page.language != locale:
                    yield f"{path}: {url} is no page of {locale} that is published"

    def _wrong_moves(self) -> Iterator[str]:
        """What is wrong with the pages at old addresses, and with servers' tables."""
        moves = {}
        for page in self.pages.values():
            if not page.refresh:
                continue
            if page.robots:
                yield f"{page.path}: moved, and is kept from search engines"
            target = self.at(urljoin(self.base_url + page.path, page.refresh))
            if target is None or target.refresh:
                yield f"{page.path}: moved to nowhere"
            elif page.canonical != (target.address,):
                yield f"{page.path}: its canonical is {page.canonical}"
            else:
                moves[unquote(page.url)] = unquote(target.url)
        table = self.folder / "_redirects"
        lines = table.read_text("utf-8").splitlines() if table.exists() else []
        said = {}
        for line in lines:
            old, new, code = line.split(" ")
            said[unquote(urljoin(self.base_url, old))] = unquote(
                urljoin(self.base_url, new)
            )
            if code != "301":
                yield f"_redirects: {line}"
        if said != moves:
            yield f"_redirects: {said} is not what the pages say: {moves}"

    def _wrong_robots(self) -> Iterator[str]:
        text = (self.folder / "robots.txt").read_text("utf-8")
        if "Disallow" in text:
            yield "robots.txt: a page that nobody may read cannot say noindex"
        maps = re.findall(r"^Sitemap: (.*)$", text, re.MULTILINE)
        if maps != [f"{self.base_url}sitemap.xml"]:
            yield f"robots.txt: the sitemap is {maps}"

    def reached(self, starts: Iterable[str] = ("",)) -> set[str]:
        """The paths of the pages that links lead to from some pages, these included."""
        found: dict[str, Crawled] = {}
        waiting = [page for each in starts if (page := self.at(self.base_url + each))]
        while waiting:
            page = waiting.pop()
            if page.path in found:
                continue
            found[page.path] = page
            for link in page.links:
                other = self.at(urljoin(self.base_url + page.path, link))
                if other is not None:
                    waiting.append(other)
        return set(found)
