"""An edition's body, admitted; an error where that is not all that was meant."""

from html import unescape
from typing import Final

from pipeline.errors import SourceError, together
from pipeline.render.endless import endless, name_of
from pipeline.render.faults import forbidden, link_error
from pipeline.render.gate import HIDDEN, Body, admit
from pipeline.render.library import Edition


def whole_body(edition: Edition, *, drafts: bool) -> Body:
    """
    What of an edition's body may stand in its page or mail.

    Raises SourceError where that is not all that its author meant to be seen, with the
    line where it can be found.
    """
    path, locale = edition.article.path, edition.locale
    try:
        body = admit(edition.html, path=path, locale=locale, drafts=drafts)
    except SourceError as error:
        opened = endless(edition.html) if error.message == HIDDEN else ""
        if not opened:
            raise
        message = f"{name_of(opened)} has no end, and would hide the rest of the text"
        raise link_error(edition, opened, message, hint=error.hint) from error
    require_whole(edition, body)
    return body


def require_whole(edition: Edition, body: Body) -> None:
    """
    Raises SourceError for the addresses that were taken from their links, the
    attributes that mean nothing, and what is hidden, if there was any.
    """
    faults = [forbidden(edition, url) for url in body.refused]
    for attribute in body.unsound:
        name, _, value = attribute.partition("=")
        hint = _MEANT.get(name, "write a whole number from 1 to 1000")
        message = f"{name} cannot be {unescape(value)}"
        faults.append(link_error(edition, attribute, message, hint=hint))
    for opened in body.concealed:
        message = f"what is in {opened} would be shown: a page hides no words"
        hint = "take it out of the article, or make it a comment: <!-- ... -->"
        faults.append(link_error(edition, opened, message, hint=hint))
    if faults:
        raise together(faults)


_MEANT: Final = {
    "lang": "write a language as in tr, ar, pt-BR",
    "hreflang": "write a language as in tr, ar, pt-BR",
    "dir": "write ltr, rtl or auto",
    "start": "write a whole number",
    "value": "write a whole number",
}
