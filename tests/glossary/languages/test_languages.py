"""What is a form of a term, language by language, and what only looks like one."""

import pytest

from pipeline.glossary import occurrences
from pipeline.model.term import Term


def found(locale, term, text, **more):
    row = Term("x", term, **more)
    return [
        text[each.start : each.end]
        for each in occurrences(text, (row,), locale, of_targets=True)
    ]


def split(rows):
    """`term: form, form` as pairs of a term and a text."""
    return [
        (row.partition(": ")[0], text)
        for row in rows.strip().splitlines()
        for text in row.partition(": ")[2].split(", ")
    ]


TURKISH = """
kök hücre: kök hücre, kök hücreler, kök hücrelerinin, kök hücreye, kök hücrelerden, KÖK HÜCRE, Kök Hücresi
kök hücre: kök-hücre, kök\u00a0hücreyi, kök hüc\u00adreleri, **kök** hücrenin, kök hücrelidir, kök hücresiz
kitap: kitap, kitabı, kitaba, kitapta, kitaplar, kitabımız, kitabınızın, kitaptan, kitaptır
saç: saç, saçı, saçın, saçlar, saçlarınızı, saçtaki, saçla, saçınızdır, saçlarınızdan
renk: rengi, rengin, renkler, renkte, renksiz
ağaç: ağacı, ağaçlar, ağaca
ağız: ağzı, ağzınızda, ağızdan, ağızlar, ağza
burun: burnu, burnunuz, burundan, burunda
omuz: omzu, omzunuza, omuzlar, omuza
saç derisi: saç derisi, saç derinizin, saç derinizde, saç derimize, saç derisinin, saç derileri, saç derisindeki
saç derisi: saç derisinden, saç derinizdeki, saç derilerinin, saç derisiyle, saç derili
saç ekimi: saç ekimi, saç ekiminiz, saç ekimleri, saç ekiminden, saç ekiminizin, saç ekimidir, saç ekiminde
saç dökülmesi: saç dökülmesinin, saçların dökülmesi, saçlarınızın dökülmesi, saçın dökülmesini
kemik iliği: kemik iliğinden, kemik iliğinizden, kemik ilikleri, kemiğin iliği
kemik iliği aspirasyonu: kemik iliği aspirasyonunda, kemik iliğinin aspirasyonu
yan etki: yan etkiler, yan etkileri, yan etkisi, yan etkilerden
büyüme faktörü: büyüme faktörleri, büyüme faktörlerinin
enjeksiyon bölgesi: enjeksiyon bölgeleri, enjeksiyon bölgenizde
İstanbul: İstanbul'da, İstanbul’un, İSTANBUL’dan, İstanbul'daki, istanbul
ADSC: ADSC'ler, ADSC’lerin, ADSC, ADSC’lerden
kalp: kalbi, kalbiniz, kalpte
cilt: cildi, cildinizi, ciltte
tıp: tıbbı, tıpta
hak: hakkı, haklar
su: suyu, suyun, suda
A ve U: A ve U
ret: reddi, retler
mide ağzı: mide ağızları, mide ağzınız
grup: grubu, gruplar
blok: bloğu, bloktan
saat: saati, saatte, saatler
kontrol: kontrolü, kontrolleri, kontrolden
psikolog: psikoloğu, psikologlar
hikâye: hikayesi, hikâyenin
minoksidil: minoksidilin, minoksidile, MİNOKSİDİL
indirmek: indir, indirin, indiriliyor, indirdiniz, indirilen, indirmeyin, indirebilirsiniz, indirmek
başlamak: başlıyor, başla, başladı, başlayan, başlayın
etmek: ediyor, edin, etti
parmak: parmağı, parmaklar
Türkiye: Türkiye'de, Türkiye’nin
"""
NOT_TURKISH = """
saç: saçma, saçmalık, saçak, sac
kök hücre: kök hücum, hücre kök, kökler hücre
kıl: kil, KİL, kılıç
deri: derin, derinlik, dergi
hasta: hastalık, hastane
parmak: para
saç derisi: saç. Derisi, deri, saç derin
el: elli, elma
kan: kanal, kanat
kod: kodlamış
ADSC: BMSC
"""


@pytest.mark.parametrize(("term", "text"), split(TURKISH))
def test_turkish_forms_are_found(term, text):
    assert found("tr", term, f"Sonra {text} gelir.")


@pytest.mark.parametrize(("term", "text"), split(NOT_TURKISH))
def test_other_turkish_words_are_not(term, text):
    assert found("tr", term, f"Sonra {text} gelir.") == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("İstanbul'daki evler", "İstanbul'daki"),
        ("'saç' bakımı", "saç"),
        ("Kök\nhücreler mi?", "Kök\nhücreler"),
    ],
)
def test_a_form_is_shown_with_its_ending(text, shown):
    terms = ("İstanbul", "saç", "kök hücre")
    assert [form for term in terms for form in found("tr", term, text)] == [shown]


OTHERS = {
    "en": """
Parkinson's disease: Parkinson's disease, Parkinson’s disease
stem cell: stem cell, stem cells, Stem-Cells, stem cell's, *stem* cell
biopsy: biopsies, biopsy's
diagnosis: diagnoses
tooth: teeth
rash: rashes
""",
    "de": """
Stammzelle: Stammzelle, Stammzellen, Stammzelltherapie, Stammzell-Therapie, Knochenmarkstammzellen
Haut: Haut, Häute, Kopfhaut, Hautkrebs
Arzt: Arztes, Ärzte, Ärzten, Facharzt
Haartransplantation: Haartransplantationen, Eigenhaartransplantation, Haartransplantations-Klinik
örtliche Betäubung: örtlicher Betäubung, örtlichen Betäubung, Örtliche Betäubung
waschen: waschen, wasche, gewaschen
auswählen: ausgewählt, auszuwählen, auswählen
Virus: Viren, Virus
Risiko: Risiken, Risikos
""",
    "fr": """
patient actif: patients actifs
tissu osseux: tissus osseux
cellule souche: cellules souches, Cellule souche
effet local: effets locaux
hôpital: l'hôpital, hôpitaux
tissu adipeux: tissus adipeux
maladie infectieuse: maladies infectieuses
""",
    "es": """
célula madre: células madre, células madres
inyección: inyecciones, inyección
efecto secundario: efectos secundarios
raíz: raíces
grasa abdominal: grasas abdominales
""",
    "pt": """
injeção: injeções
efeito colateral: efeitos colaterais
imagem útil: imagens úteis
exame ágil: exames ágeis
""",
    "it": """
cellula staminale: cellule staminali
farmaco: farmaci
cellula sana: cellule sane
dito sano: dita sana
""",
    "ar": """
خلية جذعية: الخلية الجذعية, للخلية الجذعية, والخلية الجذعية, خليّةٌ جذعيّة
فروة الرأس: فروة رأسك, بفروة الرأس, فروة الرأس, وفروة الرأس
علاج: العلاج, بالعلاج, علاجك, للعلاج, عـــلاج, والعلاجات
أثر: الأثر, اثر
عصا: عصا, العصا
يد: يد, باليد
""",
    "ja": """
幹細胞: 幹細胞とは, 脂肪由来幹細胞
セル: セルを
ADSC: ADSCは
バイオ: ﾊﾞｲｵ
""",
    "zh": """
干细胞: 间充质干细胞疗法
""",
    "th": """
ผม: เส้นผม
""",
    "ko": """
줄기세포: 줄기세포는, 줄기세포를, 줄기세포
""",
    "ru": """
клетка: клетки, клеткой, клетками
""",
}
NOT_OTHERS = {
    "en": """
hair: chair, hairy
graft: grafting, grafted
cell: excellent, cellar
""",
    "de": """
Arm: Armut, Alarm
Blut: Blutung, blutig
Haut: Haufen
Liste: auflisten
""",
    "fr": "os: osseux",
    "ar": "علاج: دواء",
    "ja": "セル: セルフ, モデルセルフ",
    "ko": "세포: 줄기세포",
}


@pytest.mark.parametrize(
    ("locale", "term", "text"),
    [(locale, *pair) for locale, rows in OTHERS.items() for pair in split(rows)],
)
def test_forms_of_other_languages_are_found(locale, term, text):
    assert found(locale, term, text)


@pytest.mark.parametrize(
    ("locale", "term", "text"),
    [(locale, *pair) for locale, rows in NOT_OTHERS.items() for pair in split(rows)],
)
def test_other_words_of_other_languages_are_not(locale, term, text):
    assert found(locale, term, text) == []


def test_a_verb_has_its_forms_and_a_noun_has_not():
    assert found("en", "apply", "applied", pos="verb")
    assert found("en", "stop", "stopping", pos="verb")
    assert found("en", "apply", "applied", pos="noun") == []
    assert found("tr", "ekmek", "ekiliyor", pos="verb")
    assert found("tr", "ekmek", "ekiliyor") == []


def test_a_word_that_stays_english_has_english_capitals_too():
    row = (Term("liposuction", "liposuction"),)
    for text in ("LIPOSUCTION", "LİPOSUCTİON", "Liposuction'dan"):
        assert occurrences(text, row, "tr", of_targets=True)
