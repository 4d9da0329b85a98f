"""An approved source that changed, and a translation that did not."""

import pytest

from pipeline.approval import Approval, Approvals, translation_digest
from pipeline.delta import find_delta
from pipeline.model.catalog import Catalog, Message, Previous
from pipeline.model.finding import Severity
from tests.builders import TURKISH, make_site, publish, put, translate

OLD = Message("Take 5 mg in the evening.", ("Akşamları 5 mg alın.",))
NEW = Message("Take 3 mg in the evening.", OLD.msgstrs, line=7)


def approved(*messages):
    return Approvals(
        tuple(
            Approval(
                message.msgctxt,
                message.msgid,
                translation_digest(message),
                "reviewer",
                "2026-01-01",
            )
            for message in messages
        )
    )


def found(approvals, *messages):
    catalog = Catalog(Message(""), messages)
    return [*find_delta(approvals, catalog, source_locale="en")]


def test_a_number_that_changed_under_a_translation_is_an_error():
    (finding,) = found(approved(OLD), NEW)

    assert finding.severity is Severity.ERROR
    assert (finding.check, finding.line, finding.msgid) == ("delta", 7, NEW.msgid)
    assert "the numbers differ" in finding.message
    assert OLD.msgid in finding.message


@pytest.mark.parametrize(
    ("approvals", "message"),
    [
        (approved(), NEW),
        (approved(OLD), OLD),
        (approved(OLD, NEW), NEW),
        (approved(OLD), Message(NEW.msgid, ("Akşamları 3 mg alın.",))),
        (approved(OLD), Message(NEW.msgid, OLD.msgstrs, flags=("fuzzy",))),
        (approved(OLD), Message(NEW.msgid)),
        (approved(OLD), Message("Please take 5 mg in the evening!", OLD.msgstrs)),
        (approved(OLD), Message(NEW.msgid, OLD.msgstrs, msgctxt="title")),
        (approved(Message("evening-2", ("aksam",), "slug")), NEW),
    ],
    ids=[
        "nothing approved",
        "unchanged",
        "approved anew",
        "translated anew",
        "fuzzy",
        "untranslated",
        "harmless",
        "another context",
        "a slug",
    ],
)
def test_all_else_is_none(approvals, message):
    assert found(approvals, message) == []


def test_a_source_that_is_still_there_has_not_changed():
    assert found(approved(OLD), OLD, NEW) == []


def test_the_previous_text_of_an_entry_tells_what_it_was():
    other = Message("Take 3 mg in the evening, please.", OLD.msgstrs)
    entry = Message(NEW.msgid, OLD.msgstrs, previous=Previous(OLD.msgid))

    (finding,) = found(approved(OLD, other), entry)

    assert OLD.msgid in finding.message


def test_a_fuzzy_flag_that_was_only_taken_off_holds_the_article(tmp_path):
    root = make_site(tmp_path)
    publish(root, "extract")
    translate(root, TURKISH)
    assert publish(root, "approve", "--lang", "tr", "--reviewer", "editor").code == 0
    path = root / "source" / "articles" / "scalp.md"
    text = path.read_text(encoding="utf-8")
    put(root, {"source/articles/scalp.md": text.replace("5 mg", "5 mcg")})
    publish(root, "extract")
    translate(root, {"Take 5 mcg in the evening.": "Akşamları 5 mg alın."})

    checked = publish(root, "check", "--json")
    built = publish(root, "build", "--json")

    assert checked.code == built.code == 1
    assert "delta" in {each["check"] for each in checked.json["findings"]}
    page = next(page for page in built.json["pages"] if page["locale"] == "tr")
    assert page["state"] == "held"
    refused = publish(root, "approve", "--lang", "tr", "--reviewer", "editor", "--json")
    assert "delta" in {each["check"] for each in refused.json["refused"]}
