import pytest

from pipeline.negations import negations


@pytest.mark.parametrize(
    ("locale", "plain", "negated"),
    [
        ("en", "You may drink it.", "You may not drink it."),
        ("en-GB", "Use it.", "Don’t use it."),
        ("de", "Sie dürfen trinken.", "Sie dürfen nicht trinken."),
        ("de", "Nehmen Sie ein Mittel.", "Nehmen Sie keine Mittel."),
        ("tr", "Saçınızı yıkayın.", "Saçınızı yıkamayın."),
        ("tr", "Bu ağrılı bir işlemdir.", "Bu ağrılı bir işlem değildir."),
        ("tr", "Kaşıyabilirsiniz.", "Kaşımadan bekleyiniz."),
        ("fr", "Buvez-en.", "N’en buvez pas."),
        ("es", "Beba agua.", "No beba agua."),
        ("it", "Beva acqua.", "Non beva acqua."),
        ("pt-BR", "Beba água.", "Não beba água."),
        ("nl", "Drink water.", "Drink geen water."),
        ("ru", "Пейте воду.", "Не пейте воду."),
        ("ar", "اشرب الماء.", "لا تشرب الماء."),
        ("ja", "飲んでください。", "飲まないでください。"),
        ("zh-Hans", "可以喝水。", "不可以喝水。"),
    ],
)
def test_a_negated_sentence_has_more_of_them(locale, plain, negated):
    assert negations(plain, locale) < negations(negated, locale)


def test_a_part_of_a_word_is_none():
    assert negations("Note the nonstop knot.", "en") == 0


def test_nothing_is_said_of_an_unknown_language():
    assert negations("Not here.", "xx") == 0
