import pytest

from pipeline.checks import CheckContext
from pipeline.checks.numbers import Numbers
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from tests.checks import remarks

GOOD = [
    ("tr", "20–30% of patients", "hastaların %20–30'u"),
    ("tr", "1/3 of patients", "hastaların üçte biri"),
    ("tr", "one in 4", "her 4 kişiden 1'i"),
    ("tr", "24/7", "7/24"),
    ("tr", "Omega-3 and B12", "Omega-3 ve B12"),
    ("tr", "2-3 times", "2–3 kez"),
    ("tr", "Take 5 mg.", "5 mg alın."),
    ("tr", "50% of patients", "hastaların %50'si"),
    ("tr", "50% of patients", "hastaların yüzde 50'si"),
    ("tr", "1,500.5 ml", "1.500,5 ml"),
    ("tr", "2 tablets", "iki tablet"),
    ("tr", "two tablets", "2 tablet"),
    ("tr", "at 8:30 pm", "saat 20.30'da"),
    ("tr", "at 8 pm", "saat 20:00'de"),
    ("tr", "10 million people", "10 milyon kişi"),
    ("tr", "1,000,000 people", "1 milyon kişi"),
    ("tr", "12/05/2024", "05.12.2024"),
    ("tr", "May 12, 2024", "12.5.2024"),
    ("tr", "Stage II, Type I", "Evre 2, Tip 1"),
    ("tr", "5 mg/kg", "kg başına 5 mg"),
    ("tr", "5-10 mg", "5 mg ila 10 mg"),
    ("tr", "5 mg, 10 mg", "5, 10 mg"),
    ("tr", "5 mg", "5 miligramlık"),
    ("tr", "a 5&#160;mg dose", "5 mg doz"),
    ("tr", "twenty-five days", "25 gün"),
    ("tr", "at -5 °C", "eksi 5 °C'de"),
    ("tr", "`x2` and 3", "`x2` ve 3"),
    ("tr", "the first of `1..5`", "`1..5` ile 5 arasında ilk"),
    ("tr", "see [2](https://a.example/3)", "bkz. [2](https://a.example/3)"),
    ("ar", "Take 5 mg.", "خذ ٥ ملغ."),
    ("ar", "37.5 °C", "٣٧٫٥ درجة مئوية"),
    ("ar", "2 hours", "ساعتين"),
    ("ar", "1 day", "يوم"),
    ("ar", "50%", "٪50"),
    ("ar", "3 times", "ثلاث مرات"),
    ("de", "0.5 mg", "0,5 mg"),
    ("de", "5 mcg", "5 µg"),
    ("de", "12 days", "zwölf Tage"),
    ("de", "6 hours", "6 Stunden"),
    ("de", "2,000 people", "2000 Personen"),
    ("ja", "10 million people", "1000万人"),
    ("ja", "10:30", "10時30分"),
    ("ja", "5 mg for 3 weeks", "5ミリグラムを3週間"),
    ("ja", "３ days", "3日"),
    ("fa", "-3", "۳-"),
    ("tr", "½ tablet", "1/2 tablet"),
    ("tr", "1/2 tablet", "yarım tablet"),
    ("de", "2 1/2 tablets", "2,5 Tabletten"),
    ("de", "1.5 ml", "1 1/2 ml"),
    ("de", "Welcome to Day 1", "Willkommen am ersten Tag"),
    ("ar", "Day 1: Morning", "اليوم الأول: صباحا"),
    ("ja", "1+ crates", "一つ以上のクレート"),
    ("fr", "more than 1 URL", "plus d'une URL"),
    ("ru", "A3 sheet, 297 x 420 mm", "Лист A3 297 x 420 мм"),
    ("de", "every 24 hrs", "alle 24 Stunden"),
    ("de", "Please ring at room 42 twice.", "An Zimmer 42 bitte zweimal klingeln."),
    ("de", "Take 5 please.", "Nehmen Sie 5 bitte."),
    ("de", "Correct 2 grammar errors.", "Korrigieren Sie 2 grammatische Fehler."),
    ("it", "Take it 3 times daily.", "Prenderlo 3 volte al giorno."),
    ("it", "Take it 2 times a week.", "Prenderlo 2 volte a settimana."),
    ("it", "Take it 1 time.", "Prenderlo 1 volta."),
    ("it", "At the 3-month visit.", "Alla visita del 3° mese."),
    ("pt-BR", "Wrap it 3 times.", "Dê 3 voltas com a atadura."),
    ("pt-BR", "At the 3-month check.", "Na consulta do 3º mês."),
    ("pt-BR", "We set 2,000 grafts.", "Implantamos 2 mil enxertos."),
    ("pt-BR", "2,000,000 people", "2 milhões de pessoas"),
    ("es", "We set 2,000 grafts.", "Implantamos 2 mil injertos."),
    ("es", "1,000,000 people", "1 millón de personas"),
    ("it", "We set 2,000 grafts.", "Abbiamo impiantato 2 mila innesti."),
    ("tr", "5 miles", "5 mil"),
    ("tr", "3 updates in 2 weeks.", "2 haftada 3 güncelleme."),
    ("tr", "A 5-star hotel for 2 days.", "2 gün 5 yıldızlı otel."),
    ("tr", "An area of 5 square metres.", "5 metrekare alan."),
    ("tr", "Count 60 per centimetre.", "Santimetrede 60."),
    ("tr", "Wait 2 To 3 Days", "2 Gün ile 3 Gün Bekleyin"),
    ("fr", "3, please, for an hour", "3 s'il vous plaît, pendant une heure"),
    ("sv", "The 95th percentile.", "95-percentilen."),
    ("ru", "It began in 2020.", "Это началось в 2020 г."),
    ("ar", "There are 3 cancelled visits.", "هناك 3 ملغاة من الزيارات."),
    ("ar", "Take 2 daily for 3 weeks.", "تناول 2 يوميًا لمدة 3 أسابيع."),
    ("ar", "Take 2 every night for 3 weeks.", "تناول 2 يوميًا ليلًا لمدة 3 أسابيع."),
    ("ar", "Take 2 weekly for 3 months.", "تناول 2 أسبوعيًا لمدة 3 أشهر."),
]
BAD = [
    ("tr", "Take 5 mg.", "50 mg alın.", "number 5 mg in the source is 50 mg here"),
    ("tr", "Take 5 mg.", "5 ml alın.", "correct the unit"),
    ("tr", "Take 5 mg.", "5 alın, 2 kez.", "2 kez"),
    ("tr", "1,500 mg", "1,500 mg", "number 1,500 mg in the source is 1,500 mg here"),
    ("tr", "0.5 mg", "5 mg", "0.5 mg"),
    ("tr", "6 hours", "6 gün", "correct the unit"),
    ("tr", "Take 2 tablets", "Tablet alın", "missing"),
    ("tr", "Take it", "12 saatte bir alın", "not in the source"),
    ("tr", "5 and 5", "5", "missing"),
    ("tr", "10 million", "10 milyar", "10 milyar"),
    ("tr", "Take 5 mg", "Alın: 5.", "correct the unit"),
    ("tr", "Take 5 tablets", "5 mg alın", "correct the unit"),
    ("tr", "5 mg/kg", "5 mg/ml", "correct the unit"),
    ("ar", "Take 5 mg.", "خذ ٥٠ ملغ.", "٥٠"),
    ("ar", "Take 2 weekly.", "تناول 2 يوميًا.", "correct the unit"),
    ("it", "Take 3 mg daily.", "Prenderne 3 g al giorno.", "correct the unit"),
    ("pt-BR", "We set 2,000 grafts.", "Implantamos 3 mil enxertos.", "3 mil"),
    ("es", "Take 2,000 mg.", "Tome 2 mil µg.", "correct the unit"),
    ("ru", "Take 2000 mg.", "Примите 2000 г.", "correct the unit"),
    ("ru", "Take 5.", "Примите 5 г.", "correct the unit"),
    ("ar", "5 mg", "٥ مل", "correct the unit"),
    ("ar", "10 days", "10 أسابيع", "correct the unit"),
    ("de", "1.5 mg", "15 mg", "1.5 mg"),
    ("de", "5 IU", "5 mg", "correct the unit"),
    ("de", "at -5 °C", "bei 5 °C", "-5 °C"),
    ("de", "at 8 pm", "um 18 Uhr", "18"),
    ("ja", "5 mg", "50ミリグラム", "50"),
    ("ja", "37 °C", "38℃", "38"),
    ("ja", "10 million", "1000億人", "1000億"),
    ("de", "1/2 tablet", "1/4 Tablette", "2"),
    ("de", "8 1/2 ml", "8,5 mg", "8"),
    ("de", "15 x 10 mm", "10 × 15 cm", "correct the unit"),
    ("tr", "400px wide", "400em geniş", "correct the unit"),
    ("tr", "every 24 hrs", "24 günde bir", "correct the unit"),
    ("fr", "100%", "100 ‰", "correct the unit"),
    ("tr", "more than 1 hour", "saatten birden fazla", "missing"),
]
# What may be meant, and what a reader would look at.
DOUBTFUL = [
    ("fr", "65,536", "65,536", "another in this language"),
    ("tr", "13 characters", "13 karakter (ROT13)", "not in the source"),
    ("ja", "3 hours before, 3 hours after", "前後とも3時間", "missing"),
    ("ru", "all Slic3r settings", "все настройки", "missing"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_the_same_amount_in_the_locales_way_passes(locale, source, msgstr):
    assert remarks(Numbers(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_another_amount_is_an_error(locale, source, msgstr, said):
    found = remarks(Numbers(), source, msgstr, locale)
    assert any(said in f"{remark.message} {msgstr}" for remark in found)
    assert {remark.severity for remark in found} == {None}


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), DOUBTFUL)
def test_what_may_be_meant_is_a_warning(locale, source, msgstr, said):
    (remark,) = remarks(Numbers(), source, msgstr, locale)
    assert said in remark.message
    assert remark.severity is Severity.WARNING


def test_a_small_number_is_a_warning_where_number_words_are_unknown():
    (remark,) = remarks(Numbers(), "2 tablets", "två tabletter", "sv")
    assert remark.severity is Severity.WARNING


def test_a_dose_is_an_error_where_number_words_are_unknown():
    (remark,) = remarks(Numbers(), "2 mg", "två", "sv")
    assert remark.severity is None


def test_a_plural_form_may_be_the_singulars_translation():
    message = Message(
        "1 file",
        ("1 dosya", "{n} dosya"),
        msgid_plural="{n} files",
    )
    assert list(Numbers()(message, CheckContext("tr"))) == []


def test_a_plural_form_with_another_number_is_named():
    message = Message("1 mg", ("2 mg", "{n} mg"), msgid_plural="{n} mg")
    (remark,) = Numbers()(message, CheckContext("tr"))
    assert remark.message.startswith("in plural form 0: number 1 mg")


def test_a_flood_of_other_numbers_ends_in_few_remarks():
    source = " ".join(f"{number} a" for number in range(1000, 6000))
    msgstr = " ".join(f"{number} b" for number in range(6000, 11000))
    assert 0 < len(remarks(Numbers(), source, msgstr)) < 100


def test_the_same_numbers_in_another_order_are_the_same():
    numbers = [f"{number} mg" for number in range(200)]
    source, msgstr = ", ".join(numbers), ", ".join(reversed(numbers))

    assert not remarks(Numbers(), source, msgstr)


def test_of_the_same_numbers_in_another_order_one_is_changed():
    numbers = [f"{number} mg" for number in range(200)]
    source = ", ".join(numbers)
    msgstr = ", ".join(["7777 mg", *reversed(numbers[1:])])

    found = remarks(Numbers(), source, msgstr)

    assert [each.message for each in found] == [
        "number 0 mg in the source is 7777 mg here; correct it"
    ]
