import pytest

from pipeline.checks import CheckContext
from pipeline.checks.placeholders import Placeholders
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from tests.checks import remarks

GOOD = [
    ("tr", "Dear {{ first_name }},", "Sayın {{ first_name }},"),
    ("tr", "{{first_name}} has a visit", "{{first_name}}'ın randevusu var"),
    ("tr", "{{ date }} at {{ time }}", "{{ time }}, {{ date }}"),
    ("ar", "Dear {{ first_name }},", "عزيزي {{ first_name }}،"),
    ("de", "%s, %d visits", "%s, %d Besuche"),
    ("de", "%s of %s", "%2$s: %1$s"),
    ("ja", "Dear {{ first_name }},", "{{ first_name }}様"),
    ("ja", "%(n)s days", "%(n)s日"),
    ("tr", "50% of patients", "hastaların %50'si"),
    ("tr", "<a href='{{ url }}'>here</a>", "<a href='{{ url }}'>burada</a>"),
    ("de", "Use `{{ x }}`", "`{{ y }}` verwenden"),
]
BAD = [
    ("tr", "Dear {{ first_name }},", "Sayın {{ isim }},", "{{ isim }}"),
    ("tr", "Dear {{ first_name }},", "Sayın {{ first_name'in }},", "name'in }} here"),
    ("tr", "Dear {{ first_name }},", "Sayın {{first_name}},", "{{first_name}}"),
    ("tr", "Dear {{ first_name }},", "Sayın hastamız,", "missing"),
    ("tr", "Dear patient,", "Sayın {{ first_name }},", "take it out"),
    ("ar", "Dear {{ first_name }},", "عزيزي {{ الاسم }}،", "{{ الاسم }}"),
    ("de", "%s, %d visits", "%s Besuche", "%d"),
    ("de", "Hello ${name}", "Hallo ${Name}", "${Name}"),
    ("ja", "Dear *|FNAME|*,", "*|名前|*様", "*|名前|*"),
    ("ja", "{a} and {b}", "{a}と{a}", "{b}"),
    ("tr", "[x]({{ url }})", "[x]({{ adres }})", "{{ adres }}"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_fields_that_arrive_untouched_pass(locale, source, msgstr):
    assert remarks(Placeholders(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_a_changed_field_is_named(locale, source, msgstr, said):
    found = remarks(Placeholders(), source, msgstr, locale)
    assert any(said in remark.message for remark in found)


def test_a_renamed_field_is_one_remark():
    (remark,) = remarks(Placeholders(), "{{ first_name }}", "{{ isim }}")
    assert remark.message == (
        "{{ first_name }} of the source is {{ isim }} here; write it exactly so"
    )


def plural(*forms, locale="tr"):
    message = Message("%d file", forms, msgid_plural="%d files")
    return list(Placeholders()(message, CheckContext(locale)))


def test_the_singular_may_leave_the_number_out():
    assert plural("Bir dosya", "%d dosya") == []


def test_the_arabic_zero_one_and_two_may_leave_the_number_out():
    forms = ("لا ملفات", "ملف", "ملفان", "%d ملفات", "%d ملفًا", "%d ملف")
    assert plural(*forms, locale="ar") == []


def test_the_plural_may_not_leave_the_number_out():
    (remark,) = plural("%d dosya", "dosyalar")
    assert remark.message.startswith("in plural form 1: %d")


def test_the_singular_may_not_have_another_field():
    assert len(plural("%s dosya", "%d dosya")) == 1


@pytest.mark.parametrize(
    ("source", "msgstr", "said"),
    [
        ("{ad}", "{adi}", "write the ending after it: {ad}'i"),
        ("{{ ad }}", "{{ adın }}", "write the ending after it: {{ ad }}'ın"),
        ("%(ad)s", "%(ade)s", "write the ending after it: %(ad)s'e"),
        ("{ad}", "{soyad}", "write it exactly so"),
        ("{ad}", "{adres_satiri}", "write it exactly so"),
    ],
)
def test_an_inflected_field_is_told_with_its_ending(source, msgstr, said):
    (remark,) = remarks(Placeholders(), source, msgstr)
    assert said in remark.message


@pytest.mark.parametrize("msgstr", ["{ad}'i", "{ad}’ın", "{ad}i"])
def test_an_ending_after_a_field_passes(msgstr):
    assert remarks(Placeholders(), "{ad}", msgstr) == []


def test_a_field_that_is_code_in_the_source_only_is_a_warning():
    (remark,) = remarks(Placeholders(), "shown as `{integer}`", "„{integer}“", "de")
    assert remark.severity is Severity.WARNING
