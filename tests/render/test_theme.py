"""Templates and their words."""

import pickle
from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis.strategies import dates, sampled_from

from pipeline.cldr import babel_locale
from pipeline.errors import CatalogError, TemplateError
from pipeline.model.catalog import Catalog, Message
from pipeline.render.filters import FILTERS
from pipeline.render.strings import template_messages
from pipeline.render.theme import Theme
from pipeline.render.views import SiteView
from tests.render.shelf import catalog


@pytest.fixture
def write(tmp_path):
    def put(text: str, name: str = "x.html") -> Theme:
        target = tmp_path / "templates" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return Theme((str(tmp_path / "templates"),))

    return put


def with_words(theme: Theme, words: Catalog, **options: bool) -> Theme:
    return Theme(theme.folders, {"tr": words}, **options)


EVIL = {"Hello": "<script>alert(1)</script>", "Hi %(name)s": "<b>%(name)s</b>"}
EVILS = catalog(EVIL)


@pytest.mark.parametrize(
    "template",
    ["{{ _('Hello') }}", "{% trans %}Hello{% endtrans %}", "{{ gettext('Hello') }}"],
)
def test_a_translation_is_never_markup(write, template):
    theme = with_words(write(template), catalog(EVIL))
    shown = theme.render("x.html", "tr", {})
    assert shown == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize("name", ["x.html", "x.html.j2", "mail.mjml", "x.xml"])
def test_a_value_is_escaped_whatever_the_template_is_called(write, name):
    theme = with_words(
        write("{% trans name=n %}Hi {{ name }}{% endtrans %} {{ n }}", name),
        catalog(EVIL),
    )
    assert theme.render(name, "tr", {"n": "<i>"}) == (
        "&lt;b&gt;&lt;i&gt;&lt;/b&gt; &lt;i&gt;"
    )


def test_words_with_a_value_are_filled_each_time(write):
    theme = with_words(
        write("{% for n in names %}{{ _('Hi %(name)s', name=n) }} {% endfor %}"),
        catalog({"Hi %(name)s": "Selam %(name)s"}),
    )
    shown = theme.render("x.html", "tr", {"names": ["A", "B"]})
    assert shown == "Selam A Selam B "


@pytest.mark.parametrize("name", ["x.html", "x.txt"])
def test_words_are_the_same_each_time(write, name):
    theme = with_words(write("{{ _('Hello') }} {{ gettext('Hello') }}", name), EVILS)
    first, second = (theme.render(name, "tr", {}) for _ in range(2))
    assert first == second == " ".join([first.split(" ")[0]] * 2)


def test_plain_text_is_not_escaped(write):
    theme = with_words(write("{{ n }} {{ _('Hello') }}", "mail.txt"), catalog(EVIL))
    assert theme.render("mail.txt", "tr", {"n": "<i> & 'x'"}) == (
        "<i> & 'x' <script>alert(1)</script>"
    )


def test_a_quote_in_a_translation_stays_within_its_attribute(write):
    theme = with_words(
        write("""<p title="{{ _('Hello') }}">"""), catalog({"Hello": '" onclick="x'})
    )
    assert theme.render("x.html", "tr", {}) == '<p title="&#34; onclick=&#34;x">'


def test_only_usable_translations_are_shown(write):
    theme = write("{{ _('Hello') }}")
    fuzzy = catalog({"Hello": "Merhaba"}, flags=("fuzzy",))
    obsolete = catalog({"Hello": "Merhaba"}, obsolete=True)
    assert with_words(theme, fuzzy).render("x.html", "tr", {}) == "Hello"
    assert with_words(theme, obsolete).render("x.html", "tr", {}) == "Hello"
    assert with_words(theme, catalog({"Hello": ""})).render("x.html", "tr", {}) == (
        "Hello"
    )


def test_a_draft_shows_fuzzy_translations_too(write):
    fuzzy = catalog({"Hello": "Merhaba"}, flags=("fuzzy",))
    theme = with_words(write("{{ _('Hello') }}"), fuzzy, drafts=True)
    assert theme.render("x.html", "tr", {}) == "Merhaba"


COUNT = "{% trans n=n %}{{ n }} minute{% pluralize %}{{ n }} minutes{% endtrans %}"


def test_a_plural_takes_the_form_that_the_catalogs_header_says(write):
    header = Message(
        "", ("Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\n",)
    )
    words = Catalog(
        header,
        (
            Message(
                "%(n)s minute",
                ("دقيقة", "دقيقتان", "%(n)s دقائق"),
                msgid_plural="%(n)s minutes",
            ),
        ),
    )
    theme = with_words(write(COUNT), words)
    shown = [theme.render("x.html", "tr", {"n": n}) for n in (1, 2, 7)]
    assert shown == ["دقيقة", "دقيقتان", "7 دقائق"]


def test_the_source_language_has_its_own_two_forms(write):
    theme = write(COUNT)
    shown = [theme.render("x.html", "en", {"n": n}) for n in (0, 1, 2)]
    assert shown == ["0 minutes", "1 minute", "2 minutes"]


def test_a_form_that_is_not_there_falls_back_to_the_source(write):
    words = Catalog(
        Message("", ("Plural-Forms: nplurals=2; plural=5;\n",)),
        (
            Message(
                "%(n)s minute", ("%(n)s dk", "%(n)s dk"), msgid_plural="%(n)s minutes"
            ),
        ),
    )
    theme = with_words(write(COUNT), words)
    assert theme.render("x.html", "tr", {"n": 3}) == "3 minutes"


def test_a_context_tells_equal_words_apart(write):
    words = catalog({"Reading": "Okuma"}, msgctxt="noun")
    theme = with_words(
        write("{{ pgettext('noun', 'Reading') }}, {{ pgettext('town', 'Reading') }}"),
        words,
    )
    assert theme.render("x.html", "tr", {}) == "Okuma, Reading"


def test_a_plural_with_a_context_is_told_apart_too(write):
    theme = write("{{ npgettext('c', 'one %(num)s', 'many %(num)s', 2) }}")
    assert theme.render("x.html", "tr", {}) == "many 2"


def test_a_count_is_put_into_words_with_the_values_beside_it(write):
    theme = write(
        "{% for n in numbers %}"
        "{% trans n=n, m=m %}{{ n }} of {{ m }}{% pluralize n %}{{ n }}s of {{ m }}"
        "{% endtrans %}, {% trans n=n %}{{ n }} day{% pluralize %}{{ n }} days"
        "{% endtrans %}; {% endfor %}"
    )
    shown = [
        theme.render("x.html", "en", {"numbers": [1, 2, 1, 1.0, True], "m": m})
        for m in ("<", "b")
    ]
    assert shown == [
        f"1 of {m}, 1 day; 2s of {m}, 2 days; 1 of {m}, 1 day; 1.0 of {m}, 1.0 day; "
        f"True of {m}, True day; "
        for m in ("&lt;", "b")
    ]


def test_a_name_that_a_loop_sets_is_seen_by_what_it_calls(write):
    theme = write(
        "{% macro said(n) %}[{{ n }}]{% endmacro %}"
        "{% for n in 'ab' %}{% set m = n | upper %}{{ said(m) }}{{ _('Hello') }}"
        "{% endfor %}{% set o = 1 %}{{ _('Hello') }}{{ said(caller is defined) }}"
    )
    shown = theme.render("x.html", "en", {})
    assert shown == "[A]Hello[B]HelloHello[False]"


def test_what_is_not_safe_to_call_is_not_called(write):
    theme = write("{{ ''.format.__self__.__class__ }}")
    with pytest.raises(TemplateError):
        theme.render("x.html", "en", {})


def test_a_translation_that_names_an_unknown_value_is_an_error_with_its_line():
    words = catalog({"Hi %(name)s": "Merhaba %(isim)s"}, line=12)
    with pytest.raises(CatalogError, match="does not fit its template") as raised:
        Theme((), {"pt-BR": words}).strings("pt-BR")
    assert raised.value.path == "locales/pt_BR/LC_MESSAGES/messages.po"
    assert raised.value.line == 12


def test_plural_forms_that_do_not_parse_are_an_error():
    words = Catalog(Message("", ("Plural-Forms: nplurals=2; plural=n !! 1;\n",)))
    with pytest.raises(CatalogError, match="Plural-Forms"):
        Theme((), {"tr": words}).strings("tr")


def test_a_catalog_without_plural_forms_counts_as_english_does(write):
    theme = with_words(write(COUNT), Catalog(Message("")))
    assert theme.render("x.html", "tr", {"n": 2}) == "2 minutes"


@pytest.mark.parametrize(
    ("locale", "form", "shown"),
    [
        ("tr", "long", "4 Mayıs 2026"),
        ("tr", "full", "4 Mayıs 2026 Pazartesi"),
        ("ar", "long", "4 مايو 2026"),
        ("en", "medium", "May 4, 2026"),
        ("pt-BR", "short", "04/05/2026"),
        ("en-XA", "long", "May 4, 2026"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(write, locale, form, shown):
    theme = write("{{ d | date(form) }}")
    for value in (date(2026, 5, 4), "2026-05-04T10:00:00Z"):
        assert theme.render("x.html", locale, {"d": value, "form": form}) == shown


@given(
    day=dates(),
    form=sampled_from(["long", "medium", "short", "full"]),
    locale=sampled_from(["en", "tr", "de", "ar", "fa", "zh-Hans", "eu", "hy", "lt"]),
)
def test_dates_are_those_of_cldr(day, form, locale):
    text = FILTERS["date"](day, form, locale=locale)
    assert text == format_date(day, format=form, locale=babel_locale(locale))


def test_a_number_is_written_as_its_language_writes_it(write):
    theme = write("{{ 1234.5 | number }}")
    assert theme.render("x.html", "tr", {}) == "1.234,5"


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en", "12.5% “a &amp; b”"),
        ("tr", "%12,5 “a &amp; b”"),
        ("de", "12,5\u00a0% „a &amp; b“"),
        ("fr", "12,5\u00a0% «a &amp; b»"),
    ],
)
def test_percentages_and_quotations_are_written_as_in_their_language(
    write, locale, shown
):
    theme = write("{{ 0.125 | percent }} {{ 'a & b' | quoted }}")
    assert theme.render("x.html", locale, {}) == shown


def test_what_stands_in_an_address_is_quoted(write):
    theme = write("{{ a | urlencode }} {{ b | urlencode }} {{ c | urlencode }}")
    shown = theme.render("x.html", "tr", {"a": "kök/1", "b": {"q": "a b"}, "c": 1})
    assert shown == "k%C3%B6k/1 q=a+b 1"


def test_a_template_that_is_included_again_sees_what_is_there_then(write):
    theme = write("{{ n }}", "partials/n.html")
    write("{% for n in (1, 2) %}{% include 'partials/n.html' %}{% endfor %}")
    assert theme.render("x.html", "tr", {}) == "12"


def test_the_sites_templates_go_before_the_built_in_ones(tmp_path):
    for name in ("site", "builtin"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_text(name)
    (tmp_path / "builtin" / "b.html").write_text("only here")
    theme = Theme((str(tmp_path / "site"), str(tmp_path / "builtin")))
    assert theme.render("a.html", "en", {}) == "site"
    assert theme.render("b.html", "en", {}) == "only here"


def test_a_missing_template_is_named_with_where_it_was_looked_for(tmp_path):
    with pytest.raises(TemplateError, match=r"page\.html is missing") as raised:
        Theme((str(tmp_path),)).render("page.html", "en", {})
    assert raised.value.path == "templates/page.html"
    assert str(tmp_path) in raised.value.hint


def test_a_missing_partial_is_named_with_the_line_that_wants_it(write):
    theme = write("a\n\n{% include 'partials/b.html' %}")
    with pytest.raises(TemplateError, match=r"partials/b\.html is missing") as raised:
        theme.render("x.html", "en", {})
    assert (raised.value.path, raised.value.line) == ("templates/x.html", 3)


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("a\n{{ pgae.title }}", "'pgae' is undefined"),
        ("a\n{{ 'x' | date }}", "x"),
        ("a\n{{ 1 | date }}", "1 is not a date"),
        ("a\n{{ '2026-01-01' | date('lang') }}", "no form of a date is 'lang'"),
        ("a\n{{ 'x' | upper('tr') }}", "the filter upper takes no options"),
        ("a\n{{ _('50% off') }}", "write %% for the sign of per cent"),
        ("a\n{{ ngettext('1% x', '%(num)s%% x', 2) }}", "write %% for the sign"),
        ("a\n{{ 'x' | number }}", "'x' is not a number"),
        ("a\n{{ 'x' | percent }}", "'x' is not a number"),
        ("a\n{{ 1 / 0 }}", "division by zero"),
        ("a\n{{ ''.__class__.__mro__ }}", "unsafe"),
        ("a\n{{ _('%(x)s') }}", "x"),
        ("a\n{{ [].append(1) }}", "unsafe|not safely"),
    ],
)
def test_what_a_template_cannot_do_is_an_error_with_its_line(write, template, says):
    with pytest.raises(TemplateError, match=says) as raised:
        write(template).render("x.html", "en", {})
    assert (raised.value.path, raised.value.line) == ("templates/x.html", 2)


def test_a_template_that_does_not_parse_is_an_error_with_its_line(write):
    write("a\n{% if %}", "partials/b.html")
    theme = write("{% include 'partials/b.html' %}")
    with pytest.raises(TemplateError) as raised:
        theme.render("x.html", "en", {})
    assert (raised.value.path, raised.value.line) == ("templates/partials/b.html", 2)


def test_a_template_that_is_not_utf_8_is_an_error(write, tmp_path):
    theme = write("")
    (tmp_path / "templates/x.html").write_bytes(b"\xff")
    with pytest.raises(TemplateError, match="utf-8") as raised:
        theme.render("x.html", "en", {})
    assert raised.value.path == "templates/x.html"


def test_a_template_that_includes_itself_is_an_error(write):
    with pytest.raises(TemplateError, match="calls itself without end"):
        write("{% include 'x.html' %}").render("x.html", "en", {})


def test_a_dose_in_a_right_to_left_title_is_set_apart(write):
    theme = write("{{ t | isolated }}")
    assert theme.render("x.html", "ar", {"t": "جرعة 5 mg <b>"}) == (
        'جرعة <bdi dir="ltr">5 mg</bdi> &lt;<bdi>b</bdi>&gt;'
    )
    assert theme.render("x.html", "tr", {"t": "5 mg"}) == "5 mg"


@pytest.mark.parametrize("text", ["%50 daha az", "100 %", "%s %(x)s %d"])
@pytest.mark.parametrize(
    "template", ["{{ _('Hello') }}", "{% trans %}Hello{% endtrans %}"]
)
def test_a_sign_of_per_cent_in_a_translation_is_a_sign(write, template, text):
    theme = with_words(write(template), catalog({"Hello": text}))

    assert theme.render("x.html", "tr", {}) == text


def test_a_translation_has_no_controls_which_no_mail_could_hold(write):
    theme = with_words(write("{{ _('Hello') }}"), catalog({"Hello": "a\x0bb\u2028c"}))

    assert theme.render("x.html", "tr", {}) == "a b c"


def test_a_translation_turns_nothing_around(write):
    theme = with_words(write("{{ _('Hello') }}"), catalog({"Hello": "\u202e12 mg"}))

    assert theme.render("x.html", "tr", {}) == "12 mg"


def two(tmp_path, **site):
    """A theme of a site's templates before built-in ones."""
    own, builtin = tmp_path / "templates", tmp_path / "with the program"
    for folder in (own, builtin):
        folder.mkdir(exist_ok=True)
    builtin.joinpath("page.html").write_text(
        "{% block top %}{{ _('Top') }}{% endblock %}\n{{ body }}{{ titel }}"
        if site.pop("broken", False)
        else "{% block top %}{{ _('Top') }}{% endblock %}: {{ body }}"
    )
    for name, text in site.items():
        own.joinpath(f"{name}.html").write_text(text)
    return Theme((str(own), str(builtin)))


EXTENDS = "{% extends 'builtin/page.html' %}"


def test_a_page_of_a_site_may_extend_the_built_in_one(tmp_path):
    block = "{% block top %}Ours, {{ super() }}{% endblock %}"
    theme = two(tmp_path, page=f"{EXTENDS}{block}")
    assert theme.render("page.html", "en", {"body": "x"}) == "Ours, Top: x"


def test_the_words_of_what_is_extended_are_translated_too(tmp_path):
    theme = two(tmp_path, page=f"{EXTENDS}{{% block top %}}{{% endblock %}}")
    assert [m.msgid for m in template_messages(theme.folders)] == ["Top"]


def test_an_error_in_what_is_extended_names_the_built_in_template(tmp_path):
    theme = two(tmp_path, page=EXTENDS, broken=True)
    with pytest.raises(TemplateError, match="'titel' is undefined") as raised:
        theme.render("page.html", "en", {"body": "x", "title": "y"})
    assert (raised.value.path, raised.value.line) == ("templates/builtin/page.html", 2)
    assert raised.value.hint.startswith("did you mean title?")


def test_a_built_in_template_that_does_not_exist_is_named(tmp_path):
    theme = two(tmp_path, page="{% extends 'builtin/pgae.html' %}")
    with pytest.raises(TemplateError, match=r"builtin/pgae\.html is missing"):
        theme.render("page.html", "en", {})


def test_a_value_that_is_not_there_is_named_with_what_has_none(write):
    shown = SiteView("", "", "en", "ltr", "", "", "", "", drafts=False, preview=False)
    theme = write("{{ site.titel }}")
    with pytest.raises(TemplateError, match="site has no 'titel'") as raised:
        theme.render("x.html", "en", {"site": shown})
    assert "did you mean title?" in raised.value.message


def test_a_key_that_is_not_there_is_named_with_those_near(write):
    theme = write("{{ meta.autor }}")
    with pytest.raises(TemplateError, match="did you mean author"):
        theme.render("x.html", "en", {"meta": {"author": "x"}})


def test_a_filter_that_does_not_exist_is_named_with_those_near(write):
    theme = write("{{ 'x' | isolted }}")
    with pytest.raises(TemplateError, match="No filter named 'isolted'") as raised:
        theme.render("x.html", "en", {})
    assert "isolated" in raised.value.hint


def test_a_template_that_says_more_than_a_machine_holds_is_an_error(write):
    theme = write("{{ 'x' * 9000000000000000000 }}")
    with pytest.raises(TemplateError, match="cannot be filled") as raised:
        theme.render("x.html", "en", {})
    assert raised.value.path == "templates/x.html"


def test_a_theme_that_filled_templates_can_be_sent_to_another_machine(write):
    write("{% macro said(it) %}({{ it }}){% endmacro %}", "part.html")
    text = "{% import 'part.html' as all %}{{ all.said(a) }} {{ _('Hello') }}"
    theme = with_words(write(text), catalog({"Hello": "Merhaba"}))
    said = theme.render("x.html", "tr", {"a": 1})

    again = pickle.loads(pickle.dumps(theme))

    assert said == "(1) Merhaba"
    assert again.render("x.html", "tr", {"a": 1}) == said
