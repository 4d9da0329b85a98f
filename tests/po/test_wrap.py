import pytest

from pipeline.po.wrap import wrap
from tests.po.catalogs import msgcat, needs_gettext, with_header

LONG = "word " * 30


def test_a_short_text_stays_beside_its_keyword():
    assert wrap("msgid", "short") == ['msgid "short"']


def test_an_empty_text_is_one_line():
    assert wrap("msgstr", "") == ['msgstr ""']


def test_a_text_that_just_fits_is_not_broken():
    text = "a b " * 17 + "abc"
    line = f'msgid "{text}"'
    assert len(line) == 79
    assert wrap("msgid", text) == [line]
    assert wrap("msgid", f"{text}d")[0] == 'msgid ""'


def test_lines_are_filled_to_the_width():
    lines = wrap("msgid", LONG)
    assert lines[0] == 'msgid ""'
    assert {len(line) for line in lines[1:-1]} == {77}


def test_one_line_with_its_end_stays_beside_its_keyword():
    assert wrap("msgid", "one\n") == [r'msgid "one\n"']


def test_each_line_of_a_text_begins_anew():
    assert wrap("msgid", "one\ntwo") == ['msgid ""', r'"one\n"', '"two"']


def test_what_cannot_be_broken_stays_whole():
    assert wrap("msgid", "x" * 100) == [f'msgid "{"x" * 100}"']


def test_no_wrap_keeps_long_lines():
    assert wrap("msgid", LONG, flags=("no-wrap",)) == [f'msgid "{LONG}"']


def test_a_prefix_takes_room():
    lines = wrap("msgid", LONG, prefix="#~ ")
    assert lines[0] == '#~ msgid ""'
    assert all(len(line) <= 79 for line in lines)


def test_special_characters_are_escaped():
    assert wrap("msgid", 'a\tb"c\\d\r\a\b\f\v') == [r'msgid "a\tb\"c\\d\r\a\b\f\v"']


SAMPLES = [
    "漢字とひらがなの文章は、" * 9,
    "한국어 문장은 띄어쓰기로 나뉜다. " * 7,
    "👩‍⚕️👨‍⚕️ 🇹🇷🇩🇪🇸🇦 👍🏽 " * 12,
    "https://clinic.example/patients/after-care/first-week?lang=tr&x=1#top " * 3,
    "بعد زراعة الشعر، يمكنك غسل شعرك بلطف؛ لا تحكّ فروة رأسك، بِسْمِ اللّٰهِ " * 3,
    "Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesell\u00adschaft " * 6,
    "e\u0301te\u0301 a\u030a o\u0308 " * 20,
    "Saç ekiminden sonra günde 2–3 kez, “yavaşça” yıkayın… — doktorunuza sorun! " * 3,
    "שלום עולם-טוב, מה שלומך? " * 8,
    "ภาษาไทยไม่มีช่องว่างระหว่างคำ" * 4,
    "कि हिन्दी में लिखा हुआ वाक्य। " * 6,
    'a "quoted" text with \\ and \\\\ and \\n and a\ttab, ' * 4,
    "one (two) [three] {four} <b>five</b> six/seven eight-nine 10 % $5 €6 7°C " * 3,
    "line one\nline two is longer than the others and has to be broken, or so\n\n  x\n",
    "a\u2028" + "b c " * 30,
    "x" * 90 + " " + "ş" * 90 + "   end",
    "\u00a0keep\u00a0together\u00a0" * 9,
    "\x1b[0m control \x07 " * 9,
    "state-of-the-art and/or either—or… e.g. 1,000.50 mg/kg " * 4,
]


@needs_gettext
@pytest.mark.parametrize("text", SAMPLES, ids=range(len(SAMPLES)))
@pytest.mark.parametrize("flag", [(), ("no-wrap",)], ids=["", "no-wrap"])
def test_hard_samples_are_broken_as_msgcat_breaks_them(text, flag):
    head = [f"#, {flag[0]}"] if flag else []
    entry = [*head, 'msgid "a"', *wrap("msgstr", text, flags=flag)]
    expected = with_header("\n".join(entry) + "\n")
    assert msgcat(expected) == expected
    assert msgcat(with_header("\n".join([*head, 'msgid "a"', raw(text)]))) == expected


def raw(text):
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\a": "\\a"}
    return f'msgstr "{"".join(escapes.get(c, c) for c in text)}"\n'


FORMATS = [
    ("python-format", "about 100 % done of %(count)s and " * 5 + "%(a name)s " * 9),
    ("python-format", "%s % d of % s and then %(x)s " * 6),
    ("python-format", "50 % of the 20 % öyle % d %" * 6),
    ("python-format", "%*.*f %5.2f%% " * 12),
    ("python-brace-format", "{name} {x.y[0]:>10} {{literal}} " * 6),
    ("python-brace-format", "漢字 " + "x" * 90 + " {a} {bcd!r} "),
    ("python-brace-format", "no directive, } and { alone " * 6),
]


@needs_gettext
@pytest.mark.parametrize(("flag", "text"), FORMATS, ids=range(len(FORMATS)))
def test_directives_are_kept_together_as_msgcat_keeps_them(flag, text):
    lines = wrap("msgstr", text, flags=(flag,))
    text = with_header("\n".join([f"#, {flag}", 'msgid "a"', *lines]) + "\n")
    assert msgcat(text) == text


def test_many_short_escapes_may_take_more_than_a_line():
    quotes = '\\"' * 40
    assert wrap("msgid", '"' * 40) == [f'msgid "{quotes}"']
    assert wrap("msgid", '" ' * 30)[0] == 'msgid ""'
