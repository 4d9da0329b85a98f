from pipeline.model.catalog import Message
from pipeline.workflow.pseudo import pseudo_catalog

TEMPLATE = (
    Message("Wash your hair.", extracted=("paragraph",)),
    Message("hair", msgctxt="slug"),
    Message("%(n)d page", msgid_plural="%(n)d pages", msgstrs=("", "")),
    Message("Hello {{ first_name }}", msgctxt="title"),
)


def test_every_message_is_there_and_usable():
    catalog = pseudo_catalog(TEMPLATE, "en-XA")

    assert [m.key for m in catalog] == [m.key for m in TEMPLATE]
    assert all(m.is_usable for m in catalog if m.msgctxt != "slug")
    assert catalog.fields()["Language"] == "en-XA"


def test_words_are_not_what_they_were():
    catalog = pseudo_catalog(TEMPLATE, "en-XA")

    text = catalog.find("Wash your hair.").msgstr
    assert text != "Wash your hair."
    assert not any(word in text for word in ("Wash", "your", "hair"))


def test_an_address_stays():
    assert pseudo_catalog(TEMPLATE, "en-XA").find("hair", "slug").msgstr == ""


def test_what_is_filled_in_stays():
    catalog = pseudo_catalog(TEMPLATE, "en-XB")

    assert "{{ first_name }}" in catalog.find("Hello {{ first_name }}", "title").msgstr
    assert all("%(n)d" in form for form in catalog.find("%(n)d page").msgstrs)
    assert len(catalog.find("%(n)d page").msgstrs) == 2
