import pytest

from pipeline.checks.markup import Markup
from pipeline.model.finding import Severity
from tests.checks import remarks, severities

GOOD = [
    ("tr", "<b>Never</b> smoke", "<b>Asla</b> sigara içmeyin"),
    ("tr", "Run `publish build`", "`publish build` komutunu çalıştırın"),
    ("tr", "`a` twice", "`a` ve yine `a`"),
    ("ar", "**Never** smoke", "**لا** تدخن"),
    ("ar", "<b>Mike</b>", "<b><bdi>Mike</bdi></b>"),
    ("de", "*Very* **important**", "_Sehr_ **wichtig**"),
    ("de", '<a href="x" title="More">a</a>', '<a href="x" title="Mehr">a</a>'),
    ("de", "5 * 3 * 2 and snake_case_name", "5 * 3 * 2 und snake_case_name"),
    ("ja", "See [this](x.md)", "[これ](x.md)を参照"),
    ("ja", "a<br>b", "あ<br />い"),
    ("ja", "<!-- note -->a", "<!-- note -->あ"),
    ("tr", "[a [b] c](x.md)", "[ç [b] a](x.md)"),
    ("tr", "***Very*** ~~old~~", "***Çok*** ~~eski~~"),
    ("de", r"\*no\* \[no] ", r"\*nein\* \[nein] "),
    ("de", "<i>a</i> <b>b</b>", "<b>b</b> <i>a</i>"),
    ("tr", '[This](x.md "Title")', '[Bu](x.md "Başlık")'),
    ("tr", "[This](<x.md>)", "[Bu](<x.md>)"),
    ("tr", "Take ~~5 mg~~ 10 mg", "~~5 mg~~ 10 mg alın"),
    ("zh", "3 to 5 days, 5 to 10 times", "3~5天,5~10次"),
    ("tr", "about 5 or about 7", "~5 veya ~7"),
]
BAD = [
    ("tr", "<b>Never</b> smoke", "Asla sigara içmeyin", "<b>"),
    ("tr", "Never smoke", "<b>Asla</b> sigara içmeyin", "<b> is not in the source"),
    ("tr", "<b>a</b>", "</b>a<b>", "not closed"),
    ("tr", "<b><i>a</i></b>", "<b><i>a</b></i>", "not closed"),
    ("tr", "<b>a</b>", '<b class="x">a</b>', "class=x"),
    ("tr", "Run `publish build`", "`publish biuld` komutu", "`publish build`"),
    ("tr", "Run `publish build`", "`publish run` komutu", "`publish build`"),
    ("tr", "Run `publish build`", "Komutu çalıştırın", "missing"),
    ("ar", "See [this](x.md)", "انظر [هذا] (x.md)", "broken"),
    ("de", "See [this](x.md)", "Siehe dies](x.md)", "opening bracket"),
    ("de", "See [this](x.md)", "Siehe [dies](x.md", "not closed"),
    ("ja", "See [this](x.md)", "［これ］(x.md)を参照", "broken"),
    ("ja", "See [this](x.md)", "[これ]（x.md）を参照", "broken"),
    ("ja", "<!-- a -->b", "b", "<!-- a -->"),
    ("de", "See `a` and `b`", "Siehe `a` und `c`", "`b` is `c` here"),
    ("de", "`a` is `a`", "`a` ist `c`", "`a` is `c` here"),
    ("de", "Run `publish build`", "`publish build ausführen", "stands alone"),
    ("tr", "See [this](x.md)", "[Buna(x.md) bakın", "has no partner"),
    ("ja", "~~old~~", "古い", "strikethrough"),
    ("tr", "Take ~~5 mg~~ 10 mg", "5 mg 10 mg alın", "strikethrough"),
    ("tr", "Take 5 mg", "~~5 mg~~ alın", "strikethrough"),
    ("tr", "Take 5 mg", "~5 mg~ alın", "strikethrough"),
    ("tr", "See [this](x.md)", '[Buna](x.md "Başlık") bakın', "has a title"),
]
NOTED = [
    ("de", "Never smoke", "*Nie* rauchen", "does not have"),
    ("de", "Call free", "`free` aufrufen", "`free` is not code"),
    ("de", "a", "`b`", "`b` is not code"),
]
WARNED = [
    ("tr", "**Never** smoke", "Asla sigara içmeyin", "strong emphasis"),
    ("ar", "*Never* smoke", "لا تدخن", "emphasis"),
    ("tr", "Run `a` and `b`", "`a` ve b çalıştırın", "put it in backticks"),
    ("de", "**never** smoke", "**nie rauchen", "strong emphasis"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_the_same_markup_passes(locale, source, msgstr):
    assert remarks(Markup(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_other_markup_is_an_error(locale, source, msgstr, said):
    found = remarks(Markup(), source, msgstr, locale)
    assert any(said in remark.message for remark in found)
    assert Severity.ERROR in severities(Markup(), source, msgstr, locale)


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), WARNED)
def test_other_emphasis_is_a_warning(locale, source, msgstr, said):
    found = remarks(Markup(), source, msgstr, locale)
    assert any(said in remark.message for remark in found)
    assert severities(Markup(), source, msgstr, locale) == {Severity.WARNING}


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), NOTED)
def test_markup_that_harms_nothing_is_a_note(locale, source, msgstr, said):
    found = remarks(Markup(), source, msgstr, locale)
    assert any(said in remark.message for remark in found)
    assert severities(Markup(), source, msgstr, locale) == {Severity.INFO}


def test_a_right_to_left_text_may_isolate_code():
    text = 'این <span dir="ltr">`a[3]`</span> است'
    assert remarks(Markup(), "This is `a[3]`", text, "fa") == []


def test_what_is_broken_in_the_source_too_passes():
    assert remarks(Markup(), "</b> see [a] (x.md)", "</b> bkz. [a] (x.md)") == []


MEANT = [
    ("ar", "in `Newtons`", "بوحدة `نيوتن`"),
    ("tr", "says `Completed`", "`Tamamlandı` yazar"),
    ("fr", "the `goal` value", "la valeur `objectif`"),
    ("de", "`match` Expressions", "`Match` Anweisungen"),
    ("fr", "`f(a,b)`", "`f(a, b)`"),
    ("ja", "```sh\na # go\n```", "```sh\na # 行く\n```"),
    ("es", '`print("good morning")`', '`print("buenos tardes")`'),
]
SLIPS = [
    ("tr", "`static` is", "`statik` olan"),
    ("tr", "`print(1)`", "`print(2)`"),
    ("tr", "`%APPDATA%`", "`%VERİLER%`"),
    ("ja", "```sh\nmv 1 # go\n```", "```sh\nmv 2 # 行く\n```"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), MEANT)
def test_code_that_is_translated_is_a_warning(locale, source, msgstr):
    found = severities(Markup(), source, msgstr, locale)
    assert Severity.WARNING in found
    assert Severity.ERROR not in found


@pytest.mark.parametrize(("locale", "source", "msgstr"), SLIPS)
def test_a_slip_in_code_is_an_error(locale, source, msgstr):
    assert Severity.ERROR in severities(Markup(), source, msgstr, locale)


def test_a_long_code_block_is_not_shown_whole():
    (remark,) = remarks(Markup(), "```\na\nb\n```", "```\nä\nb\n```", "de")
    assert "b" not in remark.message.split("is")[0]


@pytest.mark.parametrize(
    ("source", "msgstr"),
    [
        ("install <package>", "<paquet> installieren"),
        ("no help for `%s', try `help'", "Keine Hilfe zu »%s«, siehe »help«"),
    ],
)
def test_words_that_stand_for_others_and_old_quotes_may_change(source, msgstr):
    assert remarks(Markup(), source, msgstr, "de") == []


def test_one_more_unknown_tag_is_an_error():
    found = remarks(Markup(), "install <package>", "<paquet> <x> installieren", "de")
    assert [remark.severity for remark in found] == [None]
