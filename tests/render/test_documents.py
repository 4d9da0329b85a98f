from unicodedata import normalize

import pytest

from pipeline.errors import SourceError
from pipeline.formats import Format
from pipeline.formats.html import Html
from pipeline.formats.markdown import Markdown
from pipeline.formats.text import Text
from pipeline.render.documents import Shelf, document
from pipeline.render.layouts import LAYOUTS

FORMATS: dict[str, Format] = {"md": Markdown(), "html": Html(), "txt": Text()}
HEAD = (
    "---\ntitle: Washing\ndate: 2026-03-01\nauthor: The clinic\ndraft: false\n---\n\n"
)


def make(
    layout,
    text,
    *,
    original=None,
    locale="tr",
    suffix="md",
    out=("articles/scalp",),
    assets=(),
):
    """The document of `articles/washing` in a locale."""
    kind = FORMATS[suffix]
    path, domain = f"source/articles/washing.{suffix}", "articles/washing"
    known = ("articles/washing", "articles/scalp", "guides/rest")
    slugs = {(name, "en"): name.rpartition("/")[2] for name in known}
    slugs |= {(name, "tr"): f"{name.rpartition('/')[2]}-tr" for name in (domain, *out)}
    shelf = Shelf(
        LAYOUTS[layout],
        "en",
        slugs,
        dict.fromkeys(known, "markdown") | {domain: kind.name},
        {f"source/{name}.md": name for name in known}
        | {path: domain, "source/articles/held.md": "articles/held"},
        frozenset(assets),
    )
    source = kind.parse(original or text, path=path, domain=domain)
    article = kind.parse(text, path=path, domain=domain)
    return document(article, source, locale, shelf, to_html=kind.to_html)


def text_of(*args, **kwargs):
    return make(*args, **kwargs).data.decode()


def test_front_matter_says_language_and_address_and_keeps_the_rest():
    assert text_of("hugo", HEAD + "Yıkayın.\n") == (
        '---\ntitle: "Washing"\nlang: "tr"\nslug: "washing-tr"\ndate: 2026-03-01\n'
        'author: "The clinic"\n---\n\nYıkayın.\n'
    )


def test_front_matter_is_yaml_whatever_the_values_are():
    yaml = pytest.importorskip("yaml")
    title = 'Say: "no" # \\ {{ x }} - \u2028\u0085 %'
    head = f"---\ntitle: {title!r}\nextra: [1, two]\nmore: {{a: true}}\n---\n\nText.\n"

    written = text_of("hugo", head.replace("\\\\", "\\")).split("---\n")[1]

    values = yaml.safe_load(written)
    assert values["extra"] == [1, "two"]
    assert values["more"] == {"a": True}
    assert values["title"].startswith('Say: "no" # \\ {{ x }}')


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[x](form%20(new).pdf)", "[x](form%20%28new%29.pdf)"),
        ("[x](form\\ (new).pdf)", "[x](form\\ (new).pdf)"),
        ('[x](form%20\\(new\\).pdf "y")', '[x](form%20%28new%29.pdf "y")'),
        ("[x](form%20(new.pdf)", "[x](form%20(new.pdf)"),
        ("[x](a&amp;b.pdf)", "[x](a%26b.pdf)"),
        ("[x](a\\&b.pdf)", "[x](a%26b.pdf)"),
        ("[x](scalp.md?print=yes#what)", "[x](scalp.md#what)"),
        ("[x](?print=yes)", "[x](?print=yes)"),
    ],
)
def test_an_address_is_read_as_markdown_reads_it(written, expected):
    assets = ("source/articles/form (new).pdf", "source/articles/a&b.pdf")
    body = text_of("docusaurus", f"# Yıkama\n\n{written}\n", assets=assets)
    assert body.endswith(f"\n{expected}\n")


@pytest.mark.parametrize("title", ["# Washing", "# Washing #", "Washing\n====="])
@pytest.mark.parametrize("layout", ["hugo", "docusaurus", "astro"])
def test_a_title_in_the_text_becomes_front_matter(layout, title):
    written = text_of(layout, f"{title}\n\nWash.\n\n# More\n\nText.\n", locale="en")

    head, body = written.split("---\n")[1:]
    assert 'title: "Washing"' in head
    assert "Washing" not in body
    assert body.lstrip().startswith("Wash.")
    assert "# More" in body


def test_plain_is_the_localized_text_that_says_its_language():
    assert (
        text_of("plain", HEAD + "Yıkayın.\n")
        == HEAD.replace("---\n", "---\nlang: tr\n", 1) + "Yıkayın.\n"
    )
    assert text_of("plain", "+++\ntitle = 'A'\n+++\nB\n") == (
        "+++\nlang = \"tr\"\ntitle = 'A'\n+++\nB\n"
    )
    assert text_of("plain", "# A\n\nB\n") == "# A\n\nB\n"
    assert text_of("plain", "Title\n\nText.\n", suffix="txt") == "Title\n\nText.\n"


def test_front_matter_with_a_language_keeps_it():
    text = "---\ntitle: A\nlang: xx\n---\n\nB\n"

    assert text_of("plain", text) == text


@pytest.mark.parametrize(
    ("layout", "written", "expected"),
    [
        ("hugo", "scalp.md", "../scalp-tr/"),
        ("hugo", "scalp.md#wash", "../scalp-tr/#wash"),
        ("hugo", "../guides/rest.md#a", "../../../en/guides/rest/#a"),
        ("docusaurus", "scalp.md#wash", "scalp.md#wash"),
        ("docusaurus", "../guides/rest.md", "../guides/rest.md"),
        ("docusaurus", "/articles/scalp.md", "scalp.md"),
        ("astro", "scalp.md#wash", "../scalp/"),
        ("astro", "../guides/rest.md#a", "../../../en/guides/rest/#a"),
        ("plain", "scalp.md#wash", "scalp.md#wash"),
        ("plain", "../guides/rest.md#a", "../../en/guides/rest.md#a"),
        ("hugo", "held.md", "#"),
        ("hugo", "https://clinic.example/a.md", "https://clinic.example/a.md"),
        ("hugo", "#own", "#own"),
        ("hugo", "mailto:info@clinic.example", "mailto:info@clinic.example"),
    ],
)
def test_a_link_leads_to_the_same_language_or_to_the_source(layout, written, expected):
    text = f"A [link]({written}) and [one][ref].\n\n[ref]: <{written}> 'title'\n"

    body = text_of(layout, text).rpartition("---\n")[2]

    assert f"[link]({expected})" in body
    assert (
        f"[ref]: {expected} 'title'" in body or f"[ref]: <{expected}> 'title'" in body
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_stands_in_code_is_no_link(layout):
    code = "`[a](none.md)` and ``[b](`none.md)``\n\n```\n[c](none.md)\n```\n\n~~~\n[d]: none.md\n~~~\n"

    assert code in text_of(layout, code)


def test_a_link_to_nothing_is_an_error():
    with pytest.raises(SourceError, match=r"source/articles/none\.md"):
        make("hugo", "[a](none.md)\n")


@pytest.mark.parametrize(
    ("layout", "link", "place"),
    [
        ("hugo", "../../../assets/img/a b.png", "static/assets/img/a b.png"),
        ("plain", "../img/a b.png", "tr/img/a b.png"),
        (
            "docusaurus",
            "../img/a b.png",
            "i18n/tr/docusaurus-plugin-content-docs/current/img/a b.png",
        ),
    ],
)
def test_a_picture_goes_along(layout, link, place):
    file = "source/img/a b.png"

    made = make(layout, "![A](<../img/a b.png>) [b](/img/a%20b.png)\n", assets=[file])

    assert made.assets == {place: file}
    assert made.data.decode().count(link.replace(" ", "%20")) == 2


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("x.pdf?a=1#page=3", "x.pdf?a=1#page=3"),
        ("<x.pdf?a=(1#b c>", "x.pdf?a=%281#b%20c"),
    ],
)
def test_a_link_to_a_file_keeps_what_it_asks_of_it(written, expected):
    made = make("plain", f"[x]({written})\n", assets=["source/articles/x.pdf"])

    assert made.data.decode().endswith(f"[x]({expected})\n")


def test_a_heading_has_its_source_anchor_in_every_language():
    english = "## The first week\n\nA\n\n## Risks {#risk}\n\nB\n\nSetext\n------\n\nC\n"
    turkish = "## İlk hafta\n\nA\n\n## Riskler {#risk}\n\nB\n\nSetext\n------\n\nC\n"

    body = text_of("hugo", turkish, original=english)

    assert "## İlk hafta {#the-first-week}\n" in body
    assert "## Riskler {#risk}\n" in body
    assert "Setext\n---" in body


def test_html_and_text_become_what_our_pages_show():
    page = text_of(
        "hugo",
        "<h1>A</h1><h2>İlk</h2><p onclick=x>B <a href='scalp.md'>c</a><script>d</script></p>\n\n<p>e",
        original="<h1>A</h1><h2>First</h2><p>B</p>",
        suffix="html",
    )

    assert '<h2 id="first">İlk</h2>' in page
    assert '<a href="../scalp-tr/">c</a>' in page
    assert "onclick" not in page
    assert "script" not in page
    text = text_of("astro", "Title\n\n- one\n- two\n", suffix="txt")
    assert "<li>one</li>" in text
    assert 'title: "Title"' in text


@pytest.mark.parametrize(
    ("layout", "command"),
    [
        ("hugo", '{{< readfile "/etc/passwd" >}}'),
        ("hugo", "{{% include %}}"),
        ("docusaurus", "{process.env.KEY}"),
        ("docusaurus", "import x from 'y'"),
    ],
)
def test_a_translation_makes_the_generator_do_nothing_new(layout, command):
    with pytest.raises(SourceError, match="would be run"):
        make(layout, f"{command}\n", original="Text.\n")
    assert command in text_of(layout, f"{command}\n", original=f"{command}\n\nA\n")


def test_a_note_is_no_link():
    written = text_of("docusaurus", "Wash[^a].\n\n[^a]: The\n")

    assert written.endswith("Wash[^a].\n\n[^a]: The\n")


@pytest.mark.parametrize("suffix", ["html", "txt"])
def test_docusaurus_is_given_the_name_that_a_document_has_there(suffix):
    link = f"[x](washing.{suffix}#part)"
    paths = {f"source/articles/washing.{suffix}": "articles/washing"}
    kinds = {"articles/washing": FORMATS[suffix].name, "articles/a": "markdown"}
    slugs = {(name, tag): "x" for name in kinds for tag in ("en", "tr")}
    shelf = Shelf(LAYOUTS["docusaurus"], "en", slugs, kinds, paths, frozenset())
    kind = FORMATS["md"]
    article = kind.parse(link, path="source/articles/a.md", domain="articles/a")

    made = document(article, article, "tr", shelf, to_html=kind.to_html)

    assert made.data.decode().endswith("[x](washing.md#part)")


def test_links_and_pictures_of_html_are_markdown_for_docusaurus():
    text = '<p>See <a href="scalp.md">the <b>other</b></a>.</p>\n<p>a</p>\n<img src="a.png" alt="Head">'
    written = text_of(
        "docusaurus", text, suffix="html", assets=("source/articles/a.png",)
    )

    assert "\n\nSee [the <b>other</b>](scalp.md).\n\n" in written
    assert "![Head](a.png)" in written
    assert "<p>a</p>" in written


def test_a_picture_that_is_shown_and_linked_lies_where_astro_looks_for_each():
    text = "![A](../img/a.png) [b](/img/a.png)\n"

    made = make("astro", text, assets=["source/img/a.png"])

    assert set(made.assets) == {
        "src/content/docs/tr/img/a.png",
        "public/assets/img/a.png",
    }


@pytest.mark.parametrize(
    ("text", "place", "written"),
    [
        ("![x](a.png)", "src/content/docs/tr/articles/a.png", "![x](a.png)"),
        ("![x \\] y](a.png)", "src/content/docs/tr/articles/a.png", "](a.png)"),
        (
            "[x](a.png)",
            "public/assets/articles/a.png",
            "[x](../../../assets/articles/a.png)",
        ),
        ("![x][1]\n\n[1]: a.png", "src/content/docs/tr/articles/a.png", "[1]: a.png"),
        (
            "[![x](a.png)](https://clinic.example/)",
            "src/content/docs/tr/articles/a.png",
            "[![x](a.png)](https://clinic.example/)",
        ),
    ],
)
def test_pictures_of_astro_lie_beside_and_what_is_linked_does_not(text, place, written):
    made = make("astro", text, assets=("source/articles/a.png",))

    assert made.assets == {place: "source/articles/a.png"}
    assert made.data.decode().endswith(
        f"{written}\n" if text.endswith("\n") else written
    )


def test_links_within_a_document_follow_the_anchors_that_astro_makes():
    original = "## The risks\n\nSee [there](#the-risks).\n"
    text = "## Riskler & İlaç\n\nBkz. [orada](#the-risks).\n"

    assert "(#riskler--i%CC%87la%C3%A7)" in text_of("astro", text, original=original)
    assert "(#the-risks)" in text_of("hugo", text, original=original)


def test_a_file_is_found_whichever_form_its_letters_have():
    name = normalize("NFD", "source/articles/saç.png")
    made_of = make("plain", "# W\n\n![x](saç.png)\n", assets=(name,))

    assert list(made_of.assets.values()) == [name]


@pytest.mark.parametrize(
    ("layout", "shown", "linked", "written"),
    [
        (
            "plain",
            "tr/img/a.png",
            "tr/img/x.pdf",
            "![A](../img/a.png) [b](../img/x.pdf)",
        ),
        (
            "hugo",
            "static/assets/img/a.tr.png",
            "static/assets/img/x.tr.pdf",
            "![A](../../../assets/img/a.tr.png) [b](../../../assets/img/x.tr.pdf)",
        ),
        (
            "docusaurus",
            "i18n/tr/docusaurus-plugin-content-docs/current/img/a.png",
            "i18n/tr/docusaurus-plugin-content-docs/current/img/x.pdf",
            "![A](../img/a.png) [b](../img/x.pdf)",
        ),
        (
            "astro",
            "src/content/docs/tr/img/a.png",
            "public/assets/img/x.tr.pdf",
            "![A](../img/a.png) [b](../../../assets/img/x.tr.pdf)",
        ),
    ],
)
def test_a_language_has_its_own_file_where_the_generator_looks(
    layout, shown, linked, written
):
    text = "![A](../img/a.png) [b](../img/x.pdf)\n"
    names = ("a.png", "a.tr.png", "x.pdf", "x.tr.pdf", "x.de.pdf")
    assets = [f"source/img/{name}" for name in names]

    turkish = make(layout, text, assets=assets)
    english = make(layout, text, assets=assets, locale="en")

    own = {shown: "source/img/a.tr.png", linked: "source/img/x.tr.pdf"}
    assert turkish.assets == own
    assert written in turkish.data.decode()
    assert set(english.assets.values()) == {"source/img/a.png", "source/img/x.pdf"}
    assert not english.assets.keys() & own.keys()


def test_what_an_article_in_html_shows_goes_along_with_it():
    text = '<h1>W</h1><p><img src="a.png" alt="A"></p>\n'
    made_of = make(
        "plain",
        text,
        suffix="html",
        assets=("source/articles/a.png", "source/articles/a.tr.png"),
    )

    assert made_of.data.decode() == text
    assert made_of.assets == {"tr/articles/a.png": "source/articles/a.tr.png"}
