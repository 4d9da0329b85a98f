"""The page that explains drafts shows the comments that the program writes."""

import re

from pipeline.model.site import Site
from pipeline.tmx import Unit, Variant, compose_tmx
from pipeline.workflow.pretranslate import pretranslate
from tests.builders import put
from tests.documents import ROOT, codes, marked, rows, text_of
from tests.engines.loopback import running_service
from tests.engines.misbehaviour import translation
from tests.workflow.test_pretranslate import entry, write


def test_the_comments_of_drafts_are_those_that_the_program_writes(tmp_path):
    """A site in which every kind of draft comes up, and a service that is weak."""
    known = {
        "Wash your hair with the shampoo that we gave you.": "Saçınızı size verdiğimiz şampuanla yıkayın.",
        "Take 5 mg in the evening after a meal.": "Akşam yemekten sonra 5 mg alın.",
        "Care": "Bakım",
        "Dear {{ first }}, bring the letter with you.": "Sayın {{ first }}, mektubu getirin.",
    }
    card = [Variant("en", "Bring your card."), Variant("tr", "Kartınızı getirin.")]
    memory = "".join(compose_tmx([Unit(card)], source="en", version="1"))
    put(tmp_path, {"memory/agency.tmx": memory})
    write(tmp_path, "known", *(entry(*each) for each in known.items()))
    write(tmp_path, "twice", entry("Hair", "Saç"))
    between = [
        entry("First", "Birinci"),
        entry("Rest", "Dinlenin"),
        entry("Last", "Son"),
    ]
    write(tmp_path, "rest", *between)
    write(tmp_path, "rests", entry("Rest", "Kalan"))
    write(tmp_path, "thrice", entry("Hair", "Saçlar"))
    (tmp_path / "locales/tr/glossary.csv").write_text(
        "term,translation\ngraft,greft\n", encoding="utf-8"
    )
    write(
        tmp_path,
        "new",
        entry("Care"),
        entry("Hair"),
        entry("Care", context="title"),
        entry("Wash your hair every evening with the shampoo that we gave you."),
        entry("Take 10 mg in the evening after a meal."),
        entry("Graft"),
        entry("First"),
        entry("Rest"),
        entry("Last"),
        entry("Bring your card."),
        entry("Dear {{ name }}, bring the letter with you."),
        entry("One more text here"),
        entry("Call {{ a }} today. Then rest."),
        entry("Take **two** of them now"),
    )

    def answer(text: str) -> str:
        loses = ("Call" in text and "rest" in text) or "[X1X]two" in text
        return translation(re.sub(r"\[X\d+X\]", "", text) if loses else text)

    with running_service() as service:
        service.answer = answer
        settings = {"deep": {"base_url": service.google}}
        site = Site(
            root=str(tmp_path),
            locales=("tr",),
            engines=("deep",),
            engine_settings=settings,
        )
        pretranslate(site, locales=("tr",), today="2026-11-22")
    path = tmp_path / "locales/tr/LC_MESSAGES/new.po"
    written = path.read_text(encoding="utf-8")

    (block,) = marked("comments as written")
    assert sorted(block.text.splitlines()) == sorted(
        {line for line in written.splitlines() if line.startswith("# publish")}
    )
    (example,) = marked("a draft as written")
    assert example.text in written
    said = {
        re.sub(r'"[^"]*"', '"…"', line.partition(": ")[2])
        for line in block.text.splitlines()
    }
    page = text_of(ROOT / "docs" / "drafts.md")
    assert said == {codes(row[0])[0] for row in rows(page) if codes(row[0])}
