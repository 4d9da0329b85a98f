import pytest

from pipeline.masking.talk import talk_in, warning_in


@pytest.mark.parametrize(
    "answer",
    [
        "I cannot help with that.",
        "I can’t translate this text.",
        "We are sorry, we cannot provide medical advice.",
        "As an AI language model, I",
        "Sorry, that is against my rules.",
        "Here's your translation: İki",
        "İki hap alın. Let me know if you need more.",
        "No puedo ayudar con eso.",
        "Je ne peux pas vous aider.",
        "Ich kann Ihnen dabei nicht weiterhelfen.",
        "لا أستطيع المساعدة في ذلك.",
        "Lo siento, pero no.",
        "Aquí está la traducción: dos",
        "İşte istediğiniz çeviri: iki",
    ],
)
def test_talk_is_known_for_what_it_is(answer):
    assert talk_in(answer, "Take two pills")


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("I cannot help you", "No puedo ayudar"),
        ("We are sorry", "Lo siento"),
        ("Get a translation", "Traducción: cómo"),
        ("Certainly, take two", "Certainly, take two"),
        ("Take two pills", "Tome dos píldoras"),
        ("The result is certain", "El resultado es seguro"),
    ],
)
def test_a_translation_of_such_words_is_none(source, answer):
    assert not talk_in(answer, source)


def test_a_warning_is_known_unless_the_text_speaks_of_it():
    assert warning_in("Monthly limit reached", "Take two") == "monthly limit"
    assert not warning_in("The monthly limit", "A monthly limit of two")
