import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.numbers import numbers

WORDS = (
    "million milyon milyar bin BİN MİLYON hundred thousand Tausend mille мил тис 千 万 억 "
    "mg m mm mV minute minutes dakika DAKİKA week weeks wk years gün günler degrees "
    "international national inç İnç inch % üzde °C per in. in ألف وحدة kg/m mg/kg swelling "
    "month growth bit bits Celsius grad gr g"
).split()


def values(text, locale):
    return [number.value for number in numbers(text, locale)]


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("en", "1,500.50", ["1500.5"]),
        ("en", "1.5 and 0.50", ["1.5", "0.5"]),
        ("en", "1,000,000", ["1000000"]),
        ("en", "1.000.000", ["1000000"]),
        ("en", "12,34,567", ["1234567"]),
        ("en", "12,34,567.5", ["1234567.5"]),
        ("en", "0,5", ["0.5"]),
        ("en", "0.500", ["0.5"]),
        ("en", "007", ["7"]),
        ("en", "10 000 and 1 500.5", ["10000", "1500.5"]),
        ("en", "in 2020 500 people", ["2020", "500"]),
        ("tr", "1.500,5", ["1500.5"]),
        ("tr", "1.500", ["1500"]),
        ("tr", "1,500", ["1.5"]),
        ("tr", "1.5", ["1.5"]),
        ("tr", "%50, %20'si", ["50", "20"]),
        ("de", "1.000.000", ["1000000"]),
        ("de", "12.05.2024", ["12", "5", "2024"]),
        ("de", "1\u00a0500", ["1500"]),
        ("de-CH", "1’000.5", ["1000.5"]),
        ("fr", "1\u202f500,25", ["1500.25"]),
        ("fr", "1\u00a05", ["1", "5"]),
        ("fr", "1\u00a0000 g", ["1000"]),
        ("en", "in 5 100 000 days", ["5100000"]),
        ("en", "in 5 ٣٣٣ days", ["5333"]),
        ("tr", "üzde 07 ve yüzde 5", ["7", "5"]),
        ("ar", "١٬٥٠٠٫٥", ["1500.5"]),
        ("ar", "٠٫٥", ["0.5"]),
        ("fa", "۱۲ و ۳", ["12", "3"]),
        ("ja", "１５００円", ["1500"]),
        ("en", "5-10, 5–10", ["5", "10", "5", "10"]),
        ("en", "1.2.3 12/05/2024", ["1", "2", "3", "12", "5", "2024"]),
        ("en", "-5 (-3) x-2", ["-5", "-3", "2"]),
        ("en", "-0", ["0"]),
        ("en", "1,2,3.5", ["1", "2", "3", "5"]),
        ("en", "10:30 1:2 10:30:15", ["10:30", "1", "2", "10", "30", "15"]),
        ("ja", "（-1）, オメガ-3", ["-1", "3"]),
        ("en", "B12, COVID-19", ["12", "19"]),
        ("en", "no numbers", []),
    ],
)
def test_a_number_is_read_as_its_locale_writes_it(locale, text, expected):
    assert values(text, locale) == expected


@pytest.mark.parametrize(
    ("locale", "text", "value", "unscaled"),
    [
        ("en", "10 million", "10000000", "10"),
        ("en", "2.5 million", "2500000", "2.5"),
        ("tr", "10 milyon", "10000000", "10"),
        ("tr", "5 bin kişi", "5000", "5"),
        ("de", "1,5 Mio.", "1500000", "1.5"),
        ("ja", "1000万人", "10000000", "1000"),
        ("ar", "10 ملايين", "10000000", "10"),
        ("en", "-2 thousand", "-2000", "-2"),
        ("en", "10:30 million", "10:30", "10:30"),
    ],
)
def test_a_scale_word_counts(locale, text, value, unscaled):
    (number,) = numbers(text, locale)
    assert (number.value, number.unscaled) == (value, unscaled)


@pytest.mark.parametrize(
    ("locale", "text", "unit"),
    [
        ("en", "5 mg", "mg"),
        ("en", "5mg.", "mg"),
        ("en", "5 milligrams", "mg"),
        ("en", "5-mg", "mg"),
        ("en", "5 mcg", "µg"),
        ("en", "5 μg", "µg"),
        ("en", "5 mL", "ml"),
        ("en", "5 IU", "IU"),
        ("en", "5 international units", "IU"),
        ("en", "50 %", "%"),
        ("en", "50 percent", "%"),
        ("en", "37 °C", "°C"),
        ("en", "37 degrees Celsius", "°C"),
        ("en", "5 mg/kg", "mg/kg"),
        ("en", "5 mg / day", "mg/day"),
        ("en", "5 mg/x", "mg"),
        ("en", "6 hours", "hour"),
        ("en", "5 minutes", "minute"),
        ("en", "5 men", ""),
        ("en", "5. Next", ""),
        ("tr", "%50", "%"),
        ("tr", "yüzde 50", "%"),
        ("tr", "Yüzde 50", "%"),
        ("tr", "5 mg'lık", "mg"),
        ("tr", "5 miligramlık", "mg"),
        ("tr", "6 saatte", "hour"),
        ("tr", "3 günde", "day"),
        ("tr", "3 ayda", "month"),
        ("tr", "3 ayak", ""),
        ("de", "20 Prozent", "%"),
        ("de", "6 Stunden", "hour"),
        ("ar", "٪50", "%"),
        ("ar", "50٪", "%"),
        ("ar", "50 في المئة", "%"),
        ("ar", "٥ ملغ", "mg"),
        ("ar", "٥ مل", "ml"),
        ("ar", "37 درجة مئوية", "°C"),
        ("ja", "5ミリグラム", "mg"),
        ("ja", "5mgの", "mg"),
        ("ja", "37℃", "°C"),
        ("ja", "24時間", "hour"),
    ],
)
def test_a_unit_is_recognized(locale, text, unit):
    (number,) = numbers(text, locale)
    assert number.unit == unit


@given(
    st.sampled_from("5 12 007".split()),
    st.sampled_from(["", " ", "  ", "-", "\u00a0"]),
    st.sampled_from([*WORDS, *map(str.upper, WORDS), *map(str.title, WORDS)]),
    st.integers(min_value=1),
)
def test_what_cannot_be_a_unit_is_seen_by_its_first_letters(digits, gap, word, length):
    text = f"{digits}{gap}{word[:length]}"
    # With a sign before it a number is read with no look ahead.
    (number,), (signed,) = numbers(text, "tr"), numbers(f"+{text}", "tr")
    assert (number.raw, number.unit, number.unscaled) == (
        signed.raw,
        signed.unit,
        signed.unscaled,
    )


def test_the_raw_number_has_its_unit_and_place():
    (number,) = numbers("Günde yüzde 50 alın", "tr")
    assert (number.raw, number.start, number.end) == ("yüzde 50", 6, 14)


@given(st.text(alphabet="0159٣۴.,'% -−:/\u00a0\u202f٫٬mglkgü", max_size=40))
def test_every_number_is_a_part_of_the_text_after_the_one_before(text):
    for locale in "en", "tr":
        end = 0
        for number in numbers(text, locale):
            assert end <= number.start < number.end
            assert text[number.start : number.end] == number.raw
            end = number.end


@given(st.integers(min_value=0, max_value=10**9))
def test_grouping_does_not_change_a_number(value):
    grouped = f"{value:,}"
    assert values(grouped, "en") == [str(value)]
    assert values(grouped.replace(",", "."), "tr") == [str(value)]
    assert values(grouped.replace(",", "\u202f"), "fr") == [str(value)]


def test_a_number_is_found_in_the_digits_of_any_script():
    digits = [each for each in map(chr, range(0x110000)) if each.isdecimal()]
    assert [d for d in digits if not numbers(f"x {d} x", "en")] == []
    assert numbers("ab ① ² x", "en") == ()


@pytest.mark.parametrize("tail", ["", " mg", " mg/kg", " million mg", " days long"])
def test_a_number_is_the_same_at_the_end_of_a_text_and_within_it(tail):
    (last,) = numbers(f"take 5{tail}", "en")
    (inner,) = numbers(f"take 5{tail} in the evening or the morning", "en")
    assert last == inner
