"""A published page that becomes stale keeps its last text, while that harms nobody."""

import json
import shutil
import subprocess

import pytest

from tests.builders import ARTICLE, CONFIG, TURKISH, make_site, publish, put, translate
from tests.workflow.test_build import MAIL, MAIL_TURKISH, dist, output, page
from tests.workflow.test_interrupted_builds import killed

KEEP = CONFIG + '\n[[class]]\nglobs = ["**"]\nstale = "keep"\n'
HISTORY = "locales/tr/published.jsonl"
IDENTITY = ("-c", "user.name=t", "-c", "user.email=t@clinic.example")
DAY = {"SOURCE_DATE_EPOCH": "1772323200"}  # 1 March 2026


@pytest.fixture
def out(turkish, monkeypatch):
    """A page that went out on 1 March 2026 and is kept."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY["SOURCE_DATE_EPOCH"])
    put(turkish, {"publish.toml": KEEP})
    assert publish(turkish, "build").code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775001600")  # 1 April
    return turkish


def edit(root, before, after):
    """Change the source, as its author would, and extract."""
    text = ARTICLE.replace(before, after)
    assert text != ARTICLE
    put(root, {"source/articles/scalp.md": text})
    assert publish(root, "extract").code == 0


def events(root):
    lines = (root / HISTORY).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_text_that_goes_out_is_kept_as_a_document(out):
    kept = (out / "locales/tr/kept/articles/scalp.md").read_text(encoding="utf-8")
    origin = (out / "locales/tr/kept-from/articles/scalp.md").read_text("utf-8")

    assert kept.startswith('---\ntitle: "Saçlı derinizin bakımı"\n')
    assert "- Kaşımayın.\n" in kept
    assert origin == ARTICLE
    (event,) = events(out)
    assert (event["event"], event["date"]) == ("published", "2026-03-01")
    assert event["kept"]


def test_a_page_whose_original_has_new_words_keeps_its_text(out):
    before = page(out)
    edit(out, "Do not scratch.", "Do not scratch, please.")

    ran = publish(out, "build", "--json")

    assert ran.code == 3
    assert output(ran)["state"] == "published"
    assert output(ran)["why"] == "1 fuzzy of 6, its text of 2026-03-01 stays"
    html = page(out)
    assert "<li>Kaşımayın.</li>" in html
    assert "You are reading the version of 1 Mart 2026." in html
    assert 'href="../../en/scalp/index.html" hreflang="en"' in html
    assert 'href="../../en/scalp/index.html" hreflang="en"' not in before
    assert events(out)[-1]["date"] == "2026-03-01"
    assert b'"recalled": [\n ]' in (out / "dist/release.json").read_bytes()


def test_search_engines_see_the_page_that_they_know(out):
    edit(out, "Do not scratch.", "Do not scratch, please.")

    publish(out, "build")

    html = page(out)
    assert "noindex" not in html
    assert 'rel="canonical" href="https://clinic.example/health/tr/scalp/"' in html
    assert 'hreflang="tr"' in page(out, "en").partition("</head>")[0]


def test_explain_and_status_say_that_it_stays(out):
    edit(out, "Do not scratch.", "Do not scratch, please.")

    explained = publish(out, "explain", "articles/scalp", "--json")
    shown = publish(out, "status", "--json")

    assert output(explained)["state"] == "published"
    assert "stays" in output(explained)["why"]
    assert explained.code == 3
    assert shown.json["locales"][0]["articles"][0]["state"] == "published"


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("5 mg", "50 mg", "became “Take 50 mg in the evening.”"),
        ("5 mg", "5 mcg", "the units differ"),
        ("in the evening", "in the morning", "how often differs"),
        ("Do not scratch", "You may scratch", "a negation differs"),
        ("- Sleep", "- Never smoke.\n- Sleep", "“Never smoke.” is new"),
        (
            "Take 5 mg in the evening.\n\n- Do not scratch.",
            "- Do not scratch, please.",
            "“Take 5 mg in the evening.” is gone",
        ),
    ],
)
def test_a_text_that_would_harm_is_recalled(out, before, after, why):
    edit(out, before, after)

    ran = publish(out, "build", "--json")
    again = publish(out, "build", "--json")

    assert ran.code == again.code
    assert output(ran)["state"] == output(again)["state"] == "recalled"
    assert why in output(ran)["why"]
    assert not (out / "dist/site/tr/scalp").exists()
    assert not any("Kaşımayın".encode() in data for data in dist(out).values())
    assert events(out)[-1]["event"] == "recalled"


def test_a_link_that_leads_elsewhere_now_is_recalled(tmp_path):
    text = ARTICLE + "\nCall [us](https://maps.example/call).\n"
    root = make_site(tmp_path, {"publish.toml": KEEP, "source/articles/scalp.md": text})
    publish(root, "extract")
    call = "Call [us](https://maps.example/call)."
    translate(root, TURKISH | {call: "[Bizi](https://maps.example/call) arayın."})
    assert publish(root, "build").code == 0
    put(root, {"source/articles/scalp.md": text.replace("/call", "/phone")})

    ran = publish(root, "build", "--json")

    assert output(ran)["state"] == "recalled"
    assert "the check links" in output(ran)["why"]


def test_what_was_recalled_comes_back_only_when_it_is_reviewed(out):
    edit(out, "5 mg", "50 mg")
    publish(out, "build")
    put(out, {"source/articles/scalp.md": ARTICLE.replace("Do not", "Please do not")})
    publish(out, "extract")

    held = publish(out, "build", "--json")
    put(out, {"source/articles/scalp.md": ARTICLE})
    publish(out, "extract")
    translate(out, TURKISH)
    back = publish(out, "build", "--json")

    assert output(held)["state"] == "recalled"
    assert output(back)["state"] == "published"
    assert output(back)["why"] == ""


def test_a_translation_that_becomes_fuzzy_keeps_its_text(out):
    translate(out, {"Do not scratch.": "Hiç kaşımayın."}, flags=("fuzzy",))

    ran = publish(out, "build", "--json")

    assert output(ran)["state"] == "published"
    assert "<li>Kaşımayın.</li>" in page(out)
    assert not any("Hiç".encode() in data for data in dist(out).values())


def test_an_error_in_the_new_text_leaves_the_old_one_and_fails(out):
    translate(out, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})

    ran = publish(out, "build", "--json")

    assert ran.code == 1
    assert output(ran)["state"] == "published"
    assert "5 mg" in page(out)
    assert "50 mg" not in page(out)


def test_a_broken_catalog_leaves_the_old_text_and_fails(out):
    (out / "locales/tr/LC_MESSAGES/articles/scalp.po").write_bytes(b'msgid "cut')

    ran = publish(out, "build", "--json")

    assert ran.code == 1
    assert output(ran)["state"] == "published"
    assert "<li>Kaşımayın.</li>" in page(out)


@pytest.mark.parametrize("change", ["draft", "deleted"])
def test_what_its_author_takes_back_is_recalled(out, change):
    if change == "draft":
        text = ARTICLE.replace("title:", "draft: true\ntitle:")
        put(out, {"source/articles/scalp.md": text})
    else:
        (out / "source/articles/scalp.md").unlink()

    ran = publish(out, "build", "--json")

    assert output(ran)["state"] == "recalled"
    assert not (out / "dist/site/tr/scalp").exists()


def test_what_was_never_out_is_held(site):
    put(site, {"publish.toml": KEEP})
    translate(site, {"Do not scratch.": "Kaşımayın."})

    ran = publish(site, "build", "--json")

    assert output(ran)["state"] == "held"
    assert not (site / "locales/tr/kept").exists()


def test_a_kept_text_that_somebody_changed_is_not_used(out):
    path = out / "locales/tr/kept/articles/scalp.md"
    path.write_text(path.read_text("utf-8").replace("5 mg", "500 mg"), "utf-8")
    edit(out, "Do not scratch.", "Do not scratch, please.")

    ran = publish(out, "build", "--json")

    assert output(ran)["state"] == "recalled"
    assert "not in kept/ as it was released" in output(ran)["why"]


def test_a_fresh_clone_gives_the_same_bytes(out, tmp_path_factory):
    edit(out, "Do not scratch.", "Do not scratch, please.")
    publish(out, "build")
    built = dist(out)
    clone = tmp_path_factory.mktemp("clone") / "site"
    for command in (
        ["init", "-q", str(out)],
        ["-C", str(out), "add", "publish.toml", "source", "locales"],
        ["-C", str(out), *IDENTITY, "commit", "-qm", "x"],
        ["clone", "-q", str(out), str(clone)],
    ):
        subprocess.run(["git", *command], check=True, capture_output=True)

    publish(clone, "build")

    assert dist(clone) == built


def test_building_again_changes_nothing(out):
    edit(out, "Do not scratch.", "Do not scratch, please.")
    publish(out, "build")
    before, lines = dist(out), events(out)

    ran = publish(out, "build", "--json")
    shutil.rmtree(out / ".publish")
    publish(out, "build")

    assert ran.json["written"] == ran.json["removed"] == []
    assert dist(out) == before
    assert events(out) == lines


def test_a_build_of_another_language_leaves_it_alone(out):
    edit(out, "Do not scratch.", "Do not scratch, please.")
    publish(out, "build")
    before, lines = page(out), events(out)

    ran = publish(out, "build", "--lang", "en", "--json")

    assert ran.code == 0
    assert page(out) == before
    assert events(out) == lines


def test_a_second_build_looks_at_nothing(out, monkeypatch):
    translate(out, {"Do not scratch.": "Lütfen kaşımayın."})
    publish(out, "build")

    def never(*_):
        raise AssertionError("it was built again")

    monkeypatch.setattr("pipeline.workflow.whole.whole_build", never)

    assert publish(out, "build").code == 0


@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize(
    ("module", "name"),
    [("remembered", "write_kept"), ("standing", "append_history")],
)
def test_a_build_that_is_killed_while_it_keeps_is_finished_by_the_next(
    out, module, name, after
):
    translate(out, {"Do not scratch.": "Lütfen kaşımayın."})
    if after and name == "write_kept":
        put(out, {"source/articles/other.md": ARTICLE.replace("Caring", "More care")})
        publish(out, "extract")
        translate(out, TURKISH, domain="articles/other")
        more = {"More care for your scalp": "Saçlı derinize daha çok bakım"}
        translate(out, more, domain="articles/other")
    killed(out, module, name, after)

    publish(out, "build")
    edit(out, "Do not scratch.", "Do not scratch, please.")
    ran = publish(out, "build", "--json")

    assert output(ran)["state"] == "published"
    assert "<li>Lütfen kaşımayın.</li>" in page(out)


def test_the_kept_text_stays_at_the_address_that_it_had(out):
    translate(out, {"scalp": "sacli-deri"})
    translate(out, {"Do not scratch.": "Kaşımayın."}, flags=("fuzzy",))

    ran = publish(out, "build", "--json")

    assert output(ran)["path"] == "dist/site/tr/scalp/index.html"
    assert "<li>Kaşımayın.</li>" in page(out)


def test_a_new_reviewed_text_takes_its_place(out):
    edit(out, "Do not scratch.", "Do not scratch, please.")
    publish(out, "build")
    translate(out, {"Do not scratch, please.": "Lütfen kaşımayın."})

    ran = publish(out, "build", "--json")

    assert ran.code == 0
    assert output(ran)["why"] == ""
    assert "You are reading the version of" not in page(out)
    kept = (out / "locales/tr/kept/articles/scalp.md").read_text(encoding="utf-8")
    assert "Lütfen kaşımayın." in kept
    assert [event["date"] for event in events(out)] == ["2026-03-01", "2026-04-01"]


def test_the_kept_text_says_who_approved_it(out):
    put(out, {"publish.toml": KEEP + 'require = "approved"\n'})
    publish(out, "approve", "--reviewer", "Nurse", "--role", "nurse")
    publish(out, "build")
    edit(out, "Do not scratch.", "Do not scratch, please.")

    ran = publish(out, "build", "--json")

    assert output(ran)["state"] == "published"
    html = page(out)
    assert '"lastReviewed": "2026-04-01"' in html
    assert '"reviewedBy": {"@type": "Person", "name": "Nurse", "jobTitle"' in html


def test_a_text_whose_approval_is_taken_back_is_recalled(out):
    put(out, {"publish.toml": KEEP + 'require = "approved"\n'})
    publish(out, "approve", "--reviewer", "Nurse")
    assert publish(out, "build").code == 0
    taken = publish(
        out,
        "approve",
        "articles/scalp",
        "--withdraw",
        "--reviewer",
        "Doctor",
        "--note",
        "misleading",
    )

    ran = publish(out, "build", "--json")

    assert taken.code == 0, taken.err
    assert output(ran)["state"] == "recalled"
    assert "was taken back" in output(ran)["why"]


def test_a_renamed_article_takes_its_kept_text_along(out):
    shutil.move(out / "source/articles/scalp.md", out / "source/articles/head.md")
    publish(out, "extract")
    fuzzy = {"Do not scratch.": "Kaşımayın."}
    translate(out, fuzzy, domain="articles/head", flags=("fuzzy",))

    ran = publish(out, "build", "--json")

    assert output(ran, article="articles/head")["state"] == "published"
    assert output(ran, article="articles/head")["path"].endswith("/tr/scalp/index.html")
    assert (out / "locales/tr/kept/articles/head.md").exists()


def test_a_page_that_fell_back_does_not_return_to_its_old_text(out):
    put(out, {"publish.toml": KEEP + 'policy = "fallback"\n'})
    publish(out, "build")
    edit(out, "5 mg", "50 mg")
    fallen = publish(out, "build", "--json")
    edit(out, "Do not scratch.", "Do not scratch, please.")

    ran = publish(out, "build", "--json")

    assert output(fallen)["state"] == "fallback"
    assert output(ran)["state"] == "fallback"


def test_a_mail_is_not_kept(tmp_path):
    root = make_site(tmp_path, {"source/mail/visit.md": MAIL, "publish.toml": KEEP})
    publish(root, "extract")
    translate(root, MAIL_TURKISH, domain="mail/visit")
    publish(root, "build")
    card = {"Please bring your card.": "Kartınızı getirin."}
    translate(root, card, domain="mail/visit", flags=("fuzzy",))

    ran = publish(root, "build", "--json")

    assert output(ran, article="mail/visit", kind="mails")["state"] == "recalled"
    assert not (root / "dist/mail/tr").exists()
    assert not (root / "locales/tr/kept").exists()
