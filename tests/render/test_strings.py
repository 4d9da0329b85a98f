"""The words of the templates, as the catalog `messages` gets them."""

import pytest

from pipeline.errors import TemplateError
from pipeline.model.catalog import Catalog, Message
from pipeline.render.strings import (
    TITLE_CONTEXT,
    builtin_templates,
    strings,
    template_files,
    template_messages,
)
from tests.render.shelf import SITE, catalog


@pytest.fixture
def folder(tmp_path):
    def put(name: str, text: str) -> str:
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return str(tmp_path)

    return put


def found(folder: str) -> list[Message]:
    return list(template_messages((folder,)))


def test_a_message_knows_its_template_and_what_the_designer_notes(folder):
    where = folder("partials/x.html", "{# NOTE: At the top #}\n{{ _('Hello') }}")
    assert found(where) == [
        Message(
            "Hello",
            extracted=("At the top",),
            references=("templates/partials/x.html",),
        )
    ]


def test_a_value_makes_a_message_one_of_pythons_format(folder):
    where = folder("x.html", "{% trans d=1 %}On {{ d }}{% endtrans %}{{ _('100%%') }}")
    assert [(m.msgid, m.flags) for m in found(where)] == [
        ("On %(d)s", ("python-format",)),
        ("100%%", ("python-format",)),
    ]


def test_a_plural_has_two_forms_and_is_trimmed(folder):
    where = folder(
        "x.html",
        "{% trans n=1 %}\n  {{ n }} day\n{% pluralize %}\n{{ n }} days {% endtrans %}",
    )
    (message,) = found(where)
    assert (message.msgid, message.msgid_plural) == ("%(n)s day", "%(n)s days")
    assert message.msgstrs == ("", "")


def test_a_context_is_kept(folder):
    where = folder(
        "x.html",
        "{{ pgettext('noun', 'Reading') }}{{ npgettext('c', 'a', 'b', 2) }}",
    )
    assert [(m.msgctxt, m.msgid, m.msgid_plural) for m in found(where)] == [
        ("noun", "Reading", None),
        ("c", "a", "b"),
    ]


def test_equal_messages_of_several_templates_are_one(folder):
    folder("mail.mjml", "{# NOTE: In a mail #}\n{{ _('Hello') }}")
    folder("mail.txt", "{% trans n=2 %}Hello{% pluralize %}Hellos{% endtrans %}")
    folder("static/x.html", "{{ _('never') }}")
    where = folder("x.html", "{# NOTE: On a page #}\n{{ _('Hello') }}")
    assert found(where) == [
        Message(
            "Hello",
            msgstrs=("", ""),
            msgid_plural="Hellos",
            extracted=("In a mail", "On a page"),
            references=(
                "templates/mail.mjml",
                "templates/mail.txt",
                "templates/x.html",
            ),
        )
    ]


def test_a_sites_own_template_hides_the_built_in_one(tmp_path):
    for name, text in {"site/a.html": "A", "builtin/a.html": "B"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"{{{{ _('{text}') }}}}")
    (tmp_path / "builtin/c.html").write_text("{{ _('C') }}")
    folders = (str(tmp_path / "site"), str(tmp_path / "builtin"))
    assert [m.msgid for m in template_messages(folders)] == ["A", "C"]


def test_a_folder_that_is_not_there_has_no_templates(tmp_path):
    assert template_files((str(tmp_path / "none"),)) == {}


def test_the_sites_title_is_a_message_of_its_own(folder):
    where = folder("x.html", "{{ _('Hello') }}")
    title = template_messages((where,), SITE)[-1]
    assert (title.msgctxt, title.msgid) == ("title", "Clinic Library")
    assert title.references == ("publish.toml",)


def test_the_sites_title_may_have_a_sign_of_per_cent():
    title = Message("50% & more", ("%50 ve daha fazlası",), msgctxt=TITLE_CONTEXT)
    found = strings(Catalog(Message(""), (title,)), locale="tr")
    assert found.gettext("50% & more", TITLE_CONTEXT) == "%50 ve daha fazlası"


def test_a_template_that_does_not_parse_is_an_error_with_its_line(folder):
    where = folder("x.html", "\n{% trans %}a{{ b")
    with pytest.raises(TemplateError) as raised:
        template_messages((where,))
    assert (raised.value.path, raised.value.line) == ("templates/x.html", 2)


def test_a_template_that_is_not_utf_8_is_an_error(folder, tmp_path):
    where = folder("x.html", "")
    (tmp_path / "x.html").write_bytes(b"{{ _('\xff') }}")
    with pytest.raises(TemplateError, match="not UTF-8") as raised:
        template_messages((where,))
    assert raised.value.path == "templates/x.html"


def test_a_template_that_cannot_be_read_is_an_error(folder, tmp_path):
    where = folder("y.html", "")
    (tmp_path / "x.html").mkdir()
    (tmp_path / "z.html").symlink_to(tmp_path / "nowhere")
    with pytest.raises(TemplateError, match="cannot be read"):
        template_messages((where,))


def test_the_built_in_templates_are_found_and_have_words():
    texts = [message.msgid for message in template_messages((builtin_templates(),))]
    assert "Skip to the content" in texts
    assert len(texts) == len(set(texts))


def test_words_that_a_language_from_right_to_left_lacks_are_held_together():
    found = strings(catalog({"Close": "أغلق"}, "ar"), locale="ar")
    assert found.gettext("Close") == "أغلق"
    assert found.gettext("Read on.") == "\u2066Read on.\u2069"
    assert found.ngettext("%(n)s day", "%(n)s days", 2) == "\u2066%(n)s days\u2069"
    assert strings(None, locale="ar").gettext("Read on.") == "\u2066Read on.\u2069"
    assert strings(None, locale="tr").gettext("Read on.") == "Read on."


def test_the_title_of_a_site_is_as_it_is_in_every_language():
    assert strings(None, locale="ar").gettext("Clinic", TITLE_CONTEXT) == "Clinic"
