"""What must not change unnoticed, and what may."""

import pytest

from pipeline.clinical import differences, harms


@pytest.mark.parametrize(
    ("before", "now", "what"),
    [
        ("Take 5 mg.", "Take 3 mg.", "the numbers differ"),
        ("Take two tablets.", "Take three tablets.", "the numbers differ"),
        ("Wait 2 hours and 5 minutes.", "Wait 2 hours and 2 minutes.", "the numbers"),
        ("Take 5 mg.", "Take 5 mcg.", "the units differ"),
        ("Wait two weeks.", "Wait two months.", "the units differ"),
        ("Apply it daily.", "Apply it weekly.", "how often differs"),
        ("Take it in the morning.", "Take it in the evening.", "how often differs"),
        ("Lie on your left side.", "Lie on your right side.", "the side differs"),
        ("You may drink.", "You may not drink.", "a negation differs"),
        ("Rinse it with water.", "Rinse it without water.", "a negation differs"),
        ("Eat before surgery.", "Eat after surgery.", "“before” became “after”"),
        ("Drink more water.", "Drink less water.", "“more” became “less”"),
    ],
)
def test_a_harmful_change_is_named(before, now, what):
    assert any(each.startswith(what) for each in harms(before, now, "en"))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Take 5 mg.", "Take 5 mg."),
        ("Take 5 mg now.", "Please take **5** mg now!"),
        ("Take 5 mg.", "Take 5 milligrams."),
        ("Take two tablets.", "Take 2 tablets."),
        ("Wait 2 hours.", "Wait two hours."),
        ("Do not scratch.", "Don’t scratch."),
        ("You cannot drive.", "You can't drive."),
        ("Wash your hair gently.", "Wash your hair softly."),
        ("Take <b>5</b> mg.", "Take 5 mg."),
    ],
)
def test_a_harmless_change_is_not(before, now):
    assert list(harms(before, now, "en")) == []


@pytest.mark.parametrize(
    ("before", "now", "locale", "what"),
    [
        ("Zwei Wochen warten.", "Zwei Monate warten.", "de", "the units differ"),
        ("Täglich auftragen.", "Wöchentlich auftragen.", "de-AT", "how often differs"),
        ("Sol kolunuz.", "Sağ kolunuz.", "tr", "the side differs"),
        ("Önce yıkayın.", "Sonra yıkayın.", "tr", "“önce” became “sonra”"),
        ("Prenez 5 mg.", "Prenez 5 ml.", "fr", "the units differ"),
    ],
)
def test_other_languages_have_lists_of_their_own(before, now, locale, what):
    assert list(harms(before, now, locale)) == [what]


def test_what_stands_in_words_is_no_part_of_a_comment_on_a_near_match():
    assert list(differences("Apply it daily.", "Apply it nightly.", "en")) == []
