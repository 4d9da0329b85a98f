import pytest

from pipeline.engines.deep.services import SERVICES, language_codes


@pytest.mark.parametrize(
    ("service", "target", "code"),
    [
        ("google", "tr", "tr"),
        ("google", "pt-BR", "pt"),
        ("google", "he", "iw"),
        ("google", "nb", "no"),
        ("google", "fil", "tl"),
        ("google", "zh-Hans", "zh-CN"),
        ("google", "zh-Hant-HK", "zh-TW"),
        ("google", "zh", "zh-CN"),
        ("mymemory", "tr", "tr-TR"),
        ("mymemory", "de", "de-DE"),
        ("mymemory", "pt-BR", "pt-BR"),
        ("mymemory", "ar", "ar-SA"),
        ("mymemory", "sr-Latn", "sr-Latn-RS"),
        ("mymemory", "sr", "sr-Cyrl-RS"),
        ("libre", "zh-Hans", "zh"),
        ("microsoft", "zh-Hans", "zh-Hans"),
        ("microsoft", "pt-PT", "pt-PT"),
        ("microsoft", "de-AT", "de"),
        ("microsoft", "zh-Hans-CN", "zh-Hans"),
        ("baidu", "ar", "ara"),
        ("papago", "ko", "ko"),
    ],
)
def test_a_locale_is_spelled_as_the_service_wants_it(service, target, code):
    codes = language_codes(SERVICES[service], "en", target)
    assert codes is not None
    assert codes[1] == code


@pytest.mark.parametrize(
    ("service", "source", "target"),
    [
        ("google", "en", "xx"),
        ("google", "en", "sr-Latn"),
        ("google", "en", "en"),
        ("libre", "en", "sv"),
        ("google", "pt", "pt-BR"),
        ("microsoft", "en", "en"),
    ],
)
def test_an_unknown_pair_has_no_codes(service, source, target):
    assert language_codes(SERVICES[service], source, target) is None
