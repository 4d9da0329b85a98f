"""A translator's half hour at the review page, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.store.config import read_site
from pipeline.workflow.review.readiness import refresh_memory
from tests.builders import catalog, po_path, publish
from tests.review.browsers import Server, serving
from tests.review.readers import (
    CONFIG,
    at_bench,
    bench,
    expect_said,
    intercept,
    loaded,
    make_review_site,
    on_disk,
    open_message,
    reader,
    row,
    saved_in_poedit,
    show_only,
    signed_in,
)

pytestmark = pytest.mark.browser

TITLE = "Caring for your scalp"
MASSAGE = "A **scalp massage** helps; see [our guide](https://clinic.example/guide)."
WASH = "Wash your hair gently after 3 days."
EVENING = "Take 5 mg in the evening."
SCRATCH = "Do not scratch."
BACK = "Sleep on your back."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_review_site(tmp_path)


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The workbench of the Turkish article."""
    with reader(browser) as opened:
        yield bench(opened, server)


def test_a_translators_half_hour(page, root):
    correct_what_changed(page, root)
    translate_with_a_term(page, root)
    take_the_approval_back(page)
    meet_a_save_of_poedit(page, root)
    ask_the_author(page)
    finish_by_keyboard(page, root)


def correct_what_changed(page: Page, root: Path) -> None:
    show_only(page, "changed")
    expect(page.locator(".row", has_text="gently")).to_be_visible()
    open_message(page, WASH)
    expect(page.locator(".previous ins")).to_contain_text("gently")
    page.fill("#text-0", "Saçınızı 5 gün sonra nazikçe yıkayın.")
    expect(page.locator(".finding-error")).to_contain_text("3")
    page.fill("#text-0", "Saçınızı 3 gün sonra nazikçe yıkayın.")
    expect(page.locator(".finding-error")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect_said(page, "Saved.")
    assert on_disk(root, WASH) == "Saçınızı 3 gün sonra nazikçe yıkayın."


def translate_with_a_term(page: Page, root: Path) -> None:
    show_only(page, "untranslated")
    open_message(page, MASSAGE)
    page.keyboard.type("Bir **")
    page.keyboard.press("Alt+1")
    page.keyboard.type(" masajı** yardımcı olur; bkz. ")
    page.keyboard.type("[rehberimiz](https://clinic.example/guide).")
    text = (
        "Bir **saç derisi masajı** yardımcı olur; bkz. "
        "[rehberimiz](https://clinic.example/guide)."
    )
    expect(page.locator("#text-0")).to_have_value(text)
    page.keyboard.press("Control+Shift+Enter")
    expect_said(page, "Approved.")
    assert on_disk(root, MASSAGE) == text
    show_only(page, "all")
    expect(row(page, MASSAGE).locator(".state-approved")).to_be_visible()


def take_the_approval_back(page: Page) -> None:
    page.keyboard.press("Alt+u")
    expect_said(page, "taken back")
    expect(row(page, MASSAGE).locator(".state-translated")).to_be_visible()


def meet_a_save_of_poedit(page: Page, root: Path) -> None:
    open_message(page, EVENING)
    page.fill("#text-0", "Akşamları 5 mg alınız.")
    saved_in_poedit(root, EVENING, "Her akşam 5 mg alın.")
    page.keyboard.press("Control+Enter")
    dialog = page.locator("#conflict")
    expect(dialog).to_contain_text("Akşamları 5 mg alınız.")
    expect(dialog).to_contain_text("Her akşam 5 mg alın.")
    assert on_disk(root, EVENING) == "Her akşam 5 mg alın."
    dialog.get_by_role("button", name="Save mine instead").click()
    expect_said(page, "Saved.")
    assert on_disk(root, EVENING) == "Akşamları 5 mg alınız."


def ask_the_author(page: Page) -> None:
    open_message(page, SCRATCH)
    page.fill("#comment", "Also not while sleeping?")
    page.click("#send-comment")
    expect(page.locator(".comments")).to_contain_text("Also not while sleeping?")
    expect(page.locator("#comment")).to_have_value("")


def finish_by_keyboard(page: Page, root: Path) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("scratch")
    expect(page.locator(".row")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.type("Kaşımayın.")
    page.keyboard.press("Control+Shift+Enter")
    expect_said(page, "Approved.")
    assert on_disk(root, SCRATCH) == "Kaşımayın."
    assert publish(root, "check", "--lang", "tr").code == 0


def test_a_text_that_is_not_saved_survives_other_messages_and_a_reload(page, root):
    open_message(page, SCRATCH)
    page.keyboard.type("Kaşı")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#source")).to_have_text(BACK)
    expect(row(page, SCRATCH)).to_contain_text("not saved")
    expect(page.locator("#elsewhere")).to_contain_text("1 other text is not saved")

    page.reload()
    loaded(page)
    expect(page.locator("#source")).to_have_text(BACK)
    page.click("#elsewhere button")
    expect(page.locator("#text-0")).to_have_value("Kaşı")
    assert on_disk(root, SCRATCH) == ""


def test_leaving_with_a_text_that_is_not_saved_asks_first(browser, server):
    asked: list[str] = []
    with reader(browser, leaves=False) as page:
        bench(page, server)
        open_message(page, SCRATCH)
        page.keyboard.type("Kaşı")

        def stay(dialog):
            asked.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", stay)
        page.click(".brand")
        expect(page.locator("#text-0")).to_have_value("Kaşı")
        assert asked == ["beforeunload"]
        page.close(run_before_unload=False)


def test_a_server_that_went_away_is_said_and_what_was_typed_is_saved_later(
    browser, root
):
    with reader(browser) as page:
        with serving(root) as first:
            bench(page, first)
            open_message(page, SCRATCH)
            page.keyboard.type("Kaşımayın.")
        expect(page.locator("#notice")).to_contain_text("does not answer")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#text-0")).to_have_value("Kaşımayın.")

        # Another server knows nobody: she signs in, in the same tab.
        with serving(root, at=first.port) as second:
            expect(page.locator("#notice")).to_contain_text("signed out", timeout=15000)
            signed_in(page, second)
            at_bench(page, second)
            open_message(page, SCRATCH)
            expect(page.locator("#text-0")).to_have_value("Kaşımayın.")
            page.keyboard.press("Control+Enter")
            expect_said(page, "Saved.")
            assert on_disk(root, SCRATCH) == "Kaşımayın."


def test_of_two_texts_the_saved_one_can_be_taken(page, root):
    open_message(page, EVENING)
    page.fill("#text-0", "Akşam 5 mg.")
    saved_in_poedit(root, EVENING, "Her akşam 5 mg alın.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Take theirs").click()

    expect(page.locator("#text-0")).to_have_value("Her akşam 5 mg alın.")
    expect(page.locator("#unsaved")).to_have_text("")
    page.keyboard.press("Control+z")
    expect(page.locator("#text-0")).to_have_value("Akşam 5 mg.")
    assert on_disk(root, EVENING) == "Her akşam 5 mg alın."


def test_of_two_texts_one_can_be_made(page, root):
    open_message(page, EVENING)
    page.fill("#text-0", "Akşam 5 mg.")
    saved_in_poedit(root, EVENING, "Her akşam 5 mg alın.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Go on editing").click()

    expect(page.locator("#text-0")).to_have_value("Akşam 5 mg.")
    expect(page.locator("#meanwhile")).to_contain_text("Her")
    page.fill("#text-0", "Her akşam 5 mg.")
    page.keyboard.press("Control+Enter")
    expect_said(page, "Saved.")
    assert on_disk(root, EVENING) == "Her akşam 5 mg."


def test_a_text_that_somebody_saves_is_shown_without_a_reload(page, root):
    open_message(page, BACK)
    saved_in_poedit(root, BACK, "Sırtüstü yatın.")

    expect(page.locator("#text-0")).to_have_value("Sırtüstü yatın.")
    frame = page.frame_locator("#frames iframe:not(.is-coming)")
    expect(frame.get_by_text("Sırtüstü yatın.")).to_be_visible()


def test_who_else_is_on_the_article_is_shown(browser, server, page):
    with reader(browser) as other:
        signed_in(other, server, "Colleague")
        at_bench(other, server)
        expect(page.locator("#others")).to_contain_text("Colleague")
        expect(other.locator("#others")).to_contain_text("Reviewer")
        expect(other.locator("#others")).not_to_contain_text("Colleague")
    expect(page.locator("#others")).to_be_empty()


def test_what_a_check_says_is_confirmed_with_a_note(page, root):
    open_message(page, EVENING)
    page.fill("#text-0", "Akşamları 50 mg alın.")
    page.keyboard.press("Control+Shift+Enter")
    expect_said(page, "Not approved")
    expect(page.locator("#note")).to_be_focused()
    assert on_disk(root, EVENING) == "Akşamları 5 mg alın."

    page.keyboard.type("The author asked for it")
    page.keyboard.press("Control+Shift+Enter")
    expect_said(page, "Approved.")
    open_message(page, EVENING)
    expect(page.locator(".approval")).to_contain_text("The author asked for it")


def test_a_click_in_the_preview_opens_the_message(page):
    frame = page.frame_locator("#frames iframe:not(.is-coming)")
    frame.get_by_text("Sırtüstü uyuyun.").click()

    expect(page.locator("#source")).to_have_text(BACK)
    expect(frame.locator("[data-open]")).to_have_text("Sırtüstü uyuyun.")
    open_message(page, EVENING)
    expect(frame.locator("[data-open]")).to_have_text("Akşamları 5 mg alın.")


def test_a_link_in_the_preview_leads_nowhere(page):
    frame = page.frame_locator("#frames iframe:not(.is-coming)")
    before = page.url.partition("#")[0]
    frame.locator(".brand").click()
    frame.get_by_text("Sırtüstü uyuyun.").click()

    expect(page.locator("#source")).to_have_text(BACK)
    assert page.url.startswith(before)


def test_what_was_inserted_is_undone_by_the_usual_key(page):
    open_message(page, EVENING)
    page.fill("#text-0", "Bir")
    page.keyboard.press("End")
    open_message(page, TITLE)
    before = page.input_value("#text-0")
    page.keyboard.press("Control+End")
    page.keyboard.press("Alt+1")
    expect(page.locator("#text-0")).to_have_value(f"{before}saç derisi")
    page.keyboard.press("Control+z")
    expect(page.locator("#text-0")).to_have_value(before)


def test_a_character_typed_with_altgr_inserts_no_term(page):
    open_message(page, TITLE)
    before = page.input_value("#text-0")
    page.evaluate(
        """() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {
            key: '{', code: 'Digit1', altKey: true, modifierAltGraph: true,
            bubbles: true, cancelable: true}))"""
    )

    expect(page.locator("#text-0")).to_have_value(before)


def test_the_memory_offers_what_it_has_with_the_difference(page, root):
    refresh_memory(read_site(root), "tr")
    open_message(page, WASH)
    offered = page.locator(".suggestions li", has=page.locator(".score"))

    expect(offered.first.locator("ins, del").first).to_be_visible()
    expect(offered.first).to_contain_text("Saçınızı 3 gün sonra yıkayın.")


def test_an_arabic_text_is_written_from_right_to_left(browser, server, root):
    with reader(browser) as page:
        bench(page, server, "ar")
        open_message(page, SCRATCH)
        field = page.locator("#text-0")
        expect(field).to_have_attribute("dir", "rtl")
        expect(field).to_have_attribute("lang", "ar")
        page.keyboard.type("لا تحك.")
        page.keyboard.press("Control+Enter")
        expect_said(page, "Saved.")
    assert on_disk(root, SCRATCH, "ar") == "لا تحك."


def test_the_page_speaks_the_language_that_is_chosen(browser, server):
    with reader(browser, language="de-AT") as page:
        bench(page, server)
        expect(page.locator("#save")).to_contain_text("Speichern und weiter")
        page.click(".menu summary")
        page.click(".menu a[hreflang=ar]")
        loaded(page)
        expect(page.locator("#save")).to_contain_text("حفظ والتالي")
        assert page.evaluate("document.documentElement.dir") == "rtl"
        page.goto(f"http://{server.host}/")
        expect(page.locator(".who")).to_contain_text("تعمل باسم")


def test_on_a_telephone_one_thing_is_shown_at_a_time(browser, server):
    with reader(browser, width=360) as page:
        bench(page, server)
        expect(page.locator("#editor")).to_be_hidden()
        row(page, SCRATCH).click()
        expect(page.locator("#messages")).to_be_hidden()
        page.fill("#text-0", "Kaşımayın.")
        page.click("#approve")
        expect_said(page, "Approved.")
        page.click(".views [data-view=page]")
        expect(page.locator("#frames")).to_be_visible()
        expect(page.locator("#editor")).to_be_hidden()


def test_what_is_typed_while_a_save_is_on_its_way_is_not_lost(page, root):
    on_their_way = []

    def held(route):
        on_their_way.append(route)

    intercept(page, "**/save", held)
    open_message(page, SCRATCH)
    page.keyboard.type("Kaşı")
    with page.expect_request("**/save"):
        page.keyboard.press("Control+Enter")
    # Only now: a letter typed while Control is still down is no letter.
    page.keyboard.type("mayın.")
    expect(page.locator("#text-0")).to_have_value("Kaşımayın.")
    on_their_way.pop().continue_()
    expect_said(page, "Saved.")
    expect(page.locator("#text-0")).to_have_value("Kaşımayın.")
    expect(page.locator("#unsaved")).to_have_text("not saved")
    assert on_disk(root, SCRATCH) == "Kaşı"
    page.unroute("**/save")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#source")).to_have_text(BACK)
    assert on_disk(root, SCRATCH) == "Kaşımayın."


def test_an_answer_that_was_lost_makes_no_conflict_with_oneself(page, root):
    def lost(route):
        route.fetch()
        route.abort()

    intercept(page, "**/save", lost)
    open_message(page, SCRATCH)
    page.keyboard.type("Kaşımayın.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notice")).to_contain_text("does not answer")
    page.unroute("**/save")
    assert on_disk(root, SCRATCH) == "Kaşımayın."
    page.keyboard.press("Control+Enter")
    expect_said(page, "Saved.")
    expect(page.locator("#conflict")).to_be_hidden()
    expect(row(page, SCRATCH)).not_to_contain_text("not saved")
    expect(page.locator("#notice")).to_be_hidden()


def test_what_was_typed_for_a_message_that_is_gone_is_still_shown(page, root):
    open_message(page, SCRATCH)
    page.keyboard.type("Kaşımayın.")
    page.keyboard.press("Alt+ArrowDown")
    source = root / "source/articles/scalp.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("- Do not scratch.\n", ""), encoding="utf-8")
    assert publish(root, "extract").code == 0
    page.reload()
    loaded(page)

    page.click("#orphans summary")
    expect(page.locator("#orphans")).to_contain_text("Kaşımayın.")
    page.click("#orphans button")
    expect(page.locator("#orphans")).to_have_count(0)


def test_each_plural_form_has_its_field(page, server, root):
    page.goto(f"http://{server.host}/a/ar/messages")
    page.wait_for_selector("#helps > *")
    page.fill("#search", "minute to read")
    page.locator(".row", has_text="minute to read").last.click()
    expect(page.locator(".target")).to_have_count(6)
    for number, field in enumerate(page.locator(".target").all()):
        field.fill(f"%(minutes)s دقيقة {number}")
    page.keyboard.press("Control+Enter")
    expect_said(page, "Saved.")
    found = catalog(root, "messages", "ar").find("%(minutes)s minute to read")
    assert found
    assert found.msgstrs[5] == "%(minutes)s دقيقة 5"


def test_who_browses_the_list_keeps_her_place_when_somebody_saves(page, root):
    open_message(page, EVENING)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    key = page.evaluate("document.activeElement.dataset.key")
    assert key
    saved_in_poedit(root, BACK, "Sırtüstü yatın.")
    expect(row(page, BACK)).to_contain_text("Sırtüstü yatın.")

    assert page.evaluate("document.activeElement.dataset.key") == key
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#{key}")


def test_a_text_that_has_an_approval_says_whose(page):
    open_message(page, BACK)
    page.keyboard.press("Control+Shift+Enter")
    expect_said(page, "Approved.")
    open_message(page, BACK)
    expect(page.locator(".approval")).to_contain_text("Reviewer, medical translator")
    expect(page.locator("#meter")).to_contain_text("1 approved")
    page.locator(".approval button").click()
    expect(page.locator(".approval")).to_have_count(0)


def test_an_earlier_text_can_be_had_back(page, root):
    open_message(page, EVENING)
    page.fill("#text-0", "Akşam 5 mg alın.")
    page.keyboard.press("Control+Enter")
    expect_said(page, "Saved.")
    open_message(page, EVENING)
    page.click("details.help summary")
    page.locator("details.help .insert").first.click()
    expect(page.locator("#text-0")).to_have_value("Akşamları 5 mg alın.")
    with page.expect_response("**/save"):
        page.keyboard.press("Control+Enter")
    assert on_disk(root, EVENING) == "Akşamları 5 mg alın."


def test_where_two_persons_are_asked_for_the_other_one_approves(browser, tmp_path):
    root = make_review_site(tmp_path, config=f"{CONFIG}[review]\ntwo_person = true\n")
    with (
        serving(root) as server,
        reader(browser) as page,
        reader(browser) as other,
    ):
        bench(page, server)
        open_message(page, SCRATCH)
        page.keyboard.type("Kaşımayın.")
        page.keyboard.press("Control+Enter")
        expect_said(page, "Saved.")
        open_message(page, SCRATCH)
        page.keyboard.press("Control+Shift+Enter")
        expect(page.locator("#confirm")).to_contain_text("let a colleague approve")
        expect(page.locator("#note")).to_have_count(0)

        signed_in(other, server, "Colleague")
        at_bench(other, server)
        open_message(other, SCRATCH)
        other.keyboard.press("Control+Shift+Enter")
        expect_said(other, "Approved.")
        expect(page.locator(".approval")).to_contain_text("Colleague")


def test_the_draft_of_a_machine_is_offered_under_its_name(page, root):
    path = po_path(root)
    text = path.read_text(encoding="utf-8")
    entry = 'msgid "Do not scratch."\nmsgstr ""'
    drafted = entry.replace('msgstr ""', 'msgstr "Çizmeyin."')
    before, _, after = text.partition(entry)
    head, blank, comments = before.rpartition("\n\n")
    note = "# publish 2026-11-22: machine (deep:google)\n"
    comments = comments.rstrip("\n") + "\n#, fuzzy\n"
    path.write_text(f"{head}{blank}{note}{comments}{drafted}{after}", encoding="utf-8")
    expect(row(page, SCRATCH)).to_contain_text("Çizmeyin.")

    open_message(page, SCRATCH)
    expect(page.locator(".suggestions")).to_contain_text("deep:google")
    page.fill("#text-0", "Kaşı")
    page.locator(".suggestions .insert").first.click()
    expect(page.locator("#text-0")).to_have_value("Çizmeyin.")
