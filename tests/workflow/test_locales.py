import pytest

from pipeline.errors import UsageError
from pipeline.model.site import Site
from pipeline.workflow.locales import build_locales, target_locales

SITE = Site("/", locales=("tr", "pt-BR"))
ALONE = Site("/")


def test_without_a_choice_all_are_meant():
    assert target_locales(SITE, ()) == ("tr", "pt-BR")
    assert build_locales(SITE, (), draft=False) == ("en", "tr", "pt-BR")


def test_a_choice_is_kept_in_its_order_and_once():
    assert target_locales(SITE, ("pt-BR", "tr", "pt-BR")) == ("pt-BR", "tr")
    assert build_locales(SITE, ("pt-BR",), draft=False) == ("en", "pt-BR")


def test_the_source_locale_is_built_alone_and_is_no_target():
    assert build_locales(SITE, ("en",), draft=False) == ("en",)
    with pytest.raises(UsageError, match="source locale"):
        target_locales(SITE, ("en",))


def test_pseudo_locales_are_drafts():
    assert build_locales(SITE, ("en-XA",), draft=True) == ("en", "en-XA")
    with pytest.raises(UsageError, match="never published"):
        build_locales(SITE, ("en-XA",), draft=False)
    with pytest.raises(UsageError, match="no catalogs"):
        target_locales(SITE, ("en-XB",))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("pt_BR", "did you mean pt-BR"),
        ("tr_TR", "did you mean tr-TR"),
        ("xx", "unknown locale 'xx'"),
        ("", "unknown locale ''"),
        ("türkçe", "unknown locale"),
        ("de", "not one of this site's"),
        ("tr-TR", "not one of this site's"),
    ],
)
def test_any_other_is_refused_naming_the_configured_ones(tag, said):
    for choose in (
        lambda: target_locales(SITE, (tag,)),
        lambda: build_locales(SITE, (tag,), draft=False),
    ):
        with pytest.raises(UsageError, match=said) as caught:
            choose()
        assert "configured are tr, pt-BR" in caught.value.hint


def test_a_site_without_locales_says_where_to_add_them():
    with pytest.raises(UsageError) as caught:
        target_locales(ALONE, ("tr",))

    assert caught.value.hint == "no locales are configured; add them in publish.toml"
