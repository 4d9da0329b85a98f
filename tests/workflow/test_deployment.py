"""What a deploy plans, from a release here and what is known of the target."""

import json

from hypothesis import given
from hypothesis import strategies as st

from pipeline.workflow.deployment import (
    INTENT,
    There,
    intents_after,
    parse_intents,
    plan,
)
from pipeline.workflow.release import written
from pipeline.workflow.released import Release, parse_release


def release(files, states=None):
    """A release of these digests; `states` are those of pages by path."""
    pages = [
        {"article": path, "locale": "tr", "path": path, "state": state, "why": ""}
        for path, state in (states or {}).items()
    ]
    document = {"base_url": "https://clinic.example/", "pages": pages, "files": files}
    return parse_release(bytes(written(document)), path="release.json", hint="")


def sizes(of: Release):
    return dict.fromkeys(of.files, 1)


def steps(new, old=None, *, held=None, intents=None):
    found = dict.fromkeys(old.files if old else (), 1)
    found |= {"release.json": 1} if old else {}
    there = There(found | (held or {}), old, intents or {})
    return plan(new, sizes(new), there)


A, B = "site/tr/a/index.html", "site/tr/b/index.html"
STYLE, LIST, MAP = "site/static/a.css", "site/tr/index.html", "site/sitemap.xml"


def test_an_empty_target_gets_everything_pages_after_what_they_show():
    new = release(
        {A: "1", STYLE: "1", LIST: "1", MAP: "1", "mail/tr/a.eml": "1"},
        {A: "published"},
    )

    found = steps(new)

    assert found.uploads == (STYLE, "mail/tr/a.eml", A, MAP, LIST)
    assert found.ends
    assert found.unchanged == 0


def test_only_what_changed_is_brought():
    old = release({A: "1", B: "1"}, {A: "published", B: "published"})
    new = release({A: "1", B: "2"}, {A: "published", B: "published"})

    found = steps(new, old)

    assert found.uploads == (B,)
    assert found.unchanged == 1


def test_with_nothing_changed_there_is_nothing_to_do():
    same = release({A: "1"}, {A: "published"})

    assert steps(same, same).is_empty


def test_what_is_withdrawn_is_removed_first_and_other_files_last():
    old = release(
        {A: "1", B: "1", "site/assets/x.png": "1", "mail/tr/n.eml": "1"},
        {A: "published", B: "published"},
    )
    new = release({B: "1"}, {B: "published"})

    found = steps(new, old)

    assert found.withdrawn == ("mail/tr/n.eml", A)
    assert found.dropped == ("site/assets/x.png",)


def test_what_stands_in_the_place_of_a_withdrawn_page_is_brought_first():
    old = release({A: "1", B: "1"}, {A: "published", B: "published"})
    new = release({A: "2", B: "2"}, {A: "fallback", B: "published"})

    found = steps(new, old)

    assert found.replaced == (A,)
    assert found.pages == (B,)


def test_a_file_that_is_gone_or_was_cut_is_brought_again():
    same = release({A: "1", B: "1"})
    there = There({A: 0, "release.json": 1}, same)

    assert set(plan(same, sizes(same), there).uploads) == {A, B}


def test_what_no_deploy_brought_is_never_removed_nor_written_over():
    new = release({A: "1", B: "1"})

    found = steps(new, held={A: 1, "site/theirs.html": 5, "mail/theirs.txt": 5})

    assert found.strangers == (A,)
    assert found.withdrawn == found.dropped == ()
    assert A not in found.uploads


def test_what_an_interrupted_deploy_brought_is_not_brought_again():
    new = release({A: "1", B: "1"})
    said = parse_intents(intents_after(There(), new, (A, B)))

    found = steps(new, held={A: 1, INTENT: 9}, intents=said)

    assert found.uploads == (B,)
    assert found.unchanged == 1


def test_what_may_be_one_of_two_is_brought_again():
    old, other = release({A: "1"}), release({A: "2"})
    said = parse_intents(intents_after(There(), other, (A,)))

    assert steps(old, old, intents=said).uploads == (A,)
    assert steps(other, old, intents=said).uploads == (A,)


def test_what_an_interrupted_deploy_brought_and_nobody_wants_is_removed():
    said = {B: frozenset({"1"})}

    found = steps(release({A: "1"}), held={B: 1}, intents=said)

    assert found.withdrawn == (B,)


def test_intents_add_up_over_several_interruptions():
    first = parse_intents(intents_after(There(), release({A: "1"}), (A,)))
    second = intents_after(There(intents=first), release({A: "2"}), (A,))

    assert parse_intents(second) == {A: frozenset({"1", "2"})}


def test_intents_that_were_cut_say_nothing():
    whole = intents_after(There(), release({A: "1"}), (A,))

    assert parse_intents(whole[:-3]) == {}
    assert parse_intents(b'{"files": 1}') == {}


def test_names_of_passage_are_swept():
    rest = "site/tr/.publish-00ff.tmp"

    found = steps(release({A: "1"}), held={rest: 4, "site/tr/theirs.tmp": 4})

    assert found.rests == (rest,)


DIGESTS = st.dictionaries(
    st.sampled_from([A, B, LIST, STYLE, "mail/tr/n.eml"]), st.sampled_from("12")
)


@given(DIGESTS, DIGESTS)
def test_a_plan_that_is_followed_leaves_exactly_the_release(before, after):
    old, new = release(before), release(after)

    found = steps(new, old)

    left = before.keys() - set(found.withdrawn) - set(found.dropped)
    assert left | set(found.uploads) == after.keys()
    assert all(
        before.get(path) == after[path] for path in after.keys() - set(found.uploads)
    )
    assert not found.strangers
    assert json.loads(old.data)["files"] == before
