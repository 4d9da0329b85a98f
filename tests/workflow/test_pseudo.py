from pipeline.model.catalog import Message
from pipeline.workflow.pseudo import pseudo_catalog

TEMPLATE = (
    Message("Wash your hair.", extracted=("paragraph",)),
    Message("hair", msgctxt="slug"),
    Message("%(n)d page", msgid_plural="%(n)d pages", msgstrs=("", "")),
    Message("Hello {{ first_name }}", msgctxt="title"),
)


def text(catalog, msgid, msgctxt=None):
    found = catalog.find(msgid, msgctxt)
    return found.msgstrs if found else ()


def test_every_message_is_there_and_usable():
    catalog = pseudo_catalog(TEMPLATE, "en-XA")

    assert [m.key for m in catalog] == [m.key for m in TEMPLATE]
    assert all(m.is_usable for m in catalog if m.msgctxt != "slug")
    assert catalog.fields()["Language"] == "en-XA"


def test_words_are_not_what_they_were():
    catalog = pseudo_catalog(TEMPLATE, "en-XA")

    (said,) = text(catalog, "Wash your hair.")
    assert said
    assert not any(word in said for word in ("Wash", "your", "hair"))


def test_an_address_stays():
    assert text(pseudo_catalog(TEMPLATE, "en-XA"), "hair", "slug") == ("",)


def test_what_is_filled_in_stays():
    catalog = pseudo_catalog(TEMPLATE, "en-XB")

    (hello,) = text(catalog, "Hello {{ first_name }}", "title")
    forms = text(catalog, "%(n)d page")
    assert "{{ first_name }}" in hello
    assert ["%(n)d" in form for form in forms] == [True, True]
