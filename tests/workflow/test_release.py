import json
from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.page import Output, State
from pipeline.model.site import Site
from pipeline.workflow.release import digest, release_again, release_document

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


ARTICLES = ("a", "a/b", "a-b", 'q"', "z")
STATES = st.dictionaries(
    st.tuples(st.sampled_from(ARTICLES), st.sampled_from(("en", "tr", "ar"))),
    st.tuples(
        st.sampled_from(State),
        st.sampled_from(("", "recalled", '"state": "recalled"')),
    ),
)


def set_of(states):
    """The outputs and the files of a site; the mails are those of one article."""
    outputs = [
        page(article, locale, state)._replace(why=why)
        for (article, locale), (state, why) in sorted(states.items())
    ]
    files = {
        each.path: digest(f"{each.state}".encode())
        for each in outputs
        if each.state is State.PUBLISHED
    }
    return outputs, files


@given(before=STATES, now=STATES)
def test_where_pages_come_and_go_it_is_as_if_made_of_all(before, now):
    now = {key: now.get(key, value) for key, value in before.items()}
    (old, old_files), (new, files) = set_of(before), set_of(now)
    data = bytes(release_document(SITE, old, (), old_files))
    digests = {path: files.get(path) for path in {**files, **old_files}}
    pairs = [(was, each) for was, each in zip(old, new, strict=True) if was != each]

    assert release_again(data, digests, pairs) == release_document(SITE, new, (), files)


def test_a_release_that_somebody_touched_is_not_gone_on_with():
    data = bytes(release_document(SITE, [page("a", "en")], (), {}))

    assert release_again(data.replace(b"Clinic", b"Clinics"), {}, ()) is None
    assert release_again(b"{}", {}, ()) is None
    other = (page("b", "en"), page("b", "en", State.RECALLED))
    assert release_again(data, {}, [other]) is None
