"""Each address of the server, asked as its page asks it."""

import asyncio
import json
import re

import pytest

from pipeline.review.presence import Listener, Presence
from pipeline.store.config import read_site
from pipeline.store.journal import Journal
from pipeline.workflow.review.overview import Overview
from pipeline.workflow.review.readiness import get_ready
from pipeline.workflow.review.workbench import Places
from tests.builders import CONFIG, entry, po_path, publish, put, translate
from tests.review.browsers import PLACE, serving

WASH = "Wash your hair after 3 days."
REST = "Sleep on your back."
REVIEWS = "locales/tr/reviews/articles/scalp.jsonl"


def test_the_list_shows_every_article_with_its_title(ann):
    answer = ann.open("/")

    assert answer.status == 200
    assert "Caring for your scalp" in answer.text
    assert f"/a/{PLACE}" in answer.text


def test_the_list_as_json_says_how_far_each_is(ann):
    values = ann.get("/api/articles").json
    first, words = values["articles"]
    assert values["problems"] == []

    assert (first["domain"], first["kind"], first["state"]) == (
        "articles/scalp",
        "article",
        "done",
    )
    assert first["tally"]["translated"] == first["tally"]["segments"] == 6
    assert (words["domain"], words["title"], words["state"]) == ("messages", "", "open")


def test_the_workbench_has_the_article_in_a_data_block(ann):
    answer = ann.open(f"/a/{PLACE}")
    block = re.search(r'id="bootstrap">(.*?)</script>', answer.text, re.DOTALL)

    assert answer.status == 200
    assert block
    values = json.loads(block[1])
    assert values["title"] == "Caring for your scalp"
    assert {m["msgid"] for m in values["messages"]} >= {WASH, REST}


def test_messages_come_with_state_and_progress(ann):
    values = ann.messages()

    assert (values["dir"], values["lang"], values["source_dir"]) == ("ltr", "tr", "ltr")
    assert values["progress"]["translated"] == 6
    assert values["outdated"] is False
    first = values["messages"][0]
    assert (first["kind"], first["state"]) == ("title", "translated")


def test_a_filter_leaves_what_it_names(ann, root):
    translate(root, {REST: "Sırtüstü uyuyun 9 saat."}, flags=("fuzzy",))

    for name in ("fuzzy", "errors"):
        found = ann.messages(filter=name)["messages"]
        assert [m["msgid"] for m in found] == [REST]
    assert len(ann.messages(filter="review")["messages"]) == 6
    assert ann.messages(filter="approved")["messages"] == []


def test_an_unknown_filter_names_the_known_ones(ann):
    answer = ann.get(f"/api/{PLACE}/messages?filter=x")

    assert answer.status == 422
    assert "untranslated" in answer.json["error"]["hint"]


def test_a_search_looks_at_source_and_translation(ann):
    assert [m["msgid"] for m in ann.messages(q="yıkayın")["messages"]] == [WASH]
    assert [m["msgid"] for m in ann.messages(q="WASH")["messages"]] == [WASH]


def test_a_message_comes_with_all_that_helps(ann, root):
    put(
        root,
        {
            "locales/tr/glossary.csv": "term,translation\nhair,saç\n",
            "source/articles/near.md": "# Near\n\nWash your hair after 4 days.\n",
        },
    )
    key = ann.message(WASH)["key"]
    values = ann.get(f"/api/{PLACE}/message/{key}").json

    term = values["terms"][0]
    assert WASH[term["start"] : term["end"]] == "hair"
    assert (term["target"], term["forbidden"]) == ("saç", False)
    assert values["occurrences"] == ["source/articles/scalp.md"]
    assert values["suggestions"] == []
    assert (values["draft"], values["comments"], values["limits"]) == (None, [], None)


def test_the_memory_suggests_what_is_near_with_the_difference(ann, root):
    put(root, {"source/articles/near.md": "# Near\n\nWash your hair after 4 days.\n"})
    assert publish(root, "extract").code == 0
    assert publish(root, "memory", "search", WASH).code == 0
    near = "tr/articles/near"
    key = ann.message("Wash your hair after 4 days.", near)["key"]
    best = ann.get(f"/api/{near}/message/{key}").json["suggestions"][0]

    assert best["text"] == "Saçınızı 3 gün sonra yıkayın."
    assert best["score"] > 90
    assert ["delete", "3"] in best["diff"]
    assert ["insert", "4"] in best["diff"]


def test_a_draft_of_a_machine_is_shown_after_somebody_changed_it(ann, root):
    drafted = "Sırtınızın üstünde uyu."
    translate(root, {REST: drafted}, flags=("fuzzy",))
    with Journal(root, "pretranslate") as journal:
        journal.read(["tr"])
        noted = [(entry(root, REST), "apertium")]
        journal.note_drafts(po_path(root), noted, "2026-11-20")
    message = ann.message(REST)
    path = f"/api/{PLACE}/message/{message['key']}"
    draft = ann.get(path).json["draft"]
    ann.change("save", REST, "Sırtüstü yatın.")
    after = ann.get(path).json

    assert message["state"] == "fuzzy"
    assert (draft["text"], draft["origin"]) == (drafted, "apertium")
    assert draft["date"] == "2026-11-20"
    assert after["draft"] == draft
    assert drafted in {each["text"] for each in after["history"]}
    assert "Sırtüstü yatın." not in {each["text"] for each in after["history"]}


def test_a_draft_that_the_journal_does_not_know_is_told_by_its_comment(ann, root):
    path = root / "locales/tr/LC_MESSAGES/articles/scalp.po"
    text = path.read_text(encoding="utf-8")
    head = "# publish 2026-11-20: machine (deep:google)\n"
    path.write_text(
        text.replace("#. list item", f"{head}#. list item", 1).replace(
            'msgid "Do not scratch."', '#, fuzzy\nmsgid "Do not scratch."'
        ),
        encoding="utf-8",
    )
    key = ann.message("Do not scratch.")["key"]
    draft = ann.get(f"/api/{PLACE}/message/{key}").json["draft"]

    assert (draft["origin"], draft["date"]) == ("deep:google", "2026-11-20")
    assert draft["text"] == "Kaşımayın."


def test_what_helps_and_cannot_be_read_keeps_nobody_from_working(ann, root):
    put(root, {"locales/tr/comments/articles/scalp.jsonl": "nonsense\n"})
    put(root, {"locales/tr/glossary.csv": "nonsense\n"})
    values = ann.messages()
    full = ann.get(f"/api/{PLACE}/message/{ann.message(REST)['key']}")

    assert "glossary.csv" in values["notes"][0]
    assert full.status == 200
    assert full.json["comments"] == []
    assert "comments/articles/scalp.jsonl:1" in full.json["notes"][0]


def test_what_is_saved_is_suggested_later(root):
    put(root, {"source/articles/near.md": "# Near\n\nWash your hair after 4 days.\n"})
    assert publish(root, "extract").code == 0
    overview = Overview(Places(read_site(root)))
    get_ready(overview, ("tr",))
    near = "tr/articles/near"
    with serving(root) as server:
        ann = server.browser()
        key = ann.message("Wash your hair after 4 days.", near)["key"]
        path = f"/api/{near}/message/{key}"
        assert ann.get(path).json["suggestions"][0]["text"].startswith("Saçınızı 3")
        ann.change("save", WASH, "Üç gün sonra saçınızı yıkayın.")
        server.app.state.remembering._last.clear()
        ann.get(path)
        server.app.state.remembering._last.clear()
        server.app.state.remembering.catch_up("tr")
        texts = [each["text"] for each in ann.get(path).json["suggestions"]]

    assert "Üç gün sonra saçınızı yıkayın." in texts


def test_a_changed_source_is_shown_word_by_word(ann, root):
    source = root / "source/articles/scalp.md"
    source.write_text(source.read_text().replace("3 days", "4 days"))
    assert publish(root, "extract").code == 0
    message = ann.message("Wash your hair after 4 days.")

    assert message["state"] == "fuzzy"
    assert message["changed"] is True
    assert message["previous"]["msgid"] == WASH
    assert ["insert", "4"] in message["previous"]["diff"]
    assert len(ann.messages(filter="changed")["messages"]) == 1


def test_a_source_that_was_not_extracted_yet_is_told(ann, root):
    source = root / "source/articles/scalp.md"
    source.write_text(source.read_text() + "\nOne more.\n")

    assert ann.messages()["outdated"] is True


def test_a_typed_text_is_judged_and_counted(ann):
    answer = ann.change("check", WASH, "Saçınızı 5 gün sonra yıkayın.")

    assert answer.status == 200
    assert {f["check"] for f in answer.json["findings"]} == {"numbers"}
    assert answer.json["counts"] == {"source": 28, "target": 29}


def test_a_text_that_cannot_stand_in_its_place_is_an_error(ann):
    answer = ann.change("check", WASH, "Saçınızı 3 gün sonra\n\nyıkayın.")

    assert "structure" in {f["check"] for f in answer.json["findings"]}


def test_the_checks_on_a_typed_text_are_those_of_publish_check(ann, root):
    texts = {WASH: "Saçınızı 5 gün sonra yıkayın", REST: "Sırtüstü uyuyun.  "}
    typed = {
        (f["check"], f["severity"], f["message"])
        for msgid, text in texts.items()
        for f in ann.change("check", msgid, text).json["findings"]
    }
    translate(root, texts)
    findings = publish(root, "check", "--json").json["findings"]

    assert typed
    assert typed == {
        (f["check"], f["severity"], f["message"])
        for f in findings
        if f["msgid"] in texts
    }


def test_a_saved_text_is_in_the_catalog_with_name_and_day(ann, root):
    answer = ann.change("save", WASH, "Saçınızı 3 gün sonra yıkayınız.")

    assert answer.status == 200
    assert answer.json["message"]["msgstrs"] == ["Saçınızı 3 gün sonra yıkayınız."]
    assert answer.json["progress"]["translated"] == 6
    assert entry(root, WASH).msgstr == "Saçınızı 3 gün sonra yıkayınız."
    text = (root / "locales/tr/LC_MESSAGES/articles/scalp.po").read_text()
    assert '"Last-Translator: Ann\\n"' in text
    assert '"PO-Revision-Date: 2026-11-22 12:30+0000\\n"' in text


def test_saving_clears_the_fuzzy_flag(ann, root):
    translate(root, {REST: "Sırtüstü uyuyun."}, flags=("fuzzy",))
    answer = ann.change("save", REST, "Sırtüstü uyuyun.")

    assert answer.json["message"]["state"] == "translated"
    assert not entry(root, REST).is_fuzzy


def test_saving_what_is_there_already_changes_no_byte(ann, root):
    path = root / "locales/tr/LC_MESSAGES/articles/scalp.po"
    before = path.read_bytes()

    assert ann.change("save", REST, "Sırtüstü uyuyun.").status == 200
    assert path.read_bytes() == before


def test_an_entry_that_somebody_else_saved_is_left_alone(ann, root):
    message = ann.message(REST)
    translate(root, {REST: "Sırtüstü yatın."})
    answer = ann.post(
        f"/api/{PLACE}/save",
        {"key": message["key"], "version": message["version"], "msgstrs": ["Uyuyun."]},
    )

    assert answer.status == 409
    assert answer.json["theirs"]["msgstrs"] == ["Sırtüstü yatın."]
    assert answer.json["yours"] == ["Uyuyun."]
    assert entry(root, REST).msgstr == "Sırtüstü yatın."


def test_a_save_whose_answer_got_lost_can_be_sent_again(ann, root):
    message = ann.message(REST)
    values = {"key": message["key"], "version": message["version"]}
    values["msgstrs"] = ["Sırtüstü yatın."]
    before = ann.post(f"/api/{PLACE}/save", values)
    after = ann.post(f"/api/{PLACE}/save", values)
    approved = ann.post(f"/api/{PLACE}/approve", values)

    assert before.status == after.status == approved.status == 200
    assert before.json == after.json
    assert approved.json["message"]["state"] == "approved"
    assert ann.post(f"/api/{PLACE}/approve", values).status == 200
    assert len((root / REVIEWS).read_text().splitlines()) == 1


def test_an_entry_that_is_gone_is_a_conflict_without_a_text(ann, root):
    message = ann.message(REST)
    source = root / "source/articles/scalp.md"
    source.write_text(source.read_text().replace(f"- {REST}\n", ""))
    assert publish(root, "extract").code == 0
    answer = ann.post(
        f"/api/{PLACE}/save",
        {"key": message["key"], "version": message["version"], "msgstrs": ["Uyuyun."]},
    )

    assert (answer.status, answer.json["theirs"]) == (409, None)


def test_an_approval_is_recorded_with_name_role_and_day(ann, root):
    answer = ann.change("approve", REST)

    assert answer.status == 200
    assert answer.json["message"]["state"] == "approved"
    assert answer.json["progress"]["approved"] == 1
    line = json.loads((root / REVIEWS).read_text())
    assert (line["reviewer"], line["role"], line["date"]) == (
        "Ann",
        "translator",
        "2026-11-22",
    )


def test_approving_another_text_saves_it_first(ann, root):
    answer = ann.change("approve", REST, "Sırtüstü yatın.")

    assert answer.json["message"]["state"] == "approved"
    assert entry(root, REST).msgstr == "Sırtüstü yatın."


def test_an_error_refuses_an_approval_and_nothing_is_written(ann, root):
    answer = ann.change("approve", WASH, "Saçınızı 5 gün sonra yıkayın.")

    assert answer.status == 422
    assert {f["check"] for f in answer.json["refused"]} == {"numbers"}
    assert entry(root, WASH).msgstr == "Saçınızı 3 gün sonra yıkayın."
    assert not (root / REVIEWS).exists()


def test_a_note_confirms_a_finding(ann, root):
    answer = ann.change(
        "approve", WASH, "Saçınızı 5 gün sonra yıkayın.", note="agreed with the author"
    )

    assert answer.status == 200
    line = json.loads((root / REVIEWS).read_text())
    assert (line["note"], line["overrides"]) == ("agreed with the author", ["numbers"])


def test_what_has_no_translation_cannot_be_approved(ann, root):
    translate(root, {REST: ""})
    answer = ann.change("approve", REST)

    assert answer.status == 422
    assert "no translation" in answer.json["error"]["message"]


def test_an_approval_can_be_taken_back_and_given_again(ann, root):
    ann.change("approve", REST)
    answer = ann.change("withdraw", REST)

    assert answer.status == 200
    assert answer.json["message"]["state"] == "translated"
    assert answer.json["progress"]["approved"] == 0
    assert len((root / REVIEWS).read_text().splitlines()) == 2
    assert ann.change("approve", REST).json["message"]["state"] == "approved"


def test_what_nobody_approved_cannot_be_taken_back(ann, root):
    assert ann.change("withdraw", REST).status == 200
    assert not (root / REVIEWS).exists()


def test_an_approval_of_what_another_saved_meanwhile_is_a_conflict(ann, root):
    message = ann.message(REST)
    translate(root, {REST: "Sırtüstü yatın."})
    values = {"key": message["key"], "version": message["version"]}

    for what in ("approve", "withdraw"):
        answer = ann.post(f"/api/{PLACE}/{what}", values)
        assert answer.status == 409
        assert answer.json["theirs"]["msgstrs"] == ["Sırtüstü yatın."]
    assert not (root / REVIEWS).exists()


def test_where_two_persons_are_asked_for_nobody_approves_alone(root):
    put(root, {"publish.toml": f"{CONFIG}[review]\ntwo_person = true\n"})
    with serving(root) as server:
        ann, ben = server.browser("Ann"), server.browser("Ben")
        assert ann.change("save", REST, "Sırtüstü yatın.").status == 200
        own = ann.change("approve", REST, note="I am sure")
        other = ben.change("approve", REST)
        both = ben.change("approve", REST, "Sırtüstü uyuyun.")
        unknown = ann.change("approve", WASH)

    assert own.status == both.status == unknown.status == 422
    assert {f["check"] for f in own.json["refused"]} == {"two_person"}
    assert "Ann" in own.json["refused"][0]["message"]
    assert other.json["message"]["approval"]["reviewer"] == "Ben"
    assert entry(root, REST).msgstr == "Sırtüstü yatın."


def test_a_comment_is_kept_and_explained(ann, root):
    key = ann.message(REST)["key"]
    answer = ann.post(f"/api/{PLACE}/comment", {"key": key, "text": "On which side?"})

    assert answer.status == 200
    assert answer.json["comments"] == [
        {"name": "Ann", "date": "2026-11-22", "text": "On which side?"}
    ]
    assert "On which side?" in publish(root, "explain", "articles/scalp").out


def test_the_preview_is_the_page_with_the_key_of_every_block(ann):
    answer = ann.get(f"/preview/{PLACE}")
    keys = {m["msgid"]: m["key"] for m in ann.messages()["messages"]}

    assert answer.status == 200
    for msgid in (WASH, REST, "Caring for your scalp"):
        assert f'data-state="translated" data-key="{keys[msgid]}"' in answer.text
    assert '<link rel="stylesheet" href="/files/static/site.css">' in answer.text


def test_the_preview_shows_what_was_saved_a_moment_ago(ann):
    ann.change("save", REST, "Sırtüstü yatın.")

    assert "Sırtüstü yatın." in ann.get(f"/preview/{PLACE}").text


def test_the_preview_of_a_mail_is_its_html(ann, root):
    put(
        root,
        {
            "source/mail/visit.md": "---\nkind: mail\nsubject: Your visit\n---\n\nSee you.\n"
        },
    )
    assert publish(root, "extract").code == 0
    answer = ann.get("/preview/tr/mail/visit")

    assert answer.status == 200
    assert 'data-state="untranslated" data-key="' in answer.text


def test_files_of_a_preview_are_those_of_the_theme_and_of_articles(ann, root):
    put(root, {"source/articles/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})

    style = ann.get("/files/static/site.css")
    picture = ann.get("/files/assets/articles/a.svg")
    assert (style.status, picture.status) == (200, 200)
    assert picture.headers["content-security-policy"].endswith("sandbox")
    assert ann.get("/files/assets/articles/scalp.md").status == 404


def test_a_broken_catalog_is_told_in_its_place_and_others_work(ann, root):
    put(root, {"source/articles/other.md": "# Other\n\nText.\n"})
    assert publish(root, "extract").code == 0
    put(root, {"locales/tr/LC_MESSAGES/articles/other.po": 'msgid "cut'})
    listed = {a["domain"]: a for a in ann.get("/api/articles").json["articles"]}
    answer = ann.get("/api/tr/articles/other/messages")
    page = ann.get("/a/tr/articles/other")

    assert listed["articles/other"]["state"] == "broken"
    assert listed["articles/scalp"]["state"] == "done"
    assert answer.status == page.status == 422
    assert "articles/other.po" in answer.json["error"]["message"]
    assert "articles/other.po" in page.text
    assert ann.messages()["progress"]["segments"] == 6


def test_an_article_that_cannot_be_read_is_told_in_its_place(ann, root):
    put(root, {"source/articles/bad.md": b"caf\xe9\n"})
    listed = {a["domain"]: a for a in ann.get("/api/articles").json["articles"]}

    assert "UTF-8" in listed["articles/bad"]["error"]
    assert ann.get("/api/tr/articles/bad/messages").status == 422


def test_two_files_of_one_name_are_told_on_the_list(ann, root):
    put(root, {"source/articles/a.md": "# A\n", "source/articles/a.txt": "A\n"})
    values = ann.get("/api/articles").json

    assert [a["domain"] for a in values["articles"]] == ["articles/scalp", "messages"]
    assert "articles/a" in values["problems"][0]
    assert "articles/a" in ann.open("/").text


def test_an_article_that_is_moved_is_found_where_it_is(ann, root):
    ann.messages()
    (root / "source/articles/scalp.md").rename(root / "source/articles/scalp.txt")
    assert ann.get(f"/api/{PLACE}/messages").status == 200
    (root / "source/articles/scalp.txt").unlink()

    assert ann.get(f"/api/{PLACE}/messages").status == 404


def test_a_link_to_another_article_is_followed_in_a_preview(ann, root):
    put(
        root,
        {
            "source/articles/one.md": "# One\n\nSee [the other](two.md#part).\n",
            "source/articles/two.md": "# Two\n\n## Part\n\nText.\n",
            "source/articles/bad.md": "# Bad\n\nSee [nothing](none.md) and [no](nor.md).\n",
        },
    )
    assert publish(root, "extract").code == 0

    assert (
        'href="/files/en/two/index.html#part"'
        in ann.get("/preview/tr/articles/one").text
    )
    bad = ann.get("/preview/tr/articles/bad")
    assert bad.status == 422
    assert "none.md" in bad.text
    assert "nor.md" in bad.text


def test_files_that_are_no_pictures_are_not_shown(ann, root):
    put(root, {"source/articles/a.pdf": b"%PDF", "source/articles/a.html.bin": "<b>"})
    answer = ann.get("/files/assets/articles/a.html.bin")

    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["content-type"] == "application/octet-stream"


def test_under_require_approved_only_approvals_finish_an_article(root):
    put(root, {"publish.toml": f'{CONFIG}[review]\nrequire = "approved"\n'})
    with serving(root) as server:
        ann = server.browser()
        (first, _) = ann.get("/api/articles").json["articles"]
        assert (first["state"], ann.messages()["require"]) == ("open", "approved")
        for message in ann.messages()["messages"]:
            if message["msgctxt"] != "slug":
                assert ann.change("approve", message["msgid"], note="x").status == 200
        (first, _) = ann.get("/api/articles").json["articles"]
        assert first["state"] == "done"


def test_the_words_of_the_templates_can_be_reviewed(ann):
    values = ann.messages("tr/messages")

    assert values["progress"]["untranslated"] > 5
    assert ann.get("/preview/tr/messages").status == 422


def test_the_page_speaks_the_language_of_the_browser_or_of_the_menu(ann):
    asked = ann.send("GET", "/", headers={"Accept-Language": "fr, ar;q=0.8, en;q=0.5"})
    chosen = ann.open("/?ui=de")

    assert '<html lang="ar" dir="rtl">' in asked.text
    assert '<html lang="de" dir="ltr">' in chosen.text
    assert '<html lang="de"' in ann.open("/").text


@pytest.mark.parametrize(
    "path",
    [
        "/a/tr/articles/none",
        "/a/de/articles/scalp",
        "/a/tr/../../etc/passwd",
        "/a/tr/%2e%2e/%2e%2e/publish",
        "/a/tr/articles%2fscalp%00",
        "/api/tr/articles/none/messages",
        "/api/xx/articles/scalp/messages",
        "/api/tr/articles/scalp/message/0000",
        "/preview/tr/_pot/articles/scalp",
        "/files/../publish.toml",
        "/files/static/%2e%2e/base.html",
        "/files/static/%00",
        "/files/static/..%2f..%2f..%2fpublish.toml",
        "/static/..%2fapp.py",
        "/static/%2e%2e",
        "/nothing",
    ],
)
def test_what_is_not_there_is_not_found(ann, path):
    assert ann.get(path).status == 404


def test_only_the_locales_that_are_served_are_there(root):
    with serving(root, locales=()) as server:
        ann = server.browser()

        assert ann.get(f"/api/{PLACE}/messages").status == 404
        assert ann.get("/api/articles").json["articles"] == []


def test_what_is_saved_before_a_browser_listens_is_a_change(tmp_path):
    po = tmp_path / "locales/tr/LC_MESSAGES/a.po"
    po.parent.mkdir(parents=True)
    po.write_text("one")
    presence = Presence(tmp_path)
    presence.opened(("tr", "a"))
    po.write_text("one and two")

    async def told():
        events = presence.listen(Listener("", object(), ("tr", "a")))
        await anext(events)  # who is there
        return presence.look()

    assert asyncio.run(told()) == [("tr", "a")]
    assert presence.look() == []
