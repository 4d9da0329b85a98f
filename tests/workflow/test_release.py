import json
from hashlib import blake2b

from pipeline.model.page import Output, State
from pipeline.model.site import Site
from pipeline.workflow.release import digest, release_document

SITE = Site(
    "/", title="Clinic", base_url="https://clinic.example/", locales=("tr", "ar")
)


def page(article, locale, state=State.PUBLISHED):
    path = f"dist/site/{locale}/{article}/index.html"
    return Output(article, locale, path, state, changed=True, why="")


def document(pages, mails=(), files=None):
    return json.loads(
        release_document(
            SITE,
            pages,
            mails,
            {path: digest(data) for path, data in (files or {}).items()},
        )
    )


def test_it_names_every_file_with_its_content():
    data = b"<p>"

    release = document((), files={"dist/site/x": data, "dist/mail/a": data})

    digest = blake2b(data, digest_size=16).hexdigest()
    assert release["files"] == {"mail/a": digest, "site/x": digest}
    assert (release["title"], release["base_url"]) == (
        "Clinic",
        "https://clinic.example/",
    )


def test_it_names_what_must_be_pulled():
    mail = Output("mail/x", "tr", "dist/mail/tr/x.eml", State.RECALLED)

    release = document([page("a", "tr", State.RECALLED), page("a", "en")], [mail])

    assert release["recalled"] == [
        {"article": "a", "locale": "tr", "path": "site/tr/a/index.html"},
        {"article": "mail/x", "locale": "tr", "path": "mail/tr/x.eml"},
    ]


def test_it_does_not_tell_which_build_wrote_what():
    (entry,) = document([page("a", "en")])["pages"]

    assert entry == {
        "article": "a",
        "locale": "en",
        "path": "site/en/a/index.html",
        "state": "published",
        "why": "",
        "record": "release/en/a.json",
    }


def test_it_is_the_same_for_the_same_set():
    pages = [page("a", "en"), page("a", "tr"), page("a", "ar"), page("b", "en")]

    assert release_document(SITE, pages, (), {}) == release_document(
        SITE, pages[::-1], (), {}
    )
