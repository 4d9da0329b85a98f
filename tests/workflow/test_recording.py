"""The records of a release: who let each sentence go out, and that they can be proved."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.approval import Approval, Approvals, translation_digest
from pipeline.model.catalog import Catalog, Message
from pipeline.provenance import draft_origin, is_machine_draft, silenced_checks
from pipeline.record import COLUMNS, Writing, compose_record
from pipeline.store.catalogs import update_catalog
from pipeline.workflow.release import digest, release_end
from tests.builders import CONFIG, po_path, publish, put, translate

DOSE = "Take 5 mg in the evening."
MAIL = """\
---
kind: mail
subject: Your appointment
---

Come at nine.
"""


def record(root, locale="tr", domain="articles/scalp"):
    return json.loads((root / f"dist/release/{locale}/{domain}.json").read_bytes())


def lines(root, **where):
    found = record(root, **where)
    columns = found["columns"]
    padded = (
        dict.fromkeys(columns) | dict(zip(columns, x, strict=False))
        for x in found["segments"]
    )
    return found, list(padded)


@pytest.fixture
def built(turkish):
    """A page and a mail, of which two sentences were approved."""
    put(turkish, {"source/mail/visit.md": MAIL})
    publish(turkish, "extract")
    words = {"Your appointment": "Randevunuz", "Come at nine.": "Dokuzda gelin."}
    translate(turkish, words, domain="mail/visit")
    update_catalog(
        po_path(turkish),
        lambda found: found.with_fields(Last_Translator="Translator"),
        root=turkish,
    )
    who = ("--reviewer", "Reviewer", "--role", "Dermatologist")
    publish(turkish, "approve", *who, "--message", DOSE)
    assert publish(turkish, "build").code == 0
    return turkish


def test_a_sentence_that_was_approved_says_by_whom(built):
    found, each = lines(built)

    (line,) = (line for line in each if line["review"] is not None)
    review = found["reviews"][line["review"]]
    assert (review["reviewer"], review["role"]) == ("Reviewer", "Dermatologist")
    assert (line["origin"], line["translator"]) == ("human", None)
    assert len(each) == 6


def test_one_that_nobody_approved_says_who_translated_it_or_nothing(built):
    found, each = lines(built)
    named = {line["translator"] for line in each if line["review"] is None}

    assert named == {0}
    assert found["translators"] == ["Translator"]
    assert lines(built, domain="mail/visit")[1][0]["translator"] is None


def test_the_checks_that_were_overridden_or_silenced_are_named(turkish):
    translate(turkish, {DOSE: "Akşamları 50 mg alın."})
    publish(turkish, "approve", "--reviewer", "R", "--note", "Sure", "--message", DOSE)
    text = po_path(turkish).read_text("utf-8")
    put(
        turkish,
        {
            "locales/tr/LC_MESSAGES/articles/scalp.po": text.replace(
                f'#: source/articles/scalp.md\nmsgid "{DOSE}"',
                "# publish: ignore=numbers The English is wrong\n"
                f'#: source/articles/scalp.md\nmsgid "{DOSE}"',
            )
        },
    )
    publish(turkish, "build")

    found, each = lines(turkish)

    (line,) = (line for line in each if line["review"] is not None)
    assert found["reviews"][line["review"]]["overrides"] == ["numbers"]
    assert found["reviews"][line["review"]]["note"] == "Sure"
    assert line["ignored"] == ["numbers"]


@pytest.mark.parametrize(
    ("comment", "origin"),
    [
        ("publish 2026-01-01: machine (deep:google)", "deep:google"),
        ("publish 2026-01-01: machine (llm:a b), numbers swapped", "llm:a b"),
        ("publish 2026-01-01: from memory, in articles/x", "memory"),
        ("publish 2026-01-01: carried over from a similar text (80 %)", "memory"),
        ("publish 2026-01-01: machine (a], [b)", "memory"),
        ("a translator's own words: machine (x)", "human"),
    ],
)
def test_the_origin_of_a_draft_is_in_its_comment(comment, origin):
    message = Message(DOSE, ("Akşamları 5 mg alın.",), comments=("own", comment))

    made = Writing().record((message,), Catalog(Message(""), (message,)))

    (line,) = json.loads(compose_record({}, made))["segments"]
    assert line[COLUMNS.index("origin")] == origin
    assert is_machine_draft(message) is (origin in {"deep:google", "llm:a b"})


TEXTS = st.text(max_size=8)
MESSAGES = st.builds(
    Message,
    msgid=TEXTS,
    msgstrs=st.lists(TEXTS, min_size=1, max_size=2).map(tuple),
    msgctxt=st.sampled_from([None, "title", 'a"], [']) | TEXTS,
    comments=st.lists(
        st.sampled_from(["own", "publish: ignore=numbers,length"])
        | TEXTS.map("publish 2026-01-01: machine ({})".format),
        max_size=2,
    ).map(tuple),
)


@given(
    st.lists(MESSAGES, max_size=5, unique_by=lambda each: each.key),
    st.sets(st.integers(0, 4)),
    TEXTS,
)
def test_a_line_is_json_whatever_its_words_are(messages, approved, name):
    lines = tuple(
        Approval(each.msgctxt, each.msgid, translation_digest(each), "R", "2026-01-01")
        for number, each in enumerate(messages)
        if number in approved
    )
    writing = Writing(Approvals(lines), last_translator=name)

    made = writing.record(tuple(messages), Catalog(Message(""), tuple(messages)))

    found = json.loads(compose_record({}, made))
    assert [each[0] for each in found["segments"]] == [
        each.msgctxt for each in messages if each.msgctxt != "slug"
    ]
    for line, each in zip(
        found["segments"], [m for m in messages if m.msgctxt != "slug"], strict=True
    ):
        known = writing.approvals.of(each) is not None
        assert line[2:4] == [translation_digest(each), draft_origin(each)]
        assert line[4:6] == ([0, None] if known else [None, 0 if name else None])
        assert tuple(*line[6:]) == silenced_checks(each)


def test_english_has_a_record_without_translations(built):
    each = lines(built, locale="en")[1]

    assert len(each) == 6
    assert {line["translation"] for line in each} == {None}


def test_a_page_that_falls_back_is_recorded_as_the_source(turkish):
    rules = '[[class]]\nglobs = ["**"]\npolicy = "fallback"\n'
    put(turkish, {"publish.toml": CONFIG + rules})
    translate(turkish, {DOSE: ""})
    publish(turkish, "build")

    found, each = lines(turkish)

    assert found["state"] == "fallback"
    assert {line["translation"] for line in each} == {None}
    assert publish(turkish, "verify", str(turkish / "dist")).code == 0


def test_a_partial_page_records_what_is_translated_in_it(turkish):
    rules = '[[class]]\nglobs = ["**"]\npolicy = "partial"\n'
    put(turkish, {"publish.toml": CONFIG + rules})
    translate(turkish, {DOSE: ""})
    publish(turkish, "build")

    found, each = lines(turkish)

    assert found["state"] == "partial"
    assert [line["translation"] for line in each].count(None) == 1
    assert publish(turkish, "verify", str(turkish / "dist")).code == 0


def test_a_kept_page_records_the_text_that_is_shown(turkish):
    rules = '[[class]]\nglobs = ["**"]\nstale = "keep"\n'
    put(turkish, {"publish.toml": CONFIG + rules})
    publish(turkish, "build")
    before = lines(turkish)[1]
    translate(turkish, {DOSE: "Her akşam 5 mg alın."}, flags=("fuzzy",))
    publish(turkish, "build")

    found, each = lines(turkish)

    assert found["kept"]
    assert {x["translation"] for x in each} == {x["translation"] for x in before}
    assert publish(turkish, "verify", str(turkish / "dist")).code == 0


def test_a_held_page_has_no_record(turkish):
    translate(turkish, {DOSE: ""})
    publish(turkish, "build")

    assert not (turkish / "dist/release/tr").exists()


def test_a_new_approval_changes_the_record_and_no_page(built):
    publish(built, "approve", "--reviewer", "Reviewer", "--message", "Do not scratch.")

    ran = publish(built, "build", "--json")

    assert "dist/release/tr/articles/scalp.json" in ran.json["written"]
    assert not [path for path in ran.json["written"] if path.endswith(".html")]


def test_every_byte_of_the_set_counts(built):
    """One byte of each file is changed, and changed back."""
    chance = random.Random(5)
    files = [path for path in sorted((built / "dist").rglob("*")) if path.is_file()]
    assert len(files) > 10
    for path in files:
        data = path.read_bytes()
        for _ in range(5 if path.name == "release.json" else 1):
            place = chance.randrange(len(data))
            changed = bytearray(data)
            changed[place] ^= chance.randrange(1, 256)
            path.write_bytes(changed)
            assert publish(built, "verify", str(built / "dist")).code != 0, path
        path.write_bytes(data)
    assert publish(built, "verify", str(built / "dist")).code == 0


def forged(root, before, after):
    """What somebody does who knows how digests are made."""
    path = root / "dist/release/tr/articles/scalp.json"
    old = path.read_bytes()
    new = old.replace(before, after)
    assert new != old
    path.write_bytes(new)
    release = root / "dist/release.json"
    text = release.read_bytes().replace(digest(old).encode(), digest(new).encode())
    text = text.rpartition(b',\n"digest": ')[0]
    release.write_bytes(text + release_end(text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"Reviewer"', b'"Somebody"'),
        (b'"human", 0', b'"human", null'),
        (b'"human", null', b'"human", 0'),
        (b'"human"', b'"deep:google"'),
    ],
)
def test_a_record_is_held_against_the_texts_beside_it(built, before, after):
    forged(built, before, after)

    ran = publish(built, "verify", str(built / "dist"), "--json")

    assert ran.code == 1
    (error,) = ran.json["errors"]
    assert error["path"] == "dist/release/tr/articles/scalp.json"
    assert "catalog and reviews" in error["message"]


def test_where_the_texts_have_changed_since_that_is_said_and_no_error(built):
    translate(built, {DOSE: "Her akşam 5 mg alın."})

    ran = publish(built, "verify", str(built / "dist"))

    assert ran.code == 0
    assert "1 record could not be compared" in ran.out


def test_a_folder_alone_is_verified_by_its_digests(built, tmp_path_factory):
    alone = tmp_path_factory.mktemp("server") / "dist"
    (built / "dist").rename(alone)

    assert publish(built, "verify", str(alone)).code == 0
