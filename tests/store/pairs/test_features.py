from pipeline.store.pairs.features import candidates, keys, keys_around


def test_a_text_that_is_near_has_a_key_in_common():
    for text, other in (
        ("Wash your hair gently after three days.", "Wash your hair after three days."),
        ("Appointment", "Apointments"),
        ("请在饭后服用两片药", "请在饭后服用三片药"),
    ):
        assert set(keys(text)) & set(keys_around(other, 75))


def test_a_text_of_another_size_has_none():
    assert not set(keys("Wash the hair " * 9)) & set(keys_around("Wash the hair", 75))


def test_the_texts_that_share_most_are_chosen():
    filed = {1: [*range(100, 600), 11], 2: [*range(700, 1_200), 11]}

    found = candidates(
        {key: len(texts) for key, texts in filed.items()},
        lambda wanted: [filed[key] for key in wanted],
    )

    assert 11 in found
    assert len(found) < 500


def test_what_is_in_every_text_is_not_counted():
    filed = {1: [7], 2: range(20_000)}

    found = candidates(
        {key: len(texts) for key, texts in filed.items()},
        lambda wanted: [filed[key] for key in wanted],
    )

    assert found == [7]
