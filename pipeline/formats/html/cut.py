"""Cutting: what is to be translated as segments, and which of it is the title."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.hypertext.cut import Cut, Cutter, to_plain
from pipeline.model.article import Segment, Span, Verbatim


def cut(body: str, *, path: str, line: int, title: str | None) -> tuple[Span, ...]:
    """
    The spans of a text without front matter. Raises SourceError.

    The first `<h1>` is the title, else `<title>`; `title`, that of the front matter,
    comes before both.
    """
    cutter = Cutter(path=path)
    cuts = list(cutter.cuts(body, line=line))
    cutter.reader.finish()
    return tuple(_spans(body, _titled(cuts, title), line))


def _titled(cuts: list[Cut], title: str | None) -> list[Cut]:
    """The same, with the role `title` given to what is the title."""
    heading = next((one for one in cuts if one.heading), None)
    if heading is not None and not _is_alone(heading, cuts):
        heading = None
    texts = [one for one in cuts if one.place == "text"]
    known = title
    if title is None and heading is not None:
        known = to_plain(heading.text)
    elif heading is not None and (
        heading not in texts[:1] or to_plain(heading.text) != title
    ):
        heading = None
    result = []
    for one in cuts:
        if one is heading:
            result.append(replace(one, role="title"))
        elif one.place == "rcdata" and known in {None, one.text}:
            known = one.text
            result.append(replace(one, role="title"))
        else:
            result.append(one)
    return result


def _is_alone(heading: Cut, cuts: list[Cut]) -> bool:
    """Whether nothing else in the heading is to be translated."""
    start, end = heading.heading or (0, 0)
    return all(one is heading or one.end <= start or one.start >= end for one in cuts)


def _spans(body: str, cuts: list[Cut], line: int) -> Iterator[Span]:
    end = counted = 0
    for one in sorted(cuts, key=lambda one: one.start):
        is_heading = one.role == "title" and one.heading is not None
        if is_heading and one.heading:
            # In spans of its own, so that a page can leave the element out.
            yield Verbatim(body[end : one.heading[0]])
            end = one.heading[0]
        yield Verbatim(body[end : one.start])
        line += body.count("\n", counted, one.start)
        counted, end = one.start, one.end
        yield Segment(
            raw=body[one.start : one.end],
            text=one.text,
            line=line,
            role=one.role,
            place="title" if is_heading else one.place,
            notes=one.notes,
        )
        if is_heading and one.heading:
            yield Verbatim(body[end : one.heading[1]])
            end = one.heading[1]
    yield Verbatim(body[end:])
