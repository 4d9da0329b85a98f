import pytest

from pipeline import directives
from pipeline.directives import Directive
from pipeline.errors import SourceError


def read(comment: str) -> Directive | None:
    return directives.read(comment, path="source/x.md", line=7)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        (" publish:skip ", Directive("skip")),
        ("publish:skip-start", Directive("skip-start")),
        (" Publish:Skip-End\n", Directive("skip-end")),
        (" publish: comments ", Directive("comments")),
        (" publish:note be\n  brief ", Directive("note", "be brief")),
        (" publish:note: be brief ", Directive("note", "be brief")),
        (" translators: be brief ", Directive("note", "be brief")),
        (" Translator:be brief", Directive("note", "be brief")),
    ],
)
def test_a_directive_has_a_name_and_words(comment, expected):
    assert read(comment) == expected


@pytest.mark.parametrize("comment", ["", " todo ", " see publish:skip ", "publisher:x"])
def test_other_comments_are_none(comment):
    assert read(comment) is None


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        (" publish:skipp ", "`publish:skipp` is unknown"),
        (" publish: ", "`publish:` is unknown"),
        (" publish:skip all of it ", "`publish:skip` has words after it"),
        (" publish:note ", "`publish:note` says nothing"),
        (" translators: ", "`publish:note` says nothing"),
    ],
)
def test_what_nobody_understands_is_an_error_with_its_line(comment, message):
    with pytest.raises(SourceError) as caught:
        read(comment)

    assert caught.value.message == message
    assert (caught.value.path, caught.value.line) == ("source/x.md", 7)
    assert caught.value.hint
